/**
 * One round of push in step on the complete graph, as probabilities: every node that knows calls `fanout` different
 * others, and each call is lost or not. Exact: the calls are laid one after another. For the chains of theories.
 */
import { positive, probability, wholeNumber } from '../base/errors.ts';

const WHERE = 'push theory';

/** How nodes call in push: how many nodes, how many calls each, which arrive. */
export interface Gossip {
  readonly n: number;
  /** Different partners per round, default 1. */
  readonly fanout?: number;
  /** Default 0. */
  readonly loss?: number;
}

/** [i] probability of so many. */
export type Law = Float64Array<ArrayBufferLike>;

/** The calls of one round of a group. */
export class Calls {
  readonly n: number;
  readonly miss: number; // probability that no call of a given node reaches a given other one
  readonly arrivals: number[]; // [i] probability that i of a node's calls arrive
  readonly #laws = new Map<string, Law>();

  constructor({ n, fanout = 1, loss = 0 }: Gossip) {
    wholeNumber(WHERE, 'n', n, 2);
    wholeNumber(WHERE, 'fanout', fanout, 1, n - 1);
    positive(WHERE, '1 - loss', 1 - probability(WHERE, 'loss', loss));
    this.n = n;
    this.miss = 1 - (fanout * (1 - loss)) / (n - 1);
    this.arrivals = [1];
    for (let call = 0; call < fanout; call++) {
      const before = [0, ...this.arrivals];
      this.arrivals = before.map((p, i) => p * (1 - loss) + (this.arrivals[i] ?? 0) * loss);
    }
  }

  /** How many know after one more round, if k do: the mean. */
  after(k: number): number {
    return k + (this.n - k) * (1 - this.miss ** k);
  }

  /** How many of a group that callers can meet at most. */
  most(callers: number, group: number): number {
    return Math.min(group, callers * (this.arrivals.length - 1));
  }

  /** The callers reach x of a first group and y of a second: its probability at [x * (most of the second + 1) + y]. */
  met(callers: number, first: number, second: number): Law {
    const key = `${callers}/${first}/${second}`;
    const known = this.#laws.get(key);
    if (known !== undefined) return known;
    const width = this.most(callers, second) + 1;
    let law: Law = new Float64Array((this.most(callers, first) + 1) * width);
    law[0] = 1;
    for (let caller = 0; caller < callers; caller++) law = this.#oneMore(law, width, first, second);
    this.#laws.set(key, law);
    return law;
  }

  /** One more caller. No two of its calls go to the same node. */
  #oneMore(law: Law, width: number, first: number, second: number): Law {
    const after = law.map((p) => p * this.arrivals[0]);
    for (let call = 1; call < this.arrivals.length; call++) {
      const left = this.n - call; // whom the caller may call, without those that it has called before
      const next = new Float64Array(law.length);
      law.forEach((p, i) => {
        if (p === 0) return;
        const hitsFirst = (first - Math.floor(i / width)) / left;
        const hitsSecond = (second - (i % width)) / left;
        next[i] += p * (1 - hitsFirst - hitsSecond);
        if (hitsFirst > 0) next[i + width] += p * hitsFirst;
        if (hitsSecond > 0) next[i + 1] += p * hitsSecond;
      });
      law = next;
      for (let i = 0; i < law.length; i++) after[i] += law[i] * this.arrivals[call];
    }
    return after;
  }
}
