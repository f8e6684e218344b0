/**
 * A healthy cluster at rest, idealised (no latency, no loss): intervals between the reports to a detector. Of the whole
 * simulated protocol, and of the prototype of cassandra-ideal.ts.
 */
import { Stream } from '../base/stream.ts';
import { micros, millis } from '../base/time.ts';
import { simulate } from '../engine/simulate.ts';
import { constant } from '../network/latency.ts';
import { idealGossip } from './cassandra-ideal.ts';
import { cassandraProbe } from './cassandra-probe.ts';
import { IntervalTally } from './interval-tally.ts';

/** fd_max_interval_ms by default, where it works. */
const CAP_MS = 2000;
/** Until the first versions of all nodes are everywhere. */
const WARM_UP_S = 20;
/** After a kill: the last news is everywhere long before. */
const AFTER_S = 40;

/** In s. */
/** Of the intervals between the reports on one node at another: mean, quantiles and shares. Times in s. */
export interface Steady {
  readonly interval_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
  readonly p99_s: number;
  readonly share_over_2s: number;
  readonly upto_2s: number;
}

export interface SteadyOptions {
  readonly n: number;
  readonly seeds: number;
  readonly seconds: number;
  readonly seed: string;
}

/** All releases do the same: no detector convicts anybody. */
export function steadyCluster({ n, seeds, seconds, seed }: SteadyOptions): Steady {
  const tally = new IntervalTally(CAP_MS);
  const start = micros(WARM_UP_S * 1000);
  const { scenario } = cassandraProbe({
    n,
    horizonMs: (WARM_UP_S + seconds) * 1000,
    options: { version: '4.1', shortRun: true, seeds: firstNodes(seeds) },
    link: constant({ ms: 0 }),
    onInterval(now, interval) {
      if (now >= start) tally.add(millis(interval));
    },
  });
  simulate({ ...scenario, seed });
  return told(tally);
}

/** The prototype, in which a node is killed in the end: the last news of it, after that, at all others. */
export function steadyIdeal(
  { n, seeds, seconds, seed }: SteadyOptions,
  syns: 'one' | 'two',
): Steady & { news_s: number; news_last_s: number } {
  const tally = new IntervalTally(CAP_MS);
  const draws = new Stream(seed, 'ideal', 1);
  const killedAfter = WARM_UP_S + seconds;
  const last = idealGossip({
    ...{ n, seeds, syns, killedAfter },
    rounds: killedAfter + AFTER_S,
    draw: () => draws.draw(0),
    onInterval(now, interval) {
      // To the microsecond, as in the simulator: two rounds are no longer than the cap.
      if (now >= WARM_UP_S && now < killedAfter) tally.add(Math.round(interval * 1e6) / 1000);
    },
  });
  const news = Array.from({ length: n - 1 }, (_, node) => last[node * n + n - 1] - killedAfter);
  return {
    ...told(tally),
    news_s: news.reduce((sum, age) => sum + age, 0) / news.length,
    news_last_s: Math.max(...news),
  };
}

/** Nodes 0 .. count-1: seeds. */
export const firstNodes = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const told = (tally: IntervalTally): Steady => ({
  interval_s: tally.meanMs / 1000,
  p50_s: tally.quantileMs(0.5) / 1000,
  p90_s: tally.quantileMs(0.9) / 1000,
  p99_s: tally.quantileMs(0.99) / 1000,
  share_over_2s: tally.shareBeyond,
  upto_2s: tally.meanWithinMs / 1000,
});
