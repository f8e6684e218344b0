/**
 * How often does a write arrive before one that came before it? Every origin writes as a Poisson process; delays are
 * independent (delay-laws.ts). Derived here.
 * Of two: b, issued g after a, overtakes it at a node if a takes g longer than b: E P(delay > g + L), L the delay of b;
 * exp(-g / d) / 2 where delays are exponential with mean d.
 * Of many: writes that are in b's past with probability c(s) when they are s older, issued at rate r, are missing when b
 * arrives if they take longer than s + L. They are a thinned Poisson process, so their number is Poisson with mean
 *   M(L) = r * integral of c(s) P(delay > s + L) ds,
 * none of them is missing with probability E exp(-M(L)), and x after b's arrival with E exp(-M(L + x)).
 *   c = 1         the origin's own earlier writes. Exponential: M = r d exp(-L / d), uniform in (0, r d).
 *   c = P(delay <= s)  writes that the origin had received itself. Exponential: half of that.
 */
import type { DelayLaw } from './delay-laws.ts';

const POINTS = 200; // of the law of b's delay, and along the ages of writes before it
const FEWER = 80; // the same, and along the time after its arrival

/** P(b overtakes a), b issued `gapMs` after a. */
export function overtaking(law: DelayLaw, gapMs: number, points = 20_000): number {
  let sum = 0;
  for (let i = 0; i < points; i++) sum += law.tail(gapMs + law.quantile((i + 0.5) / points));
  return sum / points;
}

/** The writes that came before another one, and the law of delays. */
export interface Past {
  readonly law: DelayLaw;
  /** Writes per ms that are s ms older than b and in its past, for ages s. */
  readonly ratePerMs: (s: number) => number;
  /** Writes are issued in a time of this length, b at any moment of it. */
  readonly lengthMs: number;
}

/** What is missing of a past when a write arrives. */
export interface Missing {
  /** The probability that some write of b's past is missing. */
  readonly share: number;
  /** How many are, in the mean. */
  readonly mean: number;
}

/** What is missing when b arrives, or `afterMs` later. */
export function missing(past: Past, afterMs = 0, points = POINTS): Missing {
  const { law, ratePerMs, lengthMs } = past;
  const widths = Float64Array.from({ length: points }, (_, k) => age(k + 1) - age(k));
  const rates = widths.map((_, k) => ratePerMs(age(k + 0.5)));
  let [share, mean] = [0, 0];
  for (let i = 0; i < points; i++) {
    const delay = law.quantile((i + 0.5) / points) + afterMs;
    let number = 0; // missing of those up to this age
    for (let k = 0; k < points; k++) {
      const added = widths[k] * rates[k] * law.tail(age(k + 0.5) + delay);
      // Of all b, the part that is issued so long after the first write.
      const part = widths[k] / lengthMs / points;
      share -= part * Math.expm1(-number - added / 2);
      mean += part * (number + added / 2);
      number += added;
    }
  }
  return { share, mean };

  /** Ages are closer together where more is missing. */
  function age(k: number) {
    return lengthMs * (k / points) ** 3;
  }
}

/**
 * The same for one origin's writes at given times, ascending: how many of them come out of order at a node, in the mean.
 * A law with steps, as of whole hops, needs many points.
 */
export function outOfOrder(law: DelayLaw, issuedMs: readonly number[], points: number): number {
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const delay = law.quantile((i + 0.5) / points);
    for (let b = 1; b < issuedMs.length; b++) {
      let inOrder = 1;
      for (let a = 0; a < b; a++) inOrder *= 1 - law.tail(issuedMs[b] - issuedMs[a] + delay);
      sum += (1 - inOrder) / points;
    }
  }
  return sum;
}

/** How long b waits for the last write of its past, mean over all b, ms; waits end at `mostMs`. */
export function meanWaitMs(past: Past, mostMs: number): number {
  let sum = 0;
  for (let k = 0; k < FEWER; k++) {
    const at = (place: number) => mostMs * (place / FEWER) ** 3;
    sum += (at(k + 1) - at(k)) * missing(past, at(k + 0.5), FEWER).share;
  }
  return sum;
}

/** The share where delays are exponential: M is uniform in (0, most). */
export const missingOfExponential = (most: number): number => 1 + Math.expm1(-most) / most;
