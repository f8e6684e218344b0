/**
 * The last `size` values of each pair, and their sum: ring buffers in one column. Whole microseconds, so that the sum
 * is exact however long the window slides.
 * The values of a pair come in chunks. The chunk being written lies with those of its neighbours in a row, which is all
 * that most arrivals touch; the others lie in the ring, far from any cache. Once it is written to the end it changes
 * places with the oldest one, and then each new value finds the oldest where it is to be written.
 * Rings are interleaved, [(slot * pairs + pair) * chunk]. Pairs fill at about the same pace, and pages of slots that no
 * pair has reached yet are never touched: 30 rounds of a million pairs with a window of 1000 take 0.2 GiB.
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

/** Values of a chunk, where the window has a multiple of them: 32 bytes. */
const CHUNK = 8;

/** The largest power of two that divides the window, but no more than that. */
const chunkOf = (size: number): number => Math.min(CHUNK, size & -size);

export class Window {
  readonly added: Int32Array; // [pair] values ever added; below 2^31
  readonly sums: Float64Array; // [pair] us, of those in the window
  readonly #pairs: number;
  readonly #size: number;
  readonly #chunk: number; // values: a power of two
  readonly #shift: number; // its logarithm
  readonly #slots: number; // chunks of a ring: all but the one being written
  readonly #writing: Uint32Array | Float64Array; // [pair * chunk + i] us
  readonly #ring: Uint32Array | Float64Array; // [(slot * pairs + pair) * chunk + i] us
  /** Of no meaning: what is never used need not be fetched. */
  fetched = 0;

  /** `values`: 'intervals' are in 0 .. LONGEST, 4 bytes each; 'times' are any whole numbers, 8 bytes each. */
  constructor(pairs: number, size: number, values: 'intervals' | 'times' = 'intervals') {
    const Values = values === 'intervals' ? Uint32Array : Float64Array;
    this.#pairs = pairs;
    this.#size = size;
    this.#chunk = chunkOf(size);
    this.#shift = Math.log2(this.#chunk);
    this.#slots = size / this.#chunk - 1;
    this.#writing = new Values(pairs * this.#chunk);
    this.#ring = new Values(pairs * (size - this.#chunk));
    this.added = new Int32Array(pairs);
    this.sums = new Float64Array(pairs);
  }

  static bytesPerPair(size: number, values: 'intervals' | 'times' = 'intervals'): number {
    return (values === 'intervals' ? 4 : 8) * size + 12;
  }

  /** The value that fell out of the window for this one, NaN if there was room. */
  add(pair: number, value: number): number {
    const before = this.added[pair];
    const at = pair * this.#chunk + (before & (this.#chunk - 1));
    const isFull = before >= this.#size;
    const oldest = isFull ? this.#writing[at] : NaN;
    this.#writing[at] = value;
    this.sums[pair] += isFull ? value - oldest : value;
    this.added[pair] = before + 1;
    if (((before + 1) & (this.#chunk - 1)) === 0) this.#turn(pair);
    return oldest;
  }

  /** Adds so many for one pair, in order. */
  addRun(pair: number, values: Float64Array, count: number): void {
    const writing = this.#writing;
    const size = this.#size;
    const last = this.#chunk - 1;
    const near = pair * this.#chunk;
    let sum = this.sums[pair];
    let added = this.added[pair];
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const at = near + (added & last);
      sum += added >= size ? value - writing[at] : value;
      writing[at] = value;
      added++;
      if ((added & last) !== 0) continue;
      this.added[pair] = added;
      this.#turn(pair);
    }
    this.added[pair] = added;
    this.sums[pair] = sum;
  }

  /** Has the chunk fetched that the next one to be written to the end changes places with: many at once take less time. */
  fetch(pair: number): void {
    if (this.#slots === 0) return;
    const slot = (this.added[pair] >>> this.#shift) % this.#slots;
    this.fetched ^= this.#ring[(slot * this.#pairs + pair) * this.#chunk];
  }

  /** The chunk, written to the end, changes places with the oldest one. */
  #turn(pair: number): void {
    if (this.#slots === 0) return;
    const ring = this.#ring;
    const writing = this.#writing;
    const chunk = this.#chunk;
    const far = this.#far(pair);
    const near = pair * chunk;
    for (let i = 0; i < chunk; i++) {
      const value = ring[far + i];
      ring[far + i] = writing[near + i];
      writing[near + i] = value;
    }
  }

  /** Where in the ring that chunk is. */
  #far(pair: number): number {
    const slot = ((this.added[pair] >>> this.#shift) - 1) % this.#slots;
    return (slot * this.#pairs + pair) * this.#chunk;
  }

  count(pair: number): number {
    return Math.min(this.added[pair], this.#size);
  }

  sum(pair: number): number {
    return this.sums[pair];
  }

  /** NaN of no value. */
  mean(pair: number): number {
    return this.sums[pair] / this.count(pair);
  }

  /** As a ring in one piece would lie: [slot] a value, 0 where there was none yet. */
  slots(pair: number): number[] {
    const slots = new Array<number>(this.#size).fill(0);
    const added = this.added[pair];
    for (let i = added - this.count(pair); i < added; i++) {
      slots[i % this.#size] = this.#value(pair, i);
    }
    return slots;
  }

  /** The i-th that was added, if it is in the window. */
  #value(pair: number, i: number): number {
    const chunk = this.#chunk;
    const of = Math.floor(i / chunk);
    const present = Math.floor(this.added[pair] / chunk);
    const within = i % chunk;
    if (of === present || of + this.#slots < present) return this.#writing[pair * chunk + within];
    return this.#ring[((of % this.#slots) * this.#pairs + pair) * chunk + within];
  }

  clear(pair: number): void {
    this.added[pair] = 0;
    this.sums[pair] = 0;
  }
}
