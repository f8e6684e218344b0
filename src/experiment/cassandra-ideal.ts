/**
 * Cassandra's gossip idealised, on half a page: what each node knows is a vector of versions, a round takes no time, and
 * nothing is lost. It shares no code with the protocol and arbitrates where a cluster and published numbers differ.
 *
 * A round of a node: its own version grows; a SYN to a random other; and, unless that was a seed, one to a random seed
 * with probability seeds / others. [!] Cassandra makes one SYN of versions for both ('one'), so that what the answer to
 * the first brings does not go out to the second. 'two' makes the second exchange anew once the first is over.
 */
import type { NodeId } from '../engine/model.ts';

export interface IdealOptions {
  readonly n: number;
  /** Nodes 0 .. seeds-1. */
  readonly seeds: number;
  readonly syns: 'one' | 'two';
  /** Rounds of each node; the victim, node n-1, has no more than `killedAfter` of them, and no fraction of a round. */
  readonly rounds: number;
  readonly killedAfter?: number;
  /** Uniform in (0, 1). */
  readonly draw: () => number;
  /** Each interval between two versions of a subject, in rounds, and when it ended. */
  readonly onInterval?: (now: number, interval: number) => void;
}

/** When each node heard last of each, in rounds; [observer * n + subject], NaN: never. */
export function idealGossip(options: IdealOptions): Float64Array {
  const { n, rounds, killedAfter = Infinity, draw } = options;
  const phases = Array.from({ length: n }, (_, node) => ({ node, phase: draw() }));
  phases.sort((a, b) => a.phase - b.phase);
  const gossip = new Ideal(options);
  for (let round = 0; round < rounds; round++) {
    for (const { node, phase } of phases) {
      const now = round + phase;
      gossip.victimIsDown = now >= killedAfter;
      if (node < n - 1 || !gossip.victimIsDown) gossip.round(node, now);
    }
  }
  return gossip.last;
}

class Ideal {
  readonly last: Float64Array; // [observer * n + subject] rounds
  victimIsDown = false;
  readonly #o: IdealOptions;
  readonly #versions: Int32Array[]; // [observer][subject]

  constructor(options: IdealOptions) {
    const { n } = options;
    this.#o = options;
    this.last = new Float64Array(n * n).fill(NaN);
    this.#versions = Array.from({ length: n }, () => new Int32Array(n));
  }

  round(node: NodeId, now: number): void {
    const { n, seeds, syns, draw } = this.#o;
    this.#versions[node][node]++;
    const digests = this.#versions[node].slice();
    const live = (node + 1 + Math.floor(draw() * (n - 1))) % n;
    const others = seeds - (node < seeds ? 1 : 0);
    const asked = others > 0 && (live >= seeds || n - 1 < others);
    const seed = asked && draw() <= others / (n - 1) ? this.#seed(node) : -1;
    for (const target of seed < 0 ? [live] : [live, seed]) {
      if (this.victimIsDown && target === n - 1) continue;
      this.#exchange(node, target, syns === 'one' ? digests : this.#versions[node], now);
    }
  }

  #seed(node: NodeId): NodeId {
    const { seeds, draw } = this.#o;
    if (node >= seeds) return Math.floor(draw() * seeds);
    return (node + 1 + Math.floor(draw() * (seeds - 1))) % seeds;
  }

  /** @param told the versions in the SYN. */
  #exchange(node: NodeId, target: NodeId, told: Int32Array, now: number): void {
    const mine = this.#versions[node];
    const its = this.#versions[target];
    for (let subject = 0; subject < this.#o.n; subject++) {
      if (its[subject] > told[subject]) this.#hear(node, subject, its[subject], now);
      else if (told[subject] > its[subject]) this.#hear(target, subject, mine[subject], now);
    }
  }

  #hear(observer: NodeId, subject: NodeId, version: number, now: number): void {
    if (version <= this.#versions[observer][subject]) return;
    this.#versions[observer][subject] = version;
    const pair = observer * this.#o.n + subject;
    const interval = now - this.last[pair];
    if (interval >= 0) this.#o.onInterval?.(now, interval); // not NaN
    this.last[pair] = now;
  }
}
