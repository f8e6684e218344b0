/**
 * What loads are known: a row of all servers per node that has a view of its own, or one row for all. Each load stands
 * with the time at which its server read it, which is its version: only versions of one server are compared, so that
 * clocks need not agree. Snapshots of rows are handles, counted by reference, and their arrays are used again.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';

export class LoadViews {
  readonly n: number;
  /** [row * n + server] jobs at the server, the one in service included; 0 before anything is known, as at time 0. */
  readonly loads: Int32Array;
  /** [row * n + server] us, when the server read it. */
  readonly readAt: Float64Array;
  readonly #rows: { readonly loads: Int32Array; readonly readAt: Float64Array }[]; // [row] parts of these
  readonly #loads: Int32Array[] = []; // [handle][server]
  readonly #readAt: Float64Array[] = []; // [handle][server]
  readonly #references: number[] = []; // [handle]
  readonly #free: number[] = [];

  constructor(n: number, rows: number) {
    this.n = n;
    this.loads = new Int32Array(rows * n);
    this.readAt = new Float64Array(rows * n);
    this.#rows = Array.from({ length: rows }, (_, row) => ({
      loads: this.loads.subarray(row * n, (row + 1) * n),
      readAt: this.readAt.subarray(row * n, (row + 1) * n),
    }));
  }

  set(row: number, server: NodeId, load: number, now: Micros): void {
    this.loads[row * this.n + server] = load;
    this.readAt[row * this.n + server] = now;
  }

  /** A copy of the row, with one reference. */
  snapshot(row: number): number {
    const handle = this.#free.pop() ?? this.#references.length;
    (this.#loads[handle] ??= new Int32Array(this.n)).set(this.#rows[row].loads);
    (this.#readAt[handle] ??= new Float64Array(this.n)).set(this.#rows[row].readAt);
    this.#references[handle] = 1;
    return handle;
  }

  /** The row takes what is newer in the snapshot. */
  merge(row: number, handle: number): void {
    const { loads, readAt } = this.#rows[row];
    const [theirs, times] = [this.#loads[handle], this.#readAt[handle]];
    for (let server = 0; server < times.length; server++) {
      if (times[server] <= readAt[server]) continue;
      readAt[server] = times[server];
      loads[server] = theirs[server];
    }
  }

  retain(handle: number): void {
    this.#references[handle]++;
  }

  release(handle: number): void {
    if (--this.#references[handle] === 0) this.#free.push(handle);
  }

  /** Snapshots that are referred to. */
  get inUse(): number {
    return this.#references.length - this.#free.length;
  }
}
