/**
 * Differences and ratios of means from pairs of values, such as those of two runs with the same luck.
 * Sources: Student's t on differences; Fieller, J. Roy. Statist. Soc. B 16, 1954 (ratio of means: it excludes 1 where the
 * t interval excludes 0); Newcombe, Statist. Med. 17, 1998, 2635-2650, method 10 (difference of paired shares).
 */
import {
  type Interval,
  statistic,
  studentQuantile,
  studentTail,
  sum,
  wilson,
} from './statistics.ts';

const LEVEL = 0.95;

export interface Difference extends Interval {
  /** Mean of b - a. */
  readonly mean: number;
  /** Two-sided, of no difference; 1 where all pairs are equal. */
  readonly p: number;
}

/** b - a, and its t interval. Of fewer than two pairs the interval is NaN. */
export function difference(
  a: readonly number[],
  b: readonly number[],
  level: number = LEVEL,
): Difference {
  const { mean, se, count } = statistic(b.map((value, i) => value - a[i]));
  if (!(count > 1)) return { mean, low: NaN, high: NaN, p: NaN };
  const half = studentQuantile((1 + level) / 2, count - 1) * se;
  const p = se === 0 ? Number(mean === 0) : 2 * studentTail(Math.abs(mean) / se, count - 1);
  return { mean, low: mean - half, high: mean + half, p };
}

/** Pearson's; NaN where either does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const { saa, sab, sbb } = moments(a, b);
  return saa > 0 && sbb > 0 ? sab / Math.sqrt(saa * sbb) : NaN;
}

export interface Ratio extends Interval {
  readonly value: number;
}

/**
 * Mean of b over mean of a, and Fieller's interval: the r at which the t interval of b - r a contains 0. Undefined where
 * the mean of a may be 0, since then every ratio may be.
 */
export function ratio(
  a: readonly number[],
  b: readonly number[],
  level: number = LEVEL,
): Ratio | undefined {
  const n = a.length;
  const { ma, mb, saa, sab, sbb } = moments(a, b);
  const t2n = n > 1 ? studentQuantile((1 + level) / 2, n - 1) ** 2 / n : Infinity;
  // (mb - r ma)^2 = t^2 (sbb - 2 r sab + r^2 saa) / n, as quadratic q r^2 - 2 h r + c = 0
  const q = ma * ma - t2n * saa;
  if (!(q > 0)) return undefined;
  const h = ma * mb - t2n * sab;
  const c = mb * mb - t2n * sbb;
  const root = Math.sqrt(Math.max(0, h * h - q * c)); // rounding may leave -1e-17
  return { value: mb / ma, low: (h - root) / q, high: (h + root) / q };
}

function moments(a: readonly number[], b: readonly number[]) {
  const n = a.length;
  const [ma, mb] = [statistic(a).mean, statistic(b).mean];
  const over = (of: (i: number) => number) => sum(a.map((_, i) => of(i))) / (n - 1);
  return {
    ...{ ma, mb },
    saa: over((i) => (a[i] - ma) ** 2),
    sab: over((i) => (a[i] - ma) * (b[i] - mb)),
    sbb: over((i) => (b[i] - mb) ** 2),
  };
}

/** How often both were true, only the first, only the second, none. */
export interface Agreement {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly none: number;
}

/** Share of the second minus share of the first, and Newcombe's interval from Wilson's of each and their correlation. */
export function shareDifference(
  { both, first, second, none }: Agreement,
  level: number = LEVEL,
): Interval & { readonly mean: number } {
  const n = both + first + second + none;
  const [pa, pb] = [(both + first) / n, (both + second) / n];
  const a = wilson(both + first, n, level);
  const b = wilson(both + second, n, level);
  const phi = phiOf(both, first, second, none);
  const half = (u: number, v: number) => Math.sqrt(Math.max(0, u * u - 2 * phi * u * v + v * v));
  const mean = (second - first) / n;
  return {
    mean,
    low: mean - half(pb - b.low, a.high - pa),
    high: mean + half(b.high - pb, pa - a.low),
  };
}

/** Newcombe's phi, corrected for continuity where it is positive. */
function phiOf(both: number, first: number, second: number, none: number): number {
  const margins = (both + first) * (second + none) * (both + second) * (first + none);
  if (margins === 0) return 0;
  const cross = both * none - first * second;
  const n = both + first + second + none;
  return (cross > 0 ? Math.max(0, cross - n / 2) : cross) / Math.sqrt(margins);
}
