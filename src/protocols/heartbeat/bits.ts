/** A set of pairs (node, subject), a bit each: n / 8 bytes per node. */
import type { NodeId } from '../../engine/model.ts';

export class Bits {
  readonly n: number;
  readonly #words: number; // per node
  readonly #bits: Int32Array; // [node * words + (subject >> 5)]
  readonly #count: Int32Array; // [node] subjects in its set

  constructor(n: number) {
    this.n = n;
    this.#words = Math.ceil(n / 32);
    this.#bits = new Int32Array(n * this.#words);
    this.#count = new Int32Array(n);
  }

  count(node: NodeId): number {
    return this.#count[node];
  }

  has(node: NodeId, subject: NodeId): boolean {
    return ((this.#bits[node * this.#words + (subject >> 5)] >>> (subject & 31)) & 1) === 1;
  }

  /** Returns whether it was absent. */
  add(node: NodeId, subject: NodeId): boolean {
    const word = node * this.#words + (subject >> 5);
    const bit = 1 << (subject & 31);
    if ((this.#bits[word] & bit) !== 0) return false;
    this.#bits[word] |= bit;
    this.#count[node]++;
    return true;
  }

  /** Returns whether it was present. */
  remove(node: NodeId, subject: NodeId): boolean {
    if (!this.has(node, subject)) return false;
    this.#bits[node * this.#words + (subject >> 5)] &= ~(1 << (subject & 31));
    this.#count[node]--;
    return true;
  }

  /** Adds everybody, the node itself left out. */
  addOthers(node: NodeId): void {
    const end = (node + 1) * this.#words;
    this.#bits.fill(-1, node * this.#words, end);
    if ((this.n & 31) !== 0) this.#bits[end - 1] = (1 << (this.n & 31)) - 1;
    this.#count[node] = this.n;
    this.remove(node, node);
  }

  clear(node: NodeId): void {
    this.#bits.fill(0, node * this.#words, (node + 1) * this.#words);
    this.#count[node] = 0;
  }

  /** The first subject from `from` on; n if there is none. */
  next(node: NodeId, from: NodeId): NodeId {
    const words = this.#words;
    let word = from >> 5;
    if (word >= words) return this.n;
    let bits = this.#bits[node * words + word] & (-1 << (from & 31));
    while (bits === 0) {
      if (++word === words) return this.n;
      bits = this.#bits[node * words + word];
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
}
