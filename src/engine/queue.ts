/**
 * The pending events, in order of time, and first in, first out among simultaneous ones: a ladder queue, which sizes
 * itself. Push and pop only; there is no cancel. Source: Tang, Goh, Thng, "Ladder queue: an O(1) priority queue structure
 * for large-scale discrete event simulation", ACM TOMACS 15(3), 2005. Deviations: any opened bucket serves the rung below
 * it as that paper's "top"; the bottom is an array, and is spread over a rung when insertions into it have cost too much.
 *
 * The future is a list in no order. When its turn comes it is spread over the buckets of a rung, each again a list in no
 * order, for a stretch of time. A bucket whose turn comes is sorted into the bottom, or spread over a finer rung if it is
 * large. Events of one time are always in one place, and move in the order in which they came: hence first in, first out.
 */

import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { type Extent, Lists } from './lists.ts';
import {
  capacityOf,
  fromAt,
  put,
  type Records,
  records,
  timeAt,
  toFront,
  whatAt,
  widenedRecords,
  wordAt,
} from './records.ts';
import { bucketOf, bucketsFor, newRung, type Rung } from './rung.ts';
import { insert, MOST_SORTED, sortInto } from './sort.ts';

const FUTURE = 0; // the list of whatever is later than every rung
const FEW = 64; // so many future events need no rung
const MOVES = 8; // moves per event that insertions into the bottom may cost; then a rung is cheaper

/** Whoever wants to see what comes next. */
export interface Watch {
  /** The first `count` of the events come next, unless earlier ones come up. */
  look(events: Records, count: number): void;
}

export class EventQueue {
  size = 0;
  // The event that `pop` took out last, beside what it returned.
  time: Micros = 0;
  from = 0;
  word = 0;
  readonly #lists = new Lists(); // the future, then the buckets of each rung in use
  readonly #rungs: Rung[] = []; // [depth] finer and finer; those from #depth on are not in use
  #depth = 0;
  #bottom: Records = records(FEW); // [#next .. #end) what comes next, in order
  #next = 0;
  #end = 0;
  #limit: Micros = 0; // earlier events belong to the bottom, all others above it
  #credit = 0; // moves that insertions into the bottom may still cost
  readonly #extent: Extent = { count: 0, min: 0, max: 0 };
  readonly #watch: Watch | undefined;

  constructor(watch?: Watch) {
    this.#watch = watch;
  }

  /** An event is three words of 32 bits: `what`, `from` and `word`. */
  push(time: Micros, what: number, from = 0, word = 0): void {
    this.size++;
    if (time < this.#limit) {
      this.#insert(time, what, from, word);
      return;
    }
    for (let depth = this.#depth - 1; depth >= 0; depth--) {
      const rung = this.#rungs[depth];
      if (time >= rung.end) continue;
      this.#lists.append(bucketOf(rung, time), time, what, from, word);
      return;
    }
    this.#lists.append(FUTURE, time, what, from, word);
  }

  /** Removes the first event, sets `time`, `from` and `word`, and returns `what`. The queue must not be empty. */
  pop(): number {
    if (this.#next === this.#end) this.#refill();
    this.size--;
    const bottom = this.#bottom;
    const at = this.#next++;
    this.time = timeAt(bottom, at);
    this.from = fromAt(bottom, at);
    this.word = wordAt(bottom, at);
    return whatAt(bottom, at);
  }

  // ---- the bottom ----

  /** Inserts an event behind all that are not later. */
  #insert(time: Micros, what: number, from: number, word: number): void {
    if (this.#end === capacityOf(this.#bottom)) this.#makeRoom();
    const bottom = this.#bottom;
    const last = this.#end++;
    put(bottom, last, time, what, from, word);
    const at = insert(bottom, this.#next, last);
    this.#credit += MOVES - (last - at);
    if (this.#credit >= 0) return;
    this.#spreadBottom(timeAt(bottom, this.#next), timeAt(bottom, last));
  }

  #refill(): void {
    assert(this.size > 0, 'pop from an empty queue');
    this.#next = 0;
    this.#end = 0;
    while (this.#end === 0) this.#open(this.#firstList());
  }

  /** At the end of the bottom: moves it to the front of its array, or doubles that. */
  #makeRoom(): void {
    if (this.#next < this.#end / 2) {
      this.#reserve(2 * this.#end);
      return;
    }
    toFront(this.#bottom, this.#next, this.#end);
    this.#end -= this.#next;
    this.#next = 0;
  }

  #reserve(capacity: number): void {
    let wider = capacityOf(this.#bottom);
    if (capacity <= wider) return;
    while (wider < capacity) wider *= 2;
    this.#bottom = widenedRecords(this.#bottom, wider);
  }

  // ---- the ladder ----

  /** The list of the earliest events above the bottom. Leaves the rungs that are worked off. */
  #firstList(): number {
    for (; this.#depth > 0; this.#depth--) {
      const rung = this.#rungs[this.#depth - 1];
      for (; rung.current < rung.buckets; rung.current++) {
        const list = rung.lists + rung.current;
        if (!this.#lists.isEmpty(list)) return list;
      }
    }
    return FUTURE;
  }

  /** Moves a list into the bottom, which is empty, or spreads it over a new rung. */
  #open(list: number): void {
    const lists = this.#lists;
    const extent = this.#extent;
    lists.measure(list, extent);
    const { count, min, max } = extent;
    const isCrowd = min < max && count > (list === FUTURE ? FEW : MOST_SORTED);
    if (!isCrowd) {
      this.#reserve(count);
      if (sortInto(this.#bottom, lists, list, extent)) {
        this.#end = count;
        this.#limit = max + 1;
        this.#credit = MOVES * count;
        this.#watch?.look(this.#bottom, count);
        return;
      }
    }
    const { lists: first, start, scale } = this.#addRung(count, min, max);
    lists.spread(list, start, scale, first);
  }

  #spreadBottom(min: Micros, max: Micros): void {
    const rung = this.#addRung(this.#end - this.#next, min, max);
    const bottom = this.#bottom;
    for (let i = this.#next; i < this.#end; i++) {
      this.#lists.take(bucketOf(rung, timeAt(bottom, i)), bottom, i);
    }
    this.#next = 0;
    this.#end = 0;
    this.#limit = min;
    this.#credit = 0;
  }

  /** A rung for `count` events from `min` to `max`; min < max, so that every rung is finer than the one above. */
  #addRung(count: number, min: Micros, max: Micros): Rung {
    const span = max - min + 1;
    assert(span > 1 && max < 2 ** 53, `events at times from ${min} to ${max}`);
    const above = this.#rungs[this.#depth - 1];
    const rung = (this.#rungs[this.#depth] ??= newRung());
    this.#depth++;
    const buckets = Math.min(span, bucketsFor(count));
    rung.lists = above === undefined ? FUTURE + 1 : above.lists + above.buckets;
    rung.current = 0;
    rung.start = min;
    rung.end = max + 1;
    rung.scale = buckets / span;
    rung.buckets = bucketOf(rung, max) - rung.lists + 1; // `buckets`, give or take the rounding
    this.#lists.reserve(rung.lists + rung.buckets);
    return rung;
  }
}
