/** A replicated register set: what each node holds, for the protocol that writes it and for observers that read it. */
import { assert, UserError } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import type { Delivery } from './delivery.ts';
import type { Operations } from './operations.ts';
import { deliveryOf, type OrderingOptions, resolutionOf, settingsOf } from './options.ts';
import type { Resolution } from './resolution.ts';

/** The registers of all nodes. */
export class Registers {
  readonly operations: Operations;
  /** When a register changed last, at any node; us. */
  changedAt: Micros = 0;
  readonly #options: OrderingOptions;
  #parts: { readonly delivery: Delivery; readonly resolution: Resolution } | undefined;

  constructor(operations: Operations, options: OrderingOptions = {}) {
    settingsOf(options);
    this.operations = operations;
    this.#options = options;
  }

  /** Empty registers, for one run, of the operations that they were made for. */
  open(env: Env<number>): { readonly delivery: Delivery; readonly resolution: Resolution } {
    const { n, list } = this.operations;
    if (env.n !== n) {
      throw new UserError(`ordering: operations are for ${n} nodes; the scenario has ${env.n}`);
    }
    if (env.inputs !== list.length) {
      throw new UserError(
        `ordering: a scenario's workload must be the inputs of its operations, ${list.length}; it has ${env.inputs}`,
      );
    }
    this.changedAt = 0;
    const settings = settingsOf(this.#options);
    this.#parts = {
      delivery: deliveryOf(env, this.operations, settings),
      resolution: resolutionOf(env, this.operations, settings),
    };
    return this.#parts;
  }

  get parts() {
    assert(this.#parts !== undefined, 'registers: asked before a run has opened them');
    return this.#parts;
  }

  /** The writes that are the register's value at the node: none, one, or siblings. */
  values(node: NodeId, key: number): readonly number[] {
    return this.parts.resolution.values(node, key);
  }

  /** What the write carries for its order and its resolution, in bytes. */
  metadataBytes(write: number): number {
    const { delivery, resolution } = this.parts;
    return delivery.bytes(write) + resolution.bytes(write);
  }
}
