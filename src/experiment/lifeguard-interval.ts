/**
 * The interval experiment of the Lifeguard paper: anomalous members are blocked for D, open for I, and so on for at least two
 * minutes, until the block ends in which that is so. What is declared dead though it is alive and well?
 */
import { type Micros, micros } from '../base/time.ts';
import { DIED, type Observer } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { stalls } from '../network/stalls.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import {
  anomalousNodes,
  LIFEGUARD_START_MS,
  type LifeguardBed,
  lifeguardScenario,
} from './lifeguard-setup.ts';

/** Who is blocked, for how long, and how long between; times in ms. */
export interface LifeguardAnomaly {
  /** Nodes 0 .. anomalous-1. */
  readonly anomalous: number;
  readonly blockedMs: number;
  readonly openMs: number;
}

/** False deaths, messages and bytes of one run, as the paper counts them. */
export interface LifeguardCounts {
  /** Times that anybody declared a member dead that was not anomalous (FP); and those by members that were not, either. */
  readonly falseDeaths: number;
  readonly falseDeathsAtHealthy: number;
  /** From the first block on. */
  readonly messages: number;
  readonly bytes: number;
  readonly seconds: number;
}

const AT_LEAST_MS = 120_000;

/** From the first block to the end of the last. */
export function intervalLengthMs({ blockedMs, openMs }: LifeguardAnomaly): number {
  const period = blockedMs + openMs;
  return Math.ceil((AT_LEAST_MS - blockedMs) / period) * period + blockedMs;
}

/** Runs the interval experiment once. Source: Dadgar, Phillips, Currey 2018, section V. */
export function lifeguardInterval(bed: LifeguardBed, anomaly: LifeguardAnomaly): LifeguardCounts {
  const { anomalous, blockedMs, openMs } = anomaly;
  const lengthMs = intervalLengthMs(anomaly);
  const endMs = LIFEGUARD_START_MS + lengthMs;
  const openAt = stalls({
    nodes: anomalousNodes(anomalous),
    ...{ startMs: LIFEGUARD_START_MS, blockedMs, openMs, endMs },
  });
  const counter = counterOf(anomalous, micros(LIFEGUARD_START_MS));
  simulate({ ...lifeguardScenario(bed, anomalous, openAt, counter.observer), horizonMs: endMs });
  return { ...counter.counts, seconds: lengthMs / 1000 };
}

function counterOf(anomalous: number, start: Micros) {
  const counts = { falseDeaths: 0, falseDeathsAtHealthy: 0, messages: 0, bytes: 0 };
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, node, about) {
      if (fact !== DIED || about < anomalous || now < start) return;
      counts.falseDeaths++;
      if (node >= anomalous) counts.falseDeathsAtHealthy++;
    },
    onSend(now, _from, _to, _message, bytes) {
      if (now < start) return;
      counts.messages++;
      counts.bytes += bytes;
    },
  };
  return { counts, observer };
}
