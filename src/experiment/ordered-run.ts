/** One run of an ordering layer with all that is measured of it: what experiments and scenario files have in common. */
import { type Micros, millis } from '../base/time.ts';
import type { NodeId, Observer, Outcome, ProtocolFactory, Scenario } from '../engine/model.ts';
import { ISSUED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import {
  type DeliveryOrder,
  type DeliveryOrderOptions,
  deliveryOrder,
  type RegisterFates,
  registerFates,
} from '../metrics/index.ts';
import {
  isWrite,
  type Operations,
  type OrderingOptions,
  orderingOn,
  Registers,
  rumourOf,
} from '../protocols/index.ts';

/** What is measured of the registers of a run. */
export interface OrderMeters {
  readonly order: DeliveryOrder;
  readonly fates: RegisterFates;
  /** Of all that is measured. */
  readonly observer: Observer<number>;
  /** What a copy of a write carries for the layer, in the mean over copies, bytes; null: there was none. */
  metadataBytes(): number | null;
  /** From the last write to the last change of a register at any node, ms; null: nothing was written, or nodes still
   *  disagree. */
  divergenceMs(): number | null;
}

/** A run of an ordering layer, with what is measured of it. */
export interface OrderedRun extends Pick<OrderMeters, 'order' | 'fates' | 'divergenceMs'> {
  readonly outcome: Outcome;
  readonly operations: Operations;
  readonly registers: Registers;
  readonly metadataBytes: number | null;
}

/** A scenario in which the protocol is an ordering layer over a broadcast. */
export interface OrderedScenario
  extends Omit<Scenario<number>, 'protocol' | 'workload' | 'n' | 'stop'> {
  readonly operations: Operations;
  readonly broadcast: ProtocolFactory<number>;
  readonly layer?: OrderingOptions;
  readonly onArrival?: DeliveryOrderOptions['onArrival'];
  /** What becomes of reads and writes is counted from then on; default: from the start. */
  readonly sinceMs?: number;
}

/** From when on is counted, and who else is told of arrivals. */
export interface OrderMetersOptions extends Pick<DeliveryOrderOptions, 'onArrival'> {
  readonly sinceMs?: number;
}

/** The observers of order, fates of writes and divergence. */
export function orderMeters(
  registers: Registers,
  { onArrival, sinceMs = 0 }: OrderMetersOptions,
): OrderMeters {
  const { n, keys, list } = registers.operations;
  const order = deliveryOrder({
    ...{ n, writes: list.length },
    ...(onArrival === undefined ? {} : { onArrival }),
  });
  const fates = registerFates({
    ...{ n, keys, writes: list.length },
    isUpdate: (operation) => list[operation].kind === 'update',
    keyOf: (operation) => list[operation].key,
    values: (node, key) => registers.values(node, key),
    sinceMs,
  });
  const { onSend, issuedAt, sums } = metadataOf(registers);
  return {
    ...{ order, fates },
    observer: {
      onSend,
      onFact(now, fact, node, about) {
        order.onFact?.(now, fact, node, about);
        fates.onFact?.(now, fact, node, about);
        if (fact === ISSUED) issuedAt(now);
      },
    },
    metadataBytes: () => (sums.copies === 0 ? null : sums.bytes / sums.copies),
    divergenceMs: () =>
      order.counts.issued === 0 || fates.divergent() > 0
        ? null
        : millis(Math.max(0, registers.changedAt - sums.lastIssued)),
  };
}

/** Runs the scenario under those observers. */
export function orderedRun(scenario: OrderedScenario): OrderedRun {
  const { operations, broadcast, layer, onArrival, sinceMs, observers = [], ...rest } = scenario;
  const registers = new Registers(operations, layer);
  const meters = orderMeters(registers, {
    ...(onArrival === undefined ? {} : { onArrival }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
  });
  const outcome = simulate({
    ...rest,
    n: operations.n,
    workload: operations.inputs,
    protocol: orderingOn(registers, broadcast),
    observers: [meters.observer, ...observers],
  });
  const { order, fates, divergenceMs } = meters;
  const metadataBytes = meters.metadataBytes();
  return { outcome, operations, registers, order, fates, metadataBytes, divergenceMs };
}

/** How many of the operations write. */
export const writesOf = ({ list }: Operations): number => list.filter(isWrite).length;

function metadataOf(registers: Registers) {
  const sums = { copies: 0, bytes: 0, lastIssued: 0 };
  return {
    sums,
    onSend(_now: Micros, _from: NodeId, _to: NodeId, message: number) {
      const write = rumourOf(message);
      if (write < 0) return;
      sums.copies++;
      sums.bytes += registers.metadataBytes(write);
    },
    issuedAt(now: Micros) {
      sums.lastIssued = now;
    },
  };
}
