/**
 * Rules by which one write wins. Stamps are columns indexed by the write, clocks by the node.
 *   arrival     who comes last wins: what happens where nothing is done. Replicas need not agree.
 *   Lamport     Lamport, "Time, clocks, and the ordering of events in a distributed system", CACM 21(7), 1978: a counter
 *               that is above all counters seen; ties by the node's number
 *   wall clock  last write wins as in Apache Cassandra: the node's clock in microseconds, at least one more than the node's
 *               last (ClientState.getTimestamp, which reads whole milliseconds up to 5.0, and still; drivers that stamp
 *               read microseconds); at a tie a tombstone wins, then the greater value (Cells.reconcile).
 *               Values are drawn: 32 bits. A stamp knows nothing of stamps seen, so it goes wrong as far as clocks do.
 *   hybrid      Kulkarni, Demirbas, Madappa, Avva, Leone, "Logical physical clocks", OPODIS 2014, figure 5: the greatest
 *               clock seen, and a counter where clocks stand still; ties by the node's number
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { ORIGIN_BYTES } from './delivery.ts';
import type { Rule } from './one-winner.ts';

const COUNTER_BYTES = 8;
const CLOCK_BYTES = 8;

export const arrival: Rule = { stamp() {}, wins: () => true, bytes: () => 0 };

export function lamport(n: number, writes: number): Rule {
  const counter = new Float64Array(n); // [node]
  const stamps = new Float64Array(writes); // [write]
  const origins = new Int32Array(writes); // [write]

  return {
    stamp(node, write) {
      stamps[write] = ++counter[node];
      origins[write] = node;
    },
    learn(node, write) {
      if (stamps[write] > counter[node]) counter[node] = stamps[write];
    },
    wins: (write, held) => (stamps[write] - stamps[held] || origins[write] - origins[held]) > 0,
    bytes: () => COUNTER_BYTES + ORIGIN_BYTES,
  };
}

/** What a node's own clock reads, in us. */
export type ClockOf = (node: NodeId) => Micros;

export interface WallClockOptions {
  readonly n: number;
  readonly writes: number;
  readonly clockOf: ClockOf;
  readonly isTombstone: (write: number) => boolean;
  /** The value that the node writes, drawn. */
  readonly drawValue: (node: NodeId) => number;
  /** A node's clock is read in steps of so many us. */
  readonly resolutionUs: number;
}

export function wallClock(options: WallClockOptions): Rule {
  const { n, writes, clockOf, isTombstone, drawValue, resolutionUs } = options;
  const last = new Float64Array(n).fill(-Infinity); // [node] us
  const stamps = new Float64Array(writes); // [write] us
  const values = new Float64Array(writes); // [write]

  return {
    stamp(node, write) {
      const read = Math.floor(clockOf(node) / resolutionUs) * resolutionUs;
      last[node] = Math.max(read, last[node] + 1);
      stamps[write] = last[node];
      values[write] = drawValue(node);
    },
    wins: (write, held) =>
      (stamps[write] - stamps[held] ||
        Number(isTombstone(write)) - Number(isTombstone(held)) ||
        values[write] - values[held]) > 0,
    bytes: () => CLOCK_BYTES,
  };
}

export function hybrid(n: number, writes: number, clockOf: ClockOf): Rule {
  const clock = new Float64Array(n).fill(-Infinity); // [node] l
  const counter = new Int32Array(n); // [node] c
  const stamps = new Float64Array(writes); // [write] l
  const counters = new Int32Array(writes); // [write] c
  const origins = new Int32Array(writes); // [write]

  return {
    stamp(node, write) {
      const read = clockOf(node);
      counter[node] = read > clock[node] ? 0 : counter[node] + 1;
      clock[node] = Math.max(read, clock[node]);
      stamps[write] = clock[node];
      counters[write] = counter[node];
      origins[write] = node;
    },
    learn(node, write) {
      if (origins[write] === node) return;
      const before = clock[node];
      const seen = stamps[write];
      const now = Math.max(before, seen, clockOf(node));
      if (now === before && now === seen) {
        counter[node] = Math.max(counter[node], counters[write]) + 1;
      } else if (now === before) counter[node]++;
      else counter[node] = now === seen ? counters[write] + 1 : 0;
      clock[node] = now;
    },
    wins: (write, held) =>
      (stamps[write] - stamps[held] ||
        counters[write] - counters[held] ||
        origins[write] - origins[held]) > 0,
    bytes: () => CLOCK_BYTES + ORIGIN_BYTES,
  };
}
