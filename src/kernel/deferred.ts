/**
 * What a table puts off: operations on its rows are recorded, and done when somebody reads, or when the run is over.
 * Who sends what to whom rarely hangs on what rows hold; so a long record can be replayed for some columns of all rows
 * at a time, which stay in the cache, where row by row each merge would wait for memory (docs/performance.md).
 *
 * Rows that nobody ever read need no memory: they begin empty, and each replay begins there again. Who reads all heartbeats
 * of such rows needs no replay (heirs.ts).
 * What is told of the merges (first news) is the same as if each had been done at once, and in the same order.
 */

import type { Micros } from '../base/time.ts';
import type { Cells } from './cells.ts';
import { hearingBytes, hearingOf, LINE, SUBJECTS } from './hearing.ts';
import { eachRowInherited, type LaneOf } from './inheritance.ts';
import { MOST_PUT_OFF, TILE_BYTES } from './layout.ts';
import { MOST_STAMP, Operations } from './operations.ts';
import { Telling, type Told } from './telling.ts';

const LEAST_TILE = LINE; // bytes of each row
/** With fewer merges per row than this, to do them row by row is faster than to move all rows into tiles and back. */
const FEW = 2;
const NOBODY = new Uint32Array(0);

/** Some columns of all rows: the entry of a node is at `rows + 2 * bytes * node`, versions before stamps. */
interface Tile {
  readonly first: number; // subject
  readonly bytes: number; // of a row
  readonly rows: number; // address
  readonly slots: number; // address
  readonly column: number; // bytes of a row before it
}

export class Deferred {
  readonly #cells: Cells;
  readonly #telling: Telling;
  readonly #noteOldest: (node: number, stamp: number) => void;
  readonly #operations: Operations;

  /** @param noteOldest is told the oldest stamp of each row, where all rows were gone through. */
  constructor(cells: Cells, tell: Told, noteOldest: (node: number, stamp: number) => void) {
    this.#cells = cells;
    this.#operations = new Operations(cells.n);
    this.#telling = new Telling(cells.n, tell);
    this.#noteOldest = noteOldest;
  }

  // ---- recording ----

  add(kind: number, stamp: number, observer: number, third: number): void {
    if (stamp > MOST_STAMP) throw new Error(`BUG: stamp ${stamp} is put off`);
    this.#operations.add(kind, stamp, observer, third);
  }

