/**
 * Ours held against a measured distribution, trial by trial: the share of ours at or below each percentile of the measured
 * ones, from which the Kolmogorov-Smirnov distance follows; and the difference of means.
 */
import { kolmogorovSmirnovCritical } from '../base/goodness.ts';
import { statistic, studentQuantile } from '../base/statistics.ts';
import { judge } from './claims.ts';
import type { Finding, Statistic } from './model.ts';

/** 1, 2, ... 100: the percentiles of measured distributions that ours are compared at. */
export const PERCENTILES: readonly number[] = Array.from({ length: 100 }, (_, i) => i + 1);
export const ALPHA = 0.001; // of each distance
const LEVEL = 0.99; // of the interval of a measured mean

/** The smallest measured value that a share p of the measured reaches. */
const percentile = (sorted: Float64Array, pct: number): number =>
  sorted[Math.ceil((pct / 100) * sorted.length) - 1];

const shareUpTo = (sorted: ArrayLike<number>, x: number): number => {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (sorted[i] <= x) count++;
  return count / sorted.length;
};

/** [percentile] the share of ours up to it; NaN where nothing was measured, or we have nothing. */
export function sharesUpTo(measured: Float64Array, ours: ArrayLike<number>): number[] {
  return PERCENTILES.map((pct) =>
    measured.length === 0 || ours.length === 0
      ? Number.NaN
      : shareUpTo(ours, percentile(measured, pct)),
  );
}

/** Half of the interval in which the mean of what was measured lies, at 99 %. */
export function halfInterval(measured: Float64Array): number {
  const { se, count } = statistic([...measured]);
  return studentQuantile((1 + LEVEL) / 2, count - 1) * se;
}

export interface Held {
  readonly quantity: string;
  readonly at: string;
  readonly measured: Float64Array;
  /** Of the means of our batches. */
  readonly mean: Statistic;
  /** Of `sharesUpTo`; absent: means alone are compared. */
  readonly shares?: readonly Statistic[];
  readonly trials: number;
  readonly source: string;
}

export function heldAgainst(held: Held): Finding[] {
  const { quantity, at, measured, mean, shares, trials, source } = held;
  if (measured.length < 2 || mean.count === 0) return [];
  const common = { at, basis: 'published' as const, source };
  const found = [
    judge({
      ...common,
      quantity: `${quantity}: mean`,
      statistic: mean,
      expected: statistic([...measured]).mean,
      tolerance: halfInterval(measured),
      note: `tolerance: 99 % interval of the mean of ${measured.length} measured trials`,
    }),
  ];
  if (shares === undefined) return found;
  const distance = Math.max(
    ...shares.map((share, i) =>
      Math.abs(share.mean - shareUpTo(measured, percentile(measured, PERCENTILES[i]))),
    ),
  );
  found.push(
    judge({
      ...common,
      quantity: `${quantity}: Kolmogorov-Smirnov distance`,
      statistic: { ours: distance, se: 0 },
      expected: 0,
      tolerance: kolmogorovSmirnovCritical(ALPHA, trials, measured.length),
      note: `tolerance: exceeded by chance once in ${1 / ALPHA}, with ${trials} trials of ours`,
    }),
  );
  return found;
}
