/** A set of pairs (node, subject), a bit each: n / 8 bytes per node once there is any. */
import type { NodeId } from '../../engine/model.ts';

export class Bits {
  readonly n: number;
  readonly #words: number; // per node
  #bits: Int32Array | undefined; // [node * words + (subject >> 5)]; undefined: all sets are empty
  readonly #count: Int32Array; // [node] subjects in its set

  constructor(n: number) {
    this.n = n;
    this.#words = Math.ceil(n / 32);
    this.#count = new Int32Array(n);
  }

  count(node: NodeId): number {
    return this.#count[node];
  }

  has(node: NodeId, subject: NodeId): boolean {
    if (this.#count[node] === 0) return false;
    return ((this.#bits![node * this.#words + (subject >> 5)] >>> (subject & 31)) & 1) === 1;
  }

  /** Returns whether it was absent. */
  add(node: NodeId, subject: NodeId): boolean {
    const word = node * this.#words + (subject >> 5);
    const bit = 1 << (subject & 31);
    const bits = this.#all();
    if ((bits[word] & bit) !== 0) return false;
    bits[word] |= bit;
    this.#count[node]++;
    return true;
  }

  /** Returns whether it was present. */
  remove(node: NodeId, subject: NodeId): boolean {
    if (!this.has(node, subject)) return false;
    this.#bits![node * this.#words + (subject >> 5)] &= ~(1 << (subject & 31));
    this.#count[node]--;
    return true;
  }

  /** Adds everybody, the node itself left out. */
  addOthers(node: NodeId): void {
    const end = (node + 1) * this.#words;
    const bits = this.#all();
    bits.fill(-1, node * this.#words, end);
    if ((this.n & 31) !== 0) bits[end - 1] = (1 << (this.n & 31)) - 1;
    this.#count[node] = this.n;
    this.remove(node, node);
  }

  clear(node: NodeId): void {
    if (this.#count[node] === 0) return;
    this.#bits!.fill(0, node * this.#words, (node + 1) * this.#words);
    this.#count[node] = 0;
  }

  /** The first subject from `from` on; n if there is none. */
  next(node: NodeId, from: NodeId): NodeId {
    if (this.#count[node] === 0) return this.n;
    const words = this.#words;
    const all = this.#bits!;
    let word = from >> 5;
    if (word >= words) return this.n;
    let bits = all[node * words + word] & (-1 << (from & 31));
    while (bits === 0) {
      if (++word === words) return this.n;
      bits = all[node * words + word];
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }

  #all(): Int32Array {
    this.#bits ??= new Int32Array(this.n * this.#words);
    return this.#bits;
  }
}
