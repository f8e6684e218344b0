/**
 * Messages in flight, by handle: a small whole number, counted by reference. A handle stands for an observer's row as
 * it is (shared until the row changes), for a slot of its own, or for a list of some entries.
 */
import { assert } from '../base/errors.ts';

export const NONE = -1;

export class Handles {
  readonly #references: number[] = []; // [handle] 0: free
  readonly #row: number[] = []; // [handle] the observer whose row it shares, or NONE
  readonly #slot: number[] = []; // [handle] its slot, or NONE
  readonly #entries: number[] = []; // [handle] entries of its slot, or NONE: not known
  readonly #count: number[] = []; // [handle] entries of its list; NONE: it is a whole row
  readonly #subjects: Int32Array[] = []; // [handle][i] subjects of its list
  readonly #versions: Uint32Array[] = []; // [handle][i] their versions
  readonly #free: number[] = [];
  readonly #shared: Int32Array; // [observer] the handle that shares its row, or NONE

  constructor(n: number) {
    this.#shared = new Int32Array(n).fill(NONE);
  }

  /** Handles with references. */
  get inUse(): number {
    return this.#references.length - this.#free.length;
  }

  // ---- making one; it has one reference ----

  sharing(observer: number): number {
    const present = this.#shared[observer];
    if (present !== NONE) {
      this.#references[present]++;
      return present;
    }
    const handle = this.#make(observer, NONE, NONE);
    this.#shared[observer] = handle;
    return handle;
  }

  ofSlot(slot: number): number {
    return this.#make(NONE, slot, NONE);
  }

  /** A list with room for `count` entries, to be filled by `subjects` and `versions`. */
  ofList(count: number): number {
    const handle = this.#make(NONE, NONE, count);
    if ((this.#subjects[handle]?.length ?? NONE) < count) {
      this.#subjects[handle] = new Int32Array(count);
      this.#versions[handle] = new Uint32Array(count);
    }
    return handle;
  }

  // ---- reading one ----

  isList(handle: number): boolean {
    return this.#count[handle] !== NONE;
  }

  count(handle: number): number {
    return this.#count[handle];
  }

  subjects(handle: number): Int32Array {
    return this.#subjects[handle];
  }

  versions(handle: number): Uint32Array {
    return this.#versions[handle];
  }

  /** Of a handle to a whole row: the observer whose row it shares, or NONE. */
  row(handle: number): number {
    return this.#row[handle];
  }

  slot(handle: number): number {
    return this.#slot[handle];
  }

  /** Of a handle with a slot: its entries; NONE: not known. */
  entries(handle: number): number {
    return this.#entries[handle];
  }

  isShared(observer: number): boolean {
    return this.#shared[observer] !== NONE;
  }

  *lists(): Generator<number> {
    for (let handle = 0; handle < this.#references.length; handle++) {
      if (this.#references[handle] > 0 && this.isList(handle)) yield handle;
    }
  }

  // ---- its life ----

  check(handle: number): void {
    if (!(this.#references[handle] > 0)) assert(false, `message ${handle} was released before`);
  }

  retain(handle: number): void {
    this.check(handle);
    this.#references[handle]++;
  }

  /** Gives one reference back; returns the slot that is free by it, or NONE. */
  release(handle: number): number {
    this.check(handle);
    if (--this.#references[handle] > 0) return NONE;
    if (this.#row[handle] !== NONE) this.#shared[this.#row[handle]] = NONE;
    this.#free.push(handle);
    return this.#slot[handle];
  }

  /** The observer's row is about to change: the handle that shares it takes a slot instead. NONE entries: not known. */
  moveToSlot(observer: number, slot: number, entries: number): void {
    const handle = this.#shared[observer];
    this.#shared[observer] = NONE;
    this.#row[handle] = NONE;
    this.#slot[handle] = slot;
    this.#entries[handle] = entries;
  }

  #make(row: number, slot: number, count: number): number {
    const handle = this.#free.pop() ?? this.#references.length;
    this.#references[handle] = 1;
    this.#row[handle] = row;
    this.#slot[handle] = slot;
    this.#count[handle] = count;
    this.#entries[handle] = NONE;
    return handle;
  }
}
