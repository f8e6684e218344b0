/** How long the writes of others wait at a node, and how late they are with and without that; of writes issued in a window. */

import { quantile } from '../base/statistics.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { APPLIED, DELIVERED, type NodeId, type Observer } from '../engine/model.ts';
import type { HappenedBefore } from '../metrics/index.ts';
import type { Operations } from '../protocols/index.ts';

export interface HoldWatchOptions {
  readonly operations: Operations; // writes without a read before them
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Holds {
  /**
   * Shares of the writes that arrived: while one of their past was missing, and those that were not applied before
   * anything else came. What they lacked may come at the same instant: then they wait for no time.
   */
  readonly early_frac: number;
  readonly held_frac: number;
  /** Over those that were applied by the end. */
  readonly hold_ms: number;
  readonly hold_p99_ms: number;
  /** Writes that wait at a node, in the mean over the window: by Little's law arrivals per time, times the wait. */
  readonly queue_mean: number;
  /** From the issue to the arrival, and to the application. */
  readonly arrival_ms: number;
  readonly application_ms: number;
}

export interface HoldWatch extends Observer {
  /** For the run's `onArrival`. */
  readonly onArrival: (node: NodeId, write: number, truth: HappenedBefore) => void;
  result(): Holds;
}

/** An observer of the waits of writes that are issued from `fromMs` to `untilMs`. */
export function holdWatch({ operations, fromMs, untilMs }: HoldWatchOptions): HoldWatch {
  const { n, list } = operations;
  const writes = list.length;
  const arrivedAt = new Float64Array(n * writes); // [node * writes + write] us
  const holds: Micros[] = [];
  const sums = { arrived: 0, early: 0, atOnce: 0, arrival: 0, application: 0 };
  let last = -1; // what came last, node * writes + write
  const isWatched = (write: number) => list[write].atMs >= fromMs && list[write].atMs < untilMs;

  return {
    onArrival(node, write, truth) {
      if (!isWatched(write)) return;
      sums.arrived++;
      if (truth.missing(node, write) > 0) sums.early++;
    },
    onFact(now, fact, node, write) {
      if (fact !== DELIVERED && fact !== APPLIED) return;
      const place = node * writes + write;
      if (fact === DELIVERED) {
        arrivedAt[place] = now;
        last = place;
        return;
      }
      if (list[write].node === node || !isWatched(write)) return;
      if (place === last) sums.atOnce++;
      const issued = micros(list[write].atMs);
      holds.push(now - arrivedAt[place]);
      sums.arrival += arrivedAt[place] - issued;
      sums.application += now - issued;
    },
    result() {
      const sorted = Float64Array.from(holds).sort();
      const applied = sorted.length;
      const holdMs = millis(sums.application - sums.arrival) / applied;
      return {
        early_frac: sums.early / sums.arrived,
        held_frac: (sums.arrived - sums.atOnce) / sums.arrived,
        hold_ms: holdMs,
        hold_p99_ms: millis(quantile(sorted, 0.99)),
        queue_mean: (sums.arrived / n / (untilMs - fromMs)) * holdMs,
        arrival_ms: millis(sums.arrival) / applied,
        application_ms: millis(sums.application) / applied,
      };
    },
  };
}
