/**
 * The bottom of the event queue's ladder: what comes next, in order. Of each event it holds the time and the place where
 * the event lies, so that sorting and inserting move twelve bytes and not the event.
 */
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';

export class Bottom {
  times: Float64Array = new Float64Array(64); // [next .. end) in order
  places: Int32Array = new Int32Array(64); // [next .. end) where those events are; [spare .. next) free places
  next = 0;
  end = 0;
  #spare = 0;

  /** Empties it, with room for so many. */
  clear(capacity: number): void {
    this.next = 0;
    this.end = 0;
    this.#spare = 0;
    if (capacity > this.times.length) this.#widen(capacity);
  }

  /** The place of an event that has left, if one is free; else -1. */
  sparePlace(): number {
    return this.#spare < this.next ? this.places[this.#spare++] : -1;
  }

  /** Inserts an event behind all that are not later. Returns how many it goes in front of. */
  insert(time: Micros, place: number): number {
    if (this.end === this.times.length) this.#makeRoom();
    const last = this.end++;
    return last - insert(this.times, this.places, this.next, last, time, place);
  }

  /** Moves what is still of use to the front, or doubles the room. */
  #makeRoom(): void {
    const spare = this.#spare;
    if (spare < this.end / 2) {
      this.#widen(2 * this.end);
      return;
    }
    this.times.copyWithin(0, spare, this.end);
    this.places.copyWithin(0, spare, this.end);
    this.next -= spare;
    this.end -= spare;
    this.#spare = 0;
  }

  #widen(capacity: number): void {
    const room = 2 ** Math.ceil(Math.log2(capacity));
    this.times = widened(this.times, new Float64Array(room));
    this.places = widened(this.places, new Int32Array(room));
  }
}

/** Puts an event among those at [first .. i), behind all that are not later, which moves the later ones. Returns where. */
export function insert(
  times: Float64Array,
  places: Int32Array,
  first: number,
  i: number,
  time: Micros,
  place: number,
): number {
  let at = i;
  while (at > first && times[at - 1] > time) {
    times[at] = times[at - 1];
    places[at] = places[at - 1];
    at--;
  }
  times[at] = time;
  places[at] = place;
  return at;
}
