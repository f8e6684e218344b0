/** What comes of a partition of memberlist once packets pass again. Times in s, from the cut on. */
import type { Parting } from './memberlist-partition.ts';

/** A partition that heals, and how members gossip then. */
export interface Healing extends Parting {
  readonly n: number;
  readonly few: number;
  readonly healS: number;
  readonly gossipToTheDeadS: number;
  /** How long a suspicion lasts that nobody confirms. */
  readonly longestS: number;
  readonly newsPerS: number;
}

/**
 * The chance that the sides find together again. While a pair across is alive, a push/pull comes; while one is suspect, it is
 * pinged and refutes, which the other side must hear: it does as long as it is not dead there for longer than
 * GossipToTheDeadTime. After that only news on its way through a side reaches those that it holds to be dead, for as long,
 * and news comes at random.
 */
export function meetingChance(healing: Healing): number {
  const { n, few, healS, aliveS, gossipToTheDeadS, longestS, newsPerS } = healing;
  if (healS < aliveS) return 1;
  const fewDeadS = Math.min(healing.fewDeadS, aliveS + longestS);
  const manyDeadS = Math.min(healing.manyDeadS, aliveS + longestS);
  const fewReach = fewDeadS + gossipToTheDeadS; // the few still gossip to the many
  const manyReach = manyDeadS + gossipToTheDeadS;
  if (healS < Math.min(fewDeadS, manyReach) || healS < Math.min(manyDeadS, fewReach)) return 1;
  const windows =
    (few * Math.max(0, fewReach - healS) + (n - few) * Math.max(0, manyReach - healS)) / n;
  return -Math.expm1(-newsPerS * windows);
}

/** From the first to hear to the last of the members of one side, mean, if each tells `perS` others a second at random. */
export function spreadS(members: number, perS: number): number {
  let sum = 0;
  for (let k = 1; k < members; k++) sum += 1 / k;
  return (2 * sum) / perS;
}
