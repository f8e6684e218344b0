/**
 * Rows of a column that seldom changes, as they are: one array for all nodes whose rows are the same, so that to compare
 * two of them is, as a rule, to see that they are one. Whoever changes the column says so.
 */
import type { NodeId } from '../../engine/model.ts';

export class SharedRows {
  readonly #column: Int32Array; // [node * n + subject]
  readonly #n: number;
  readonly #rows: (Int32Array | undefined)[]; // [node] undefined: it has changed since
  #latest: Int32Array | undefined; // what was made last: as a rule the next one is the same

  constructor(column: Int32Array, n: number) {
    this.#column = column;
    this.#n = n;
    this.#rows = new Array<undefined>(n).fill(undefined);
  }

  changed(node: NodeId): void {
    this.#rows[node] = undefined;
  }

  /** Nobody changes it. */
  of(node: NodeId): Int32Array {
    return (this.#rows[node] ??= this.#make(node));
  }

  #make(node: NodeId): Int32Array {
    const row = rowOf(this.#column, node, this.#n);
    if (this.#latest === undefined || !sameNumbers(row, this.#latest)) this.#latest = row;
    return this.#latest;
  }
}

/** A copy. */
export const rowOf = (column: Int32Array, node: NodeId, n: number): Int32Array =>
  column.slice(node * n, (node + 1) * n);

export const sameNumbers = (a: Int32Array, b: Int32Array): boolean =>
  a === b || (a.length === b.length && a.every((number, i) => number === b[i]));
