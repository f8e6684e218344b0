/**
 * Registers that keep all writes that none of the others has seen: siblings. A write says which writes its client had
 * read, as a vector of counters; two ways to say it:
 *   version vectors  Parker et al., "Detection of mutual inconsistency in distributed systems", IEEE TSE 9(3), 1983: what
 *                    the client read, and the writer's entry counted up. With an entry for each node, two clients that
 *                    write at one node after the same read look as if one had seen the other: an update is lost. With an
 *                    entry for each client they do not, and vectors grow with the number of clients.
 *   dotted           Preguiça, Baquero, Almeida, Fonte, Gonçalves, "Brief announcement: efficient causality tracking in
 *                    distributed storage systems with dotted version vectors", PODC 2012: the write itself is a dot
 *                    (node, counter), apart from the vector of what its client had read. Exact, with an entry for a node.
 * A write without a read before it overwrites what its node holds.
 */
import type { NodeId } from '../../engine/model.ts';
import { ORIGIN_BYTES } from './delivery.ts';
import type { Resolution, WriteTable } from './resolution.ts';
import { sparseBytes, varintBytes } from './sizes.ts';

export interface VectorOptions {
  /** The writer's number of an operation: that of its node or of its client. */
  readonly writerOf: (operation: number) => number;
  readonly writers: number;
  readonly isDotted: boolean;
}

export function versionVectors(
  { n, keys, writes, keyOf }: WriteTable,
  { writerOf, writers, isDotted }: VectorOptions,
): Resolution {
  const siblings: number[][] = Array.from({ length: n * keys }, () => []); // [node * keys + key]
  const contexts: (Int32Array | undefined)[] = new Array(writes).fill(undefined); // [operation][writer]
  const vectors: Int32Array[] = new Array(writes); // [write][writer]; dotted: the context alone
  const counters = new Int32Array(writes); // [write] the writer's: with it, its dot
  const used = new Map<number, number>(); // key * writers + writer -> the highest counter of that writer

  /** What a client knows that has read the register: the join of its siblings. */
  function contextAt(node: NodeId, key: number): Int32Array {
    const join = new Int32Array(writers);
    for (const write of siblings[node * keys + key]) {
      const vector = vectors[write];
      for (let entry = 0; entry < writers; entry++) {
        if (vector[entry] > join[entry]) join[entry] = vector[entry];
      }
      const writer = writerOf(write);
      if (counters[write] > join[writer]) join[writer] = counters[write];
    }
    return join;
  }

  /** Whether the later write says that it has seen the earlier one. */
  function hasSeen(later: number, earlier: number): boolean {
    if (isDotted) return vectors[later][writerOf(earlier)] >= counters[earlier];
    return vectors[earlier].every((entry, writer) => entry <= vectors[later][writer]);
  }

  return {
    read(node, operation) {
      contexts[operation] = contextAt(node, keyOf(operation));
    },
    issue(node, write) {
      const key = keyOf(write);
      const vector = contexts[write] ?? contextAt(node, key);
      const writer = writerOf(write);
      const counter = (used.get(key * writers + writer) ?? 0) + 1;
      used.set(key * writers + writer, counter);
      counters[write] = counter;
      if (!isDotted) vector[writer] = counter;
      vectors[write] = vector;
      contexts[write] = undefined;
    },
    apply(node, write) {
      const register = node * keys + keyOf(write);
      const held = siblings[register];
      if (held.some((other) => hasSeen(other, write))) return false;
      siblings[register] = held.filter((other) => !hasSeen(write, other));
      siblings[register].push(write);
      return true;
    },
    values: (node, key) => siblings[node * keys + key],
    bytes: (write) =>
      sparseBytes(vectors[write]) + (isDotted ? varintBytes(counters[write]) + ORIGIN_BYTES : 0),
  };
}
