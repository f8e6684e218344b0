/**
 * The memory of a table: a row of versions and a row of stamps per observer, and slots for snapshots. It starts with
 * lanes of one byte. Two things need numbers that do not fit for ever, versions and stamps, and both are handled without
 * loss: they are lowered together while what is in use fits, and all lanes become wider when it does not.
 */
import { UserError } from '../base/errors.ts';
import type { Deferred } from './deferred.ts';
import { type Kernel, type KernelName, largest, makeKernel, type Width } from './kernel.ts';
import { checkedSize, firstSlots, type Layout, layoutOf } from './layout.ts';
import { CLEAR, COPY, FILL, OWN } from './operations.ts';
import { NAME_ONLY } from './versions.ts';

type Lanes = Uint8Array | Uint16Array | Uint32Array;
const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

export class Cells {
  readonly n: number;
  kernel: Kernel;
  lanes: Lanes; // [address / width] all of the memory
  words: Uint32Array; // [address / 4] all of the memory
  list: Int32Array; // [i] subjects, as kernels list them
  #layout: Layout;
  #room: number; // slots that the memory has
  #slots = 0; // slots that were ever in use
  readonly #free: number[] = []; // slots that are free again
  readonly #name: KernelName | undefined;
  /** Puts off what is done to rows; undefined: it is done at once. */
  deferred: Deferred | undefined;
  #there: boolean;

  /** @param there: false: rows are not there, which is to be empty, before they are read. */
  constructor(n: number, width: Width, name?: KernelName, there = true) {
    this.n = n;
    this.#name = name;
    this.#there = there;
    this.#room = firstSlots(n);
    this.#layout = layoutOf(n, width);
    this.kernel = this.#make();
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
  }

  get width(): Width {
    return this.#layout.width;
  }

  get largest(): number {
    return largest(this.width);
  }

  get stride(): number {
    return this.#layout.stride;
  }

  get bytes(): number {
    return this.kernel.buffer.byteLength;
  }

  // ---- addresses ----

  versions(observer: number): number {
    return this.#layout.rows + 2 * observer * this.#layout.stride;
  }

  stamps(observer: number): number {
    return this.versions(observer) + this.#layout.stride;
  }

  slot(slot: number): number {
    return this.#layout.slots + slot * this.#layout.stride;
  }

  /** The index in `lanes` of a row's entry. */
  at(row: number, subject: number): number {
    return row / this.#layout.width + subject;
  }

  // ---- slots ----

  get slotsInUse(): number {
    return this.#slots - this.#free.length;
  }

