/**
 * A quantile with an interval between two order statistics of the sample. It holds for every law at its level or above,
 * since how many values lie below the quantile is binomial. Too few values for an end: NaN (the upper one of the 99 %
 * quantile takes 368 values at 95 %).
 * Source: David and Nagaraja, "Order Statistics", 3rd edition 2003, section 7.1.
 */
import { incompleteBeta } from './special.ts';
import { type Interval, quantile } from './statistics.ts';

export interface QuantileEstimate extends Interval {
  readonly value: number; // type 7, see `quantile`; NaN of no value
}

/** @param p in (0, 1); @param level of the interval. */
export function quantileEstimate(
  values: readonly number[],
  p: number,
  level: number,
): QuantileEstimate {
  const sorted = Float64Array.from(values).sort(); // [rank - 1]
  const tail = (1 - level) / 2;
  const low = binomialQuantile(sorted.length, p, tail); // rank
  const high = binomialQuantile(sorted.length, p, 1 - tail) + 1; // rank
  return {
    value: quantile(sorted, p),
    low: low >= 1 ? sorted[low - 1] : NaN,
    high: high <= sorted.length ? sorted[high - 1] : NaN,
  };
}

/** The least k with P(B <= k) >= q, B binomial: by bisection. */
function binomialQuantile(n: number, p: number, q: number): number {
  let [below, found] = [-1, n];
  while (found - below > 1) {
    const k = Math.floor((below + found) / 2);
    if (incompleteBeta(1 - p, n - k, k + 1) >= q) found = k;
    else below = k;
  }
  return found;
}