  merge(kind: number, stamp: number, observer: number, source: number, at: Micros): void {
    const merge = this.#operations.merges;
    this.#telling.note(merge, observer, at);
    this.add(kind, stamp, observer, source);
    if (this.#cells.there && merge >= MOST_PUT_OFF * this.#cells.n) this.settle();
  }

  // ---- doing it ----

  /** Does all that was put off: the rows hold what they should. */
  settle(): void {
    const { count, merges } = this.#operations;
    if (count === 0) return;
    const cells = this.#cells;
    const few = merges < FEW * cells.n;
    const wereThere = cells.there;
    cells.appear();
    if (few) this.#byRow();
    else this.#byTileAndBack(!wereThere);
    this.#operations.clear();
    this.#telling.clear();
  }

  /** Tells of all merges; the rows are left as they were, and the record is kept. */
  tellAll(): void {
    if (this.#telling.told === this.#operations.merges) return;
    if (this.#cells.there) this.#byTile(false);
    else this.#hear();
  }

  /** Shows all rows as they are when all is done; those that are not there stay so. */
  eachRow(visit: (observer: number, laneOf: LaneOf) => void): void {
    eachRowInherited(this.#cells, this.#operations, visit);
  }

  /** Of rows that begin empty, a bit for each pair instead of what they hold. */
  #hear(): void {
    const { n, slotsEver } = this.#cells;
    const lines = n + slotsEver;
    const { ops, marks, heard, tile: place } = this.#place(hearingBytes(lines));
    const { kernel, words } = this.#cells;
    const { count, calm, starters } = hearingOf(this.#operations, n, words.subarray(ops / 4));
    for (let first = 0; first < n; first += SUBJECTS) {
      const from = first / 32;
      words.set(starters.subarray(from, from + LINE / 4), place / 4);
      kernel.hear(ops, count, calm, n, lines, first, marks + 8 * first, heard, place);
    }
    this.#tellOf(heard);
  }

  /** In place: rows are tiles of their own. */
  #byRow(): void {
    const cells = this.#cells;
    const { ops, marks, heard } = this.#place(0);
    const count = this.#record(ops);
    const { stride, n } = cells;
    cells.kernel.replay(ops, count, cells.versions(0), cells.slot(0), stride, 0, n, marks, heard);
    this.#tellOf(heard);
  }

  /** In tiles that begin as the rows are, or empty; `done` sees each when the record is replayed on it. */
  #byTile(empty: boolean, done?: (tile: Tile) => void): void {
    const cells = this.#cells;
    const { n, stride, width } = cells;
    const widest = tileBytes(stride, 2 * n + cells.slotsEver);
    const { ops, marks, heard, tile: rows } = this.#place(widest * (2 * n + cells.slotsEver));
    const count = this.#record(ops);
    for (let column = 0; column < stride; column += widest) {
      const bytes = Math.min(widest, stride - column);
      const tile = { column, bytes, rows, slots: rows + 2 * n * bytes, first: column / width };
      const lanes = Math.max(0, Math.min(bytes / width, n - tile.first));
      if (empty) cells.zero(rows, 2 * n * bytes);
      else this.#gather(tile);
      const { kernel } = cells;
      const ours = marks + 8 * tile.first;
      kernel.replay(ops, count, rows, tile.slots, bytes, tile.first, lanes, ours, heard);
      done?.(tile);
    }
    this.#tellOf(heard);
  }

  /** In tiles, and back into the rows. */
  #byTileAndBack(empty: boolean): void {
    const { n } = this.#cells;
    const oldest = new Float64Array(n).fill(Infinity); // [node] stamp
    this.#byTile(empty, (tile) => {
      this.#scatter(tile);
      const { kernel } = this.#cells;
      for (let node = 0; node < n; node++) {
        const stamp = kernel.oldest(tile.rows + (2 * node + 1) * tile.bytes, tile.bytes);
        if (stamp > 0 && stamp < oldest[node]) oldest[node] = stamp;
      }
    });
    for (let node = 0; node < n; node++) {
      if (oldest[node] < Infinity) this.#noteOldest(node, oldest[node]);
    }
  }

  #gather({ column, bytes, rows, slots }: Tile): void {
    const { kernel, stride, n, slotsEver } = this.#cells;
    kernel.copyRows(rows, bytes, this.#cells.versions(0) + column, stride, bytes, 2 * n);
    kernel.copyRows(slots, bytes, this.#cells.slot(0) + column, stride, bytes, slotsEver);
  }

  #scatter({ column, bytes, rows, slots }: Tile): void {
    const { kernel, stride, n, slotsEver } = this.#cells;
    kernel.copyRows(this.#cells.versions(0) + column, stride, rows, bytes, bytes, 2 * n);
    kernel.copyRows(this.#cells.slot(0) + column, stride, slots, bytes, bytes, slotsEver);
  }

  /** Lays out what a replay needs, behind the rows: addresses. */
  #place(tileBytes: number): { ops: number; marks: number; heard: number; tile: number } {
    const { count, merges } = this.#operations;
    const table = merges > 0 ? this.#telling.marks : NOBODY;
    const bytes = 4 * table.length + 12 * merges + 12 * count + LINE + tileBytes;
    const marks = this.#cells.scratch(bytes);
    const heard = marks + 4 * table.length;
    const ops = heard + 12 * merges;
    const memory = this.#cells.words;
    memory.set(table, marks / 4);
    memory.fill(0, heard / 4, ops / 4);
    return { ops, marks, heard, tile: Math.ceil((ops + 12 * count) / LINE) * LINE };
  }

  /** Writes the record where a kernel reads it; returns how many operations it has. */
  #record(ops: number): number {
    const { words, count } = this.#operations;
    this.#cells.words.set(words.subarray(0, 3 * count), ops / 4);
    return count;
  }

  #tellOf(heard: number): void {
    this.#telling.tell(this.#cells.words.subarray(heard / 4), this.#operations.merges);
  }
}

/** Bytes of each row in a tile. */
function tileBytes(stride: number, rows: number): number {
  let bytes = LEAST_TILE;
  while (bytes < stride && 2 * bytes * rows <= TILE_BYTES) bytes *= 2;
  return Math.min(bytes, stride);
}
