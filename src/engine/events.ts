/** Kinds of events; and events in columns, for those that wait: a slot per event, a free list, growth by doubling. */

import { widened } from '../base/widened.ts';

export const MESSAGE = 0; // node, from, word = the message, a 32-bit integer
export const OBJECT = 1; // node, from, word = handle of the message in Payloads
export const ROUND = 2; // node, from = the life it belongs to
export const TIMER = 3; // node, from = the life it belongs to, word = tag
export const INPUT = 4; // node, word = input
export const CRASH = 5; // node
export const RESTART = 6; // node
export const PAUSE = 8; // node, word = index of the fault
export const RESUME = 9; // node
export const SLOW = 10; // node, word = index of the fault
export const SERVED = 11; // node, from = number of the service
export const CLOCK = 12; // node, word = index of the fault
export const SLEWED = 13; // node
/** Not an event: how a lost copy is hashed. */
export const LOSS = 7;

export class Events {
  kind: Uint8Array; // [slot]
  node: Int32Array; // [slot] where it happens
  from: Int32Array; // [slot] sender, or life
  word: Int32Array; // [slot] message, handle, tag or input
  #free: Int32Array; // [0 .. #freeCount) slots that hold no event
  #freeCount = 0;

  constructor(capacity = 1024) {
    this.kind = new Uint8Array(capacity);
    this.node = new Int32Array(capacity);
    this.from = new Int32Array(capacity);
    this.word = new Int32Array(capacity);
    this.#free = new Int32Array(capacity);
    this.#release(0, capacity);
  }

  add(kind: number, node: number, from: number, word: number): number {
    if (this.#freeCount === 0) this.#grow();
    const slot = this.#free[--this.#freeCount];
    this.kind[slot] = kind;
    this.node[slot] = node;
    this.from[slot] = from;
    this.word[slot] = word;
    return slot;
  }

  remove(slot: number): void {
    this.#free[this.#freeCount++] = slot;
  }

  /** Frees the slots from..to-1 so that the lowest is used first. */
  #release(from: number, to: number): void {
    for (let slot = to - 1; slot >= from; slot--) this.#free[this.#freeCount++] = slot;
  }

  #grow(): void {
    const old = this.kind.length;
    this.kind = widened(this.kind, new Uint8Array(old * 2));
    this.node = widened(this.node, new Int32Array(old * 2));
    this.from = widened(this.from, new Int32Array(old * 2));
    this.word = widened(this.word, new Int32Array(old * 2));
    this.#free = widened(this.#free, new Int32Array(old * 2));
    this.#release(old, old * 2);
  }
}
