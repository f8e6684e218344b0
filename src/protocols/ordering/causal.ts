/**
 * Causal delivery by vector clocks: a write carries how many writes of each origin its own origin had applied, and waits
 * until the receiver has applied as many.
 * Source: Birman, Schiper, Stephenson, "Lightweight causal and atomic group multicast", ACM TOCS 9(3), 1991 (CBCAST);
 * the clocks are those of Fidge 1988 and Mattern 1989. Assumes that every write comes to every node in the end, and that
 * what a node has applied survives a crash. Encodings:
 *   full    an entry of 4 bytes for every node
 *   sparse  entries that are not 0, with their index
 *   delta   entries that have changed since the origin's write before, with their index: what a receiver needs, as it has
 *           applied that write when it looks (Singhal and Kshemkalyani 1992 do so between two processes)
 */
import type { NodeId } from '../../engine/model.ts';
import type { Delivery } from './delivery.ts';
import { ORIGIN_BYTES } from './delivery.ts';
import { sparseBytes } from './sizes.ts';

/** How a vector clock is written. */
export type Encoding = 'full' | 'sparse' | 'delta';
export const ENCODINGS = ['full', 'sparse', 'delta'] as const;

const ENTRY_BYTES = 4;

export function causal(n: number, writes: number, encoding: Encoding = 'full'): Delivery {
  const clock = new Int32Array(n * n); // [node * n + origin] writes of the origin that the node has applied
  const stamps: Int32Array[] = new Array(writes); // [write][origin], its own write counted
  const origins = new Int32Array(writes); // [write]
  const bytes = new Int32Array(writes); // [write]
  const before: (Int32Array | undefined)[] = new Array(n).fill(undefined); // [node] the stamp of its last write

  const vectorBytes = (node: NodeId, stamp: Int32Array): number => {
    if (encoding === 'full') return ENTRY_BYTES * n;
    const last = before[node];
    if (encoding === 'sparse' || last === undefined) return sparseBytes(stamp);
    return sparseBytes(stamp.map((entry, origin) => (entry === last[origin] ? 0 : entry)));
  };

  return {
    issue(node, write) {
      const stamp = clock.slice(node * n, (node + 1) * n);
      stamp[node]++;
      stamps[write] = stamp;
      origins[write] = node;
      bytes[write] = ORIGIN_BYTES + vectorBytes(node, stamp);
      before[node] = stamp;
    },
    ready(node, write) {
      const stamp = stamps[write];
      const origin = origins[write];
      const row = node * n;
      if (clock[row + origin] !== stamp[origin] - 1) return false;
      for (let other = 0; other < n; other++) {
        if (other !== origin && clock[row + other] < stamp[other]) return false;
      }
      return true;
    },
    apply(node, write) {
      clock[node * n + origins[write]]++;
    },
    bytes: (write) => bytes[write],
  };
}
