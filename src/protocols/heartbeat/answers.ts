/**
 * The lists with which a node answers calls. What happens at one instant is simultaneous: whoever calls at this instant
 * is answered with the list as it was before any call of this instant was heard, the same list for all. So rounds in
 * step are those of the papers, in any order of the events; where times are continuous each call has an instant to itself.
 * The list is kept until the node's next round, or its next call.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';

const NONE = -1;

export class Answers {
  readonly #make: (node: NodeId) => number;
  readonly #release: (list: number) => void;
  readonly #list: Int32Array; // [node] the list it keeps; NONE = none
  readonly #madeAt: Float64Array; // [node] us, simulated

  constructor(n: number, make: (node: NodeId) => number, release: (list: number) => void) {
    this.#make = make;
    this.#release = release;
    this.#list = new Int32Array(n).fill(NONE);
    this.#madeAt = new Float64Array(n);
  }

  /** The answer to a call that has arrived and is not merged yet. The node keeps it. */
  to(node: NodeId, now: Micros): number {
    if (this.#list[node] !== NONE && this.#madeAt[node] === now) return this.#list[node];
    this.drop(node);
    this.#madeAt[node] = now;
    this.#list[node] = this.#make(node);
    return this.#list[node];
  }

  drop(node: NodeId): void {
    if (this.#list[node] !== NONE) this.#release(this.#list[node]);
    this.#list[node] = NONE;
  }
}
