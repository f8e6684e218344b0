/** kill -9 of one node of a Cassandra cluster: when does each of the others say DOWN, and by what reckoning. */
import { quantile } from '../base/statistics.ts';
import { millis } from '../base/time.ts';
import { type NodeId, type Observer, SUSPECTED, TRUSTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { crash } from '../faults/crash.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';
import { meansOfSilence } from './cassandra-detection-theory.ts';
import { type CassandraProbe, cassandraProbe } from './cassandra-probe.ts';

const ROUND_S = 1;

export interface KillOptions {
  readonly n: number;
  readonly options: CassandraOptions & { readonly threshold: number };
  /** After so long; the last node. */
  readonly uptimeS: number;
  readonly seed: string;
}

/** Times in s, since the kill, over the n - 1 observers. */
export interface Killed {
  readonly first_s: number | null;
  readonly median_s: number | null;
  readonly mean_s: number | null;
  readonly last_s: number | null;
  readonly last_above_mean_s: number | null;
  /** Of the detection times. */
  readonly sd_s: number;
  /** The last news of the victim: when it came, negative = before the kill. */
  readonly news_s: number;
  readonly news_sd_s: number;
  /** Mean of the victim's window, and samples in it. */
  readonly window_s: number;
  readonly window_sd_s: number;
  readonly samples: number;
  /** From the time at which phi passes the threshold until the conviction. */
  readonly wait_s: number;
  /** Share of the observers whose wait is above 0 and at most a round. */
  readonly in_round: number;
  readonly undetected: number;
  /** Times that anybody else was convicted, or the victim before. */
  readonly mistakes: number;
  /** Ascending. */
  readonly times: readonly number[];
}

interface Conviction {
  readonly atS: number;
  readonly newsS: number;
  readonly windowS: number;
  readonly samples: number;
  readonly waitS: number;
}

/** Runs a cluster for `uptimeS`, kills one node, and waits until all others have said DOWN. A `UserError` if options are wrong. */
export function killOne({ n, options, uptimeS, seed }: KillOptions): Killed {
  const victim = n - 1;
  const means = meansOfSilence(options.threshold);
  // As long as if every window held nothing but its first sample, twice: nobody takes longer.
  const horizonMs = 1000 * (uptimeS + 4 * means);
  const probe = cassandraProbe({ n, horizonMs, options });
  const watch = convictionsOf(probe, victim, uptimeS, means);
  simulate({
    ...probe.scenario,
    seed,
    faults: crash({ nodes: [victim], atMs: uptimeS * 1000 }),
    stop: (count) => count[SUSPECTED] - count[TRUSTED] >= n - 1,
    observers: [watch],
  });
  const all = [...watch.found.values()];
  const times = all.map(({ atS }) => atS).sort((a, b) => a - b);
  const time = (p: number) => (all.length < n - 1 ? null : quantile(times, p));
  return {
    first_s: time(0),
    median_s: time(0.5),
    mean_s: all.length < n - 1 ? null : meanOf(times),
    last_s: time(1),
    last_above_mean_s: all.length < n - 1 ? null : Math.max(...times) - meanOf(times),
    sd_s: sdOf(times),
    news_s: meanOf(all.map(({ newsS }) => newsS)),
    news_sd_s: sdOf(all.map(({ newsS }) => newsS)),
    window_s: meanOf(all.map(({ windowS }) => windowS)),
    window_sd_s: sdOf(all.map(({ windowS }) => windowS)),
    samples: meanOf(all.map(({ samples }) => samples)),
    wait_s: meanOf(all.map(({ waitS }) => waitS)),
    in_round: all.filter(({ waitS }) => waitS > 0 && waitS <= ROUND_S).length / (n - 1),
    undetected: n - 1 - all.length,
    mistakes: watch.mistakes(),
    times,
  };
}

/** The first conviction of the victim by each observer after the kill, with the state of its window then. */
function convictionsOf(probe: CassandraProbe, victim: NodeId, killS: number, means: number) {
  const found = new Map<NodeId, Conviction>();
  let mistakes = 0;
  const observer: Observer = {
    onFact(now, fact, node, about) {
      if (fact !== SUSPECTED) return;
      const atS = millis(now) / 1000;
      if (about !== victim || atS < killS) mistakes++;
      else if (node !== victim && !found.has(node)) {
        const { lastMs, meanMs, samples } = probe.window(node, victim);
        const due = (lastMs + means * meanMs) / 1000;
        found.set(node, {
          ...{ atS: atS - killS, newsS: lastMs / 1000 - killS, windowS: meanMs / 1000, samples },
          waitS: atS - due,
        });
      }
    },
  };
  return { ...observer, found, mistakes: () => mistakes };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Divisor n: these are all, and no sample. */
function sdOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
