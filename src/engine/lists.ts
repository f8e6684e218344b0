/**
 * Lists of events, many at once, in shared memory. A list is a chain of chunks: events are appended at its end, and stay
 * where they are until all leave together. Nothing is allocated per event; an emptied chunk is used again by whichever
 * list needs one.
 */

import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';
import type { Bottom } from './bottom.ts';
import { copy, put, type Records, records, timeAt, widenedRecords } from './records.ts';
import type { Stretch } from './sort.ts';

const CHUNK_BITS = 5;
const CHUNK = 1 << CHUNK_BITS; // events per chunk: half a chunk per list is slack, one link per chunk is followed
const NONE = -1;

/** Between which times events are. */
export interface Extent {
  min: Micros;
  max: Micros;
}

export class Lists {
  /** [chunk * CHUNK + i]; another one after a call that adds an event. */
  events: Records = records(CHUNK);
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
    const at = this.place(list);
    put(this.events, at, time, what, from, word);
  }

  /** Appends a copy of an event that is in a list already. */
  appendCopy(list: number, i: number): void {
    const at = this.place(list);
    const { events } = this; // another one if there was no room
    copy(events, i, events, at);
  }

  /** Where the next event of a list goes; who asks writes it there. */
  place(list: number): number {
    let at = this.#tail[list];
    if ((at & (CHUNK - 1)) === 0) at = this.#extend(list, at);
    this.#tail[list] = at + 1;
    return at;
  }

  /** How many events a list holds. */
  count(list: number): number {
    const tail = this.#tail[list];
    if (tail === 0) return 0;
    const last = chunkOf(tail - 1);
    let count = tail - (last << CHUNK_BITS);
    for (let chunk = this.#head[list]; chunk !== last; chunk = this.#following[chunk]) {
      count += CHUNK;
    }
    return count;
  }

  /** Writes to `extent` the times between which the events of a list are. It must not be empty. */
  measure(list: number, extent: Extent): void {
    const { events } = this;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    let min = Infinity;
    let max = -Infinity;
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        const time = timeAt(events, i);
        if (time < min) min = time;
        if (time > max) max = time;
      }
      if (chunk === last) break;
    }
    extent.min = min;
    extent.max = max;
  }

  /** Finds the cells of the events of a list, where the stretch has `size`, and counts the events of each: `counts[cell]`. */
  tally(
    list: number,
    stretch: Stretch,
    size: number,
    cellOf: Uint16Array,
    counts: Uint32Array,
  ): void {
    const { start, scale, offset } = stretch;
    const { events } = this;
    let k = 0;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        const cell = (((timeAt(events, i) - start) * scale - offset) * size) | 0;
        cellOf[k++] = cell;
        counts[cell]++;
      }
      if (chunk === last) return;
    }
  }

  /** Writes the times and places of the events of a list to the bottom, in the order of the list. */
  gather(list: number, { times, places }: Bottom): void {
    const { events } = this;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    let k = 0;
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        times[k] = timeAt(events, i);
        places[k++] = i;
      }
      if (chunk === last) return;
    }
  }

  /** The same to `next[cell]`, which are counted on, for the cells that `tally` has found. */
  deal(list: number, cellOf: Uint16Array, next: Uint32Array, bottom: Bottom): void {
    const { events } = this;
    const { times, places } = bottom;
    let k = 0;
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; chunk = this.#following[chunk]) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        const at = next[cellOf[k++]]++;
        times[at] = timeAt(events, i);
        places[at] = i;
      }
      if (chunk === last) return;
    }
  }

  /** Moves the events of a list to the lists `first + cell`; none of these may be the list itself. */
  spread(list: number, start: Micros, scale: number, first: number): void {
    const tail = this.#tail[list];
    const last = chunkOf(tail - 1);
    for (let chunk = this.#head[list]; ; ) {
      const begin = chunk << CHUNK_BITS;
      const end = chunk === last ? tail : begin + CHUNK;
      for (let i = begin; i < end; i++) {
        this.appendCopy(first + (((timeAt(this.events, i) - start) * scale) | 0), i);
      }
      const following = this.#following[chunk];
      this.#following[chunk] = this.#free;
      this.#free = chunk;
      if (chunk === last) break;
      chunk = following;
    }
    this.#tail[list] = 0;
  }

  /** All that is in a list is from now on in another one, which is empty. */
  rename(list: number, other: number): void {
    this.#head[other] = this.#head[list];
    this.#tail[other] = this.#tail[list];
    this.#tail[list] = 0;
  }

  /** Forgets the events of a list. */
  clear(list: number): void {
    if (this.#tail[list] === 0) return;
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
    this.events = widenedRecords(this.events, chunks * CHUNK);
    this.#following = widened(this.#following, new Int32Array(chunks));
    for (let chunk = chunks - 1; chunk >= old; chunk--) {
      this.#following[chunk] = this.#free;
      this.#free = chunk;
    }
  }
}

const chunkOf = (index: number): number => index >> CHUNK_BITS;
