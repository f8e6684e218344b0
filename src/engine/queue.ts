/**
 * The pending events, in order of time, and first in, first out among simultaneous ones: a ladder queue, which sizes
 * itself. Push and pop only; there is no cancel. Source: Tang, Goh, Thng, "Ladder queue: an O(1) priority queue structure
 * for large-scale discrete event simulation", ACM TOMACS 15(3), 2005. Deviations: any opened bucket serves the rung below
 * it as that paper's "top"; the bottom is an array (bottom.ts), and is spread over a rung when insertions into it have cost
 * too much; a rung of future events reaches beyond the latest of them, so that most of what is pushed finds its bucket.
 *
 * The future is a list in no order. When its turn comes it is spread over the buckets of a rung, each again a list in no
 * order, for a stretch of time. A bucket whose turn comes is sorted into the bottom, or spread over a finer rung if it is
 * large. Events of one time are always in one place, and move in the order in which they came: hence first in, first out.
 */

import { assert } from '../base/errors.ts';
import { BEFORE, type Micros } from '../base/time.ts';
import { Bottom } from './bottom.ts';
import { type Extent, Lists } from './lists.ts';
import { fromAt, put, type Records, whatAt, wordAt } from './records.ts';
import { bucketOf, bucketsFor, endOfBucket, newRung, type Rung } from './rung.ts';
import { MOST_SORTED, type Stretch, sortInto } from './sort.ts';

const FUTURE = 0; // the list of whatever is later than every rung
const PRESENT = 1; // the list of what is in the bottom
const FEW = 64; // so many future events need no rung
const MOVES = 8; // moves per event that insertions into the bottom may cost; then a rung is cheaper
const REACH = 4; // a rung of future events has room for events up to so many times later than these

/** Whoever wants to see what comes next. */
export interface Watch {
  /** The first `count` of these places are of the events that come next, unless earlier ones come up. */
  look(events: Records, places: Int32Array, count: number): void;
}

export class EventQueue {
  size = 0;
  // The event that `pop` took out last, beside what it returned.
  time: Micros = BEFORE;
  from = 0;
  word = 0;
  readonly #lists = new Lists(); // the future, the present, then the buckets of each rung in use
  readonly #rungs: Rung[] = []; // [depth] finer and finer; those from #depth on are not in use
  #depth = 0;
  readonly #bottom = new Bottom();
  #limit: Micros = BEFORE; // earlier events belong to the bottom, all others above it
  #credit = 0; // moves that insertions into the bottom may still cost
  readonly #extent: Extent = { min: BEFORE, max: BEFORE };
  readonly #stretch: Stretch = { start: BEFORE, scale: BEFORE, offset: 0 };
  readonly #watch: Watch | undefined;

  constructor(watch?: Watch) {
    this.#watch = watch;
    this.time = 0;
    this.#limit = 0;
    this.#lists.reserve(PRESENT + 1);
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
    const bottom = this.#bottom;
    if (bottom.next === bottom.end) this.#refill();
    this.size--;
    const next = bottom.next++;
    this.time = bottom.times[next];
    const place = bottom.places[next];
    const { events } = this.#lists;
    this.from = fromAt(events, place);
    this.word = wordAt(events, place);
    return whatAt(events, place);
  }

  // ---- the bottom ----

  /** Inserts an event behind all that are not later. */
  #insert(time: Micros, what: number, from: number, word: number): void {
    const lists = this.#lists;
    const bottom = this.#bottom;
    let place = bottom.sparePlace();
    if (place < 0) place = lists.place(PRESENT);
    put(lists.events, place, time, what, from, word);
    this.#credit += MOVES - bottom.insert(time, place);
    if (this.#credit < 0) this.#spreadBottom();
  }

  #refill(): void {
    assert(this.size > 0, 'pop from an empty queue');
    this.#bottom.clear(0);
    this.#lists.clear(PRESENT);
    do {
      const rung = this.#firstRung();
      if (rung === undefined) this.#open(FUTURE, FEW);
      else this.#openBucket(rung);
    } while (this.#bottom.end === 0);
    this.#watch?.look(this.#lists.events, this.#bottom.places, this.#bottom.end);
  }

