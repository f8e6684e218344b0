/**
 * When is a node that pauses taken for dead in Cassandra's gossip? All lags are means over the other nodes, from the
 * logistic growth of push-pull with c calls a second: a node that lacks the news calls one that has it, or is called by
 * one, at rate 2 c i / n, so i' = 2 c i (n - i) / n, and from i0 on it takes a node ln(n / i0) / 2c seconds in the mean.
 * Derived here; chance in the first calls, which delays news, is left out.
 */

/** SYNs of a node per round, all being up: one to a live node, and one to a seed, with S / L, unless that was one. */
export function callsPerRound(n: number, seeds: number): number {
  const share = seeds / (n - 1);
  return 1 + Math.max(0, 1 - share) * Math.min(1, share);
}

/** Silence in means of the arrival window at which phi passes the threshold: threshold x ln 10. */
export const meansToConvict = (threshold: number): number => threshold * Math.LN10;

/**
 * Seconds from when a node falls silent until the last of its news reaches an observer. It told its last heartbeat one
 * other at once, at a time uniform in the second before; what others know goes on spreading without it.
 */
export function lastNewsLag(n: number, calls = 1): number {
  const others = n - 1;
  let sum = 0;
  const steps = 200;
  for (let k = 0; k < steps; k++) {
    const told = n / (1 + (n / 2 - 1) * Math.exp((-2 * calls * (k + 0.5)) / steps)) - 1; // it not among them
    sum += Math.log(others / told) / (2 * calls);
  }
  return sum / steps;
}

/**
 * Seconds from when a node wakes up until its news reaches an observer. It knows who has called it meanwhile, and answers
 * them all at once.
 */
export function firstNewsLag(n: number, pauseSec: number, calls = 1): number {
  const others = n - 1;
  const told = 1 + others * (1 - Math.exp((-calls * pauseSec) / others));
  return (n / others) * (Math.log(n / told) / (2 * calls));
}

export interface PauseSetting {
  readonly n: number;
  readonly seeds: number;
  readonly threshold: number;
  /** Of the arrival windows. */
  readonly windowMeanSec: number;
}

/** Seconds from a crash to DOWN, mean over the observers: the check comes half a round after phi has passed. */
export const secondsToDown = ({ n, seeds, threshold, windowMeanSec }: PauseSetting): number =>
  meansToConvict(threshold) * windowMeanSec + 0.5 + lastNewsLag(n, callsPerRound(n, seeds));

/** The pause, in seconds, that half of the observers take for a death: their silence ends when news of it comes. */
export function pauseToDown(setting: PauseSetting): number {
  const dead = secondsToDown(setting);
  const { n, seeds } = setting;
  return dead - firstNewsLag(n, dead, callsPerRound(n, seeds));
}
