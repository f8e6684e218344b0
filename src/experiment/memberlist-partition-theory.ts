/** What comes of a partition of memberlist once packets pass again. Times in s, from the cut on. */
import type { Parting } from './memberlist-partition.ts';

export interface Healing extends Parting {
  readonly n: number;
  readonly few: number;
  readonly healS: number;
  readonly gossipToTheDeadS: number;
  readonly newsPerS: number;
}

/**
 * The chance that the sides find together again. While a pair across is alive, a push/pull comes; while one is suspect, it is
 * pinged and refutes, which the other side must hear: it does as long as it is not dead there for longer than
 * GossipToTheDeadTime. After that only news on its way through a side reaches those that it holds to be dead, for as long,
 * and news comes at random.
 */
export function meetingChance(healing: Healing): number {
  const { n, few, healS, aliveS, fewDeadS, manyDeadS, gossipToTheDeadS, newsPerS } = healing;
  const fewReach = fewDeadS + gossipToTheDeadS; // the few still gossip to the many
  const manyReach = manyDeadS + gossipToTheDeadS;
  if (healS < aliveS) return 1;
  if (healS < Math.min(fewDeadS, manyReach) || healS < Math.min(manyDeadS, fewReach)) return 1;
  const windows =
    (few * Math.max(0, fewReach - healS) + (n - few) * Math.max(0, manyReach - healS)) / n;
  return -Math.expm1(-newsPerS * windows);
}

/**
 * From the first member that is known across to the first push/pull across, mean: each of them is called once an interval,
 * and each further piece of news makes one more of them known.
 */
export function syncAfter(intervalS: number, newsPerS: number): number {
  const steps = 4000;
  const step = (20 * intervalS) / steps;
  let mean = 0;
  for (let i = 0; i < steps; i++) {
    const t = (i + 0.5) * step;
    mean += step * Math.exp(-(t + (newsPerS * t * t) / 2) / intervalS);
  }
  return mean;
}

/** From the first to hear to the last of the members of one side, mean, if each tells `perS` others a second at random. */
export function spreadS(members: number, perS: number): number {
  let sum = 0;
  for (let k = 1; k < members; k++) sum += 1 / k;
  return (2 * sum) / perS;
}