  #spreadBottom(): void {
    const { times, places, next, end } = this.#bottom;
    const rung = this.#rungAbove() ?? this.#addRung(end - next, times[next], times[end - 1], 1);
    for (let i = next; i < end; i++) this.#lists.appendCopy(bucketOf(rung, times[i]), places[i]);
    this.#limit = times[next];
    this.#credit = 0;
    this.#bottom.clear(0);
    this.#lists.clear(PRESENT);
  }

  /**
   * The deepest rung, if all of the bottom is before it; then its first bucket takes the bottom. Were there a rung for each
   * time that the bottom is spread, many pushes in falling order would make a ladder so deep that it is slow to search.
   */
  #rungAbove(): Rung | undefined {
    const rung = this.#depth > 0 ? this.#rungs[this.#depth - 1] : undefined;
    return rung !== undefined && this.#limit <= rung.start ? rung : undefined;
  }

  // ---- the ladder ----

  /** The rung whose current bucket holds the earliest events above the bottom; leaves the rungs that are worked off. */
  #firstRung(): Rung | undefined {
    for (; this.#depth > 0; this.#depth--) {
      const rung = this.#rungs[this.#depth - 1];
      for (; rung.current < rung.buckets; rung.current++) {
        if (!this.#lists.isEmpty(rung.lists + rung.current)) return rung;
      }
    }
    return undefined;
  }

  /** Moves the current bucket into the bottom, which is empty, or spreads it over a new rung. */
  #openBucket(rung: Rung): void {
    const list = rung.lists + rung.current;
    const stretch = this.#stretch;
    stretch.start = rung.start;
    stretch.scale = rung.scale;
    stretch.offset = rung.current;
    // The first bucket may hold what is before the rung.
    const isEven = rung.current > 0 && this.#lists.count(list) <= MOST_SORTED && this.#sort(list);
    if (isEven) this.#limit = endOfBucket(rung);
    else this.#open(list, MOST_SORTED);
  }

  /** The same with a list of whatever times. */
  #open(list: number, most: number): void {
    const lists = this.#lists;
    const extent = this.#extent;
    lists.measure(list, extent);
    const { min, max } = extent;
    const stretch = this.#stretch;
    stretch.start = min;
    stretch.scale = min < max ? 1 / (max - min + 1) : 0;
    stretch.offset = 0;
    const count = lists.count(list);
    if ((min === max || count <= most) && this.#sort(list)) {
      this.#limit = max + 1;
      return;
    }
    const reach = list === FUTURE ? REACH : 1;
    const { lists: first, start, scale } = this.#addRung(count, min, max, reach);
    lists.spread(list, start, scale, first);
  }

  /** False: the times are too uneven. */
  #sort(list: number): boolean {
    if (!sortInto(this.#bottom, this.#lists, list, this.#stretch)) return false;
    this.#lists.rename(list, PRESENT);
    this.#credit = MOVES * this.#bottom.end;
    return true;
  }

  /** A rung for `count` events from `min` to `max`; min < max, so that every rung is finer than the one above. */
  #addRung(count: number, min: Micros, max: Micros, reach: number): Rung {
    const span = max - min + 1;
    assert(span > 1 && max < 2 ** 53, `events at times from ${min} to ${max}`);
    const above = this.#rungs[this.#depth - 1];
    const rung = (this.#rungs[this.#depth] ??= newRung());
    this.#depth++;
    const buckets = Math.min(span, bucketsFor(count));
    const last = Math.min(max + (reach - 1) * span, Number.MAX_SAFE_INTEGER);
    rung.lists = above === undefined ? PRESENT + 1 : above.lists + above.buckets;
    rung.current = 0;
    rung.start = min;
    rung.end = last + 1;
    rung.scale = buckets / span;
    rung.buckets = bucketOf(rung, last) - rung.lists + 1; // `buckets`, give or take the rounding
    this.#lists.reserve(rung.lists + rung.buckets);
    return rung;
  }
}
