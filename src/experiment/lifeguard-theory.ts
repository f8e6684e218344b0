/**
 * Suspicions that confirmations shorten, derived here for the test bed of the Lifeguard paper.
 * Detection: the healthy ones ping a blocked member at the instants of a Poisson process; each such ping is an accusation a
 * probe interval later. All hear of it at once, and the suspicion ends as soon as it has lasted as long as the confirmations
 * so far allow: it has not ended after e while the j-th is still to come, where j is the fewest with which it may be as short
 * as e. Both sides of a push/pull confirm what they read (exchange.ts), so that each is worth two further accusations.
 * False deaths: a member that is blocked alone accuses another as each block ends. Nobody confirms it at the accuser, so that
 * the suspicion lasts for the longest time; the refutation waits for the end of the next block.
 */
import { shortestSuspicion, suspicionAfter } from '../protocols/memberlist/scaling.ts';
import { intervalLengthMs } from './lifeguard-interval.ts';

/** A group and how its suspicions shorten; times in s. */
export interface SuspicionLaw {
  readonly n: number;
  readonly alpha: number;
  readonly beta: number;
  /** K. */
  readonly confirmations: number;
  /** Between two push/pulls of one member, s; Infinity: there are none. */
  readonly exchangeS: number;
}

const SECOND = 1e6;

/** [j] s that a suspicion lasts with j confirmations. */
export function suspicionStages({ n, alpha, beta, confirmations: k }: SuspicionLaw): number[] {
  const min = shortestSuspicion(alpha, n, SECOND);
  if (k === 0) return [min / SECOND];
  const max = Math.round(beta * min);
  return Array.from({ length: k + 1 }, (_, j) => suspicionAfter(j, k, min, max) / SECOND);
}

/** P(a suspicion lasts longer than e); confirmations come at that rate per s. */
export function suspicionOutlasts(stages: readonly number[], rate: number, e: number): number {
  const fewest = stages.findIndex((stage) => stage <= e);
  if (fewest < 0) return 1;
  let term = Math.exp(-rate * e);
  let sum = 0;
  for (let j = 0; j < fewest; j++) {
    sum += term;
    term *= (rate * e) / (j + 1);
  }
  return sum; // fewer than `fewest` have come
}

const STEP_S = 0.01;

/**
 * Half of the blocked members are declared dead by then, s; `[count, ...]`: so many of n are blocked, and each of them counts.
 */
export function medianDetectionS(law: SuspicionLaw, blocked: readonly number[]): number {
  const stages = suspicionStages(law);
  const total = blocked.reduce((sum, count) => sum + count, 0);
  const share = (t: number) =>
    blocked.reduce((sum, count) => {
      const rate = (law.n - count) / (law.n - 1);
      return (
        sum +
        (count / total) * detectedBy(stages, rate, rate + (2 * (law.n - count)) / law.exchangeS, t)
      );
    }, 0);
  let [low, high] = [0, 120];
  while (high - low > 1e-4) {
    const middle = (low + high) / 2;
    if (share(middle) < 0.5) low = middle;
    else high = middle;
  }
  return low;
}

/** P(declared dead t s after the block). */
function detectedBy(
  stages: readonly number[],
  rate: number,
  confirming: number,
  t: number,
): number {
  const left = t - 1; // the first accusation comes a probe interval after its ping
  let sum = 0;
  for (let x = STEP_S / 2; x < left; x += STEP_S) {
    sum +=
      rate * Math.exp(-rate * x) * STEP_S * (1 - suspicionOutlasts(stages, confirming, left - x));
  }
  return sum;
}

/** False deaths of a member that is blocked alone, and opens for an instant between blocks. */
export function aloneFalseDeaths(law: SuspicionLaw, blockedMs: number, openMs: number): number {
  if (suspicionStages(law)[0] * 1000 >= blockedMs) return 0;
  const length = intervalLengthMs({ anomalous: 1, blockedMs, openMs });
  return Math.round((length + openMs) / (blockedMs + openMs)) - 1;
}
