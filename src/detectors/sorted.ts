/** The last `size` intervals of each pair in order of size: a ring of them, and the same numbers sorted. */
import { LONGEST, Window } from './window.ts';

export class Sorted {
  readonly #size: number;
  readonly #window: Window;
  readonly #values: Uint32Array; // [pair * size + rank] us, ascending in the first count(pair)

  constructor(pairs: number, size: number) {
    this.#size = size;
    this.#window = new Window(pairs, size);
    this.#values = new Uint32Array(pairs * size);
  }

  static bytesPerPair(size: number): number {
    return Window.bytesPerPair(size) + 4 * size;
  }

  /** Puts the interval where the oldest one leaves a gap, and moves what is between the two places by one. */
  add(pair: number, interval: number): void {
    const value = Math.min(interval, LONGEST);
    const count = this.count(pair);
    const oldest = this.#window.add(pair, value);
    const start = pair * this.#size;
    const gap = start + (Number.isNaN(oldest) ? count : this.#below(start, count, oldest));
    const place = start + this.#below(start, count, value);
    if (place <= gap) {
      this.#values.copyWithin(place + 1, place, gap);
      this.#values[place] = value;
    } else {
      this.#values.copyWithin(gap, gap + 1, place);
      this.#values[place - 1] = value;
    }
  }

  count(pair: number): number {
    return this.#window.count(pair);
  }

  /** How many are <= `limit`. */
  upTo(pair: number, limit: number): number {
    return this.#below(pair * this.#size, this.count(pair), Math.floor(limit) + 1);
  }

  /** The interval of that rank, from 0. */
  at(pair: number, rank: number): number {
    return this.#values[pair * this.#size + rank];
  }

  clear(pair: number): void {
    this.#window.clear(pair);
  }

  /** How many of the `count` values from `start` on are < `limit`. */
  #below(start: number, count: number, limit: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#values[start + middle] < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
