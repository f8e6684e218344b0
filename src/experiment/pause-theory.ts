/**
 * When is a node that pauses taken for dead in Cassandra's gossip? All lags are means over the other nodes. News spreads by
 * push-pull with c calls of a node per second: of n nodes i have it, and one more has it at rate 2 c i (n - i) / (n - 1), as
 * who lacks it calls one that has it, or is called by one. From i on it then takes a node
 * (H(n - 1) - H(i - 1)) / 2c seconds in the mean, H(k) = 1 + 1/2 + ... + 1/k. Derived here; exact if calls come at random
 * times, where in truth a node's own come a round apart.
 */

/** SYNs of a node per round, all being up: one to a live node, and one to a seed, with S / L, unless that was one. */
export function callsPerRound(n: number, seeds: number): number {
  const share = seeds / (n - 1);
  return 1 + Math.max(0, 1 - share) * Math.min(1, share);
}

/** Silence in means of the arrival window at which phi passes the threshold: threshold x ln 10. */
export const meansToConvict = (threshold: number): number => threshold * Math.LN10;

const EULER = 0.5772156649015329;
/** H(x), for whole numbers and between them; to 1 % from H(1) on. */
const harmonic = (x: number): number =>
  x <= 0 ? 0 : Math.log(x + 0.5) + EULER + 1 / (24 * (x + 0.5) ** 2);

/**
 * Seconds from when a node falls silent until the last of its news reaches an observer; below 0 for who has it before. It
 * told its last heartbeat one other at once, at a time uniform in the second before; what others know goes on spreading
 * without it.
 */
export function lastNewsLag(n: number, calls = 1): number {
  const steps = 400;
  const chance = new Float64Array(n + 1); // [i] that i nodes have it, that one among them
  chance[2] = 1;
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    for (let i = n; i >= 2; i--) {
      const after = (harmonic(n - 2) - harmonic(i - 2)) / (2 * calls);
      // Who has it by now has had it before the silence, if that comes later in the second.
      const before = ((1 - (step + 0.5) / steps) * (i - 1)) / (n - 1);
      sum += chance[i] * (after - before);
      const moves = Math.min(1, (2 * calls * i * (n - i)) / (n - 1) / steps) * chance[i];
      chance[i] -= moves;
      if (i < n) chance[i + 1] += moves;
    }
  }
  return sum / steps;
}

/**
 * Seconds from when a node wakes up until its news reaches an observer. It knows who has called it meanwhile, and answers
 * them all at once.
 */
export function firstNewsLag(n: number, pauseSec: number, calls = 1): number {
  const others = n - 1;
  const called = others * (1 - Math.exp((-calls * pauseSec) / others));
  return (harmonic(others) - harmonic(called)) / (2 * calls);
}

/** A Cassandra cluster, its threshold and the mean of its windows. */
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
