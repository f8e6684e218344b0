/**
 * Goodness of fit: does a sample come from a law, or from the same law as another sample? For tests of samplers, and
 * for experiments that are held against measured distributions. A p-value is the probability, if it does, of a
 * discrepancy at least as large.
 * Sources: Stephens, J. R. Statist. Soc. B 32, 1970 (finite-sample correction of Kolmogorov-Smirnov); Feller, Ann.
 * Math. Statist. 19, 1948 (both series of Kolmogorov's law); Pearson 1900 (chi-square).
 */
import { assert } from './errors.ts';
import { chiSquareTail, sum } from './statistics.ts';

export interface Fit {
  readonly statistic: number;
  readonly pValue: number;
}

/** P(K > x) for Kolmogorov's law; the theta series that converges fast on that side of x = 1. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let total = 0;
  if (x < 1) {
    for (let k = 1; k < 20; k += 2) total += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * total;
  }
  for (let k = 1; k < 10; k++) total += (k % 2 ? 2 : -2) * Math.exp(-2 * (k * x) ** 2);
  return total;
}

/** Stephens' correction: sqrt(n) D behaves at sample size n as Kolmogorov's law does at infinity. */
const kolmogorovPValue = (distance: number, size: number): number =>
  kolmogorovTail(distance * (Math.sqrt(size) + 0.12 + 0.11 / Math.sqrt(size)));

/**
 * One-sample Kolmogorov-Smirnov: the largest distance between the sample's distribution function and `cdf`. The
 * p-value holds for continuous laws with no parameter fitted to the sample; at a jump of `cdf` it is too large.
 */
export function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): Fit {
  const sorted = Float64Array.from(sample).sort(); // [rank]
  const n = sorted.length;
  assert(n > 0, 'Kolmogorov-Smirnov of an empty sample');
  let distance = 0;
  for (let rank = 0; rank < n; rank++) {
    const below = cdf(sorted[rank]);
    distance = Math.max(distance, below - rank / n, (rank + 1) / n - below);
  }
  return { statistic: distance, pValue: kolmogorovPValue(distance, n) };
}

/** Two-sample Kolmogorov-Smirnov: the largest distance between two samples' distribution functions. */
export function kolmogorovSmirnovTwo(a: ArrayLike<number>, b: ArrayLike<number>): Fit {
  const first = Float64Array.from(a).sort(); // [rank]
  const second = Float64Array.from(b).sort(); // [rank]
  assert(first.length > 0 && second.length > 0, 'Kolmogorov-Smirnov of an empty sample');
  let distance = 0;
  for (let i = 0, j = 0; i < first.length && j < second.length; ) {
    const x = Math.min(first[i], second[j]);
    while (first[i] === x) i++; // ties move together
    while (second[j] === x) j++;
    distance = Math.max(distance, Math.abs(i / first.length - j / second.length));
  }
  const size = (first.length * second.length) / (first.length + second.length);
  return { statistic: distance, pValue: kolmogorovPValue(distance, size) };
}

/**
 * The two-sample distance that is exceeded with probability `alpha` if the laws are the same, for large samples: the
 * first term of Kolmogorov's series, good to four digits for alpha below 0.2.
 */
export const kolmogorovSmirnovCritical = (alpha: number, n: number, m: number): number =>
  Math.sqrt((-Math.log(alpha / 2) / 2) * (1 / n + 1 / m));

/**
 * Pearson's chi-square of counts against expected counts, with cells - 1 - `fitted` degrees of freedom. Pool cells
 * until each expects about five or more: below that the p-value is not to be trusted.
 */
export function chiSquare(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  fitted = 0,
): Fit {
  const cells = observed.length;
  assert(cells === expected.length, `chi-square of ${cells} cells against ${expected.length}`);
  assert(cells - 1 - fitted > 0, 'chi-square without degrees of freedom');
  const terms = Float64Array.from(observed, (count, i) => {
    assert(expected[i] > 0, `chi-square cell ${i} expects ${expected[i]}`);
    return (count - expected[i]) ** 2 / expected[i];
  });
  const statistic = sum(terms);
  return { statistic, pValue: chiSquareTail(statistic, cells - 1 - fitted) };
}
