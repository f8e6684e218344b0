/**
 * How news of a restarted node spreads, on a page: who has it and since when, and nothing else. It shares no code with
 * the protocol, and says what calls once a second do that a chain of independent calls (newsSpread) does not.
 *
 * A round: a SYN to a random other, and with probability seeds / others one to a random seed unless that was one. A
 * caller that has the news is asked for it in the ACK and sends it in the ACK2; one that has not gets it with the ACK. The
 * restarted node's first round is 1 s after its shadow round; if it knows nobody by then, it calls one and a seed.
 */
import type { NodeId } from '../engine/model.ts';

export interface SpreadOptions {
  /** The restarted node is the last one. */
  readonly n: number;
  /** Nodes 0 .. seeds-1. */
  readonly seeds: number;
  /** One way, s. */
  readonly latency: number;
  /** Probability that a message arrives. */
  readonly arrival: number;
  /** Uniform in (0, 1). */
  readonly draw: () => number;
}

/** Times in s since the end of the shadow round. */
export interface IdealSpread {
  /** The first states of others at the restarted node. */
  readonly states: number;
  /** The news at the others, ascending. */
  readonly news: readonly number[];
}

const MOST_ROUNDS = 1000;

export function idealSpread(options: SpreadOptions): IdealSpread {
  const { n, draw } = options;
  const node = n - 1;
  const since = new Float64Array(n).fill(Infinity); // [node] it has the news
  since[node] = 0;
  const spread = new Spreading(options, since);
  const phases = Array.from({ length: node }, (_, peer) => ({ peer, phase: draw() }));
  phases.sort((a, b) => a.phase - b.phase);
  for (let round = -1; round < MOST_ROUNDS && since.includes(Infinity); round++) {
    if (round >= 1) spread.round(node, round);
    for (const { peer, phase } of phases) spread.round(peer, round + phase);
  }
  return { states: spread.states, news: [...since.subarray(0, node)].sort((a, b) => a - b) };
}

class Spreading {
  states = Infinity;
  readonly #o: SpreadOptions;
  readonly #since: Float64Array;

  constructor(options: SpreadOptions, since: Float64Array) {
    this.#o = options;
    this.#since = since;
  }

  round(caller: NodeId, now: number): void {
    const { n, seeds, draw } = this.#o;
    const others = seeds - (caller < seeds ? 1 : 0);
    const first = (caller + 1 + Math.floor(draw() * (n - 1))) % n;
    const isAlone = caller === n - 1 && this.states > now;
    this.#call(caller, first, now);
    if (others === 0 || (first < seeds && !isAlone)) return;
    if (isAlone || draw() <= others / (n - 1)) this.#call(caller, this.#seed(caller), now);
  }

  #seed(caller: NodeId): NodeId {
    const { seeds, draw } = this.#o;
    if (caller >= seeds) return Math.floor(draw() * seeds);
    return (caller + 1 + Math.floor(draw() * (seeds - 1))) % seeds;
  }

  /** Calls begin in order, and nobody hears of anything sooner than two messages after a call: so each is done at once. */
  #call(caller: NodeId, called: NodeId, now: number): void {
    const { n, latency, arrival, draw } = this.#o;
    const node = n - 1;
    if (called === node && now + latency < 0) return; // it is in its shadow round
    if (draw() > arrival || draw() > arrival) return; // SYN, ACK
    const has = this.#since[caller] <= now;
    if (this.#since[called] <= now + latency && !has) this.#hear(caller, now + 2 * latency);
    if (caller === node) this.states = Math.min(this.states, now + 2 * latency);
    if (draw() > arrival) return; // ACK2
    if (has) this.#hear(called, now + 3 * latency);
    if (called === node) this.states = Math.min(this.states, now + 3 * latency);
  }

  #hear(node: NodeId, time: number): void {
    this.#since[node] = Math.min(this.#since[node], time);
  }
}
