/**
 * The pending events as a 4-ary heap in typed columns on (time, order). Simultaneous events leave first in, first out, or
 * in an order of chance if one is given. It is the queue of `ties: 'random'`, and the oracle of the tests of `EventQueue`.
 */

import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';

export class HeapQueue {
  size = 0;
  /** Time of the event that `pop` returned last. */
  time: Micros = 0;
  #times: Float64Array; // [0 .. size) a heap: the children of i are 4 i + 1 .. 4 i + 4
  #orders: Float64Array; // [0 .. size) smaller goes first among equal times
  #slots: Uint32Array; // [0 .. size)
  #pushed = 0;
  readonly #chance: (() => number) | undefined;

  /** @param chance draws the order among simultaneous events; absent: first in, first out. */
  constructor(chance?: () => number, capacity = 1024) {
    this.#chance = chance;
    this.#times = new Float64Array(capacity);
    this.#orders = new Float64Array(capacity);
    this.#slots = new Uint32Array(capacity);
  }

  push(time: Micros, slot: number): void {
    if (this.size === this.#times.length) this.#grow();
    const order = this.#chance === undefined ? this.#pushed++ : this.#chance();
    const times = this.#times;
    const orders = this.#orders;
    const slots = this.#slots;
    let i = this.size++;
    while (i > 0) {
      const parent = (i - 1) >>> 2;
      if (times[parent] < time || (times[parent] === time && orders[parent] < order)) break;
      times[i] = times[parent];
      orders[i] = orders[parent];
      slots[i] = slots[parent];
      i = parent;
    }
    times[i] = time;
    orders[i] = order;
    slots[i] = slot;
  }

  /** Removes the first event, sets `time`, and returns its slot. The queue must not be empty. */
  pop(): number {
    const times = this.#times;
    const orders = this.#orders;
    const slots = this.#slots;
    const first = slots[0];
    this.time = times[0];
    const n = --this.size;
    if (n === 0) return first;
    const time = times[n];
    const order = orders[n];
    let i = 0;
    for (;;) {
      const child = 4 * i + 1;
      if (child >= n) break;
      let best = child;
      const end = Math.min(child + 4, n);
      for (let c = child + 1; c < end; c++) {
        if (times[c] < times[best] || (times[c] === times[best] && orders[c] < orders[best]))
          best = c;
      }
      if (time < times[best] || (time === times[best] && order < orders[best])) break;
      times[i] = times[best];
      orders[i] = orders[best];
      slots[i] = slots[best];
      i = best;
    }
    times[i] = time;
    orders[i] = order;
    slots[i] = slots[n];
    return first;
  }

  #grow(): void {
    const capacity = this.#times.length * 2;
    this.#times = widened(this.#times, new Float64Array(capacity));
    this.#orders = widened(this.#orders, new Float64Array(capacity));
    this.#slots = widened(this.#slots, new Uint32Array(capacity));
  }
}
