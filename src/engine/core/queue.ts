/** The core's queue of events by itself, for benchmarks and tests: times, and three words whose meaning is the caller's. */
import { assert } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import { Core } from './core.ts';

export class EventQueue {
  size = 0;
  readonly #core: Core;

  constructor(core = new Core()) {
    this.#core = core;
  }

  // Of the event that `pop` took out last, beside what it returned.
  get time(): Micros {
    return this.#core.time;
  }

  get from(): number {
    return this.#core.from;
  }

  get word(): number {
    return this.#core.word;
  }

  /** Bytes of memory that it has taken. */
  get bytes(): number {
    return this.#core.bytes;
  }

  push(time: Micros, what: number, from = 0, word = 0): void {
    const isDue = this.#core.schedule(time, what, from, word) !== 0;
    if (!isDue) assert(false, `an event at ${time} pushed at ${this.time}`);
    this.size++;
  }

  pop(): number {
    assert(this.size > 0, 'pop from an empty queue');
    this.size--;
    return this.#core.next(Infinity);
  }

  /** Gives the memory back. */
  close(): void {
    this.#core.close();
  }
}
