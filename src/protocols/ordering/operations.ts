/**
 * What clients ask of a replicated register set: any node takes any operation on any register.
 *   read     reads a register
 *   update   reads it, thinks, and writes a value that builds on what it has read: read-modify-write
 *   write    writes a value that owes nothing to a value before it
 *   delete   the same, with a tombstone for a value
 * Operations come as a Poisson process at every node; registers are chosen by Zipf's law. A client has one operation at a
 * time (clients.ts).
 */
import {
  numberIn,
  oneOf,
  positive,
  probability,
  UserError,
  wholeNumber,
} from '../../base/errors.ts';
import { Stream } from '../../base/stream.ts';
import type { Input, NodeId } from '../../engine/model.ts';

const KINDS = ['read', 'update', 'write', 'delete'] as const;
/** read, update, write or delete. */
export type Kind = (typeof KINDS)[number];

/** What one client asks of one node. */
export interface Operation {
  /** When it is handed to the node: a read or an update reads then, a write or a delete writes then. */
  readonly atMs: number;
  readonly node: NodeId;
  readonly key: number;
  readonly kind: Kind;
  /** Of an update: from the read to the write. */
  readonly thinkMs: number;
  /** Number of the client, over all nodes. */
  readonly client: number;
}

/** Operation i is input i of the scenario, and if it writes, write i. */
export interface Operations {
  readonly n: number;
  readonly keys: number;
  readonly clients: number;
  readonly list: readonly Operation[];
  /** For a scenario's `workload`. */
  readonly inputs: readonly Input[];
}

/** Who asks what of which register, and how often. */
export interface OperationOptions {
  readonly seed: string;
  readonly n: number;
  /** The first so many nodes have clients; default: all. */
  readonly writers?: number;
  readonly keys: number;
  /** Operations per second of a node that has clients, in the mean. */
  readonly perSecond: number;
  /** Operations come in [fromMs, untilMs); fromMs default 0. */
  readonly fromMs?: number;
  readonly untilMs: number;
  /** Zipf's exponent of the registers; default 0: all alike. */
  readonly skew?: number;
  /** Shares of all operations; the rest are writes. Defaults: updates 1, reads and deletes 0. */
  readonly updateShare?: number;
  readonly readShare?: number;
  readonly deleteShare?: number;
  /** Mean of the exponential time that a client thinks; default 0. */
  readonly thinkMs?: number;
  /** Clients of a node; default 1. */
  readonly clientsPerNode?: number;
}

const WHERE = 'operations';

/** Draws the operations of a run, a function of the seed. A `UserError` if a value makes no sense. */
export function operations(options: OperationOptions): Operations {
  const { n, keys, writers = n, clientsPerNode = 1 } = check(options);
  const draws = new Stream(options.seed, 'workload', n);
  const keyOf = zipf(keys, options.skew ?? 0);
  const list: Operation[] = [];
  for (let node = 0; node < writers; node++) {
    for (let ms = options.fromMs ?? 0; ; ) {
      ms -= (Math.log(draws.draw(node)) * 1000) / options.perSecond;
      if (ms >= options.untilMs) break;
      const key = keyOf(draws.draw(node));
      const kind = kindOf(options, draws.draw(node));
      const client = node * clientsPerNode + draws.below(node, clientsPerNode);
      const think = -Math.log(draws.draw(node)) * (options.thinkMs ?? 0);
      const thinkMs = kind === 'update' ? think : 0;
      list.push({ atMs: ms, node, key, kind, thinkMs, client });
    }
  }
  list.sort((a, b) => a.atMs - b.atMs || a.node - b.node);
  return workload({ n, keys, clients: n * clientsPerNode, list });
}

/** The same from operations at hand. Nodes and times are checked where a scenario takes them. */
export function workload(given: Omit<Operations, 'inputs'>): Operations {
  const { keys, clients, list } = given;
  for (const [i, { key, client, kind, thinkMs }] of list.entries()) {
    const where = `${WHERE}: list[${i}]`;
    oneOf(where, 'kind', kind, KINDS);
    wholeNumber(where, 'key', key, 0, keys - 1);
    wholeNumber(where, 'client', client, 0, clients - 1);
    numberIn(where, 'thinkMs', thinkMs, 0);
  }
  return { ...given, inputs: list.map(({ atMs, node }, input) => ({ atMs, node, input })) };
}

/** Whether it changes a register. */
export const isWrite = (operation: Operation): boolean => operation.kind !== 'read';

function kindOf({ updateShare = 1, readShare = 0, deleteShare = 0 }: OperationOptions, u: number) {
  if (u < readShare) return 'read';
  if (u < readShare + deleteShare) return 'delete';
  return u < readShare + deleteShare + updateShare ? 'update' : 'write';
}

/** The quantile function of Zipf's law over 0 .. keys-1. */
function zipf(keys: number, exponent: number): (u: number) => number {
  const upTo = new Float64Array(keys); // [key] weight of this key and those before it
  let sum = 0;
  for (let key = 0; key < keys; key++) upTo[key] = sum += (key + 1) ** -exponent;
  return (u) => {
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (upTo[middle] > u * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function check(options: OperationOptions): OperationOptions {
  const { n, keys, writers = n, clientsPerNode = 1, skew = 0, thinkMs = 0 } = options;
  const { updateShare = 1, readShare = 0, deleteShare = 0 } = options;
  wholeNumber(WHERE, 'n', n, 1);
  wholeNumber(WHERE, 'keys', keys, 1);
  wholeNumber(WHERE, 'writers', writers, 1, n);
  wholeNumber(WHERE, 'clientsPerNode', clientsPerNode, 1);
  positive(WHERE, 'perSecond', options.perSecond);
  const fromMs = numberIn(WHERE, 'fromMs', options.fromMs ?? 0, 0);
  numberIn(WHERE, 'untilMs', options.untilMs, fromMs);
  numberIn(WHERE, 'skew', skew, 0);
  numberIn(WHERE, 'thinkMs', thinkMs, 0);
  probability(WHERE, 'readShare', readShare);
  probability(WHERE, 'deleteShare', deleteShare);
  probability(WHERE, 'updateShare', updateShare);
  const shares = readShare + deleteShare + (options.updateShare ?? 0);
  if (shares <= 1) return options;
  throw new UserError(
    `${WHERE}: the shares of reads, deletes and updates must be 1 at most together; got ${shares}`,
  );
}
