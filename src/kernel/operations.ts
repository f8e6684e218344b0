/**
 * What a heartbeat table does with its rows, as words that a kernel can replay: three per operation. The first is the
 * kind and, above it, a stamp; the second the observer; the third hangs on the kind.
 */
import { widened } from '../base/widened.ts';
import { allocated } from './layout.ts';

export const MERGE_ROW = 0; // the row of observer `third`, stamped
export const MERGE_SLOT = 1; // slot `third`, stamped
export const COPY = 2; // the row into slot `third`
export const OWN = 3; // the observer's own entry becomes the lane `third`, stamped
export const CLEAR = 4; // all entries become absent
export const FILL = 5; // who is absent is known by name only, stamped

export const KIND_BITS = 3;
const KINDS = 2 ** KIND_BITS - 1;
/** Of an operation's first word. */
export const kindOf = (word: number): number => word & KINDS;
export const MOST_STAMP = 2 ** (32 - KIND_BITS) - 1;

/** Grows by doubling. A `UserError` where the machine has no memory for it. */
export class Operations {
  words = new Uint32Array(3 * 1024); // [3 * operation ..] as above
  count = 0;
  merges = 0;
  readonly #n: number;

  constructor(n: number) {
    this.#n = n;
  }

  add(kind: number, stamp: number, observer: number, third: number): void {
    const at = 3 * this.count++;
    if (at === this.words.length) this.#grow();
    this.words[at] = kind | (stamp << KIND_BITS);
    this.words[at + 1] = observer;
    this.words[at + 2] = third;
    if (kind <= MERGE_SLOT) this.merges++;
  }

  clear(): void {
    this.count = 0;
    this.merges = 0;
  }

  #grow(): void {
    const length = 2 * this.words.length;
    this.words = allocated(4 * length, this.#n, () => widened(this.words, new Uint32Array(length)));
  }
}
