/**
 * What churn does to views: how many pairs trust the dead, by Little's law (1961), and how many suspicions come too late.
 * Sessions and absences are independent of each other and of what the nodes know; mean times stand for their laws.
 */

/** A law of durations, by its mean. */
export interface DurationLaw {
  /** P(X > x). */
  exceeds(x: number, mean: number): number;
  /** The same of what is left of a duration at a random time: the integral of P(X > y) over y > x, over the mean. */
  leftExceeds(x: number, mean: number): number;
}

/** Sessions that have no memory. */
export const EXPONENTIAL: DurationLaw = {
  exceeds: (x, mean) => Math.exp(-x / mean),
  leftExceeds: (x, mean) => Math.exp(-x / mean),
};

/** Weibull with shape 1/2: many short durations and a few very long ones. Its mean is twice its scale. */
export const WEIBULL_HALF: DurationLaw = {
  exceeds: (x, mean) => Math.exp(-Math.sqrt((2 * x) / mean)),
  leftExceeds: (x, mean) => {
    const root = Math.sqrt((2 * x) / mean);
    return (1 + root) * Math.exp(-root);
  },
};

/** What happened in a window of time. Durations in ms. */
export interface Churned {
  readonly law: DurationLaw; // of sessions and of absences
  readonly sessionMs: number; // means
  readonly absenceMs: number;
  readonly windowMs: number;
  readonly n: number;
  readonly upNodes: number; // mean over time
  readonly crashPairs: number; // observers of crashes, in all
  readonly restarts: number;
  readonly detectMs: number; // from a crash to its suspicion, mean
  readonly patienceMs: number; // for so long a restarted node trusts whom it knows by name
  readonly heardMs: number; // from a restart until another node hears of it, mean
}

/**
 * The mean number of pairs in which a node that is up trusts one that is down: those that come to be per ms, times how
 * long they last. They come to be by a crash, until it is detected; and by the restart of an observer, which trusts
 * the dead that it knows by name. Either ends early if one of the two comes back or crashes.
 */
export function littlePairs(churned: Churned): number {
  const { law, sessionMs, absenceMs, windowMs, n, upNodes, crashPairs, restarts } = churned;
  const { exceeds, leftExceeds } = law;
  const afterCrash = integral(
    (x) => exceeds(x, absenceMs) * leftExceeds(x, sessionMs),
    churned.detectMs,
  );
  const afterRestart = integral(
    (x) => exceeds(x, sessionMs) * leftExceeds(x, absenceMs),
    churned.patienceMs,
  );
  return (crashPairs * afterCrash + restarts * (n - upNodes) * afterRestart) / windowMs;
}

/**
 * Suspicions that come too late: T_fail since the last news of the former life runs out when the subject is back, but the
 * observer has not heard of it. So the time away ends before T_fail does, by less than the news takes. They come
 * by the same two ways; the observer must live to say it.
 */
export function lateSuspicions(churned: Churned): number {
  const { law, sessionMs, absenceMs, n, upNodes, restarts } = churned;
  const { detectMs, patienceMs, heardMs } = churned;
  const endsLate = (away: DurationLaw['exceeds'], ms: number) =>
    away(Math.max(0, ms - heardMs), absenceMs) - away(ms, absenceMs);
  const afterCrash = endsLate(law.exceeds, detectMs) * law.leftExceeds(detectMs, sessionMs);
  const afterRestart = endsLate(law.leftExceeds, patienceMs) * law.exceeds(patienceMs, sessionMs);
  return restarts * ((upNodes - 1) * afterCrash + (n - upNodes) * afterRestart);
}

/** The integral of f from 0 to `upTo`, by Simpson's rule: the mean of min(X, upTo) where f(x) = P(X > x). */
function integral(f: (x: number) => number, upTo: number): number {
  const steps = 200;
  let sum = f(0) + f(upTo);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f((i / steps) * upTo);
  return (sum * upTo) / (3 * steps);
}
