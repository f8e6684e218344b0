/**
 * Whom a member pings next. In turn: it walks through the members in a random order, and orders them anew after each
 * lap, so that whoever crashes is pinged by it within two laps; who joins is at a random place of the order.
 * Source: Das, Gupta, Motivala 2002, section 4.3. An order is a keyed permutation of all nodes of which those that are
 * no members are skipped, so that nothing need be stored: Feistel rounds over the smallest even number of bits that
 * hold n, walked until the number is below n (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
 */
import { type Env, NOBODY, type NodeId } from '../../engine/model.ts';
import type { Members } from './members.ts';

export class Laps {
  readonly #env: Env<unknown>;
  readonly #members: Members;
  readonly #place: Int32Array; // [node] in its order; n = the lap is over
  readonly #key: Int32Array; // [node] of its order

  constructor(env: Env<unknown>, members: Members) {
    this.#env = env;
    this.#members = members;
    this.#place = new Int32Array(env.n).fill(env.n);
    this.#key = new Int32Array(env.n);
  }

  /** The next member in turn, or NOBODY if there is none but the node itself. */
  next(node: NodeId): NodeId {
    const { n } = this.#env;
    if (this.#members.count[node] < 2) return NOBODY;
    for (;;) {
      if (this.#place[node] === n) {
        this.#place[node] = 0;
        this.#key[node] = Math.floor(this.#env.draw(node) * 2 ** 32);
      }
      const subject = permuted(this.#place[node]++, n, this.#key[node]);
      if (subject !== node && this.#members.has(node, subject)) return subject;
    }
  }

  /** Any member but the node itself and `not`, all with equal probability; NOBODY if there is none. */
  any(node: NodeId, not: NodeId = NOBODY): NodeId {
    const { n } = this.#env;
    const others = this.#members.count[node] - 1;
    const excluded = Number(not !== NOBODY && this.#members.has(node, not));
    if (others - excluded < 1) return NOBODY;
    for (;;) {
      const subject = Math.floor(this.#env.draw(node) * n);
      if (subject !== node && subject !== not && this.#members.has(node, subject)) return subject;
    }
  }
}

const ROUNDS = 8; // four leave places uneven in groups of some twenty (tested)

/** The i-th of 0 .. n-1 in the order of that key. */
export function permuted(i: number, n: number, key: number): number {
  const bits = Math.max(1, Math.ceil(Math.log2(n) / 2)); // of a half
  const mask = (1 << bits) - 1;
  let number = i;
  do {
    let left = number >>> bits;
    let right = number & mask;
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = left ^ (scrambled(right, key, round) & mask);
      left = right;
      right = mixed;
    }
    number = (left << bits) | right;
  } while (number >= n);
  return number;
}

/** The finaliser of MurmurHash3 (Appleby), over a half, the key and the round. */
function scrambled(half: number, key: number, round: number): number {
  let x = Math.imul(half + 1, 0x9e3779b1) ^ Math.imul(round + 1, 0x7feb352d) ^ key;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
