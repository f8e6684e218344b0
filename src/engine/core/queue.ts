/** The core's queue of events by itself, for benchmarks and tests: times, and three words whose meaning is the caller's. */
import { assert } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import { Core, FROM, TIME, WORD } from './core.ts';

export class EventQueue {
  size = 0;
  readonly #core: Core;
  readonly #times: Float64Array;
  readonly #words: Int32Array;

  constructor(core = new Core()) {
    this.#core = core;
    this.#times = core.times;
    this.#words = core.words;
  }

  // Of the event that `pop` took out last, beside what it returned.
  get time(): Micros {
    return this.#times[TIME];
  }

  get from(): number {
    return this.#words[FROM];
  }

  get word(): number {
    return this.#words[WORD];
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
