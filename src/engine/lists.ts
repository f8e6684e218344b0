/**
 * Lists of (time, slot), many at once, in shared typed columns. A list is a chain of chunks: events are appended at its
 * end and leave from its front, a chunk at a time, in the order in which they came. Nothing is allocated per event; an
 * emptied chunk is used again by whichever list needs one.
 */

import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { widened } from '../base/widened.ts';

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
  #times = new Float64Array(CHUNK); // [chunk * CHUNK + i]
  #slots = new Uint32Array(CHUNK); // [chunk * CHUNK + i]
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

  append(list: number, time: Micros, slot: number): void {
    let at = this.#tail[list];
    if ((at & (CHUNK - 1)) === 0) at = this.#extend(list, at);
    this.#times[at] = time;
    this.#slots[at] = slot;
    this.#tail[list] = at + 1;
  }

  /** Moves the events of the first chunk to index `at` on of the columns; returns how many: none from an empty list. */
  shift(list: number, times: Float64Array, slots: Uint32Array, at: number): number {
    const tail = this.#tail[list];
    if (tail === 0) return 0;
    const chunk = this.#head[list];
    const begin = chunk << CHUNK_BITS;
    const isLast = chunk === chunkOf(tail - 1);
    const count = isLast ? tail - begin : CHUNK;
    for (let i = 0; i < count; i++) {
      times[at + i] = this.#times[begin + i];
      slots[at + i] = this.#slots[begin + i];
    }
    if (isLast) this.#tail[list] = 0;
    else this.#head[list] = this.#following[chunk];
    this.#following[chunk] = this.#free;
    this.#free = chunk;
    return count;
  }

  /** Writes to `extent` what the list holds. It must not be empty. */
  measure(list: number, extent: Extent): void {
    const times = this.#times;
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
        const time = times[i];
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
    assert(chunks * CHUNK < 2 ** 31, `more than ${old * CHUNK} events are pending`); // indices are 32-bit
    this.#times = widened(this.#times, new Float64Array(chunks * CHUNK));
    this.#slots = widened(this.#slots, new Uint32Array(chunks * CHUNK));
    this.#following = widened(this.#following, new Int32Array(chunks));
    for (let chunk = chunks - 1; chunk >= old; chunk--) {
      this.#following[chunk] = this.#free;
      this.#free = chunk;
    }
  }
}

const chunkOf = (index: number): number => index >> CHUNK_BITS;
