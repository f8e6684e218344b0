/** Windows that are never full, without their samples: sums and counts. 12 bytes per pair. */
import { UserError } from '../../base/errors.ts';

export class Sums {
  static readonly bytesPerPair = 12;
  readonly #size: number;
  readonly #added: Uint32Array; // [pair] samples
  readonly #sum: Float64Array; // [pair] us

  /** @param size of the window: one sample more, and the oldest would have to be known. */
  constructor(pairs: number, size: number) {
    this.#size = size;
    this.#added = new Uint32Array(pairs);
    this.#sum = new Float64Array(pairs);
  }

  add(pair: number, value: number): void {
    if (this.#added[pair] === this.#size) {
      throw new UserError(
        `cassandra: the run must be shorter than ${this.#size} rounds where windows are kept as sums; got a window that is full. Leave shortRun out, or lower horizonMs`,
      );
    }
    this.#sum[pair] += value;
    this.#added[pair]++;
  }

  /** For so many pairs. False: the mean of one of them is below `least`. */
  addAll(pairs: Int32Array, values: Float64Array, count: number, least: number): boolean {
    let isLow = false;
    for (let i = 0; i < count; i++) {
      this.add(pairs[i], values[i]);
      if (this.#sum[pairs[i]] < least * this.#added[pairs[i]]) isLow = true;
    }
    return !isLow;
  }

  count(pair: number): number {
    return this.#added[pair];
  }

  sum(pair: number): number {
    return this.#sum[pair];
  }

  /** NaN of no value. */
  mean(pair: number): number {
    return this.#sum[pair] / this.#added[pair];
  }

  clear(pair: number): void {
    this.#added[pair] = 0;
    this.#sum[pair] = 0;
  }
}
