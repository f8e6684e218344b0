/**
 * Quality of service of the simple detector, SFD: each heartbeat that arrives restarts a timer TO; one that took longer
 * than the cutoff c is dropped. Then T_D <= c + TO.
 * Source: the detector is that of Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002, section 7; the closed form is
 * ours. With c below eta nothing is overtaken, and the interval between two heartbeats that count is
 *   I = G eta + D' - D,  P(G = g) = (1 - p) p^(g-1),
 * with p the probability that a heartbeat is lost or dropped and D, D' independent delays given that they are at most c.
 * Each interval longer than TO is a mistake of length I - TO, so
 *   E(T_MR) = eta / ((1 - p) P(I > TO)),  E(T_M) = E((I - TO)+) / P(I > TO),  P_A = 1 - E(T_M) / E(T_MR).
 */
import { assert } from '../base/errors.ts';
import type { Quality } from './chen-theory.ts';

/** How heartbeats are sent, lost and delayed, in one unit of time. */
export interface SimpleLaw {
  readonly eta: number; // between two heartbeats
  readonly loss: number; // p_L
  readonly tail: (delay: number) => number; // P(D > delay)
  readonly quantile: (u: number) => number; // of D
}

const STEPS = 1000; // of each delay's distribution: a midpoint rule
const RARE = 1e-15; // losses in a row that are left out

/** Quality of service of SFD with that cutoff and timeout. */
export function qualityOfSfd(
  { eta, loss, tail, quantile }: SimpleLaw,
  cutoff: number,
  timeout: number,
): Quality {
  assert(cutoff < eta, 'the closed form of SFD needs a cutoff below eta');
  const inTime = 1 - tail(cutoff);
  const missing = 1 - (1 - loss) * inTime; // p
  const delays = Float64Array.from({ length: STEPS }, (_, i) =>
    quantile(((i + 0.5) / STEPS) * inTime),
  );
  let late = 0; // P(I > TO)
  let lateness = 0; // E((I - TO)+)
  for (let gap = 1, share = 1 - missing; share > RARE; gap++, share *= missing) {
    const { probability, mean } = excess(delays, timeout - gap * eta);
    late += share * probability;
    lateness += share * mean;
  }
  const recurrence = eta / ((1 - missing) * late);
  return {
    recurrence,
    duration: lateness / late,
    accuracy: 1 - lateness / late / recurrence,
    detectionBound: cutoff + timeout,
  };
}

/** P(D' - D > x) and E((D' - D - x)+) over all pairs of delays, which ascend. */
function excess(delays: Float64Array, x: number): { probability: number; mean: number } {
  const count = delays.length;
  let above = 0;
  let sum = 0;
  let first = 0; // the first delay that exceeds the one at hand by more than x
  let rest = delays.reduce((total, delay) => total + delay, 0); // of the delays from `first` on
  for (const delay of delays) {
    while (first < count && delays[first] - delay <= x) rest -= delays[first++];
    above += count - first;
    sum += rest - (count - first) * (delay + x);
  }
  return { probability: above / count ** 2, mean: sum / count ** 2 };
}
