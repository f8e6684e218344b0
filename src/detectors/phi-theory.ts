/**
 * What a level of phi promises, and what comes of it where the intervals between heartbeats are independent and follow
 * the very law that the detector assumes. phi = -log10 P_later promises that a heartbeat is suspected wrongly with
 * probability 10^-phi (Hayashibara et al., SRDS 2004). The parameters of the law are estimated from a window of w
 * intervals, though, and the next interval does not depend on those: the probability is the mean over all windows.
 * The closed forms are ours. Deviation: the window is full.
 */
import { logGamma } from '../base/special.ts';
import { studentTail } from '../base/statistics.ts';

/** The probability of a wrong suspicion in an interval, and the mean silence until suspicion. */
export interface Kept {
  readonly mistake: number;
  readonly silence: number; // in the unit of the mean interval
}

/** The probability of a mistake that a level of phi promises. */
export const promised = (phi: number): number => 10 ** -phi;

/**
 * phi with exponential intervals, on exponential intervals of that mean. The sum of the window has a gamma law, so
 * E exp(-x S / w) with x = phi ln 10 is (1 + x / w)^-w.
 */
export function keptByExponential(phi: number, window: number, mean: number): Kept {
  const x = phi * Math.LN10;
  return { mistake: Math.exp(-window * Math.log1p(x / window)), silence: x * mean };
}

/**
 * The same where intervals above a cap are not recorded, as in Cassandra: the window holds a truncated exponential law,
 * whose mean is smaller. Its Laplace transform at s is (1 - e^(-c (1 + s))) / ((1 + s) (1 - e^-c)), c = cap / mean.
 */
export function keptByCapped(phi: number, window: number, mean: number, cap: number): Kept {
  const x = phi * Math.LN10;
  const c = cap / mean;
  const s = x / window;
  const transform = -Math.expm1(-c * (1 + s)) / ((1 + s) * -Math.expm1(-c));
  const truncatedMean = mean * (1 - c / Math.expm1(c));
  return { mistake: transform ** window, silence: x * truncatedMean };
}

/**
 * A detector that suspects at mean + z sd, both of its window, on normal intervals. With the variance's divisor w,
 * (X - mean) / (sd sqrt((w + 1) / (w - 1))) has Student's law with w - 1 degrees of freedom.
 */
export function keptByNormal(z: number, window: number, mean: number, deviation: number): Kept {
  const w = window;
  const ofDeviation = Math.sqrt(2 / w) * Math.exp(logGamma(w / 2) - logGamma((w - 1) / 2)); // E(sd) / sd
  return {
    mistake: studentTail(z * Math.sqrt((w - 1) / (w + 1)), w - 1),
    silence: mean + z * deviation * ofDeviation,
  };
}
