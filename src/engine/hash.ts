/**
 * The trace hash: 64 bits over what happened, in order (docs/mechanisms.md says what it covers and what not). Two lanes of multiply-rotate mixing (constants of MurmurHash3's finaliser); not cryptographic.
 */
import type { Micros } from '../base/time.ts';

export class TraceHash {
  #a = 0x9e3779b9 | 0;
  #b = 0x7f4a7c15 | 0;

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

  /** 16 hex digits. */
  digest(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#a) + hex(this.#b);
  }
}
