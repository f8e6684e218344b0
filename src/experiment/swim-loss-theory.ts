/**
 * What loss does to the probes of SWIM. `delivered` is the probability q that a message arrives in time.
 * Source: Das, Gupta, Motivala 2002, section 3.1: a live member is taken for dead by a probe with probability
 * (1 - q^2) (1 - q_f q^4)^k. Derived here: that for a finite group, of which k different members are asked; and how many
 * messages it takes.
 */
import { probability, wholeNumber } from '../base/errors.ts';

/** A group, and how many are asked to ping for one. */
export interface Probe {
  readonly n: number;
  /** Members that have crashed and are still in the lists; default none. */
  readonly crashed?: number;
  /** k, of the n - 2 others. */
  readonly indirect: number;
  readonly delivered: number;
}

const WHERE = 'swim loss theory';

/** P(a live member does not answer a probe in time, neither to its prober nor through others). */
export function mistakeOfProbe({ n, crashed = 0, indirect, delivered: q }: Probe): number {
  wholeNumber(WHERE, 'n', n, 3);
  wholeNumber(WHERE, 'crashed', crashed, 0, n - 2);
  wholeNumber(WHERE, 'indirect', indirect, 0, n - 2);
  probability(WHERE, 'delivered', q);
  // [j] P(j of those asked so far are alive): drawn from n - 2 others, of which this many are alive.
  const alive = n - 2 - crashed;
  let law = [1];
  for (let asked = 0; asked < indirect; asked++) {
    const others = n - 2 - asked;
    const next = new Array<number>(asked + 2).fill(0);
    law.forEach((p, j) => {
      const share = (alive - j) / others;
      next[j + 1] += p * share;
      next[j] += p * (1 - share);
    });
    law = next;
  }
  return (1 - q ** 2) * law.reduce((sum, p, j) => sum + p * (1 - q ** 4) ** j, 0);
}

/**
 * The published probability that a live member which is pinged in a period is taken for dead in it, for large groups: the
 * mistakes of a probe, times the pings of who is pinged at all, q_f e^(q_f) / (e^(q_f) - 1) in the mean.
 */
export const publishedMistake = (q: number, indirect: number, notFaulty = 1): number =>
  ((1 - q ** 2) * (1 - notFaulty * q ** 4) ** indirect * notFaulty) / (1 - Math.exp(-notFaulty));

/**
 * Messages that a member sends per period if nobody is dead: a ping; an ack if the ping came; if no ack came back,
 * k requests, and of each the ping, its ack and the ack's way back, as far as it gets.
 */
export const messagesPerPeriod = (q: number, indirect: number): number =>
  1 + q + indirect * (1 - q ** 2) * (1 + q + q ** 2 + q ** 3);
