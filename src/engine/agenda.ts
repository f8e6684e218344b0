/** What is going to happen: the events' columns and the queue that orders them. */
import { assert } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { Micros } from '../base/time.ts';
import { Events, OBJECT } from './events.ts';
import { HeapQueue } from './heap.ts';
import type { NodeId } from './model.ts';
import { EventQueue } from './queue.ts';

export class Agenda {
  readonly #queue: EventQueue | HeapQueue;
  readonly #events = new Events();
  // The event that `next` took out last.
  time: Micros = 0;
  kind = 0;
  node: NodeId = 0;
  from = 0;
  word = 0;

  /** @param chance orders simultaneous events at random; absent: first in, first out. */
  constructor(chance?: Stream) {
    this.#queue = chance === undefined ? new EventQueue() : new HeapQueue(() => chance.draw(0));
  }

  /** `now`: nothing can be scheduled before it. */
  schedule(
    now: Micros,
    time: Micros,
    kind: number,
    node: NodeId,
    from: number,
    word: number,
  ): void {
    // Also false for NaN; whole microseconds are the contract of links and timers.
    if (!(time >= now && time <= Number.MAX_SAFE_INTEGER && Math.floor(time) === time)) {
      assert(false, `event of kind ${kind} scheduled at ${time}, now is ${now}`);
    }
    this.#queue.push(time, this.#events.add(kind, node, from, word));
  }

  /** Takes out the next event, into the fields; false if there is none. */
  next(): boolean {
    if (this.#queue.size === 0) return false;
    const slot = this.#queue.pop();
    const events = this.#events;
    this.time = this.#queue.time;
    this.kind = events.kind[slot];
    this.node = events.node[slot];
    this.from = events.from[slot];
    this.word = events.word[slot];
    events.remove(slot);
    return true;
  }

  /** Empties the agenda and counts the messages in it. */
  countMessages(): number {
    let messages = 0;
    while (this.next()) if (this.kind <= OBJECT) messages++;
    return messages;
  }
}
