/**
 * Reads memory ahead of time. When the queue has sorted the next few hundred events, what the engine and the protocol know
 * of their nodes is read in tight loops: no read waits for another, so the processor has many under way at once. Each in
 * the midst of its event, they would be waited for one by one. It changes nothing but what is in the caches.
 */
import { KIND_BITS } from './agenda.ts';
import { ROUND, TIMER } from './events.ts';
import { type Records, whatAt } from './records.ts';

/** From so many nodes on, what a run knows of each does not fit into the fastest caches. */
export const MANY = 16_384;

/** [kind] 1 if its node will act of itself, and so send; of other events that is not known. */
const ACTS = new Uint8Array(1 << KIND_BITS);
ACTS[ROUND] = 1;
ACTS[TIMER] = 1;

interface Column {
  readonly bytes: Uint8Array;
  readonly stride: number; // bytes per node
}

export class Ahead {
  readonly #n: number;
  readonly #ofActing: Column[] = [];
  readonly #ofAll: Column[] = [];
  #nodes = new Int32Array(1024); // a working column
  #sum = 0; // of use to nobody; but without it a compiler might drop the reads

  constructor(n: number) {
    this.#n = n;
  }

  /** A column with the same number of elements for each node, read first when a node acts, or whatever happens there. */
  add({ buffer, byteOffset, byteLength }: ArrayBufferView, when: 'acts' | 'always'): void {
    if (byteLength % this.#n !== 0 || byteLength >= 2 ** 31) return; // not per node; not for 32-bit indices
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const columns = when === 'acts' ? this.#ofActing : this.#ofAll;
    columns.push({ bytes, stride: byteLength / this.#n });
  }

  /** The events at the first `count` of these places are going to happen. */
  look(events: Records, places: Int32Array, count: number): void {
    if (this.#nodes.length < count) this.#nodes = new Int32Array(2 * count);
    const nodes = this.#nodes;
    const bits = KIND_BITS;
    const mask = ACTS.length - 1;
    let acting = 0;
    for (let i = 0; i < count; i++) {
      const what = whatAt(events, places[i]);
      nodes[acting] = what >> bits;
      acting += ACTS[what & mask];
    }
    for (const column of this.#ofActing) this.#sum ^= read(column, nodes, acting);
    for (let i = 0; i < count; i++) nodes[i] = whatAt(events, places[i]) >> bits;
    for (const column of this.#ofAll) this.#sum ^= read(column, nodes, count);
  }
}

/** The shorter this loop, the more of its reads are under way at once. */
function read({ bytes, stride }: Column, nodes: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum ^= bytes[Math.imul(nodes[i], stride)];
  return sum;
}
