/**
 * Highest versions of all pairs, in the memory of a kernel (kernel/row-kernel.ts); beside them what else a message of news
 * changes or looks at, the reports that are logged and the flags; and the rows of messages under
 * way, which are copies, each counted by reference and used again as soon as it is free, while it still is in a cache. When
 * there are too many, the others are arrays of their own, and come in as guests to be compared.
 */
import type { NodeId } from '../../engine/model.ts';
import { makeRowKernel, type RowKernel } from '../../kernel/index.ts';

/** Rows from elsewhere at a time. */
const GUESTS = 4;
/** The list is written to a little further than it goes. */
const SPARE = 4;
const WORD = 4; // bytes

const copiesFor = (n: number): number => Math.max(16, Math.ceil(n / 8));

export class VersionRows {
  readonly kernel: RowKernel;
  readonly column: Int32Array; // [node * n + subject]
  readonly logged: Int32Array; // [node * n + subject] bits of report-log.ts
  readonly flags: Uint8Array; // [node * n + subject] of endpoints.ts
  readonly list: Int32Array; // [i] subjects, as the kernel lists them
  /** The address of `list`. */
  readonly listAt = 0;
  readonly #n: number;
  readonly #words: Int32Array; // [address / WORD] all of the memory
  readonly #guestsAt: number;
  readonly #copiesAt: number;
  readonly #columnAt: number;
  readonly #loggedAt: number;
  readonly #flagsAt: number;
  readonly #copies: Int32Array[]; // [copy][subject]
  readonly #references: Int32Array; // [copy]
  readonly #free: number[]; // copies

  constructor(n: number) {
    const copies = copiesFor(n);
    this.#n = n;
    this.#guestsAt = (n + SPARE) * WORD;
    this.#copiesAt = this.#guestsAt + GUESTS * n * WORD;
    this.#columnAt = this.#copiesAt + copies * n * WORD;
    this.#loggedAt = this.#columnAt + n * n * WORD;
    this.#flagsAt = this.#loggedAt + n * n * WORD;
    this.kernel = makeRowKernel(this.#flagsAt + n * n);
    const { buffer } = this.kernel;
    this.#words = new Int32Array(buffer, 0, this.#flagsAt / WORD);
    this.list = new Int32Array(buffer, this.listAt, n + SPARE);
    this.column = new Int32Array(buffer, this.#columnAt, n * n);
    this.logged = new Int32Array(buffer, this.#loggedAt, n * n);
    this.flags = new Uint8Array(buffer, this.#flagsAt, n * n);
    this.#copies = Array.from(
      { length: copies },
      (_, copy) => new Int32Array(buffer, this.#copiesAt + copy * n * WORD, n),
    );
    this.#references = new Int32Array(copies);
    this.#free = Array.from({ length: copies }, (_, i) => copies - 1 - i);
  }

  /** The address of a node's row. */
  of(node: NodeId): number {
    return this.#columnAt + node * this.#n * WORD;
  }

  /** Of the words that are logged. */
  loggedOf(node: NodeId): number {
    return this.#loggedAt + node * this.#n * WORD;
  }

  flagsOf(node: NodeId): number {
    return this.#flagsAt + node * this.#n;
  }

  /** The address of a row of a message; one from elsewhere takes the place of the guest before it. */
  place(guest: number, row: Int32Array): number {
    if (row.buffer === this.kernel.buffer) return row.byteOffset;
    const at = this.#guestsAt + guest * this.#n * WORD;
    this.#words.set(row, at / WORD);
    return at;
  }

  /** A node's row as it is, with one reference. */
  copy(node: NodeId): Int32Array {
    const from = node * this.#n;
    const copy = this.#free.pop();
    if (copy === undefined) return this.column.slice(from, from + this.#n);
    this.#references[copy] = 1;
    const at = this.of(node) / WORD;
    this.#words.copyWithin(this.#copies[copy].byteOffset / WORD, at, at + this.#n);
    return this.#copies[copy];
  }

  retain(row: Int32Array): void {
    if (row.buffer === this.kernel.buffer) this.#references[this.#copyOf(row)]++;
  }

  release(row: Int32Array): void {
    if (row.buffer !== this.kernel.buffer) return;
    const copy = this.#copyOf(row);
    if (--this.#references[copy] === 0) this.#free.push(copy);
  }

  /** Copies in use, of those that are used again. */
  get inUse(): number {
    return this.#copies.length - this.#free.length;
  }

  #copyOf(row: Int32Array): number {
    return (row.byteOffset - this.#copiesAt) / WORD / this.#n;
  }
}
