/**
 * Nodes that read what comes to them one packet at a time, and only while they are open: after a stall the pile shrinks as
 * fast as they read, and what does not fit the buffer of the socket is lost. Without this all of a pile is read at once.
 * Deviations: connections are not read one by one; a pile is read in the order in which it was sent.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import { type Link, LOST, type NodeId, STREAM } from '../engine/model.ts';
import type { OpenAt } from './stalls.ts';
import { wrap } from './wrap.ts';

/** How long a packet takes, how many may wait, and when a node is open. */
export interface Reader {
  readonly nodes: readonly NodeId[];
  /** From one packet to the next. */
  readonly eachMs: number;
  /** Packets that can wait; default: any number. */
  readonly buffer?: number;
  readonly openAt: OpenAt;
}

/** `link` brings packets as far as the socket; the nodes must be closed in it as they are here. */
export const readOneByOne =
  ({ nodes, eachMs, buffer = Infinity, openAt }: Reader, link: Link): Link =>
  (streams) => {
    const each = micros(numberIn('readOneByOne', 'eachMs', eachMs, 0));
    if (buffer !== Infinity) wholeNumber('readOneByOne', 'buffer', buffer, 1);
    const inner = link(streams);
    const piles = new Map<NodeId, Pile>(nodes.map((node) => [node, new Pile()]));
    return wrap(inner, (from, to, now, bytes, channel) => {
      const delay = inner.delay(from, to, now, bytes, channel);
      const pile = piles.get(to);
      if (delay === LOST || pile === undefined || channel === STREAM) return delay;
      const arrives = now + delay;
      if (pile.waitingAt(arrives) >= buffer) return LOST;
      const read = openAt(to, Math.max(arrives, pile.last + each));
      pile.add(read);
      return read - now;
    });
  };

/** When each packet that waits is read: ascending. */
class Pile {
  last: Micros = -Infinity;
  #reads: Micros[] = [];
  #first = 0;

  /** Packets that are not read before then. */
  waitingAt(now: Micros): number {
    while (this.#first < this.#reads.length && this.#reads[this.#first] < now) this.#first++;
    if (this.#first > 1000) {
      this.#reads = this.#reads.slice(this.#first);
      this.#first = 0;
    }
    return this.#reads.length - this.#first;
  }

  add(read: Micros): void {
    this.last = read;
    this.#reads.push(read);
  }
}
