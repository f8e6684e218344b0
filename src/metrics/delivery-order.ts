/**
 * The order in which nodes apply the writes of others, held against the true order, and what keeping it costs. A node's
 * application of its own writes does not count. Sources: Lamport 1978 (happened-before); Birman, Schiper, Stephenson 1991
 * (hold-back).
 */
import { type Micros, millis } from '../base/time.ts';
import { APPLIED, DELIVERED, ISSUED, type NodeId, type Observer } from '../engine/model.ts';
import { HappenedBefore } from './happened-before.ts';
import { OriginOrder } from './origin-order.ts';

interface OrderCounts {
  issued: number;
  /** Writes of others that nodes received. */
  arrived: number;
  /** Of them: while an earlier write of the same origin had not arrived. */
  outOfOrder: number;
  /** Writes of others that nodes applied. */
  applied: number;
  /** Of them: while an earlier write of the same origin was not applied. */
  fifoViolations: number;
  /** Of them: while a write that had happened before was not applied. */
  causalViolations: number;
  /** Of them: some time after they had arrived. */
  held: number;
  /** The longest such time, us, and the sum of all. */
  maxHold: Micros;
  hold: Micros;
  /** The longest hold-back queue of a node. */
  maxQueue: number;
}

/** Asked after the run: how often order broke, and what waiting cost. */
export interface DeliveryOrder extends Observer {
  readonly truth: HappenedBefore;
  readonly counts: Readonly<OrderCounts>;
  /** From arrival to application, in the mean over all applications, ms. */
  meanHoldMs(): number | null;
  /** Writes in a node's hold-back queue, in the mean over time up to `end` (us) and nodes. */
  meanQueue(end: Micros): number;
  /** Writes that still wait, at all nodes. */
  left(): number;
}

/** How many nodes and writes. */
export interface DeliveryOrderOptions {
  readonly n: number;
  readonly writes: number;
  /** Asked when a write of another node has arrived, before it is applied or waits. */
  readonly onArrival?: (node: NodeId, write: number, truth: HappenedBefore) => void;
}

/** An observer of the order in which writes are applied. */
export function deliveryOrder({ n, writes, onArrival }: DeliveryOrderOptions): DeliveryOrder {
  const truth = new HappenedBefore(n, writes);
  const issued: number[][] = Array.from({ length: n }, () => []); // [origin] its writes, in order
  const origins = new Int32Array(writes).fill(-1); // [write]
  const places = new Int32Array(writes); // [write] in issued[origin]
  const arrivals = new OriginOrder(n, writes);
  const applications = new OriginOrder(n, writes);
  const arrivedAt = new Map<number, Micros>(); // node * writes + write, of those not applied
  const queue = new Int32Array(n); // [node] how many they are
  const last = { node: -1, write: -1 }; // what came by the last fact: it waits, unless it is applied by the next one
  const counts: OrderCounts = {
    ...{ issued: 0, arrived: 0, outOfOrder: 0, applied: 0, fifoViolations: 0 },
    ...{ causalViolations: 0, held: 0, maxHold: 0, hold: 0, maxQueue: 0 },
  };
  const comesInOrder = (order: OriginOrder, node: NodeId, write: number) =>
    order.come(node, origins[write], issued[origins[write]], places[write]);

  function issue(node: NodeId, write: number) {
    origins[write] = node;
    places[write] = issued[node].push(write) - 1;
    counts.issued++;
    truth.issue(node, write);
  }

  function arrive(now: Micros, node: NodeId, write: number) {
    counts.arrived++;
    if (!comesInOrder(arrivals, node, write)) counts.outOfOrder++;
    onArrival?.(node, write, truth);
    arrivedAt.set(node * writes + write, now);
    queue[node]++;
    last.node = node;
    last.write = write;
  }

  /** What came last was not applied at once. */
  function settle() {
    if (last.node >= 0) counts.maxQueue = Math.max(counts.maxQueue, queue[last.node]);
    last.node = -1;
  }

  function apply(now: Micros, node: NodeId, write: number) {
    if (!comesInOrder(applications, node, write)) counts.fifoViolations++;
    if (truth.missing(node, write) > 0) counts.causalViolations++;
    counts.applied++;
    const waiting = node * writes + write;
    const hold = now - (arrivedAt.get(waiting) ?? now);
    arrivedAt.delete(waiting);
    if (hold > 0) {
      counts.held++;
      counts.hold += hold;
      counts.maxHold = Math.max(counts.maxHold, hold);
    }
    queue[node]--;
  }

  return {
    truth,
    get counts() {
      settle();
      return counts;
    },
    onFact(now, fact, node, write) {
      if (fact === APPLIED && node === last.node && write === last.write) last.node = -1;
      else settle();
      if (fact === ISSUED) issue(node, write);
      else if (fact === DELIVERED && origins[write] !== node) arrive(now, node, write);
      else if (fact === APPLIED) {
        if (origins[write] !== node) apply(now, node, write);
        truth.apply(node, write);
      }
    },
    meanHoldMs: () => (counts.applied === 0 ? null : millis(counts.hold) / counts.applied),
    meanQueue(end) {
      let still = 0; // waited so far by those that are left
      for (const at of arrivedAt.values()) still += end - at;
      return end === 0 ? 0 : (counts.hold + still) / end / n;
    },
    left: () => arrivedAt.size,
  };
}
