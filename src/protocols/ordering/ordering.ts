/**
 * An ordering layer over a broadcast protocol: a replicated register set. A write is a rumour. Its origin stamps it and
 * applies it at once; the broadcast brings it to the other nodes in any order, and the layer decides when a node applies
 * it (`delivery`) and what a register then holds (`resolution`).
 *   READ      a client has read a register, for a read or before an update
 *   ISSUED    a node has issued a write; what follows at this instant is its own DELIVERED and APPLIED
 *   APPLIED   a node has applied a write to its registers
 * beside the facts of the broadcast: DELIVERED, the write has arrived. Metadata counts with the bytes of each copy.
 * What a node has applied survives a crash, as what it has heard does. A client's thought does not: an update whose node
 * crashes while its client thinks is never written.
 * Sources: in the files of the deliveries and resolutions.
 */
import { micros } from '../../base/time.ts';
import {
  APPLIED,
  DELIVERED,
  type Env,
  ISSUED,
  type NodeId,
  type ProtocolFactory,
  READ,
} from '../../engine/model.ts';
import { rumourOf } from '../broadcast/messages.ts';
import { Clients } from './clients.ts';
import { holdBack } from './hold-back.ts';
import type { Operations } from './operations.ts';
import type { OrderingOptions } from './options.ts';
import { Registers } from './registers.ts';

export const ordering = (
  broadcast: ProtocolFactory<number>,
  operations: Operations,
  options: OrderingOptions = {},
): ProtocolFactory<number> => orderingOn(new Registers(operations, options), broadcast);

/** The same on registers at hand, for who wants to look into them. */
export const orderingOn =
  (registers: Registers, broadcast: ProtocolFactory<number>): ProtocolFactory<number> =>
  (env) => {
    const { list } = registers.operations;
    const { delivery, resolution } = registers.open(env);
    const queue = holdBack(env.n, delivery, (node, write) => {
      if (resolution.apply(node, write)) registers.changedAt = env.now();
      env.emit(APPLIED, node, write);
    });
    const below = broadcast(
      through(env, {
        onDelivered: queue.arrive,
        bytesOf: (write) => registers.metadataBytes(write),
      }),
    );

    const clients = new Clients(list);

    function read(node: NodeId, operation: number) {
      resolution.read(node, operation);
      env.emit(READ, node, operation);
    }

    function write(node: NodeId, operation: number) {
      delivery.issue(node, operation);
      resolution.issue(node, operation);
      env.emit(ISSUED, node, operation);
      below.onInput?.(node, operation);
    }

    /** Does the operation, and what its client has waiting, until one of them has to think. */
    function perform(node: NodeId, first: number) {
      for (let next: number | undefined = first; next !== undefined; next = clients.end(next)) {
        const { kind, thinkMs } = list[next];
        if (kind === 'read' || kind === 'update') read(node, next);
        const thought = kind === 'update' ? micros(thinkMs) : 0;
        if (thought > 0) {
          env.at(node, env.now() + thought, thoughtTag(next));
          return;
        }
        if (kind !== 'read') write(node, next);
      }
    }

    return {
      ...below,
      onStart(node) {
        clients.crash(node);
        below.onStart?.(node);
      },
      onInput(node, operation) {
        if (clients.begin(operation)) perform(node, operation);
      },
      onTimer(node, tag) {
        if (tag >= 0) {
          below.onTimer?.(node, tag);
          return;
        }
        const operation = operationOf(tag);
        write(node, operation);
        const next = clients.end(operation);
        if (next !== undefined) perform(node, next);
      },
    };
  };

/** Tags below 0 are the layer's, others those of the protocol below it. */
const thoughtTag = (operation: number): number => -operation - 1;
const operationOf = (tag: number): number => -tag - 1;

interface Layer {
  readonly onDelivered: (node: NodeId, write: number) => void;
  readonly bytesOf: (write: number) => number;
}

/** The env of the protocol below: it tells the layer what it delivers, and its rumours carry the layer's metadata. */
const through = (env: Env<number>, { onDelivered, bytesOf }: Layer): Env<number> => ({
  n: env.n,
  inputs: env.inputs,
  now: () => env.now(),
  clock: (node) => env.clock(node),
  waiting: (node) => env.waiting(node),
  peer: (node) => env.peer(node),
  peers: (node, count) => env.peers(node, count),
  draw: (node) => env.draw(node),
  at: (node, time, tag) => env.at(node, time, tag),
  send(from, to, message, bytes = 0) {
    const write = rumourOf(message);
    env.send(from, to, message, write < 0 ? bytes : bytes + bytesOf(write));
  },
  emit(fact, node, about = 0) {
    env.emit(fact, node, about);
    if (fact === DELIVERED) onDelivered(node, about);
  },
});
