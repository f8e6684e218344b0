/** How long the writes of others wait at a node, and how late they are with and without that; of writes issued in a window. */

import { quantile } from '../base/statistics.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { APPLIED, DELIVERED, type Observer } from '../engine/model.ts';
import type { Operations } from '../protocols/index.ts';

export interface HoldWatchOptions {
  readonly operations: Operations; // writes without a read before them
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface HoldWatch extends Observer {
  /** All over the writes that were applied by then; ms. */
  result(): {
    readonly arrived: number;
    /** Arrived, and not applied at that instant. */
    readonly held: number;
    readonly holdMs: number;
    readonly hold99Ms: number;
    /** From the issue to the arrival, and to the application. */
    readonly arrivalMs: number;
    readonly applicationMs: number;
  };
}

export function holdWatch({ operations, fromMs, untilMs }: HoldWatchOptions): HoldWatch {
  const { n, list } = operations;
  const writes = list.length;
  const arrivedAt = new Float64Array(n * writes); // [node * writes + write] us
  const holds: Micros[] = [];
  const sums = { arrived: 0, arrival: 0, application: 0 };
  const isWatched = (write: number) => list[write].atMs >= fromMs && list[write].atMs < untilMs;

  return {
    onFact(now, fact, node, write) {
      if (fact !== DELIVERED && fact !== APPLIED) return;
      if (list[write].node === node || !isWatched(write)) return;
      const place = node * writes + write;
      if (fact === DELIVERED) {
        arrivedAt[place] = now;
        sums.arrived++;
        return;
      }
      const issued = micros(list[write].atMs);
      holds.push(now - arrivedAt[place]);
      sums.arrival += arrivedAt[place] - issued;
      sums.application += now - issued;
    },
    result() {
      const sorted = Float64Array.from(holds).sort();
      const applied = sorted.length;
      const held = sorted.reduce((count, hold) => count + (hold > 0 ? 1 : 0), 0);
      const hold = sums.application - sums.arrival;
      return {
        arrived: sums.arrived,
        held: held + sums.arrived - applied,
        holdMs: millis(hold) / applied,
        hold99Ms: millis(quantile(sorted, 0.99)),
        arrivalMs: millis(sums.arrival) / applied,
        applicationMs: millis(sums.application) / applied,
      };
    },
  };
}