  takeSlot(): number {
    const slot = this.#free.pop() ?? this.#slots++;
    if (slot >= this.#room) this.#makeRoom(Math.ceil(this.#room * 1.5) + 1);
    return slot;
  }

  freeSlot(slot: number): void {
    this.#free.push(slot);
  }

  /** Slots that were ever in use. */
  get slotsEver(): number {
    return this.#slots;
  }

  // ---- what is done to rows: at once, or put off ----

  /** Before anything is read: does what was put off. */
  settle(): void {
    this.deferred?.settle();
  }

  copyToSlot(slot: number, observer: number): void {
    if (this.deferred !== undefined) return this.deferred.add(COPY, 0, observer, slot);
    const from = this.at(this.versions(observer), 0);
    this.lanes.copyWithin(this.at(this.slot(slot), 0), from, from + this.stride / this.width);
  }

  /** The observer's own entry. */
  setOwn(observer: number, lane: number, stamp: number): void {
    if (this.deferred !== undefined) return this.deferred.add(OWN, stamp, observer, lane);
    this.set(observer, observer, lane, stamp);
  }

  /** At once. */
  set(observer: number, subject: number, lane: number, stamp: number): void {
    this.lanes[this.at(this.versions(observer), subject)] = lane;
    this.lanes[this.at(this.stamps(observer), subject)] = stamp;
  }

  /** Whoever is absent is known by name only. */
  fill(observer: number, stamp: number): void {
    if (this.deferred !== undefined) return this.deferred.add(FILL, stamp, observer, 0);
    const { lanes, n } = this;
    const versions = this.at(this.versions(observer), 0);
    const stamps = this.at(this.stamps(observer), 0);
    for (let subject = 0; subject < n; subject++) {
      if (lanes[stamps + subject] !== 0) continue;
      lanes[versions + subject] = NAME_ONLY;
      lanes[stamps + subject] = stamp;
    }
  }

  /** Makes all entries of the observer absent. */
  clear(observer: number): void {
    if (this.deferred !== undefined) return this.deferred.add(CLEAR, 0, observer, 0);
    const from = this.at(this.versions(observer), 0);
    this.lanes.fill(0, from, from + (2 * this.stride) / this.width);
  }

  // ---- memory ----

  /** Whether the rows have memory. */
  get there(): boolean {
    return this.#there;
  }

  /** Gives the rows memory. */
  appear(): void {
    if (this.#there) return;
    this.#there = true;
    this.#allocate(() => this.kernel.grow(this.#size()));
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
    this.zero(this.#layout.rows, this.#size() - this.#layout.rows); // what lay there was scratch
  }

  /** The address of so many bytes for a while, behind all that must last. */
  scratch(bytes: number): number {
    const from = this.#size();
    if (from + bytes > this.kernel.buffer.byteLength) {
      this.#allocate(() => this.kernel.grow(checkedSize(from + bytes, this.n, this.width)));
      ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
    }
    return from;
  }

  /** Shows the versions' lanes of each subject, all rows as they are when all is done that was put off. */
  eachColumn(visit: (subject: number, laneOf: (observer: number) => number) => void): void {
    if (this.deferred === undefined) {
      const all = { first: 0, bytes: this.stride, rows: this.versions(0) };
      return this.#eachColumnOf(all, visit);
    }
    this.deferred.eachTile((tile) => this.#eachColumnOf(tile, visit));
  }

  zero(address: number, bytes: number): void {
    this.lanes.fill(0, address / this.width, (address + bytes) / this.width);
  }

  // ---- when numbers do not fit any more ----

  /** Doubles the width of all lanes. */
  widen(): void {
    this.settle();
    const old = this.lanes;
    const from = this.#layout;
    if (from.width === 4) throw new Error('BUG: a heartbeat table needs lanes above 32 bits');
    this.#layout = layoutOf(this.n, (2 * from.width) as Width);
    this.kernel = this.#make();
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
    if (!this.#there) return;
    for (let row = 0; row < 2 * this.n; row++) {
      this.#copyWider(
        old,
        from,
        from.rows + row * from.stride,
        this.versions(0) + row * this.stride,
      );
    }
    for (let slot = 0; slot < this.#slots; slot++) {
      this.#copyWider(old, from, from.slots + slot * from.stride, this.slot(slot));
    }
  }

  /**
   * Lowers each subject's versions above 1, in all rows and slots, so that the smallest becomes 2. `atLeast(subject,
   * least)` sees the smallest (`largest` if there is none) and answers the smallest to be counted with; the versions
   * are lowered by two less than that.
   */
  lowerVersions(atLeast: (subject: number, least: number) => number): void {
    this.settle();
    this.appear();
    const { shifts, stride } = this.#layout;
    const row = this.lanes.subarray(this.at(shifts, 0), this.at(shifts, this.n)); // [subject]
    this.lanes.fill(this.largest, this.at(shifts, 0), this.at(shifts + stride, 0));
    this.#eachRow((address) => this.kernel.least(address, stride, shifts));
    for (let subject = 0; subject < this.n; subject++) {
      row[subject] = atLeast(subject, row[subject]) - 2;
    }
    this.#eachRow((address) => this.kernel.lower(address, stride, shifts));
  }

  /** Rows of versions and slots in use: what a free slot last held must not hold the others back. */
  #eachRow(visit: (address: number) => void): void {
    const free = new Set(this.#free);
    for (let observer = 0; observer < this.n; observer++) visit(this.versions(observer));
    for (let slot = 0; slot < this.#slots; slot++) if (!free.has(slot)) visit(this.slot(slot));
  }

  #eachColumnOf(
    { first, bytes, rows }: { first: number; bytes: number; rows: number },
    visit: (subject: number, laneOf: (observer: number) => number) => void,
  ): void {
    const { lanes, width } = this;
    for (let i = 0; i < bytes / width && first + i < this.n; i++) {
      visit(first + i, (observer) => lanes[(rows + 2 * bytes * observer) / width + i]);
    }
  }

  #copyWider(old: Lanes, from: Layout, source: number, target: number): void {
    const begin = source / from.width;
    this.lanes.set(old.subarray(begin, begin + this.n), this.at(target, 0));
  }

  #makeRoom(slots: number): void {
    this.#room = slots;
    if (!this.#there) return;
    this.#allocate(() => this.kernel.grow(this.#size()));
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
  }

  #make(): Kernel {
    return this.#allocate(() => makeKernel(this.#size(), this.width, this.#name));
  }

  #size(): number {
    if (!this.#there) return this.#layout.rows;
    return checkedSize(this.slot(this.#room), this.n, this.width);
  }

  /** What fails here is the machine's memory: a matter of the input. */
  #allocate<T>(allocate: () => T): T {
    try {
      return allocate();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const mib = Math.ceil(this.#size() / 2 ** 20);
      throw new UserError(
        `heartbeat table: this machine must have ${mib} MiB for it; got fewer (n = ${this.n}, ${this.width}-byte entries). Lower n, the latency or the horizon`,
      );
    }
  }

  #views(): { lanes: Lanes; words: Uint32Array; list: Int32Array } {
    const { buffer } = this.kernel;
    return {
      lanes: new LANES[this.width](buffer),
      words: new Uint32Array(buffer),
      list: new Int32Array(buffer, 0, this.n),
    };
  }
}
