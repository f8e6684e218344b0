/** Slow gossip stages in a Cassandra cluster: who is convicted, by whom, and how much waits. */
import { micros, millis } from '../base/time.ts';
import type { NodeId } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { cassandraOn } from '../protocols/cassandra/cassandra.ts';
import { groundOf } from '../protocols/cassandra/ground.ts';
import { type CassandraOptions, settingsOf } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';

export interface SlowStageOptions {
  readonly n: number;
  /** 'one': the last node; 'all': every node. */
  readonly who: 'one' | 'all';
  /**
   * 'each': every message takes so much longer, to the end of the run. 'once': the stage is blocked for so long, by the
   * first message that it begins; then the run goes on for a minute.
   */
  readonly how: 'each' | 'once';
  readonly extraS: number;
  /** Before that all is well for so long. */
  readonly warmS: number;
  /** The slowness of 'each' lasts for so long. */
  readonly slowS: number;
  readonly options: CassandraOptions;
  readonly seed: string;
}

/** From when the slowness begins. */
export interface SlowStage {
  /** Convictions: of the slow by others, by the slow, and by others of others; with all slow, all are 'of'. */
  readonly of_slow: number;
  readonly by_slow: number;
  readonly elsewhere: number;
  /** Observers that have convicted the slow node at least once, of all others; null with all slow. */
  readonly observers_frac: number | null;
  /** s, since the slowness began. */
  readonly first_s: number | null;
  /** Of the slow stage: share of the time that it was at work; tasks that waited for it at most; mean arrival window of
   *  the slow node at the others when it began, in s. */
  readonly busy_frac: number;
  readonly most_waiting: number;
  readonly window_s: number;
}

const AFTER_ONCE_S = 60;

/** Runs a cluster in which some stages are slow or blocked, and counts convictions and what waits. */
export function slowStage(slow: SlowStageOptions): SlowStage {
  const { n, who, how, extraS, warmS, options, seed } = slow;
  const victim = n - 1;
  const isSlow = (node: NodeId) => who === 'all' || node === victim;
  const begin = micros(1000 * warmS);
  const extra = micros(1000 * extraS);
  const lastS = how === 'each' ? slow.slowS : extraS + AFTER_ONCE_S;
  const extraUs = (node: NodeId, now: number) => {
    if (!isSlow(node) || now < begin) return 0;
    return how === 'each' ? extra : Math.max(0, begin + extra - now);
  };
  const all: CassandraOptions = { ...options, stage: { ...options.stage, extraUs } };
  const ground = groundOf(n, settingsOf(all, n));
  const tally = { of_slow: 0, by_slow: 0, elsewhere: 0 };
  const observers = new Set<NodeId>();
  let first: number | undefined;
  let busyBefore = 0;
  let windowS = Number.NaN;
  simulate({
    ...cassandraCluster(n, 1000 * (warmS + lastS), all),
    protocol: (env) =>
      cassandraOn(ground, all, (event, node, subject, wasAlive) => {
        if (event !== 'onDead' || !wasAlive || env.now() < begin) return;
        first ??= env.now() - begin;
        if (isSlow(subject)) {
          tally.of_slow++;
          observers.add(node);
        } else if (isSlow(node)) tally.by_slow++;
        else tally.elsewhere++;
      })(env),
    seed,
    // A fault that changes nothing, to look at the windows when the slowness begins.
    faults: [{ kind: 'clock', node: victim, atMs: 1000 * warmS }],
    observers: [
      {
        onFault() {
          busyBefore = ground.stageLog.busy[victim];
          windowS = windowOf(ground, victim);
        },
      },
    ],
  });
  const { busy, mostWaiting } = ground.stageLog;
  return {
    ...tally,
    observers_frac: who === 'all' ? null : observers.size / (n - 1),
    first_s: first === undefined ? null : millis(first) / 1000,
    // The service under way at the end is counted in whole.
    busy_frac: Math.min(1, (busy[victim] - busyBefore) / micros(1000 * lastS)),
    most_waiting: mostWaiting[victim],
    window_s: windowS,
  };
}

/** Mean over the others, s. */
function windowOf({ endpoints, detector }: ReturnType<typeof groundOf>, subject: NodeId): number {
  let sum = 0;
  for (let node = 0; node < endpoints.n; node++) {
    if (node !== subject) sum += detector.windows.mean(endpoints.pair(node, subject));
  }
  return millis(sum / (endpoints.n - 1)) / 1000;
}
