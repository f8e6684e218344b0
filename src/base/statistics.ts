/**
 * Summaries of replicates and the intervals around them. A value that is undefined in a replicate is `null`: it is
 * counted as missing and takes no part in the rest. What a sample is too small to say is NaN.
 * Sources: Hyndman and Fan, Amer. Statist. 50, 1996 (quantiles, type 7); Wilson, JASA 22, 1927 (shares); Garwood,
 * Biometrika 28, 1936 (Poisson counts).
 */
import { assert } from './errors.ts';
import { gammaQuantile, normalQuantile } from './quantiles.ts';
import { betaFactor, gammaQ, incompleteBeta } from './special.ts';

/** The distribution of one measure over replicates. */
export interface Statistic {
  readonly count: number; // replicates in which it is defined
  readonly missing: number; // replicates in which it is not
  readonly mean: number;
  readonly sd: number;
  readonly se: number;
  readonly ciLow: number; // Student's t; of a share Wilson's; 95 % unless another level was asked for
  readonly ciHigh: number;
  readonly min: number;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly max: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Confidence of an interval unless another is asked for. */
export const LEVEL = 0.95;

/** The sum, with Neumaier's compensation (ZAMM 54, 1974): its error does not grow with the number of terms. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const next = total + values[i];
    lost +=
      Math.abs(total) >= Math.abs(values[i]) ? total - next + values[i] : values[i] - next + total;
    total = next;
  }
  return total + lost;
}

/** Quantile of ascending values, type 7: linear between order statistics, rank (n-1) p counted from 0. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return NaN;
  const rank = (sorted.length - 1) * p;
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
}

/** Order statistics of ascending values. */
const order = (sorted: Float64Array) => ({
  min: quantile(sorted, 0),
  p05: quantile(sorted, 0.05),
  p25: quantile(sorted, 0.25),
  p50: quantile(sorted, 0.5),
  p75: quantile(sorted, 0.75),
  p95: quantile(sorted, 0.95),
  max: quantile(sorted, 1),
});

/**
 * Summary of numbers; sd has divisor n - 1. Of no value everything but the counts is NaN; of one value, sd, se and
 * the interval. Throws if a value is NaN or infinite: an undefined measure is null.
 */
export function statistic(values: readonly (number | null)[], level = LEVEL): Statistic {
  const sorted = Float64Array.from(values.filter((value) => value !== null)).sort(); // [rank]
  assert(sorted.every(Number.isFinite), 'statistic of a value that is not finite; use null');
  const count = sorted.length;
  // Counted from the least value: the mean of equal values is that value, and their sd exactly 0.
  const mean = sorted[0] + sum(sorted.map((value) => value - sorted[0])) / count;
  const squares = sum(sorted.map((value) => (value - mean) ** 2));
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : NaN;
  const se = sd / Math.sqrt(count);
  const half = count > 1 ? studentQuantile((1 + level) / 2, count - 1) * se : NaN;
  return {
    count,
    missing: values.length - count,
    mean,
    sd,
    se,
    ciLow: mean - half,
    ciHigh: mean + half,
    ...order(sorted),
  };
}

/**
 * Summary of booleans: the mean is the share p that is true, sd = sqrt(p (1-p)), se = sd / sqrt(n), the interval is
 * Wilson's; order statistics are those of the values 0 and 1. Of no value everything but the counts is NaN.
 */
export function shareStatistic(values: readonly (boolean | null)[], level = LEVEL): Statistic {
  const defined = values.filter((value) => value !== null);
  const sorted = Float64Array.from(defined, Number).sort(); // [rank] 0 or 1
  const count = sorted.length;
  const mean = sum(sorted) / count;
  const sd = Math.sqrt(mean * (1 - mean));
  const interval = wilson(sum(sorted), count, level);
  return {
    count,
    missing: values.length - count,
    mean,
    sd,
    se: sd / Math.sqrt(count),
    ciLow: interval.low,
    ciHigh: interval.high,
    ...order(sorted),
  };
}

/** Wilson's score interval for a probability, at confidence `level`; NaN without trials. */
export function wilson(successes: number, trials: number, level: number): Interval {
  if (trials === 0) return { low: NaN, high: NaN };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const divisor = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * trials)) / trials);
  return {
    low: successes === 0 ? 0 : (centre - half) / divisor, // exact ends: rounding would leave 1e-17
    high: successes === trials ? 1 : (centre + half) / divisor,
  };
}

/** Garwood's exact interval for the mean of a Poisson count, at confidence at least `level`. */
export function poissonInterval(count: number, level: number): Interval {
  const alpha = 1 - level;
  return {
    low: count === 0 ? 0 : gammaQuantile(alpha / 2, count, 1),
    high: gammaQuantile(1 - alpha / 2, count + 1, 1),
  };
}

/** P(X > x) for X chi-square with `df` degrees of freedom. */
export const chiSquareTail = (x: number, df: number): number => gammaQ(df / 2, x / 2);

/** P(T > t) for Student's t with `df` > 0 degrees of freedom. */
export function studentTail(t: number, df: number): number {
  const square = t * t;
  const outside = incompleteBeta(df / (df + square), df / 2, 0.5, square / (df + square)); // P(|T| > |t|)
  return t >= 0 ? outside / 2 : 1 - outside / 2;
}

/**
 * Quantile of Student's t with `df` > 0 degrees of freedom, for p in (0, 1). Newton's method in y = log t on the log
 * of P(|T| > t), or of P(|T| < t) where that is the smaller: both concave in y, as for `gammaSampler`.
 */
export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  const outside = 2 * Math.min(p, 1 - p); // P(|T| > t)
  const tail = outside < 0.5;
  const target = Math.log(tail ? outside : Math.abs(2 * p - 1));
  let y = Math.log(normalQuantile(1 - outside / 2));
  for (let step = 1, i = 0; Math.abs(step) > 1e-9 && i < 100; i++) {
    const square = Math.exp(2 * y);
    const inner = square / (df + square);
    const outer = df / (df + square);
    const value = tail
      ? incompleteBeta(outer, df / 2, 0.5, inner)
      : incompleteBeta(inner, 0.5, df / 2, outer);
    const density = 2 * betaFactor(inner, outer, 0.5, df / 2); // of log |T|
    step = ((target - Math.log(value)) * value) / density;
    y += tail ? -step : step;
  }
  return p < 0.5 ? -Math.exp(y) : Math.exp(y);
}
