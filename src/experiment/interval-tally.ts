/** Intervals by the million: mean, quantiles, and the share beyond a cap with the mean of the rest. In ms. */
import { UserError } from '../base/errors.ts';

const BIN_MS = 0.5;
const BINS = 200_000; // 100 s

export class IntervalTally {
  readonly #capMs: number;
  readonly #bins = new Uint32Array(BINS); // [bin] intervals in (bin - 1, bin] * BIN_MS; the last holds all beyond
  #count = 0;
  #sum = 0;
  #short = 0;
  #sumOfShort = 0;

  /** @param capMs an interval as long as this is no longer than the cap. */
  constructor(capMs: number) {
    this.#capMs = capMs;
  }

  add(ms: number): void {
    this.#count++;
    this.#sum += ms;
    this.#bins[Math.min(BINS - 1, Math.ceil(ms / BIN_MS))]++;
    if (ms > this.#capMs) return;
    this.#short++;
    this.#sumOfShort += ms;
  }

  get meanMs(): number {
    return this.#sum / this.#count;
  }

  get shareBeyond(): number {
    return 1 - this.#short / this.#count;
  }

  get meanWithinMs(): number {
    return this.#sumOfShort / this.#short;
  }

  /** To half a millisecond. */
  quantileMs(p: number): number {
    let seen = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      seen += this.#bins[bin];
      if (seen >= p * this.#count && seen > 0) return bin * BIN_MS;
    }
    throw new UserError(
      `interval tally: quantile ${p} lies beyond ${(BINS - 1) * BIN_MS} ms, of ${this.#count} intervals`,
    );
  }
}
