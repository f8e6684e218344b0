/**
 * How often heartbeat gossip suspects a live member: push in step, complete graph, nobody down, no T_cleanup.
 * Let T_h be the round in which a given node first hears heartbeat h of another, or a later one. No news for more than m
 * rounds after the news of round T_h means T_{h+1} - T_h > m, and there is one h per round, so exactly
 *   mistakes per pair and period at T_fail = m periods = P(T_{h+1} - T_h > m).
 * Two rumours, h and h + 1, spread by the same calls: a nodes know h + 1, b know h only. (a, b) is a Markov chain, which
 * is followed here: exactly where n <= EXACT; else until more than EXACT nodes know h, and from there by the mean of each
 * step. Derived here; each rumour alone is the push epidemic of Demers et al. 1987.
 * Left out: who suspects a member does not gossip its entry.
 */
import { wholeNumber } from '../base/errors.ts';
import { Calls, type Gossip } from './push-calls.ts';

const WHERE = 'mistake theory';
const EXACT = 20;
const ALONE = 128;
const ROUNDS = 1000; // at most
const NEGLIGIBLE = 1e-14; // the probability of a state

/** The probability that in a period nobody's call reaches a given node: the factor per period late in the tail. */
export const uncalled = ({ n, fanout = 1, loss = 0 }: Gossip): number =>
  (1 - (fanout * (1 - loss)) / (n - 1)) ** (n - 1);

/** Mistakes per pair and period, as a function of T_fail in periods. */
export function mistakesPerPeriod(gossip: Gossip): (failPeriods: number) => number {
  const calls = new Calls(gossip);
  const { n } = calls;
  const heardAt = new Float64Array(n + 1); // [k] nodes that hear h alone in a round after which k know h + 1
  heardAt[1] = (n - 1) * (1 - calls.miss); // from its source at once
  const large = new Map<number, number>(); // a * n + b -> its probability; where the chain is left
  let states = new Map<number, number>(); // the same, round by round
  calls.arrivals.forEach((p, arrived) => {
    states.set(n + arrived, p);
  });
  for (let round = 0; round < ROUNDS && states.size > 0; round++) {
    const next = new Map<number, number>();
    for (const [state, p] of states) {
      const [a, b] = [Math.floor(state / n), state % n];
      if (b === 0 || p < NEGLIGIBLE) continue; // without b nobody hears h alone any more
      if (a + b > EXACT) large.set(state, (large.get(state) ?? 0) + p);
      else {
        eachStep(calls, a, b, (nextA, nextB, heard, share) => {
          heardAt[nextA] += p * share * heard;
          const key = nextA * n + nextB;
          next.set(key, (next.get(key) ?? 0) + p * share);
        });
      }
    }
    states = next;
  }
  const rates = new Map<number, number>(); // T_fail in periods -> those found so far
  return (failPeriods) => {
    const found = rates.get(failPeriods);
    if (found !== undefined) return found;
    wholeNumber(WHERE, 'failPeriods', failPeriods, 0);
    const ignorant = ignorance(calls, failPeriods);
    let rate = 0;
    for (let k = 1; k < n; k++) {
      if (heardAt[k] > 0) rate += (heardAt[k] / (n - 1)) * ignorant(k);
    }
    for (const [state, p] of large) {
      rate += p * meanMistakes(calls, Math.floor(state / n), state % n, ignorant);
    }
    rates.set(failPeriods, rate);
    return rate;
  };
}

/**
 * The mean round in which the last news of a node that has crashed reaches a given other one; the last round that it
 * lived to see is round 1. What it told then spreads without it; if all of that was lost, what it told before. Calls to
 * the dead are lost. With m periods of T_fail, suspicion in step begins m rounds after the news' own.
 */
export function lastNewsRound({ n, fanout = 1, loss = 0 }: Gossip): number {
  const { arrivals } = new Calls({ n, fanout, loss });
  const lost = arrivals[0];
  let round = 1 - lost / (1 - lost); // by so many rounds earlier in the mean
  if (n === 2) return round;
  const live = {
    n: n - 1,
    fanout: Math.min(fanout, n - 2),
    loss: 1 - ((1 - loss) * (n - 2)) / (n - 1),
  };
  const calls = new Calls(live);
  for (let told = 1; told < arrivals.length; told++) {
    round += ((arrivals[told] / (1 - lost)) * meanRounds(calls, told) * (n - 1 - told)) / (n - 1);
  }
  return round;
}

/** The mean number of rounds until one of the others hears what k know. */
function meanRounds(calls: Calls, k: number): number {
  let mean = 0;
  for (let round = 0; ; round++) {
    const left = ignorance(calls, round)(k);
    mean += left;
    const stays = calls.miss ** (calls.n - 1);
    if (left < 1e-5) return mean + (left * stays) / (1 - stays); // in the end all others know
  }
}

/** One round from (a, b): where to, how many of the others hear h and not h + 1, with what probability. */
function eachStep(
  calls: Calls,
  a: number,
  b: number,
  visit: (a: number, b: number, heard: number, p: number) => void,
): void {
  const c = calls.n - a - b;
  const width = calls.most(a, c) + 1;
  calls.met(a, b, c).forEach((p, i) => {
    if (p < NEGLIGIBLE) return;
    const [x, y] = [Math.floor(i / width), i % width];
    calls.met(b, 0, c - y).forEach((q, heard) => {
      if (p * q > NEGLIGIBLE) visit(a + x + y, b - x + heard, heard, p * q);
    });
  });
}

/** k -> the probability that a node that does not know still does not after so many rounds, if k know at first. */
function ignorance(calls: Calls, rounds: number): (k: number) => number {
  const { n } = calls;
  const largest = Math.min(n - 1, ALONE);
  let byChain = new Float64Array(largest + 1).fill(1); // [k] after the rounds so far
  const after = (k: number, round: number) => (k <= largest ? byChain[k] : byMean(k, round));
  function byMean(k: number, left: number): number {
    let know = 0; // in all rounds
    for (let round = 0; round < left; round++) {
      know += k;
      k = calls.after(k);
    }
    return calls.miss ** know;
  }
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(largest + 1);
    for (let k = 1; k <= largest; k++) {
      calls.met(k, 0, n - k).forEach((p, y) => {
        if (k + y < n) next[k] += ((p * (n - k - y)) / (n - k)) * after(k + y, round);
      });
    }
    byChain = next;
  }
  return (k) => {
    if (k > largest) return k < n ? byMean(k, rounds) : 0;
    const below = byChain[Math.floor(k)];
    return below * (byChain[Math.ceil(k)] / below) ** (k - Math.floor(k)); // a mean is no whole number
  };
}

/** The mistakes that the rumours bring from (a, b) on, by the mean of each step. */
function meanMistakes(calls: Calls, a: number, b: number, ignorant: (k: number) => number): number {
  const { n, miss } = calls;
  let know = a + b;
  let rate = 0;
  for (let round = 0; round < ROUNDS && n - know > 1e-9; round++) {
    const heard = (n - know) * (miss ** a - miss ** know);
    know = calls.after(know);
    a = calls.after(a);
    rate += (heard / (n - 1)) * ignorant(a);
  }
  return rate;
}
