/** What is observed of a run, by name: meters, and what they measure. */
import type { Observer, Outcome, Scenario } from '../../engine/model.ts';
import { coverage, qos, traffic, views } from '../../metrics/index.ts';
import type { Group } from './read.ts';
import { groupsAt, numberAt } from './values.ts';

/** A rate is a count over an exposure. */
export interface Count {
  readonly count: number;
  readonly per: number;
}
export type Measure = number | boolean | null | Count;
export type Measured = Readonly<Record<string, Measure>>;

interface Name {
  /** Which meter measures it. */
  readonly meter: string;
  /** What it is, with its unit. */
  readonly about: string;
  /** A count over an exposure, see `Count`. */
  readonly rate: boolean;
}

const of = (
  meter: string,
  abouts: Readonly<Record<string, string>>,
  rates: readonly string[] = [],
) =>
  Object.fromEntries(
    Object.entries(abouts).map(([name, about]) => [
      name,
      { meter, about, rate: rates.includes(name) },
    ]),
  );

/** Measure -> what there is to know of it. */
export const NAMES: Readonly<Record<string, Name>> = {
  ...of('spread', {
    reached_all: 'every rumour reached every node',
    unreached_frac: 'nodes that a rumour did not reach, mean over rumours',
    to_half_ms: 'until half of the nodes had heard it',
    to_99_ms: 'until 99 % of the nodes had heard it',
    to_all_ms: 'until all nodes had heard it',
  }),
  ...of('traffic', {
    sent_per_node_s: 'messages that a node sends per second',
    bytes_per_node_s: 'bytes that a node sends per second, headers included',
    lost_frac: 'messages lost under way',
  }),
  ...of(
    'detection',
    {
      crashes: 'crashes in the run',
      detected_all: 'every crash was detected by all that could',
      detect_first_ms: 'from a crash to the first who suspects it',
      detect_mean_ms: 'from a crash until an observer suspects it, mean over observers',
      detect_last_ms: 'from a crash until the last observer suspects it',
      mistakes_per_pair_h: 'live nodes suspected, per hour of a pair',
      mistake_ms: 'how long a mistake lasts, of those that ended',
    },
    ['mistakes_per_pair_h'],
  ),
  ...of('views', {
    trusted_dead_frac: 'time that a dead node is trusted, of pairs',
    doubted_live_frac: 'time that a live node is doubted, of pairs',
  }),
};

/** Measure -> what it is, with its unit. */
export const ABOUT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([name, { about }]) => [name, about]),
);

interface Meter {
  readonly observer: Observer;
  readonly measure: (outcome: Outcome) => Measured;
}

const MAKE: Readonly<Record<string, (scenario: Group, run: Scenario<unknown>) => Meter>> = {
  spread: spreadMeter,
  traffic: trafficMeter,
  detection: detectionMeter,
  views: viewsMeter,
};

export const metersOf = (scenario: Group, run: Scenario<unknown>): readonly Meter[] =>
  (scenario.values.observe as readonly string[]).map((name) => MAKE[name](scenario, run));

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length < values.length || known.length === 0
    ? null
    : known.reduce((sum, x) => sum + x, 0) / known.length;
};

function spreadMeter(_: Group, { n, workload = [], rounds }: Scenario<unknown>): Meter {
  const rumours = workload.length;
  const all = Array.from({ length: rumours }, (__, rumour) => rumour);
  const meter = coverage({ n, rumours: Math.max(1, rumours), ...(rounds ? { rounds } : {}) });
  const to = (share: number) => mean(all.map((rumour) => meter.timeTo(share, rumour)));
  return {
    observer: meter,
    measure: () => ({
      reached_all: rumours === 0 ? null : all.every((rumour) => meter.heard(rumour) === n),
      unreached_frac: mean(all.map((rumour) => meter.residue(rumour))),
      to_half_ms: to(0.5),
      to_99_ms: to(0.99),
      to_all_ms: to(1),
    }),
  };
}

function trafficMeter(_: Group, { n, horizonMs }: Scenario<unknown>): Meter {
  const meter = traffic({ n });
  const nodeSeconds = (n * horizonMs) / 1000;
  return {
    observer: meter as Observer,
    measure() {
      const { sent, lost, bytesSent } = meter.total();
      return {
        sent_per_node_s: sent / nodeSeconds,
        bytes_per_node_s: bytesSent / nodeSeconds,
        lost_frac: sent === 0 ? null : lost / sent,
      };
    },
  };
}

const joins = (scenario: Group): boolean =>
  groupsAt(scenario, 'faults').some(({ word }) => word === 'join' || word === 'churn');

function detectionMeter(scenario: Group, { n, horizonMs }: Scenario<unknown>): Meter {
  const startMs = numberAt(scenario, 'warmUp');
  const members = joins(scenario) ? 'joined' : 'all';
  const meter = qos({ n, startMs, endMs: horizonMs, members });
  return {
    observer: meter,
    measure() {
      const { detection, mistakes, pairHours, mistakeDuration } = meter.quality();
      const { crashes, undetected, firstMs, meanMs, lastMs } = detection;
      return {
        crashes: crashes.length,
        detected_all: crashes.length === 0 ? null : undetected === 0,
        detect_first_ms: firstMs,
        detect_mean_ms: meanMs,
        detect_last_ms: lastMs,
        mistakes_per_pair_h: { count: mistakes, per: pairHours },
        mistake_ms: mistakeDuration.completeMeanMs,
      };
    },
  };
}

function viewsMeter(scenario: Group, { n, horizonMs }: Scenario<unknown>): Meter {
  const meter = views({ n, startMs: numberAt(scenario, 'warmUp'), endMs: horizonMs });
  return {
    observer: meter,
    measure() {
      const { upPairs, downPairs, trustedDownPairs, doubtedUpPairs } = meter.view();
      return {
        trusted_dead_frac: downPairs === 0 ? null : trustedDownPairs / downPairs,
        doubted_live_frac: upPairs === 0 ? null : doubtedUpPairs / upPairs,
      };
    },
  };
}
