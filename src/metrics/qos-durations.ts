/**
 * Durations in whole microseconds, summed exactly and counted in a histogram of fixed size (24 KiB): one bucket per
 * value below 128 units, above that 64 buckets per doubling, after HdrHistogram (Tene, 2012). A quantile is the middle
 * of a bucket, so it is exact below 128 units and within 1/128 of the value above; nothing is kept per duration.
 */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';

const HALF = 64; // buckets per doubling
const BUCKETS = 47 * HALF + HALF; // up to 2^53

export class Durations {
  count = 0;
  sum: Micros = 0;
  squares = 0; // sum of squares, us^2
  max: Micros = 0;
  min: Micros = Infinity;
  readonly #unit: Micros;
  readonly #counts = new Float64Array(BUCKETS); // [bucket] durations in it

  /** @param unit the width of the exact buckets: durations are counted in whole units, rounded down. */
  constructor(unit: Micros = 1) {
    this.#unit = unit;
  }

  add(duration: Micros): void {
    if (!(duration >= 0)) assert(false, `a duration of ${duration} us`);
    this.count++;
    this.sum += duration;
    this.squares += duration * duration;
    if (duration > this.max) this.max = duration;
    if (duration < this.min) this.min = duration;
    this.#counts[bucketOf(Math.floor(duration / this.#unit))]++;
  }

  /** NaN if there is none. */
  get mean(): Micros {
    return this.sum / this.count;
  }

  /** The least bucket that has at least the share `p` of all durations at or below it: its middle; NaN if empty. */
  quantile(p: number): Micros {
    const rank = Math.max(1, Math.ceil(p * this.count - 1e-9)); // tolerance: 0.07 * 100 > 7
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket];
      if (seen < rank) continue;
      return Math.min(Math.max(middleOf(bucket) * this.#unit, this.min), this.max);
    }
    return NaN;
  }

  /** The share of durations in the bucket of `limit` or below; NaN if empty. */
  shareUpTo(limit: Micros): number {
    const last = bucketOf(Math.floor(limit / this.#unit));
    let seen = 0;
    for (let bucket = 0; bucket <= last; bucket++) seen += this.#counts[bucket];
    return seen / this.count;
  }
}

/** value = top * 2^shift and a rest, with the seven bits of `top` in 64 .. 127, or shift 0 for a value below 128. */
function bucketOf(value: number): number {
  const far = value >= 2147483648; // beyond the 31 bits of whole-number instructions
  const near = far ? Math.floor(value / 16777216) : value;
  const shift = Math.max(0, 25 - Math.clz32(near));
  return (far ? shift + 24 : shift) * HALF + (near >>> shift);
}

function middleOf(bucket: number): number {
  const shift = Math.max(0, Math.floor(bucket / HALF) - 1);
  const width = 2 ** shift;
  return (bucket - shift * HALF) * width + (width - 1) / 2;
}
