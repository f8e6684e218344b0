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
  readonly #times: Float64Array[]; // [observer][stamp] us, ascending; stamp 0 is nobody's
  readonly #count: Uint32Array; // [observer] the latest stamp; 0: no event yet

  constructor(cells: Cells) {
    this.#cells = cells;
    this.#times = Array.from({ length: cells.n }, () => new Float64Array(FIRST_EVENTS));
    this.#count = new Uint32Array(cells.n);
  }

  /** The stamp of an event of the observer at `now`; one for all events of one time. May widen the table. */
  stamp(observer: number, now: Micros): number {
    const latest = this.#count[observer];
    const before = this.#times[observer][latest];
    if (latest > 0 && now === before) return latest;
    if (latest > 0 && now < before) {
      assert(false, `the clock of node ${observer} went from ${before} back to ${now} us`);
    }
    if (latest + 1 === this.#times[observer].length) this.#tidy(observer);
    const stamp = ++this.#count[observer];
    this.#times[observer][stamp] = now;
    return stamp;
  }

  /** Whether the observer's row has ever held anything. */
  any(observer: number): boolean {
    return this.#count[observer] > 0;
  }

  time(observer: number, stamp: number): Micros {
    return this.#times[observer][stamp];
  }

  /** The latest stamp whose event is more than `age` ago; 0 if none is. */
  lastOlder(observer: number, now: Micros, age: Micros): number {
    const times = this.#times[observer];
    let low = 0; // older, or 0
    let high = this.#count[observer] + 1; // not older, or behind the end
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (now - times[middle] > age) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Renumbers the stamps in use to 1, 2, ... */
  #tidy(observer: number): void {
    this.#cells.settle();
    this.#cells.appear();
    const { kernel, words, stride } = this.#cells;
    const stamps = this.#cells.stamps(observer);
    const times = this.#times[observer];
    words.fill(0, 0, times.length);
    kernel.mark(stamps, stride, 0);
    let used = 0;
    words[0] = 0;
    for (let stamp = 1; stamp < times.length; stamp++) {
      if (words[stamp] === 0) continue;
      times[++used] = times[stamp];
      words[stamp] = used;
    }
    kernel.renumber(stamps, stride, 0);
    this.#count[observer] = used;
    if (used > times.length * FULL_SHARE) this.#double(observer);
  }

  /** All stamps in use are subjects' and so n at most: a list of 2 (n + 1) events is never too full. */
  #double(observer: number): void {
    const times = new Float64Array(2 * this.#times[observer].length);
    assert(times.length <= mostEvents(this.#cells.n), `${times.length} events kept for one row`);
    times.set(this.#times[observer]);
    this.#times[observer] = times;
    while (times.length - 1 > this.#cells.largest) this.#cells.widen();
  }
}
