/** Whether what comes to a node comes in the order in which each origin issued it. */
import type { NodeId } from '../engine/model.ts';

export class OriginOrder {
  readonly #n: number;
  readonly #writes: number;
  readonly #prefix: Int32Array; // [node * n + origin] how many of the origin's first writes have all come
  readonly #come: Uint8Array; // [node * writes + write] 1 once it has come

  constructor(n: number, writes: number) {
    this.#n = n;
    this.#writes = writes;
    this.#prefix = new Int32Array(n * n);
    this.#come = new Uint8Array(n * writes);
  }

  /**
   * The write comes to the node; true if all earlier ones of its origin had come.
   * @param issued the origin's writes, in order; `place` of this one among them, from 0
   */
  come(node: NodeId, origin: NodeId, issued: readonly number[], place: number): boolean {
    const row = node * this.#writes;
    const pair = node * this.#n + origin;
    const inOrder = this.#prefix[pair] === place;
    this.#come[row + issued[place]] = 1;
    while (this.#come[row + issued[this.#prefix[pair]]] === 1) this.#prefix[pair]++;
    return inOrder;
  }
}
