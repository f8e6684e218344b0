/**
 * Scuttlebutt where all fits, and what fits at most. Times in s, gossip once a second. Derived here.
 *
 * Steady state: an update is not known to another participant by its age a with probability U(a), as news spreads by
 * push-pull exchanges on periodic clocks (exchange-spread-theory.ts). A mapping is stale while its latest update is not
 * known. Keys are drawn at random, so that a key's latest update has age a with density (r / K) exp(-r a / K), for r
 * updates a second over K keys: (N - 1) r times the integral of exp(-r a / K) U(a) are stale, nearly (N - 1) r times the
 * mean delay of news. The longest staleness is over x with probability 1 - exp(-that integral from x on), if updates
 * arrive each on its own; updates come in batches, which it leaves out.
 *
 * Capacity: each update must reach N - 1 participants, and a participant takes part in two exchanges a second in the mean,
 * with at most mtu updates to it in each: (N - 1) tau <= 2 mtu.
 *
 * Flow control: tau goes up by b, or is multiplied by d where what was missing did not fit, which happens with
 * probability p. At rest (1 - p) b = p tau (1 - d): tau p / (1 - p) = c, where only c = b / (1 - d) matters, the tau at which
 * a step up and a step down are equal. Sharing keeps the sum.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { evenWay } from './exchange-growth.ts';
import { ExchangeSpread } from './exchange-spread-theory.ts';

const STEPS = 200; // per second
const NEGLIGIBLE = 1e-10;
const WHERE = 'scuttlebutt theory';

/** Stale mappings in a steady state. */
export interface SteadyStale {
  /** Mappings at one participant, in the mean. */
  readonly count: number;
  readonly longestS: number;
}

/** Participants and how often they update their mappings. */
export interface Updating {
  readonly n: number;
  readonly keys: number;
  /** Updates per second and participant. */
  readonly rate: number;
  readonly latencyS: number;
}

/** For many participants: off by about an n-th of the value. */
export function steadyStale({ n, keys, rate, latencyS }: Updating): SteadyStale {
  wholeNumber(WHERE, 'n', n, 2);
  wholeNumber(WHERE, 'keys', keys, 1);
  numberIn(WHERE, 'rate', rate, 0);
  // The called answers by all that is newer at the time, so a call brings what its caller has learned meanwhile.
  const spread = new ExchangeSpread({ ways: evenWay(latencyS), delivered: 1, asked: 1 });
  const density: number[] = []; // [step] of stale mappings by their age
  for (let unknown = 1, i = 0; unknown > NEGLIGIBLE; i++) {
    const age = (i + 0.5) / STEPS;
    unknown = Math.min(1, (spread.unaware(n, age) * n) / (n - 1));
    density.push(((n - 1) * rate * Math.exp((-rate * age) / keys) * unknown) / STEPS);
  }
  let [count, longestS] = [0, 0];
  for (const stale of density.reverse()) {
    count += stale;
    longestS += (1 - Math.exp(-count)) / STEPS;
  }
  return { count, longestS };
}

/** Updates per second that each of n participants can make at most. */
export const capacity = (n: number, mtu: number): number => (2 * mtu) / (n - 1);
