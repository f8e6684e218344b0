/**
 * The time that a write takes from its origin to another node, as theories need it: independent from write to write and
 * from node to node. A share of the writes may never come: their delay is infinite.
 */
import { lognormalQuantile } from '../base/quantiles.ts';
import { normalTail } from '../base/special.ts';

/** A law of delays, in ms; what never arrives is beyond all of them. */
export interface DelayLaw {
  /** P(delay > ms). */
  tail(ms: number): number;
  /** Of those that come: a share u takes at most so long, ms. */
  quantile(u: number): number;
}

/** All writes take `ms`. */
export const constantDelay = (ms: number): DelayLaw => ({
  tail: (x) => (x < ms ? 1 : 0),
  quantile: () => ms,
});

/** Exponential with that mean in ms. */
export const exponentialDelay = (meanMs: number): DelayLaw => ({
  tail: (x) => (x <= 0 ? 1 : Math.exp(-x / meanMs)),
  quantile: (u) => -meanMs * Math.log1p(-u),
});

/** The median of the lognormal law of this mean, whose logarithm has the standard deviation sigma. */
export const lognormalMedian = (mean: number, sigma: number): number =>
  mean * Math.exp(-(sigma ** 2) / 2);

/** Lognormal with that mean in ms, and sigma of the logarithm. */
export function lognormalDelay(meanMs: number, sigma: number): DelayLaw {
  const mu = Math.log(lognormalMedian(meanMs, sigma));
  return {
    tail: (x) => (x <= 0 ? 1 : normalTail((Math.log(x) - mu) / sigma)),
    quantile: (u) => lognormalQuantile(u, mu, sigma),
  };
}

/** As measured: ascending delays of those of `sent` that came. */
export function measuredDelay(ascendingMs: ArrayLike<number>, sent: number): DelayLaw {
  const came = ascendingMs.length;
  const most = ascendingMs[came - 1];
  return {
    tail: (x) => (sent - (x >= most ? came : countUpTo(ascendingMs, x))) / sent,
    quantile: (u) => ascendingMs[Math.floor(u * came)],
  };
}

/** How many of the ascending values are at most x. */
function countUpTo(ascending: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
