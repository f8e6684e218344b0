/** One run of an ordering layer with all that is measured of it: what the experiments on order have in common. */
import { millis } from '../base/time.ts';
import type { Observer, Outcome, ProtocolFactory, Scenario } from '../engine/model.ts';
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

export interface OrderedRun {
  readonly outcome: Outcome;
  readonly operations: Operations;
  readonly registers: Registers;
  readonly order: DeliveryOrder;
  readonly fates: RegisterFates;
  /** What a copy of a write carries for the layer, in the mean over copies, bytes; null: there was none. */
  readonly metadataBytes: number | null;
  /** From the last write to the last change of a register at any node, ms; null: nothing was written, or nodes still
   *  disagree. */
  divergenceMs(): number | null;
}

export interface OrderedScenario
  extends Omit<Scenario<number>, 'protocol' | 'workload' | 'n' | 'stop'> {
  readonly operations: Operations;
  readonly broadcast: ProtocolFactory<number>;
  readonly layer?: OrderingOptions;
  readonly onArrival?: DeliveryOrderOptions['onArrival'];
  /** What becomes of reads and writes is counted from then on; default: from the start. */
  readonly sinceMs?: number;
}

export function orderedRun(scenario: OrderedScenario): OrderedRun {
  const {
    operations,
    broadcast,
    layer,
    onArrival,
    sinceMs = 0,
    observers = [],
    ...rest
  } = scenario;
  const { n, keys, list, inputs } = operations;
  const registers = new Registers(operations, layer);
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
  const metadata = metadataOf(registers);
  const outcome = simulate({
    ...rest,
    n,
    workload: inputs,
    protocol: orderingOn(registers, broadcast),
    observers: [order, fates, metadata.observer, ...observers],
  });
  const { copies, bytes, lastIssued } = metadata.sums;
  return {
    ...{ outcome, operations, registers, order, fates },
    metadataBytes: copies === 0 ? null : bytes / copies,
    divergenceMs: () =>
      order.counts.issued === 0 || fates.divergent() > 0
        ? null
        : millis(Math.max(0, registers.changedAt - lastIssued)),
  };
}

/** How many of the operations write. */
export const writesOf = ({ list }: Operations): number => list.filter(isWrite).length;

function metadataOf(registers: Registers) {
  const sums = { copies: 0, bytes: 0, lastIssued: 0 };
  const observer: Observer<number> = {
    onSend(_now, _from, _to, message) {
      const write = rumourOf(message);
      if (write < 0) return;
      sums.copies++;
      sums.bytes += registers.metadataBytes(write);
    },
    onFact(now, fact) {
      if (fact === ISSUED) sums.lastIssued = now;
    },
  };
  return { sums, observer };
}
