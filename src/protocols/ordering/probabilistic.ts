/**
 * Probabilistic causal delivery: a vector of R entries for any number of nodes. Each node owns K of them, which it counts
 * up when it writes; a write waits until all entries of its vector are reached, its own less one. Where concurrent
 * writes have counted up the entries of one that is missing, a write is applied too early.
 * Source: Mostéfaoui, Weiss, "Probabilistic causal message ordering", PaCT 2017. With X writes applied here that the
 * origin has not seen, the entries of a missing one are covered with probability (1 - (1 - 1/R)^(K X))^K.
 * Deviations: the K entries of a node are drawn uniformly, once per run, from the stream at hand; different nodes may own
 * the same. A receiver knows a node's entries by its number.
 */
import type { Delivery } from './delivery.ts';
import { ORIGIN_BYTES } from './delivery.ts';

export interface ProbabilisticOptions {
  /** R: length of the vector. */
  readonly entries: number;
  /** K: how many of them a node owns. */
  readonly own: number;
}

const ENTRY_BYTES = 4;

/** @param below a whole number in 0 .. bound-1, drawn for the node */
export function probabilistic(
  n: number,
  writes: number,
  { entries, own }: ProbabilisticOptions,
  below: (node: number, bound: number) => number,
): Delivery {
  const owned = Array.from({ length: n }, (_, node) => choose(entries, own, node, below));
  const vector = new Int32Array(n * entries); // [node * entries + entry]
  const stamps: Int32Array[] = new Array(writes); // [write][entry], own entries less one: what must be reached
  const origins = new Int32Array(writes); // [write]

  return {
    issue(node, write) {
      stamps[write] = vector.slice(node * entries, (node + 1) * entries);
      origins[write] = node;
    },
    ready(node, write) {
      const stamp = stamps[write];
      const row = node * entries;
      for (let entry = 0; entry < entries; entry++) {
        if (vector[row + entry] < stamp[entry]) return false;
      }
      return true;
    },
    apply(node, write) {
      for (const entry of owned[origins[write]]) vector[node * entries + entry]++;
    },
    bytes: () => ORIGIN_BYTES + ENTRY_BYTES * entries,
  };
}

/** `own` different entries, uniformly: the first of a shuffle of Fisher and Yates. */
function choose(
  entries: number,
  own: number,
  node: number,
  below: (node: number, bound: number) => number,
): Int32Array {
  const all = Int32Array.from({ length: entries }, (_, entry) => entry);
  for (let i = 0; i < own; i++) {
    const j = i + below(node, entries - i);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, own);
}
