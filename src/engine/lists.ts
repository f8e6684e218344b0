/**
 * Lists of events, many at once, in shared memory. A list is a chain of chunks: events are appended at its end, and leave
 * all together, in the order in which they came. Nothing is allocated per event; an emptied chunk is used again by
 * whichever list needs one.
 */

import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import { copy, put, type Records, records, timeAt, widenedRecords } from './records.ts';

const CHUNK_BITS = 5;
const CHUNK = 1 << CHUNK_BITS; // events per chunk: half a chunk per list is slack, one link per chunk is followed
const NONE = -1;

/** What a list holds. */
export interface Extent {
  count: number;
  min: Micros; // earliest time
  max: Micros; // latest time
}

export class Lists {
  #events: Records = records(CHUNK); // [chunk * CHUNK + i]
  #following = new Int32Array([NONE]); // [chunk] the next one of its list, or the next free one
  #free = 0; // the first chunk that is in no list; NONE if there is none
  #head = new Int32Array(1); // [list] its first chunk; any number while it is empty
  #tail = new Int32Array(1); // [list] index behind its last event; 0 while it is empty

  /** Makes room for `count` lists: 0 .. count-1. */
  reserve(count: number): void {
    if (count <= this.#tail.length) return;
    const room = Math.max(count, 2 * this.#tail.length);
    this.#head = widened(this.#head, new Int32Array(room));
    this.#tail = widened(this.#tail, new Int32Array(room));
  }

  isEmpty(list: number): boolean {
    return this.#tail[list] === 0;
  }

  append(list: number, time: Micros, what: number, from: number, word: number): void {
    const at = this.#place(list);
    put(this.#events, at, time, what, from, word);
  }

  /** Appends a copy of an event that is elsewhere. */
  take(list: number, source: Records, i: number): void {
    const at = this.#place(list);
    copy(source, i, this.#events, at);
  }

  /** Where the next event of a list goes. */
  #place(list: number): number {
    let at = this.#tail[list];
    if ((at & (CHUNK - 1)) === 0) at = this.#extend(list, at);
    this.#tail[list] = at + 1;
    return at;
  }

  /** Writes to `extent` what the list holds. It must not be empty. */
  measure(list: number, extent: Extent): void {
    const events = this.#events;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    let chunk = this.#head[list];
    let count = 0;
    let min = Infinity;
    let max = -Infinity;
    for (;;) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        const time = timeAt(events, i);
        if (time < min) min = time;
        if (time > max) max = time;
      }
      count += end - begin;
      if (chunk === last) break;
      chunk = this.#following[chunk];
    }
    extent.count = count;
    extent.min = min;
    extent.max = max;
  }

  /** Counts the events of a list by cells: `counts[cell]`, the cell of a time being `(time - start) * scale`. */
  tally(list: number, start: Micros, scale: number, counts: Uint32Array): void {
    const events = this.#events;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) counts[((timeAt(events, i) - start) * scale) | 0]++;
      if (chunk === last) return;
    }
  }

  /** Moves the events of a list to places `next[cell]`, which are counted on. */
  deal(list: number, start: Micros, scale: number, next: Uint32Array, target: Records): void {
    const events = this.#events;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        copy(events, i, target, next[((timeAt(events, i) - start) * scale) | 0]++);
      }
      if (chunk === last) break;
    }
    this.#empty(list);
  }

  /** Moves the events of a list to the lists `first + cell`; none of these may be the list itself. */
  spread(list: number, start: Micros, scale: number, first: number): void {
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; ) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        const source = this.#events;
        const at = this.#place(first + (((timeAt(source, i) - start) * scale) | 0));
        const events = this.#events; // another one if there was no room
        copy(events, i, events, at);
      }
      const following = this.#following[chunk];
      this.#following[chunk] = this.#free;
      this.#free = chunk;
      if (chunk === last) break;
      chunk = following;
    }
    this.#tail[list] = 0;
  }

  /** The chunks of a list become free. */
  #empty(list: number): void {
    this.#following[chunkOf(this.#tail[list] - 1)] = this.#free;
    this.#free = this.#head[list];
    this.#tail[list] = 0;
  }

  /** Links a free chunk to the end of a list that has no room; returns the index of the chunk's first event. */
  #extend(list: number, tail: number): number {
    if (this.#free === NONE) this.#grow();
    const chunk = this.#free;
    this.#free = this.#following[chunk];
    if (tail === 0) this.#head[list] = chunk;
    else this.#following[chunkOf(tail - 1)] = chunk;
    return chunk << CHUNK_BITS;
  }

  #grow(): void {
    const old = this.#following.length;
    const chunks = 2 * old;
    this.#events = widenedRecords(this.#events, chunks * CHUNK);
    this.#following = widened(this.#following, new Int32Array(chunks));
    for (let chunk = chunks - 1; chunk >= old; chunk--) {
      this.#following[chunk] = this.#free;
      this.#free = chunk;
    }
  }
}

const chunkOf = (index: number): number => index >> CHUNK_BITS;
