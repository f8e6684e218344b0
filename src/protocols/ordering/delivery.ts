/**
 * The order in which a node applies the writes that gossip brings to it: what a write says of the writes before it, and
 * whether it must wait. Columns are indexed by the write, or by node * n + origin.
 */
import type { NodeId } from '../../engine/model.ts';

export interface Delivery {
  /** The node issues the write; it applies it at once. */
  issue(node: NodeId, write: number): void;
  /** Whether the node may apply the write now. */
  ready(node: NodeId, write: number): boolean;
  /** The node applies the write, which was ready. */
  apply(node: NodeId, write: number): void;
  /** What the write carries for this, in bytes. */
  bytes(write: number): number;
}

/** A node's number on the wire. */
export const ORIGIN_BYTES = 4;
const SEQUENCE_BYTES = 4;

/** As it comes: no order at all. */
export const atOnce: Delivery = {
  issue() {},
  ready: () => true,
  apply() {},
  bytes: () => 0,
};

/** Writes of one origin in the order in which it issued them; nothing is said of writes of different origins. */
export function fifo(n: number, writes: number): Delivery {
  const origin = new Int32Array(writes); // [write]
  const sequence = new Int32Array(writes); // [write] from 1
  const applied = new Int32Array(n * n); // [node * n + origin] how many

  return {
    issue(node, write) {
      origin[write] = node;
      sequence[write] = applied[node * n + node] + 1;
    },
    ready: (node, write) => applied[node * n + origin[write]] === sequence[write] - 1,
    apply(node, write) {
      applied[node * n + origin[write]]++;
    },
    bytes: () => ORIGIN_BYTES + SEQUENCE_BYTES,
  };
}
