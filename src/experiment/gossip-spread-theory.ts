/**
 * How long a heartbeat takes to be everywhere, and a crash to be noticed: the analysis of gossip-failure-theory.ts in
 * continuous time. Each member gossips on a Poisson clock, once per T_gossip in the mean, so from k members that have
 * the news there are k + 1 at rate
 *   lambda_k = n P_inc(k) = k (n - f - k) / (n - 1) P_arrival per T_gossip,
 * a pure birth chain. Derived here, the paper has rounds only. Times are in T_gossip; a group includes whoever crashes.
 */
import { numberIn } from '../base/errors.ts';
import { type Group, Infection } from './gossip-failure-theory.ts';

/**
 * By so much of T_gossip news is earlier everywhere where the same members gossip once each period, at random phases, in
 * the limit of large groups and at any loss. With q = the rate at which calls reach a live member, growth is exp(q t) W
 * on both clocks. The Laplace transform phi of W satisfies, y = ln s, G(y) = (1 - q + q phi(y)) G(y - q),
 *   phi(y) = (1/q) * integral of G over [y - q, y],  so  ln(1 - phi(y)) = y + integral of G(x - q) - 1 over x < y.
 * That is 0 at y = infinity, whence the integral of phi - 1[y < 0] is -q/2; of a Poisson clock's phi it is 0. The
 * difference, q/2, is that of E ln W: a lead of 1/2.
 */
export const PERIODIC_LEAD = 1 / 2;

/** From any moment until all live members have a heartbeat of a member from after it, in the mean: sum of 1 / lambda_k. */
export function completionPeriods(group: Group): number {
  const { live, meeting } = ratesOf(group);
  return (2 * harmonic(live - 1)) / (live * meeting);
}

/**
 * P(not everywhere after so many T_gossip): the number of gossips in that time is Poisson, so P_mistake(p, r) is averaged
 * over it (uniformisation). The paper takes r for exactly n a T_gossip.
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
 * The last news of who crashes left it with its last call that reached a live member, 1/q before the crash in the mean.
 * From there it spreads among the m observers at rates k (m - k) / (n - 1) P_arrival, and T_fail after it has come to an
 * observer that one detects the crash. Large groups with periodic gossip: the same but for the first, whose news is
 * 1/2 younger; for the others it also spreads by 1/2 faster.
 */
export function detectionExcess(group: Group): Excess {
  const { live, meeting } = ratesOf(group);
  const observers = live - 1;
  const q = observers * meeting;
  const spread = harmonic(observers - 1) / q; // the mean observer's delay; the last one's is twice that
  return { first: -1 / q, mean: spread - 1 / q, last: 2 * spread - 1 / q };
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
