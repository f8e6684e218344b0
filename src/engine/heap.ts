/**
 * The pending events as a 4-ary heap on (time, order). Simultaneous events leave first in, first out, or in an order of
 * chance if one is given. It is the queue of heap-agenda.ts, and the oracle of the tests of the ladder.
 */

import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import {
  copy,
  fromAt,
  put,
  type Records,
  records,
  timeAt,
  whatAt,
  widenedRecords,
  wordAt,
} from './records.ts';

export class HeapQueue {
  size = 0;
  // The event that `pop` took out last, beside what it returned.
  time: Micros = 0;
  from = 0;
  word = 0;
  #events: Records; // [0 .. size) a heap: the children of i are 4 i + 1 .. 4 i + 4
  #orders: Float64Array; // [0 .. size) smaller goes first among equal times
  #pushed = 0;
  readonly #chance: (() => number) | undefined;

  /** @param chance draws the order among simultaneous events; absent: first in, first out. */
  constructor(chance?: () => number, capacity = 1024) {
    this.#chance = chance;
    this.#events = records(capacity);
    this.#orders = new Float64Array(capacity);
  }

  /** An event is three words of 32 bits: `what`, `from` and `word`. */
  push(time: Micros, what: number, from = 0, word = 0): void {
    if (this.size === this.#orders.length) this.#grow();
    const order = this.#chance === undefined ? this.#pushed++ : this.#chance();
    const events = this.#events;
    const orders = this.#orders;
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >>> 2;
      const earlier = timeAt(events, parent);
      if (earlier < time || (earlier === time && orders[parent] < order)) break;
      copy(events, parent, events, i);
      orders[i] = orders[parent];
      i = parent;
    }
    put(events, i, time, what, from, word);
    orders[i] = order;
  }

  /** The time of the first event. The queue must not be empty. */
  get first(): Micros {
    return timeAt(this.#events, 0);
  }

  /** Removes the first event, sets `time`, `from` and `word`, and returns `what`. The queue must not be empty. */
  pop(): number {
    const events = this.#events;
    this.time = timeAt(events, 0);
    const what = whatAt(events, 0);
    this.from = fromAt(events, 0);
    this.word = wordAt(events, 0);
    this.size--;
    if (this.size > 0) this.#sink(this.size);
    return what;
  }

  /** The first place is empty: the event behind the heap goes there, or further down. */
  #sink(last: number): void {
    const events = this.#events;
    const orders = this.#orders;
    const time = timeAt(events, last);
    const order = orders[last];
    let i = 0;
    for (let child = 1; child < last; child = 4 * i + 1) {
      let best = child;
      const end = Math.min(child + 4, last);
      for (let c = child + 1; c < end; c++) if (this.#isBefore(c, best)) best = c;
      const earliest = timeAt(events, best);
      if (time < earliest || (time === earliest && order < orders[best])) break;
      copy(events, best, events, i);
      orders[i] = orders[best];
      i = best;
    }
    copy(events, last, events, i);
    orders[i] = order;
  }

  #isBefore(a: number, b: number): boolean {
    const early = timeAt(this.#events, a);
    const late = timeAt(this.#events, b);
    return early < late || (early === late && this.#orders[a] < this.#orders[b]);
  }

  #grow(): void {
    const capacity = this.#orders.length * 2;
    this.#events = widenedRecords(this.#events, capacity);
    this.#orders = widened(this.#orders, new Float64Array(capacity));
  }
}
