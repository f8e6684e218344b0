/**
 * What became of the writes to a replicated register set, as it stands at the end of a run, and of the reads.
 *   lost       a write that a node has applied, that is in none of the values it holds and that none of them overwrote
 *              knowingly (register-contents.ts): two clients read the same, both write, one wins
 *   unordered  lost, though no value that the node holds contains a write concurrent with it: the true order left no
 *              choice. Concurrent: neither client had seen the other's write, where an update's client has seen what its
 *              node knew at the read, not what came while it thought
 *   shadowed   a write that loses at its own origin, at once, to a value that was there before it: a wrong winner
 *   stale      a read at a node that had not applied every write issued before to that register, anywhere
 *   divergent  a register whose values differ between nodes
 * Source of 'lost update': Gray and Reuter 1993, of 'sibling': DeCandia et al., SOSP 2007 (Dynamo).
 */
import { micros } from '../base/time.ts';
import { APPLIED, ISSUED, type NodeId, type Observer, READ } from '../engine/model.ts';
import { HappenedBefore } from './happened-before.ts';
import { contents } from './register-contents.ts';

/** The operations, and what registers hold. */
export interface RegisterFatesOptions {
  readonly n: number;
  readonly keys: number;
  /** Operations, of which some write. */
  readonly writes: number;
  readonly isUpdate: (operation: number) => boolean;
  readonly keyOf: (operation: number) => number;
  readonly values: (node: NodeId, key: number) => readonly number[];
  /** Reads and writes from then on are counted, against all that came before them; default: from the start. */
  readonly sinceMs?: number;
}

/** Asked after the run: what became of writes and reads. */
export interface RegisterFates extends Observer {
  readonly counts: Readonly<Counts>;
  /** What is lost at the end: in the mean over nodes, and of all those the unordered. */
  losses(): { readonly lost: number; readonly unordered: number };
  /** Registers whose values are not the same at all nodes. */
  divergent(): number;
}

interface Counts {
  reads: number;
  stale: number;
  /** Values that a read has found, beyond the first: summed over reads, and at most. */
  siblings: number;
  mostValues: number;
  /** Writes issued. */
  writes: number;
  /** Of them: where their node held a value of the register already. */
  overwrites: number;
  /** Of them: that lost to it. */
  shadowed: number;
}

/** An observer of the fates of writes. */
export function registerFates(options: RegisterFatesOptions): RegisterFates {
  const { n, keys, writes, isUpdate, keyOf, values, sinceMs = 0 } = options;
  const since = micros(sinceMs);
  const seen = new HappenedBefore(n, writes); // by clients
  const inside = contents(options);
  const issued: number[][] = Array.from({ length: keys }, () => []); // [key] its writes
  const applied = new Int32Array(n * keys); // [node * keys + key] how many of them
  const isCounted = new Uint8Array(writes); // [write] 1: issued since then
  const last = { write: -1, origin: -1 }; // issued
  const counts: Counts = {
    ...{ reads: 0, stale: 0, siblings: 0, mostValues: 0, writes: 0, overwrites: 0, shadowed: 0 },
  };

  function read(node: NodeId, key: number) {
    const found = values(node, key).length;
    counts.reads++;
    if (applied[node * keys + key] < issued[key].length) counts.stale++;
    counts.siblings += Math.max(0, found - 1);
    counts.mostValues = Math.max(counts.mostValues, found);
  }

  /** A write's own application comes at the instant in which it was issued, before anything else. */
  function apply(node: NodeId, write: number) {
    const key = keyOf(write);
    const had = applied[node * keys + key]++ > 0;
    if (write !== last.write || node !== last.origin || !had || isCounted[write] === 0) return;
    counts.overwrites++;
    if (!values(node, key).includes(write)) counts.shadowed++;
  }

  function lossesAt(node: NodeId, key: number) {
    const held = values(node, key);
    const lost = issued[key].filter(
      (write) =>
        isCounted[write] === 1 && seen.hasApplied(node, write) && !inside.isIn(write, held),
    );
    const present = issued[key].filter((write) => inside.isIn(write, held));
    const unordered = lost.filter(
      (write) => !present.some((other) => seen.areConcurrent(other, write)),
    );
    return { lost: lost.length, unordered: unordered.length };
  }

  return {
    counts,
    onFact(now, fact, node, operation) {
      inside.onFact?.(now, fact, node, operation);
      if (fact === READ) {
        if (now >= since) read(node, keyOf(operation));
        if (isUpdate(operation)) seen.issue(node, operation);
      } else if (fact === APPLIED) {
        apply(node, operation);
        seen.apply(node, operation);
      } else if (fact === ISSUED) {
        if (!isUpdate(operation)) seen.issue(node, operation);
        issued[keyOf(operation)].push(operation);
        isCounted[operation] = Number(now >= since);
        counts.writes += isCounted[operation];
        last.write = operation;
        last.origin = node;
      }
    },
    losses() {
      const sum = { lost: 0, unordered: 0 };
      for (let node = 0; node < n; node++) {
        for (let key = 0; key < keys; key++) {
          const { lost, unordered } = lossesAt(node, key);
          sum.lost += lost / n;
          sum.unordered += unordered / n;
        }
      }
      return sum;
    },
    divergent() {
      const of = (node: NodeId, key: number) => [...values(node, key)].sort((a, b) => a - b).join();
      let count = 0;
      for (let key = 0; key < keys; key++) {
        const first = of(0, key);
        for (let node = 1; node < n; node++) {
          if (of(node, key) === first) continue;
          count++;
          break;
        }
      }
      return count;
    },
  };
}
