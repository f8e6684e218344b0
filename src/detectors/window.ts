/**
 * The last `size` values of each pair, and their sum: ring buffers in one column. Whole microseconds, so that the sum
 * is exact however long the window slides.
 * Rings are interleaved, [slot * pairs + pair]. Pairs fill at about the same pace, so those that are heard one after
 * another write side by side, and pages of slots that no pair has reached yet are never touched: 30 rounds of a million
 * pairs with a window of 1000 take 10 ns an arrival and 0.2 GiB, a ring per pair in one piece 430 ns and 3.8 GiB.
 */
import { wholeNumber } from '../base/errors.ts';

/** Intervals are stored in 32 bits: a longer one counts as this long (71.6 minutes). */
export const LONGEST = 2 ** 32 - 1;

/** The clock's resolution: a mean to divide by is at least this, also where all intervals were 0. */
export const SHORTEST = 1;

/** Longer windows would lose exactness of the sums: 2^20 intervals of 2^32 us make 2^52. */
export const MOST_SLOTS = 2 ** 20;

export const windowSize = (where: string, window: number): number =>
  wholeNumber(where, 'window', window, 1, MOST_SLOTS);

export class Window {
  readonly #pairs: number;
  readonly #size: number;
  readonly #values: Uint32Array | Float64Array; // [slot * pairs + pair] us
  readonly #added: Uint32Array; // [pair] values ever added; below 2^32
  readonly #sum: Float64Array; // [pair] us

  /** `values`: 'intervals' are in 0 .. LONGEST, 4 bytes each; 'times' are any whole numbers, 8 bytes each. */
  constructor(pairs: number, size: number, values: 'intervals' | 'times' = 'intervals') {
    this.#pairs = pairs;
    this.#size = size;
    this.#values = new (values === 'intervals' ? Uint32Array : Float64Array)(pairs * size);
    this.#added = new Uint32Array(pairs);
    this.#sum = new Float64Array(pairs);
  }

  static bytesPerPair(size: number, values: 'intervals' | 'times' = 'intervals'): number {
    return (values === 'intervals' ? 4 : 8) * size + 12;
  }

  /** The value that fell out of the window for this one, NaN if there was room. */
  add(pair: number, value: number): number {
    const slot = (this.#added[pair] % this.#size) * this.#pairs + pair;
    const full = this.#added[pair] >= this.#size;
    const oldest = full ? this.#values[slot] : NaN;
    this.#values[slot] = value;
    this.#sum[pair] += full ? value - oldest : value;
    this.#added[pair]++;
    return oldest;
  }

  count(pair: number): number {
    return Math.min(this.#added[pair], this.#size);
  }

  sum(pair: number): number {
    return this.#sum[pair];
  }

  /** NaN of no value. */
  mean(pair: number): number {
    return this.#sum[pair] / this.count(pair);
  }

  /** The ring as it lies: [slot] a value, 0 where there was none yet. */
  slots(pair: number): number[] {
    const filled = this.count(pair);
    return Array.from({ length: this.#size }, (_, slot) =>
      slot < filled ? this.#values[slot * this.#pairs + pair] : 0,
    );
  }

  clear(pair: number): void {
    this.#added[pair] = 0;
    this.#sum[pair] = 0;
  }
}
