/**
 * Reports that are not in the arrival windows yet. All reports that one message brings have the same time, so that a row
 * (the windows of a node) needs the times of its latest messages, and a pair a bit for each of them. Nobody asks for a
 * mean at most of them, and many reports are carried into a window together in much less time than one by one.
 */
import type { Micros } from '../../base/time.ts';

/** Instants of a row: bits of a word. */
export const MOST_LOGGED = 32;
/** us, less than 2^31: the instants of a row are within so much time. */
const LONGEST_ROW = 2 ** 30;

export class ReportLog {
  readonly bits: Int32Array; // [pair] bit i: reported at the i-th instant of its row
  readonly first: Float64Array; // [row] us, its first instant
  readonly after: Int32Array; // [row * MOST_LOGGED + i] us, from the first instant to the i-th
  readonly count: Uint8Array; // [row] instants
  readonly #row: number; // pairs of it
  #rows = 0; // with any instants

  constructor(row: number, bits: Int32Array) {
    const rows = bits.length / row;
    this.#row = row;
    this.bits = bits;
    this.first = new Float64Array(rows);
    this.after = new Int32Array(rows * MOST_LOGGED);
    this.count = new Uint8Array(rows);
  }

  /** Nothing is logged in any row. */
  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  hasRoom(row: number, now: Micros): boolean {
    const count = this.count[row];
    return count === 0 || (count < MOST_LOGGED && now - this.first[row] < LONGEST_ROW);
  }

  /** The bit of a new instant; there is room for it. */
  open(row: number, now: Micros): number {
    const i = this.count[row]++;
    if (i === 0) {
      this.#rows++;
      this.first[row] = now;
    }
    this.after[row * MOST_LOGGED + i] = now - this.first[row];
    return 1 << i;
  }

  /** Nothing is logged of the row any more. */
  clear(row: number): void {
    if (this.count[row] > 0) this.#rows--;
    this.count[row] = 0;
    this.bits.fill(0, row * this.#row, (row + 1) * this.#row);
  }
}
