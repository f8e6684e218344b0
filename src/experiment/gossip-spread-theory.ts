/**
 * How long a heartbeat takes to be everywhere, and a crash to be noticed: the analysis of gossip-failure-theory.ts in
 * continuous time. Derived here, the paper has rounds only. Times are in T_gossip, messages take none; a group includes
 * the member that crashes.
 *
 * Poisson clocks: each member gossips once per T_gossip in the mean, so that k members that have the news become k + 1 at
 * rate lambda_k = n P_inc(k) = k (n - f - k) / (n - 1) P_arrival, a pure birth chain.
 *
 * Periodic gossip, phases uniform: the mean times are the same but for half a T_gossip at the start. The calls that it
 * takes to go from k to k + 1 are as many, for whom a call reaches has nothing to do with when it is. Seen from a call,
 * the phases of the k are uniform, for each came in by a call of another's; so are they seen from a call later, or with
 * one more among them. Gaps between calls are then 1/k in the mean, as on Poisson clocks. Only the very first gap is not
 * between two calls: it lasts 1/2 in the mean instead of 1.
 */
import { numberIn } from '../base/errors.ts';
import { type Group, Infection } from './gossip-failure-theory.ts';

export type Clock = 'poisson' | 'periodic';

/** By so much the first call of a member comes earlier, in the mean, than on a Poisson clock. */
const LEAD: Readonly<Record<Clock, number>> = { poisson: 0, periodic: 1 / 2 };

/** From any moment until all live members have a heartbeat of a member from after it, in the mean: sum of 1 / lambda_k. */
export function completionPeriods(group: Group, clock: Clock): number {
  const { live, meeting } = ratesOf(group);
  return (2 * harmonic(live - 1)) / (live * meeting) - LEAD[clock];
}

/**
 * P(not everywhere after so many T_gossip) on Poisson clocks: the number of gossips in that time is Poisson, so
 * P_mistake(p, r) is averaged over it (uniformisation). The paper takes r for exactly n a T_gossip.
 */
export function lateProbability(group: Group, periods: number): number {
  numberIn('gossip spread theory', 'periods', periods, 0);
  const mean = group.n * periods;
  const most = mean + 12 * Math.sqrt(mean) + 40; // beyond, the weights are below 1e-30
  const infection = new Infection(group);
  let logWeight = -mean;
  let late = 0;
  for (let rounds = 0; rounds <= most; rounds++) {
    late += Math.exp(logWeight) * infection.mistake();
    logWeight += Math.log(mean / (rounds + 1));
    infection.next();
  }
  return late;
}

/** T_D - T_fail of the crash of one member, in the mean: of the first observer, of all, of the last. */
export interface Excess {
  readonly first: number;
  readonly mean: number;
  readonly last: number;
}

/**
 * The last news of who crashes left it with its last call that reached a live member, 1/q before the crash if it called
 * at rate q = m P_arrival / (n - 1). From that first of m observers it spreads at rates k (m - k) / (n - 1) P_arrival,
 * and each detects the crash T_fail after the news. Periodic gossip: the news is 1/2 younger, and reaches the others 1/2
 * sooner.
 */
export function detectionExcess(group: Group, clock: Clock): Excess {
  const { live, meeting } = ratesOf(group);
  const observers = live - 1;
  const q = observers * meeting;
  const age = 1 / q - LEAD[clock];
  const delay = harmonic(observers - 1) / q; // of the mean observer; twice that of the last
  const lead = observers > 1 ? LEAD[clock] : 0; // of all but the first
  return {
    first: -age,
    mean: delay - (lead * (observers - 1)) / observers - age,
    last: 2 * delay - lead - age,
  };
}

/** Live members, and the rate per T_gossip at which one of them reaches a given other. */
function ratesOf({ n, failed = 0, arrival = 1 }: Group) {
  return { live: n - failed, meeting: arrival / (n - 1) };
}

function harmonic(k: number): number {
  let sum = 0;
  for (let i = k; i > 0; i--) sum += 1 / i;
  return sum;
}
