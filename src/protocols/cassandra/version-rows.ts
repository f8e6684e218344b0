/**
 * Highest versions of all pairs, in the memory of a kernel (kernel/row-kernel.ts), with room beside them for rows of
 * messages, and for a list.
 */

import type { NodeId } from '../../engine/model.ts';
import { makeRowKernel, type RowKernel } from '../../kernel/index.ts';

/** Rows of messages at a time. */
const GUESTS = 4;
/** The list is written to a little further than it goes. */
const SPARE = 4;
const WORD = 4; // bytes

export class VersionRows {
  readonly kernel: RowKernel;
  readonly column: Int32Array; // [node * n + subject]
  readonly list: Int32Array; // [i] subjects, as the kernel lists them
  /** The address of `list`. */
  readonly listAt = 0;
  readonly #n: number;
  readonly #guests: Int32Array; // [guest * n + subject]
  readonly #guestsAt: number;
  readonly #columnAt: number;

  constructor(n: number) {
    this.#n = n;
    this.#guestsAt = (n + SPARE) * WORD;
    this.#columnAt = this.#guestsAt + GUESTS * n * WORD;
    this.kernel = makeRowKernel(this.#columnAt + n * n * WORD);
    const { buffer } = this.kernel;
    this.list = new Int32Array(buffer, 0, n + SPARE);
    this.#guests = new Int32Array(buffer, this.#guestsAt, GUESTS * n);
    this.column = new Int32Array(buffer, this.#columnAt, n * n);
  }

  /** The address of a node's row. */
  of(node: NodeId): number {
    return this.#columnAt + node * this.#n * WORD;
  }

  /** Copies a row to where the kernel can see it, in the place of the guest before it: its address. */
  invite(guest: number, row: Int32Array): number {
    this.#guests.set(row, guest * this.#n);
    return this.#guestsAt + guest * this.#n * WORD;
  }
}
