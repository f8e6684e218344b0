/**
 * Clients do one thing at a time: what is asked of one that still thinks waits until it has written. A crash of its node
 * ends what a client does and has waiting.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Operation } from './operations.ts';

export class Clients {
  readonly #list: readonly Operation[];
  readonly #doing = new Map<number, number>(); // client -> operation
  readonly #waiting = new Map<number, number[]>(); // client -> operations, in order

  constructor(list: readonly Operation[]) {
    this.#list = list;
  }

  /** True if the client is free, and is not any more; else the operation waits. */
  begin(operation: number): boolean {
    const { client } = this.#list[operation];
    if (!this.#doing.has(client)) {
      this.#doing.set(client, operation);
      return true;
    }
    const waiting = this.#waiting.get(client);
    if (waiting === undefined) this.#waiting.set(client, [operation]);
    else waiting.push(operation);
    return false;
  }

  /** The operation is done; what its client does next, or undefined. */
  end(operation: number): number | undefined {
    const { client } = this.#list[operation];
    this.#doing.delete(client);
    const next = this.#waiting.get(client)?.shift();
    if (next !== undefined) this.#doing.set(client, next);
    return next;
  }

  crash(node: NodeId): void {
    for (const [client, operation] of this.#doing) {
      if (this.#list[operation].node !== node) continue;
      this.#doing.delete(client);
      this.#waiting.delete(client);
    }
  }
}
