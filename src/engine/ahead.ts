/**
 * Reads memory ahead of time. When the queue has sorted the next few hundred events, what the protocol knows of their nodes
 * is read in tight loops: no read waits for another, so the processor has many under way at once. Each in the midst of its
 * event, they would be waited for one by one. It changes nothing but what is in the caches. (The core reads what it knows
 * itself, core/ahead.as.)
 */

/** From so many nodes on, what a run knows of each does not fit into the fastest caches. */
export const MANY = 16_384;

interface Column {
  readonly bytes: Uint8Array;
  readonly stride: number; // bytes per node
}

export class Ahead {
  readonly #n: number;
  readonly #nodes: Int32Array;
  readonly #columns: Column[] = [];
  #sum = 0; // of use to nobody; but without it a compiler might drop the reads

  /** @param nodes where the nodes of the next events are told. */
  constructor(n: number, nodes: Int32Array) {
    this.#n = n;
    this.#nodes = nodes;
  }

  /** A column with the same number of elements for each node. */
  add({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
    if (byteLength % this.#n !== 0 || byteLength >= 2 ** 31) return; // not per node; not for 32-bit indices
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#columns.push({ bytes, stride: byteLength / this.#n });
  }

  /** The first `count` nodes are those of the next events. */
  look(count: number): void {
    if (count === 0) return;
    for (const column of this.#columns) this.#sum ^= read(column, this.#nodes, count);
  }
}

/** The shorter this loop, the more of its reads are under way at once. */
function read({ bytes, stride }: Column, nodes: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum ^= bytes[Math.imul(nodes[i], stride)];
  return sum;
}
