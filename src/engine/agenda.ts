/** What is going to happen: events, as the words that the queue keeps in order. */
import type { Stream } from '../base/stream.ts';
import { BEFORE, type Micros } from '../base/time.ts';
import { OBJECT } from './events.ts';
import { HeapQueue } from './heap.ts';
import type { NodeId } from './model.ts';
import { EventQueue, type Watch } from './queue.ts';

/** The first word of an event: the kind, and above it the 27 bits of the node. */
export const KIND_BITS = 4;

export class Agenda {
  readonly #queue: EventQueue | HeapQueue;
  // The event that `next` took out last.
  time: Micros = BEFORE;
  kind = 0;
  node: NodeId = 0;
  from = 0;
  word = 0;

  /**
   * @param chance orders simultaneous events at random; absent: first in, first out.
   * @param watch is shown events that come next.
   */
  constructor(chance?: Stream, watch?: Watch) {
    this.time = 0;
    this.#queue =
      chance === undefined ? new EventQueue(watch) : new HeapQueue(() => chance.draw(0));
  }

  /** Whole microseconds, not before the event that was taken out last: the contract of links and timers. */
  schedule(time: Micros, kind: number, node: NodeId, from: number, word: number): void {
    // Also false for NaN.
    const isDue = time >= this.time && time <= Number.MAX_SAFE_INTEGER;
    if (!isDue || Math.floor(time) !== time) this.#refuse(time, kind);
    this.#queue.push(time, (node << KIND_BITS) | kind, from, word);
  }

  /** Takes out the next event, into the fields; false if there is none. */
  next(): boolean {
    const queue = this.#queue;
    if (queue.size === 0) return false;
    const what = queue.pop();
    this.time = queue.time;
    this.kind = what & ((1 << KIND_BITS) - 1);
    this.node = what >> KIND_BITS;
    this.from = queue.from;
    this.word = queue.word;
    return true;
  }

  /** Empties the agenda and counts the messages in it. */
  countMessages(): number {
    let messages = 0;
    while (this.next()) if (this.kind <= OBJECT) messages++;
    return messages;
  }

  #refuse(time: Micros, kind: number): never {
    throw new Error(`BUG: event of kind ${kind} scheduled at ${time}, now is ${this.time}`);
  }
}
