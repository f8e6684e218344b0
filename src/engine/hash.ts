/**
 * The trace hash: 64 bits over what happened (docs/mechanisms.md says what it covers and what not). Two lanes of
 * multiply-rotate mixing (constants of MurmurHash3's finaliser); not cryptographic.
 *
 * Events are covered in order. Facts are a sum, each with its time, so that they may be told late: a factor for time,
 * kind and node, times a mark for what the fact is about. So for many facts of one kind, node and time the sum of their
 * marks is enough.
 */
import type { Micros } from '../base/time.ts';

/** The two marks, 32 bits each, of what a fact is about. */
export const firstMark = (about: number): number => mixed(about ^ 0x2545f491);
export const secondMark = (about: number): number => mixed(about ^ 0x6c078965);

/** The finaliser of MurmurHash3. */
function mixed(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** Over events, and whatever else has happened in order. The reference of core/hash.as, which does it in nearly all runs. */
export class EventHash {
  #a = 0x9e3779b9 | 0;
  #b = 0x7f4a7c15 | 0;

  get words(): readonly [number, number] {
    return [this.#a, this.#b];
  }

  /** Mixes in one occurrence: its time, and up to three 32-bit words that say what it was. */
  add(time: Micros, what: number, where: number, detail: number): void {
    const low = time | 0; // the low 32 bits, also above 2^31
    const high = (time / 4294967296) | 0;
    let a = Math.imul(this.#a ^ low, 0x85ebca6b);
    a = ((a << 15) | (a >>> 17)) ^ Math.imul(what + Math.imul(high, 31), 0xc2b2ae35);
    let b = Math.imul(this.#b ^ where, 0xc2b2ae35) ^ a;
    b = ((b << 13) | (b >>> 19)) ^ Math.imul(detail, 0x85ebca6b);
    this.#a = (a + Math.imul(b, 5)) | 0;
    this.#b = (b + (a >>> 16)) | 0;
  }
}

/** Over facts, in any order. */
export class FactHash {
  #factsA = 0;
  #factsB = 0;

  addFact(time: Micros, fact: number, node: number, about: number): void {
    this.addFacts(time, fact, node, firstMark(about), secondMark(about));
  }

  /** Facts of one kind, node and time: `first` and `second` are the sums of their marks, modulo 2^32. */
  addFacts(time: Micros, fact: number, node: number, first: number, second: number): void {
    const high = (time / 4294967296) | 0;
    const factor = mixed(
      time ^ Math.imul(node, 0x9e3779b1) ^ Math.imul(fact + 31 * high, 0x7f4a7c15),
    );
    this.#factsA = (this.#factsA + Math.imul(factor | 1, first)) | 0;
    this.#factsB = (this.#factsB + Math.imul((factor >>> 8) | 1, second)) | 0;
  }

  /** 16 hex digits, with the two words of the events. */
  digest([a, b]: readonly [number, number]): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return hex(a ^ mixed(this.#factsA)) + hex(b ^ mixed(this.#factsB));
  }
}
