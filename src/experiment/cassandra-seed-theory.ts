/**
 * What seeds of a Cassandra cluster are called, and when a cluster that is started from nothing gossips. Derived here.
 *
 * Load. All n nodes are up, S of them are in the list of everybody, L = n - 1. In each round a node calls one of its L
 * peers at random, and if that was none of the s seeds in its list (S, or S - 1 for a seed) one of them with probability
 * s/L. So a seed is called once a second as everybody is, and then by each other node with (1 - s/L) (s/L) (1/s).
 *
 * Start. Nodes start at uniform times within a second, each asks all seeds and looks after each whole second; it asks
 * again after 5 s, and is answered then: it gossips 6 s after its start. What is asked before that comes to nothing: a
 * seed that is down does not answer, and one whose own shadow round is over before it looks answers nobody. The one
 * exception is the seed that starts last: all others answer it that they are starting, too, and it goes on after 1 s. A
 * seed that knows of no other seed goes on at once, and answers whoever starts later; they gossip 1 s after their start.
 */
import { wholeNumber } from '../base/errors.ts';
import { callsPerRound } from './pause-theory.ts';

/** SYNs a seed receives per second. */
export function seedCalls(n: number, seeds: number): number {
  const { live } = checked(n, seeds);
  const byOthers = n > seeds ? (n - seeds) * (1 - seeds / live) : 0;
  const bySeeds = (seeds - 1) * (1 - (seeds - 1) / live);
  return 1 + (byOthers + bySeeds) / live;
}

/** SYNs a node sends per round, mean of all nodes: a seed does not count itself among the seeds. */
export function meanCallsPerRound(n: number, seeds: number): number {
  checked(n, seeds);
  return ((n - seeds) * callsPerRound(n, seeds) + seeds * callsPerRound(n, seeds - 1)) / n;
}

const ASKED_AGAIN_S = 6;
const ANSWERED_AT_ONCE_S = 1;

/** From the beginning of that second until the last node gossips, in the mean; latency is little beside it. */
export function lastGossipsS(n: number, seeds: number): number {
  checked(n, seeds);
  if (seeds === 1) {
    // The seed is r-th to start, with the same probability for each r: the one before it is the last that asks twice.
    const first = ANSWERED_AT_ONCE_S + n / (n + 1);
    const before = (n - 1) * ASKED_AGAIN_S + (n * (n - 1)) / 2 / (n + 1);
    return (first + before) / n;
  }
  // The last to start; or the one before, where that is a seed.
  return ASKED_AGAIN_S + (n - seeds / n) / (n + 1);
}

function checked(n: number, seeds: number) {
  wholeNumber('seeds theory', 'n', n, 2);
  wholeNumber('seeds theory', 'seeds', seeds, 1, n);
  return { live: n - 1 };
}
