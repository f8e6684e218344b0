/**
 * When an observer heard what, exactly, in one small number per entry. All that a row learns, it learns at an event of
 * its own (a beat, an arrival), so an entry's news time is a number into the row's short list of event times. When the
 * list is full, the numbers still in use move to its front, in order.
 */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import type { Cells } from './cells.ts';
import { FIRST_EVENTS, mostEvents } from './layout.ts';

/** A list that stays fuller than this after it was tidied gets twice the room: tidying costs a pass over the row. */
const FULL_SHARE = 3 / 4;

export class RowTimes {
  readonly #cells: Cells;
  /** [stamp * n + observer] us, ascending; stamp 0 is nobody's. Rows have about as many events: those of one number lie
   *  together, so that what is written next is in the cache, and what no row has reached takes no memory. */
  readonly #first: Float64Array;
  readonly #more = new Map<number, Float64Array>(); // observer -> [stamp - FIRST_EVENTS] us, where there are more
  readonly #count: Uint32Array; // [observer] the latest stamp; 0: no event yet
  readonly #latest: Float64Array; // [observer] us, of its latest event

  constructor(cells: Cells) {
    this.#cells = cells;
    this.#first = new Float64Array(FIRST_EVENTS * cells.n);
    this.#count = new Uint32Array(cells.n);
    this.#latest = new Float64Array(cells.n).fill(-Infinity);
  }

  /** The stamp of an event of the observer at `now`; one for all events of one time. May widen the table. */
  stamp(observer: number, now: Micros): number {
    const before = this.#latest[observer];
    if (now === before) return this.#count[observer];
    if (now < before) {
      assert(false, `the clock of node ${observer} went from ${before} back to ${now} us`);
    }
    if (this.#count[observer] + 1 >= FIRST_EVENTS) this.#makeRoom(observer);
    const stamp = ++this.#count[observer];
    this.#latest[observer] = now;
    this.#set(observer, stamp, now);
    return stamp;
  }

  /** Whether the observer's row has ever held anything. */
  any(observer: number): boolean {
    return this.#count[observer] > 0;
  }

  time(observer: number, stamp: number): Micros {
    if (stamp < FIRST_EVENTS) return this.#first[stamp * this.#cells.n + observer];
    return this.#more.get(observer)![stamp - FIRST_EVENTS];
  }

  /** The latest stamp whose event is more than `age` ago; 0 if none is. */
  lastOlder(observer: number, now: Micros, age: Micros): number {
    let low = 0; // older, or 0
    let high = this.#count[observer] + 1; // not older, or behind the end
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (now - this.time(observer, middle) > age) low = middle;
      else high = middle;
    }
    return low;
  }

  #set(observer: number, stamp: number, time: Micros): void {
    if (stamp < FIRST_EVENTS) this.#first[stamp * this.#cells.n + observer] = time;
    else this.#more.get(observer)![stamp - FIRST_EVENTS] = time;
  }

  /** Stamps that the observer's list has room for, 0 included. */
  #room(observer: number): number {
    return FIRST_EVENTS + (this.#more.get(observer)?.length ?? 0);
  }

  #makeRoom(observer: number): void {
    if (this.#count[observer] + 1 === this.#room(observer)) this.#tidy(observer);
  }

  /** Renumbers the stamps in use to 1, 2, ... */
  #tidy(observer: number): void {
    this.#cells.settle();
    this.#cells.appear();
    const { kernel, words, stride } = this.#cells;
    const stamps = this.#cells.stamps(observer);
    const room = this.#room(observer);
    words.fill(0, 0, room);
    kernel.mark(stamps, stride, 0);
    let used = 0;
    words[0] = 0;
    for (let stamp = 1; stamp < room; stamp++) {
      if (words[stamp] === 0) continue;
      this.#set(observer, ++used, this.time(observer, stamp));
      words[stamp] = used;
    }
    kernel.renumber(stamps, stride, 0);
    this.#count[observer] = used;
    if (used > room * FULL_SHARE) this.#double(observer, 2 * room);
  }

  /** All stamps in use are subjects' and so n at most: a list of 2 (n + 1) events is never too full. */
  #double(observer: number, room: number): void {
    assert(room <= mostEvents(this.#cells.n), `${room} events kept for one row`);
    const more = new Float64Array(room - FIRST_EVENTS);
    more.set(this.#more.get(observer) ?? []);
    this.#more.set(observer, more);
    while (room - 1 > this.#cells.largest) this.#cells.widen();
  }
}
