/** Windows that are never full, without their samples: sums and counts. 12 bytes per pair. */
import { UserError } from '../../base/errors.ts';

export class Sums {
  static readonly bytesPerPair = 12;
  readonly added: Int32Array; // [pair] samples
  readonly sums: Float64Array; // [pair] us
  readonly #size: number;

  /** @param size of the window: one sample more, and the oldest would have to be known. */
  constructor(pairs: number, size: number) {
    this.#size = size;
    this.added = new Int32Array(pairs);
    this.sums = new Float64Array(pairs);
  }

  add(pair: number, value: number): void {
    this.#checkRoom(pair, 1);
    this.sums[pair] += value;
    this.added[pair]++;
  }

  /** Adds so many for one pair. */
  addRun(pair: number, values: Float64Array, count: number): void {
    this.#checkRoom(pair, count);
    let sum = this.sums[pair];
    for (let i = 0; i < count; i++) sum += values[i];
    this.sums[pair] = sum;
    this.added[pair] += count;
  }

  count(pair: number): number {
    return this.added[pair];
  }

  sum(pair: number): number {
    return this.sums[pair];
  }

  /** NaN of no value. */
  mean(pair: number): number {
    return this.sums[pair] / this.added[pair];
  }

  clear(pair: number): void {
    this.added[pair] = 0;
    this.sums[pair] = 0;
  }

  #checkRoom(pair: number, count: number): void {
    if (this.added[pair] + count <= this.#size) return;
    throw new UserError(
      `cassandra: the run must be shorter than ${this.#size} rounds where windows are kept as sums; got a window that is full. Leave shortRun out, or lower horizonMs`,
    );
  }
}
