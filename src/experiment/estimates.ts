/** Estimates made of several cells, for findings. */
import type { Estimate } from './claims.ts';
import type { Cell, CellSummary, Statistic } from './model.ts';

/** The summary of the cell that has these values, if it was run. */
export const at = <C extends Cell>(
  summaries: readonly CellSummary<C>[],
  values: Partial<C>,
): CellSummary<C> | undefined =>
  summaries.find(({ cell }) =>
    Object.entries(values).every(([axis, value]) => cell[axis] === value),
  );

/**
 * a - b with its standard error as if independent. Cells share their seeds (common random numbers); where that makes them
 * alike the true error is smaller, and a comparison by replicate would be sharper.
 */
export const difference = (a: Statistic, b: Statistic): Estimate => ({
  ours: a.mean - b.mean,
  se: Math.hypot(a.se, b.se),
  count: Math.min(a.count, b.count),
});

/** a / b with its standard error by the delta method, as if independent. */
export const ratio = (a: Statistic, b: Statistic): Estimate => ({
  ours: a.mean / b.mean,
  se: Math.abs(a.mean / b.mean) * Math.hypot(a.se / a.mean, b.se / b.mean),
  count: Math.min(a.count, b.count),
});
