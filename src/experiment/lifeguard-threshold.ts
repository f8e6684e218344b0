/**
 * The threshold experiment of the Lifeguard paper: members are blocked once. When does the first other member hold one of
 * them to be dead, and when do all healthy ones? It ends when everybody sees everybody alive again, or after two minutes.
 */
import { type Micros, micros, millis } from '../base/time.ts';
import {
  DIED,
  JOINED,
  type NodeId,
  type Observer,
  type StopRule,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { stalls } from '../network/stalls.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import {
  anomalousNodes,
  LIFEGUARD_START_MS,
  type LifeguardBed,
  lifeguardScenario,
} from './lifeguard-setup.ts';

/** When members that are blocked once are held to be dead; Infinity: never. */
export interface LifeguardDetections {
  /** ms from the beginning of the block, of each blocked member for which it came. */
  readonly firstMs: number[];
  readonly fullMs: number[];
}

const LONGEST_MS = 120_000;

/** Nodes 0 .. anomalous-1 are blocked once. */
export function lifeguardThreshold(
  bed: LifeguardBed,
  anomalous: number,
  blockedMs: number,
): LifeguardDetections {
  const start = LIFEGUARD_START_MS;
  const openAt = stalls({
    nodes: anomalousNodes(anomalous),
    ...{ startMs: start, blockedMs, openMs: LONGEST_MS, endMs: start + 1 },
  });
  const watch = watchOf(bed.n, anomalous, micros(start), micros(start + blockedMs));
  simulate({
    ...lifeguardScenario(bed, anomalous, openAt, watch.observer),
    horizonMs: start + LONGEST_MS,
    stop: watch.stop,
  });
  return watch.detections();
}

function watchOf(n: number, anomalous: number, start: Micros, opens: Micros) {
  const first = new Float64Array(anomalous).fill(Number.NaN); // [subject]
  const full = new Float64Array(anomalous).fill(Number.NaN); // [subject]
  const heldBy = new Int32Array(anomalous); // [subject] healthy members that hold it to be dead
  const isHeld = new Uint8Array(anomalous * n); // [subject * n + node]
  const isDoubted = new Uint8Array(n * n); // [node * n + subject] held to be suspect, dead or unknown
  let [last, doubts] = [0, 0]; // time of the last fact; pairs that are doubted

  const doubt = (pair: number, now: 0 | 1) => {
    doubts += now - isDoubted[pair];
    isDoubted[pair] = now;
  };
  const died = (now: Micros, node: NodeId, subject: NodeId) => {
    if (Number.isNaN(first[subject])) first[subject] = millis(now - start);
    if (node < anomalous || isHeld[subject * n + node] === 1) return;
    isHeld[subject * n + node] = 1;
    if (++heldBy[subject] === n - anomalous) full[subject] = millis(now - start);
  };
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, node, about) {
      last = now;
      if (fact === SUSPECTED || fact === DIED) doubt(node * n + about, 1);
      else if (fact === TRUSTED || fact === JOINED) doubt(node * n + about, 0);
      if (fact === DIED && about < anomalous) died(now, node, about);
    },
  };
  const stop: StopRule = () => last > opens && doubts === 0;
  const known = (times: Float64Array) => [...times].filter((ms) => !Number.isNaN(ms));
  return { observer, stop, detections: () => ({ firstMs: known(first), fullMs: known(full) }) };
}
