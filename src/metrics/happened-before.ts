/**
 * Happened-before among the writes of a run, as it truly was: a write comes after all that its origin had applied when it
 * issued it, and after all that those come after (Lamport 1978; the relation of causal memory, Ahamad et al. 1995).
 * Sets of writes are rows of bits. Needs writes^2 / 8 bytes, and a quarter of nodes * writes.
 */
import type { NodeId } from '../engine/model.ts';

/** The relation, kept from facts as the run goes on; a bit for each pair of writes. */
export class HappenedBefore {
  readonly #words: number;
  readonly #past: Uint32Array; // [write * words + word] what came before the write
  readonly #applied: Uint32Array; // [node * words + word] what the node has applied
  readonly #known: Uint32Array; // [node * words + word] that, and what came before it

  constructor(n: number, writes: number) {
    this.#words = Math.ceil(writes / 32);
    this.#past = new Uint32Array(writes * this.#words);
    this.#applied = new Uint32Array(n * this.#words);
    this.#known = new Uint32Array(n * this.#words);
  }

  issue(node: NodeId, write: number): void {
    const words = this.#words;
    this.#past.set(this.#known.subarray(node * words, (node + 1) * words), write * words);
  }

  apply(node: NodeId, write: number): void {
    const words = this.#words;
    const row = node * words;
    const past = write * words;
    for (let word = 0; word < words; word++) this.#known[row + word] |= this.#past[past + word];
    const bit = 1 << (write & 31);
    this.#known[row + (write >>> 5)] |= bit;
    this.#applied[row + (write >>> 5)] |= bit;
  }

  /** Whether `a` happened before `b`. */
  before(a: number, b: number): boolean {
    return (this.#past[b * this.#words + (a >>> 5)] & (1 << (a & 31))) !== 0;
  }

  areConcurrent(a: number, b: number): boolean {
    return a !== b && !this.before(a, b) && !this.before(b, a);
  }

  hasApplied(node: NodeId, write: number): boolean {
    return (this.#applied[node * this.#words + (write >>> 5)] & (1 << (write & 31))) !== 0;
  }

  /** How many writes came before this one and are missing at the node. */
  missing(node: NodeId, write: number): number {
    const words = this.#words;
    let count = 0;
    for (let word = 0; word < words; word++) {
      count += ones(this.#past[write * words + word] & ~this.#applied[node * words + word]);
    }
    return count;
  }

  /** How many writes the node has applied that are neither this one nor came before it. */
  unseen(node: NodeId, write: number): number {
    const words = this.#words;
    let count = 0;
    for (let word = 0; word < words; word++) {
      count += ones(this.#applied[node * words + word] & ~this.#past[write * words + word]);
    }
    return count - Number(this.hasApplied(node, write));
  }
}

/** The number of bits that are 1 in 32. */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
