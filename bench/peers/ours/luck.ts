/**
 * The luck that all comparison programs share: with the same seed and the same order of draws they do exactly the same.
 * Source: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021: xoshiro128**. The
 * same as bench/peers/cpp/luck.hpp. Only whole numbers are drawn.
 */
export class Luck {
  #a = 1;
  #b = 2;
  #c = 3;
  #d = 4;

  constructor() {
    for (let i = 0; i < 50; i++) this.word(); // away from the seed, which is mostly zeros
  }

  /** 32 bits. */
  word(): number {
    const result = Math.imul(rotated(Math.imul(this.#b, 5), 7), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotated(this.#d, 11);
    return result >>> 0;
  }

  /** A whole number in [0, bound); bound at most 2^21, so that the product is exact. */
  below(bound: number): number {
    return Math.floor((this.word() * bound) / 2 ** 32);
  }
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
