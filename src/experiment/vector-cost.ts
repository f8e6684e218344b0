/** Runs of the experiment on the cost of stamps: the layers, what they are run on, and what is measured of them. */
import { millis } from '../base/time.ts';
import { APPLIED, DELIVERED, ISSUED, type Link, type Observer } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { complete } from '../network/index.ts';
import {
  directMail,
  type Operation,
  type Operations,
  type OrderingOptions,
  operations,
  orderingOn,
  Registers,
  workload,
} from '../protocols/index.ts';

/** By the names they have in the experiment. */
export const COST_LAYERS: Readonly<Record<string, OrderingOptions>> = {
  fifo: { delivery: 'fifo' },
  lamport: { resolution: 'lamport' },
  hybrid: { resolution: 'hybrid' },
  'wall clock': { resolution: 'wall-clock' },
  'causal full': { delivery: 'causal', encoding: 'full' },
  'causal sparse': { delivery: 'causal', encoding: 'sparse' },
  'causal delta': { delivery: 'causal', encoding: 'delta' },
  'probabilistic 4': { delivery: 'probabilistic', entries: 4 },
  'probabilistic 16': { delivery: 'probabilistic', entries: 16 },
  'probabilistic 100': { delivery: 'probabilistic', entries: 100 },
  'vectors by node': { resolution: 'version-vectors', entryOf: 'node' },
  'vectors by client': { resolution: 'version-vectors', entryOf: 'client' },
  dotted: { resolution: 'dotted' },
};

/** Operations that are mailed to all, under one layer. */
export interface MailRun {
  readonly seed: string;
  readonly operations: Operations;
  readonly layer: OrderingOptions;
  readonly link: Link;
  readonly horizonMs: number;
  /** Writes from here on are warm, ms. */
  readonly warmMs: number;
}

/** Direct mail, each write to all others: lengths of stamps and delays, without the truth about order. */
export function mailCost({ operations, layer, warmMs, ...rest }: MailRun) {
  const registers = new Registers(operations, layer);
  const meter = stampMeter(registers, warmMs);
  simulate({
    ...rest,
    n: operations.n,
    overlay: complete,
    workload: operations.inputs,
    protocol: orderingOn(registers, directMail()),
    observers: [meter.observer],
  });
  return meter.means();
}

/** Each write has as many copies as any other, so that means over writes are means over copies. */
function stampMeter(registers: Registers, warmMs: number) {
  const { list } = registers.operations;
  const issuedAt = new Float64Array(list.length); // [write] us
  const stamps = { writes: 0, bytes: 0, warmWrites: 0, warmBytes: 0 };
  const copies = { arrived: 0, arrival: 0, applied: 0, application: 0 }; // us
  const observer: Observer<number> = {
    onFact(now, fact, node, write) {
      if (fact === ISSUED) {
        const bytes = registers.metadataBytes(write);
        issuedAt[write] = now;
        stamps.writes++;
        stamps.bytes += bytes;
        if (millis(now) < warmMs) return;
        stamps.warmWrites++;
        stamps.warmBytes += bytes;
      } else if (fact === DELIVERED && node !== list[write].node) {
        copies.arrived++;
        copies.arrival += now - issuedAt[write];
      } else if (fact === APPLIED && node !== list[write].node) {
        copies.applied++;
        copies.application += now - issuedAt[write];
      }
    },
  };
  const mean = (sum: number, count: number) => (count === 0 ? null : sum / count);
  return {
    observer,
    means: () => ({
      bytes: mean(stamps.bytes, stamps.writes),
      warmBytes: mean(stamps.warmBytes, stamps.warmWrites),
      deliveryMs: mean(millis(copies.arrival), copies.arrived),
      applicationMs: mean(millis(copies.application), copies.applied),
    }),
  };
}

/** Writers of two kinds: the first half of n nodes at the first rate, the others at the second. */
export function twoSpeeds(
  seed: string,
  n: number,
  [fast, slow]: readonly [number, number],
  untilMs: number,
): Operations {
  const of = (kind: string, perSecond: number) =>
    operations({ seed: `${seed} ${kind}`, n, keys: 1, perSecond, untilMs }).list;
  const list = [
    ...of('fast', fast).filter(({ node }) => node < n / 2),
    ...of('slow', slow).filter(({ node }) => node >= n / 2),
  ];
  return workload({ n, keys: 1, clients: n, list: list.sort((a, b) => a.atMs - b.atMs) });
}

/** Pairs of writes, one after the other. */
export interface PairOptions {
  readonly n: number;
  readonly pairs: number;
  /** From the first client's read to the second one's. */
  readonly gapMs: number;
  /** What a client thinks, ms: drawn for each. */
  readonly thinkMs: () => number;
  /** From a pair to the next; so long that they have nothing to do with each other. */
  readonly spacingMs: number;
}

/** Pairs of updates to a register of their own, by two clients of one node that goes round. */
export function updatePairs({ n, pairs, gapMs, thinkMs, spacingMs }: PairOptions): Operations {
  const list: Operation[] = [];
  for (let key = 0; key < pairs; key++) {
    const node = key % n;
    for (const client of [0, 1]) {
      list.push({
        ...{ atMs: key * spacingMs + client * gapMs, node, key, kind: 'update' },
        ...{ thinkMs: thinkMs(), client: 2 * node + client },
      });
    }
  }
  return workload({ n, keys: pairs, clients: 2 * n, list });
}
