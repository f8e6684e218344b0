/**
 * How many nodes know a rumour after each synchronous round, exactly: on the complete graph their number is a Markov
 * chain, for push, pull and push-pull, any fanout and any loss. Takes O(n³) at most, a second at n = 1000.
 * In a round that k of n begin with, each of the n - k others may ask `fanout` different others and learn it from any
 * answer, and each of the k may tell `fanout` different others. A message arrives with probability `delivered`, so an
 * answer does with its square. What is learnt in a round is passed on from the next on.
 * A heartbeat of van Renesse, Minsky, Hayden 1998 is such a rumour: who has it or a later one is who has been told.
 */
import { oneOf, positive, probability, wholeNumber } from '../base/errors.ts';

const WHERE = 'rumour chain';
const EXCHANGES = ['push', 'pull', 'push-pull'] as const;
const NOTHING = 1e-30; // a probability that changes no sum

/** Which of push, pull and push-pull, among how many, with which fanout and loss. */
export interface RumourModel {
  readonly n: number;
  /** Default 'push'. */
  readonly exchange?: (typeof EXCHANGES)[number];
  /** Default 1. */
  readonly fanout?: number;
  /** The probability that a message arrives; default 1. */
  readonly delivered?: number;
}

/** The chain: the law of the number of nodes that know, round by round. */
export class RumourChain {
  readonly #n: number;
  readonly #more: readonly Float64Array[]; // [k][j] the probability that j more know after a round that k begin with

  constructor({ n, exchange = 'push', fanout = 1, delivered = 1 }: RumourModel) {
    wholeNumber(WHERE, 'n', n, 2);
    oneOf(WHERE, 'exchange', exchange, EXCHANGES);
    wholeNumber(WHERE, 'fanout', fanout, 1, n - 1);
    positive(WHERE, 'delivered', probability(WHERE, 'delivered', delivered));
    this.#n = n;
    const tells = Array.from({ length: n }, (_, u) => hits(n - 1, u, fanout, delivered)); // [u do not know] of whom
    this.#more = Array.from({ length: n }, (_, known) => {
      const others = n - known;
      const answered = 1 - hits(n - 1, known, fanout, delivered ** 2)[0];
      const more = exchange === 'push' ? certainly(0, others) : binomial(others, answered);
      if (exchange !== 'pull') allTell(more, known, tells);
      return more;
    });
  }

  /** The mean number of rounds until a share of all nodes know, if one begins, or so many. */
  rounds(share = 1, informed = 1): number {
    const enough = Math.ceil(share * this.#n - 1e-9);
    const rounds = new Float64Array(this.#n + 1); // [k] mean rounds from k that know until there are enough
    for (let k = enough - 1; k >= informed; k--) {
      const more = this.#more[k];
      let later = 0;
      for (let j = 1; j < more.length; j++) later += more[j] * rounds[k + j];
      rounds[k] = (1 + later) / (1 - more[0]);
    }
    return rounds[informed];
  }

  /** [t] the mean number that know after t = 0 .. rounds. */
  informed(rounds: number): number[] {
    let law = certainly(1, this.#n); // [k] the probability that k know
    const means = [1];
    for (let t = 1; t <= rounds; t++) {
      law = this.after(law);
      means.push(law.reduce((mean, p, k) => mean + p * k, 0));
    }
    return means;
  }

  /** [k] the probability that k know, a round later. */
  after(law: ArrayLike<number>): Float64Array {
    const n = this.#n;
    const next = new Float64Array(n + 1);
    next[n] = law[n];
    for (let k = 1; k < n; k++) {
      if (law[k] < NOTHING) continue;
      const more = this.#more[k];
      for (let j = 0; j < more.length; j++) next[k + j] += law[k] * more[j];
    }
    return next;
  }

  /**
   * P(age <= a), a = 0 .. periods, for the newest heartbeat that a node has of another, a period after the last round: it
   * is the share of the others that a heartbeat reaches in a rounds.
   */
  ages(periods: number): number[] {
    return this.informed(periods).map((mean) => Math.min(1, (mean - 1) / (this.#n - 1)));
  }
}

/** The mean rounds of push with fanout 1, without loss. @param informed how many know at first. */
export const exactPushRounds = (n: number, informed = 1): number =>
  new RumourChain({ n }).rounds(1, informed);

/**
 * By how many rounds more a restarted node becomes known than a heartbeat does, by push with fanout 1, for large n: derived.
 * It knows its contact only, but is known. Its first call is as good as any; from then on its calls at the contact are for
 * nothing until someone calls it, in each round with probability 1 - 1/e, and it knows all again. If that takes g rounds,
 * there are 2^t (1 + 2^-g) / 2 that know where there would be 2^t: the news is late by the logarithm of that.
 */
export function restartDelay(): number {
  let delay = 0;
  for (let g = 0; g < 50; g++) {
    delay -= Math.exp(-g) * (1 - Math.exp(-1)) * Math.log2((1 + 2 ** -g) / 2);
  }
  return delay;
}

/**
 * Each of `known` callers in turn: from j that have learnt it in this round to j + h.
 * @param tells [u][h] the probability that a caller tells h of the u that do not know.
 */
function allTell(more: Float64Array, known: number, tells: readonly Float64Array[]): void {
  const others = more.length - 1;
  const fanout = tells[0].length - 1;
  let [low, high] = [0, others]; // the others have no probability
  for (let call = 0; call < known; call++) {
    while (more[low] < NOTHING) more[low++] = 0;
    while (more[high] < NOTHING) more[high--] = 0;
    high = Math.min(high + fanout, others);
    for (let j = high; j >= low; j--) {
      let p = more[j] * tells[others - j][0];
      for (let h = 1; h <= fanout && h <= j; h++) p += more[j - h] * tells[others - j + h][h];
      more[j] = p;
    }
  }
}

/** [h] the probability that of `draws` different ones out of `all`, h are among the marked, and arrive. */
function hits(all: number, marked: number, draws: number, arrives: number): Float64Array {
  const met = certainly(0, draws); // [m] the probability that m marked ones are drawn
  for (let drawn = 0; drawn < draws; drawn++) {
    const left = all - drawn;
    for (let m = drawn + 1; m >= 0; m--) {
      const one = m > 0 ? met[m - 1] * ((marked - (m - 1)) / left) : 0;
      met[m] = met[m] * (1 - (marked - m) / left) + one;
    }
  }
  const hit = new Float64Array(draws + 1);
  for (let m = 0; m <= draws; m++) {
    const arrived = binomial(m, arrives);
    for (let h = 0; h <= m; h++) hit[h] += met[m] * arrived[h];
  }
  return hit;
}

/** [h] the probability of h successes. */
function binomial(trials: number, p: number): Float64Array {
  const law = certainly(0, trials);
  let [low, high] = [0, 0]; // the others have no probability
  for (let trial = 0; trial < trials; trial++) {
    while (law[low] < NOTHING) law[low++] = 0;
    while (law[high] < NOTHING) law[high--] = 0;
    for (let h = high++; h >= low; h--) {
      law[h + 1] += law[h] * p;
      law[h] *= 1 - p;
    }
  }
  return law;
}

function certainly(value: number, most: number): Float64Array {
  const law = new Float64Array(most + 1);
  law[value] = 1;
  return law;
}
