/**
 * Exact inference on what is true or not.
 * Sources: Clopper and Pearson, Biometrika 26, 1934 (interval for a probability); McNemar, Psychometrika 12, 1947, in its
 * exact form, which is the sign test.
 */
import { incompleteBeta } from './special.ts';
import type { Interval } from './statistics.ts';

const STEPS = 60; // halvings: 1e-18

/** Interval for a probability that holds with confidence at least `level`; from 0 to 1 without trials. */
export function clopperPearson(successes: number, trials: number, level: number): Interval {
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  // P(X >= successes) at p is I_p(successes, failures + 1); P(X <= successes) is I_(1-p)(failures, successes + 1).
  return {
    low: successes === 0 ? 0 : rootOf((p) => incompleteBeta(p, successes, failures + 1), tail),
    high: failures === 0 ? 1 : 1 - rootOf((q) => incompleteBeta(q, failures, successes + 1), tail),
  };
}

/** Where an increasing function on [0, 1] reaches a value. */
function rootOf(increasing: (p: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (increasing(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided p of `one` against `other` of as many fair coins; 1 if there is none. */
export function signTest(one: number, other: number): number {
  const most = Math.max(one, other);
  if (most === 0) return 1;
  return Math.min(1, 2 * incompleteBeta(0.5, most, one + other - most + 1)); // P(X >= most)
}
