/**
 * How long two sides of a group wait, once a partition is over, for a broadcast that crosses (van Renesse, Minsky, Hayden
 * 1998, on catastrophe recovery; protocols/heartbeat/broadcast.ts). Everybody tosses at the same whole steps. Of a group
 * of s whose last broadcast is k steps ago, somebody broadcasts with probability 1 - (1 - p(k))^s, so the age of the last
 * broadcast is a Markov chain. Before the cut it is one for all; then each side has one of its own, from the same age
 * on; when the cut is over, what remains of the two is not a fresh silence. Loss: none.
 */
import { numberIn, positive, wholeNumber } from '../base/errors.ts';
import type { Law } from './push-calls.ts';
import { RumourChain } from './rumour-chain.ts';

const WHERE = 'recovery theory';

/** Two sides, and for how long they broadcast apart. */
export interface Separation {
  /** Members of the two sides. */
  readonly sides: readonly [number, number];
  /** Steps tossed before the cut, by all together from their start, and during it. */
  readonly before: number;
  readonly during: number;
  /** p(k) = (k / most)^exponent for a silence of k steps. */
  readonly most: number;
  readonly exponent: number;
}

/** How long they wait for a broadcast that crosses. */
export interface Reunion {
  /** Steps until the first toss that crosses, the mean: 1 if it is the next. */
  readonly steps: number;
  /** The probability that only the first side, or only the second one, broadcasts then. */
  readonly only: readonly [number, number];
}

/** The law of that wait. */
export function reunion({ sides, before, during, most, exponent }: Separation): Reunion {
  for (const side of sides) wholeNumber(WHERE, 'a side', side, 1);
  wholeNumber(WHERE, 'before', before, 0);
  wholeNumber(WHERE, 'during', during, 0);
  wholeNumber(WHERE, 'most', most, 1);
  positive(WHERE, 'exponent', numberIn(WHERE, 'exponent', exponent, 0));
  const silent = (members: number) => (age: number) =>
    (1 - Math.min(1, (age / most) ** exponent)) ** members;
  const both = silent(sides[0] + sides[1]);
  const each = sides.map(silent);
  const common = aged(
    Float64Array.from({ length: most }, (_, age) => Number(age === 0)),
    both,
    before,
  );
  let steps = 0;
  const only: [number, number] = [0, 0];
  common.forEach((p, age) => {
    if (p === 0) return;
    const start = Float64Array.from({ length: most }, (_, k) => Number(k === age));
    const waits = each.map((law) => silences(aged(start, law, during), law));
    for (let step = 0; step < most; step++) {
      const [first, second] = waits.map((wait) => wait[step]);
      const [firstThen, secondThen] = waits.map((wait) => wait[step] - wait[step + 1]);
      steps += p * first * second;
      only[0] += p * firstThen * (second - secondThen);
      only[1] += p * secondThen * (first - firstThen);
    }
  });
  return { steps, only };
}

/** [age] the law of the age after so many more steps. */
function aged(law: Float64Array, silent: (age: number) => number, steps: number): Float64Array {
  let now = law;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(now.length);
    now.forEach((p, age) => {
      const stays = silent(age + 1);
      next[0] += p * (1 - stays);
      if (age + 1 < next.length) next[age + 1] += p * stays;
    });
    now = next;
  }
  return now;
}

/** [i] the probability that nobody broadcasts in the next i steps. */
function silences(law: Float64Array, silent: (age: number) => number): Float64Array {
  const most = law.length;
  const none = new Float64Array(most + 1);
  law.forEach((p, age) => {
    let still = p;
    for (let step = 0; step <= most; step++) {
      none[step] += still;
      still *= silent(age + step + 1);
    }
  });
  return none;
}

/**
 * The mean round in which the longer of two pushes is over, fanout 1, no loss, each from so many of the same n nodes on;
 * as if they were independent.
 */
export function longerPush(n: number, informed: readonly [number, number]): number {
  const chain = new RumourChain({ n });
  const laws = informed.map(
    (k): Law => Float64Array.from({ length: n + 1 }, (_, i) => Number(i === k)),
  );
  let mean = 0;
  for (;;) {
    const left = 1 - laws[0][n] * laws[1][n];
    if (left < 1e-9) return mean;
    mean += left;
    laws.forEach((law, i) => {
      laws[i] = chain.after(law);
    });
  }
}
