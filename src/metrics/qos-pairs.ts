/**
 * What is remembered of a pair (observer, subject), for those that were ever suspected: a hash table with open
 * addressing (linear probing, load 3/8 to 3/4) over typed columns. A slot takes 25 bytes, so an entry 33 to 67.
 * A dense table would take 17 bytes for every pair, 1.7 GB at 10,000 nodes. Where a pair errs once in 1,000 hours or
 * only crashed subjects are suspected (n entries each), less than one pair in a hundred has an entry. The break-even
 * is at a quarter to a half of all pairs suspected at least once, as a long partition does; it still works then.
 */
import type { NodeId } from '../engine/model.ts';

/** Bits of `flags`. */
export const SUSPECTS = 1; // the observer suspects the subject
export const STALE = 2; // ... and has done so since before the subject's restart: right, but no news yet
export const GHOST = 4; // the observer heard of the subject only after the subject had crashed

const FREE = -1;

export class PairTable {
  count = 0;
  flags = new Uint8Array(16); // [slot]
  since = new Float64Array(16); // [slot] time of the last S- or T-transition of the two's lives, us; NaN = none
  suspectedAt = new Float64Array(16); // [slot] time of the last mistake's beginning, us; NaN = none
  #observers = new Int32Array(16).fill(FREE); // [slot]
  #subjects = new Int32Array(16); // [slot]

  get bytes(): number {
    return 25 * this.flags.length;
  }

  /** The pair's slot, or -1. Valid until the next `insert`. */
  find(observer: NodeId, subject: NodeId): number {
    const slot = this.#probe(observer, subject);
    return this.#observers[slot] === FREE ? -1 : slot;
  }

  /** The pair's slot; a new one is blank. */
  insert(observer: NodeId, subject: NodeId): number {
    const slot = this.#probe(observer, subject);
    if (this.#observers[slot] !== FREE) return slot;
    if (4 * (this.count + 1) > 3 * this.flags.length) {
      this.#grow();
      return this.insert(observer, subject);
    }
    this.count++;
    this.#observers[slot] = observer;
    this.#subjects[slot] = subject;
    this.blank(slot);
    return slot;
  }

  /** As if nothing had ever happened. The slot stays taken: a pair that erred is likely to err again. */
  blank(slot: number): void {
    this.flags[slot] = 0;
    this.since[slot] = NaN;
    this.suspectedAt[slot] = NaN;
  }

  /** The slot of the pair, or the free one where it belongs. */
  #probe(observer: NodeId, subject: NodeId): number {
    const mask = this.flags.length - 1;
    let slot = hash(observer, subject) & mask;
    while (
      this.#observers[slot] !== FREE &&
      (this.#observers[slot] !== observer || this.#subjects[slot] !== subject)
    ) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const { flags, since, suspectedAt } = this;
    const observers = this.#observers;
    const subjects = this.#subjects;
    const size = 2 * flags.length;
    this.flags = new Uint8Array(size);
    this.since = new Float64Array(size);
    this.suspectedAt = new Float64Array(size);
    this.#observers = new Int32Array(size).fill(FREE);
    this.#subjects = new Int32Array(size);
    for (let old = 0; old < flags.length; old++) {
      if (observers[old] === FREE) continue;
      const slot = this.#probe(observers[old], subjects[old]);
      this.#observers[slot] = observers[old];
      this.#subjects[slot] = subjects[old];
      this.flags[slot] = flags[old];
      this.since[slot] = since[old];
      this.suspectedAt[slot] = suspectedAt[old];
    }
  }
}

/** 32 bits of both numbers; the finaliser of MurmurHash3 (Appleby, 2011), so that low bits depend on all. */
function hash(observer: number, subject: number): number {
  let h = Math.imul(observer, 0x9e3779b1) ^ subject;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
