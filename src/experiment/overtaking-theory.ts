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

const DELAYS = 200; // points of the law of b's delay
const AGES = 200; // points along the ages of writes before it
const TIMES = 60; // points along the time after its arrival

/** P(b overtakes a), b issued `gapMs` after a. */
export function overtaking(law: DelayLaw, gapMs: number, points = 20_000): number {
  let sum = 0;
  for (let i = 0; i < points; i++) sum += law.tail(gapMs + law.quantile((i + 0.5) / points));
  return sum / points;
}

export interface Past {
  readonly law: DelayLaw;
  /** Writes per ms that are s ms older than b and in its past, for ages s. */
  readonly ratePerMs: (s: number) => number;
  /** Writes are issued in a time of this length, b at any moment of it. */
  readonly lengthMs: number;
}

export interface Missing {
  /** The probability that some write of b's past is missing. */
  readonly share: number;
  /** How many are, in the mean. */
  readonly mean: number;
}

/** What is missing when b arrives, or `afterMs` later. */
export function missing({ law, ratePerMs, lengthMs }: Past, afterMs = 0): Missing {
  let [share, mean] = [0, 0];
  for (let i = 0; i < DELAYS; i++) {
    const delay = law.quantile((i + 0.5) / DELAYS) + afterMs;
    let number = 0; // missing of those up to this age
    for (let k = 0; k < AGES; k++) {
      const from = ageAt(k, lengthMs);
      const middle = ageAt(k + 0.5, lengthMs);
      const width = ageAt(k + 1, lengthMs) - from;
      const added = width * ratePerMs(middle) * law.tail(middle + delay);
      // Of all b, the part that is issued so long after the first write.
      const part = width / lengthMs / DELAYS;
      share -= part * Math.expm1(-number - added / 2);
      mean += part * (number + added / 2);
      number += added;
    }
  }
  return { share, mean };
}

/** The k-th of the ages, closer together where more is missing. */
const ageAt = (k: number, lengthMs: number): number => lengthMs * (k / AGES) ** 3;

/** How long b waits for the last write of its past, mean over all b, ms; waits end at `mostMs`. */
export function meanWaitMs(past: Past, mostMs: number): number {
  let sum = 0;
  for (let k = 0; k < TIMES; k++) {
    const at = (place: number) => mostMs * (place / TIMES) ** 3;
    sum += (at(k + 1) - at(k)) * missing(past, at(k + 0.5)).share;
  }
  return sum;
}

/** The share where delays are exponential: M is uniform in (0, most). */
export const missingOfExponential = (most: number): number => 1 + Math.expm1(-most) / most;
