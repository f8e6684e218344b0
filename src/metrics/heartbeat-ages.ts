/**
 * Reads the staleness of a heartbeat table in a run: every so often, at the beginning of a round of node 0, before
 * anybody else acts where rounds are in step. For runs in which no node misses a round: the k-th heartbeat of a node is
 * from its k-th round, and of a heartbeat that has not been heard yet there is no age.
 */
import { wholeNumber } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import type { Observer } from '../engine/model.ts';
import type { HeartbeatTable } from '../kernel/index.ts';
import { type Staleness, staleness } from './staleness.ts';

/** Whose table is read, how often, and from when on. */
export interface HeartbeatAgesOptions {
  readonly table: HeartbeatTable;
  readonly periodMs: number;
  /** Samples from the first round on that is not before `fromMs`, every so many periods, before `untilMs`. */
  readonly fromMs: number;
  readonly everyPeriods: number;
  readonly untilMs: number;
  /** Observers whose rows are read, nodes 0 and up; default all. */
  readonly rows?: number;
  /** The step of the histogram; default a period, for rounds in step. */
  readonly unitMs?: number;
}

/** Asked after the run: ages of heartbeats in ms. */
export interface HeartbeatAges extends Observer {
  readonly ages: Staleness;
}

/** An observer that reads a heartbeat table now and then. */
export function heartbeatAges(options: HeartbeatAgesOptions): HeartbeatAges {
  const { table, periodMs, rows = table.n, unitMs = periodMs } = options;
  const { n } = table;
  wholeNumber('heartbeat ages', 'everyPeriods', options.everyPeriods, 1);
  wholeNumber('heartbeat ages', 'rows', rows, 1);
  const [period, until] = [micros(periodMs), micros(options.untilMs)];
  const ages = staleness({ n, unitMs });
  const first = new Float64Array(n).fill(Number.NaN); // [node] us, its first round
  const row = new Float64Array(n); // [subject] us; NaN = not heard yet
  let next = micros(options.fromMs);
  return {
    ages,
    onRound(now, node) {
      if (Number.isNaN(first[node])) first[node] = now;
      if (node !== 0 || now < next || now >= until) return;
      next = now + options.everyPeriods * period;
      for (let observer = 0; observer < Math.min(n, rows); observer++) {
        for (let subject = 0; subject < n; subject++) {
          const heartbeat = table.heartbeat(observer, subject);
          row[subject] =
            heartbeat === 0 ? Number.NaN : now - first[subject] - (heartbeat - 1) * period;
        }
        ages.row(now, observer, row);
      }
    },
  };
}
