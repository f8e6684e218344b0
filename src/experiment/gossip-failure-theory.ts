/**
 * How long T_fail must be: the analysis of van Renesse, Minsky, Hayden, "A gossip-style failure detection service",
 * 1998. A round is one gossip by one member drawn at random; k of the n members have the newest heartbeat of
 * a member p, f have failed, and a message arrives with a given probability:
 *   P_inc(k) = (k / n) ((n - f - k) / (n - 1)) P_arrival
 *   P(k_{r+1} = k) = P_inc(k - 1) P(k_r = k - 1) + (1 - P_inc(k)) P(k_r = k),  k_0 = 1
 *   P_mistake(p, r) = 1 - P(k_r = n - f),  P_mistake(r) <= (n - f) P_mistake(p, r)
 * T_fail is the time of the smallest r for which that bound is not above the probability wanted.
 */
import { numberIn, positive, probability, wholeNumber } from '../base/errors.ts';

const WHERE = 'gossip failure theory';
/** Bandwidth of a member and bytes of an entry (6 of address, 2 of heartbeat), as in the paper's figures. */
const BYTES_PER_SECOND = 250;
const BYTES_PER_ENTRY = 8;

export interface Group {
  readonly n: number;
  /** f, default 0. */
  readonly failed?: number;
  /** P_arrival, default 1. */
  readonly arrival?: number;
}

/** P(k_r = k), round by round. */
export class Infection {
  rounds = 0;
  readonly #law: Float64Array; // [k] P(k_r = k), k = 0 .. n - f
  readonly #increase: Float64Array; // [k] P_inc(k)

  constructor({ n, failed = 0, arrival = 1 }: Group) {
    wholeNumber(WHERE, 'n', n, 2);
    wholeNumber(WHERE, 'failed', failed, 0, n - 1);
    probability(WHERE, 'arrival', arrival);
    positive(WHERE, 'arrival', arrival);
    const live = n - failed;
    this.#law = new Float64Array(live + 1);
    this.#law[1] = 1;
    this.#increase = Float64Array.from(
      { length: live + 1 },
      (_, k) => (k / n) * ((live - k) / (n - 1)) * arrival,
    );
  }

  next(): void {
    const law = this.#law;
    const increase = this.#increase;
    for (let k = law.length - 1; k > 0; k--) {
      law[k] = increase[k - 1] * law[k - 1] + (1 - increase[k]) * law[k];
    }
    this.rounds++;
  }

  /** P_mistake(p, r); summed from the small end, since it is far below the last digit of 1. */
  mistake(): number {
    let sum = 0;
    for (let k = 1; k < this.#law.length - 1; k++) sum += this.#law[k];
    return sum;
  }
}

/** P_mistake(p, r): that some live member has not the heartbeat of p, nor a later one, after so many rounds. */
export function mistakeAfter(group: Group, rounds: number): number {
  const infection = new Infection(group);
  while (infection.rounds < rounds) infection.next();
  return infection.mistake();
}

/** The smallest number of rounds for which the bound on P_mistake is not above `mistake`. */
export function roundsToFail(group: Group, mistake: number): number {
  positive(WHERE, 'mistake', numberIn(WHERE, 'mistake', mistake, 0, 1));
  const infection = new Infection(group);
  const live = group.n - (group.failed ?? 0);
  while (live * infection.mistake() > mistake) infection.next();
  return infection.rounds;
}

/** T_fail in units of T_gossip, in which each of the n members gossips once. */
export const periodsToFail = (group: Group, mistake: number): number =>
  roundsToFail(group, mistake) / group.n;

/** T_gossip in seconds where a member may send so many bytes per second. */
export const gossipSeconds = (
  n: number,
  bytesPerSecond = BYTES_PER_SECOND,
  bytesPerEntry = BYTES_PER_ENTRY,
): number => (bytesPerEntry * n) / bytesPerSecond;

/** T_fail in seconds, at that bandwidth. */
export const secondsToFail = (group: Group, mistake: number): number =>
  periodsToFail(group, mistake) * gossipSeconds(group.n);
