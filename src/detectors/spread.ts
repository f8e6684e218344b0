/**
 * Mean and variance of a sliding window of intervals, exact and in constant time. Squares of microseconds soon pass
 * 2^53 (one interval of 95 s does), so x = 2^16 a + b is taken apart and the sums of a, b, a^2, ab and b^2 are kept:
 * each is a whole number below 2^53. The squared deviations from a whole number m near the mean follow from them by
 * whole-number arithmetic as well, without the cancellation of E x^2 - (E x)^2.
 */
import { LONGEST, Window } from './window.ts';

const HALF = 65536; // 2^16
const A = 0;
const B = 1;
const AA = 2;
const AB = 3;
const BB = 4;
const SUMS = 5;

export class Spread {
  readonly #window: Window;
  readonly #sums: Float64Array; // [pair * SUMS + which]

  constructor(pairs: number, size: number) {
    this.#window = new Window(pairs, size);
    this.#sums = new Float64Array(pairs * SUMS);
  }

  static bytesPerPair(size: number): number {
    return Window.bytesPerPair(size) + 8 * SUMS;
  }

  add(pair: number, interval: number): void {
    const value = Math.min(interval, LONGEST);
    const oldest = this.#window.add(pair, value);
    if (!Number.isNaN(oldest)) this.#count(pair, oldest, -1);
    this.#count(pair, value, 1);
  }

  #count(pair: number, value: number, sign: 1 | -1): void {
    const at = pair * SUMS;
    const a = Math.floor(value / HALF);
    const b = value % HALF;
    this.#sums[at + A] += sign * a;
    this.#sums[at + B] += sign * b;
    this.#sums[at + AA] += sign * a * a;
    this.#sums[at + AB] += sign * a * b;
    this.#sums[at + BB] += sign * b * b;
  }

  count(pair: number): number {
    return this.#window.count(pair);
  }

  /** us; NaN of no interval. */
  mean(pair: number): number {
    return this.#window.mean(pair);
  }

  /** us^2, with divisor n; NaN of no interval. */
  variance(pair: number): number {
    const n = this.count(pair);
    const mean = this.mean(pair);
    const near = Math.round(mean);
    const a = Math.floor(near / HALF);
    const b = near % HALF;
    const at = pair * SUMS;
    const sumA = this.#sums[at + A];
    const sumB = this.#sums[at + B];
    // Sums of (a_i - a)^2, (a_i - a)(b_i - b), (b_i - b)^2.
    const high = this.#sums[at + AA] - 2 * a * sumA + n * a * a;
    const middle = this.#sums[at + AB] - a * sumB - b * sumA + n * a * b;
    const low = this.#sums[at + BB] - 2 * b * sumB + n * b * b;
    const squares = high * HALF * HALF + 2 * middle * HALF + low; // about `near`
    return Math.max(0, squares / n - (mean - near) ** 2);
  }

  clear(pair: number): void {
    this.#window.clear(pair);
    this.#sums.fill(0, pair * SUMS, pair * SUMS + SUMS);
  }
}
