/**
 * The memory of a table: a row of versions and a row of stamps per observer, and slots for snapshots. It starts with
 * lanes of one byte. Two things need numbers that do not fit for ever, versions and stamps, and both are handled without
 * loss: they are lowered together while what is in use fits, and all lanes become wider when it does not.
 */
import { UserError } from '../base/errors.ts';
import { type Kernel, type KernelName, largest, makeKernel, type Width } from './kernel.ts';
import { checkedSize, firstSlots, type Layout, layoutOf } from './layout.ts';

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

  constructor(n: number, width: Width, name?: KernelName) {
    this.n = n;
    this.#name = name;
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

  copyRow(to: number, from: number): void {
    const { width, stride } = this.#layout;
    this.lanes.copyWithin(to / width, from / width, (from + stride) / width);
  }

  /** Makes all entries of the observer absent. */
  clear(observer: number): void {
    const from = this.at(this.versions(observer), 0);
    this.lanes.fill(0, from, from + (2 * this.stride) / this.width);
  }

  // ---- when numbers do not fit any more ----

  /** Doubles the width of all lanes. */
  widen(): void {
    const old = this.lanes;
    const from = this.#layout;
    if (from.width === 4) throw new Error('BUG: a heartbeat table needs lanes above 32 bits');
    this.#layout = layoutOf(this.n, (2 * from.width) as Width);
    this.kernel = this.#make();
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
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

  #copyWider(old: Lanes, from: Layout, source: number, target: number): void {
    const begin = source / from.width;
    this.lanes.set(old.subarray(begin, begin + this.n), this.at(target, 0));
  }

  #makeRoom(slots: number): void {
    this.#room = slots;
    this.#allocate(() => this.kernel.grow(this.#size()));
    ({ lanes: this.lanes, words: this.words, list: this.list } = this.#views());
  }

  #make(): Kernel {
    return this.#allocate(() => makeKernel(this.#size(), this.width, this.#name));
  }

  #size(): number {
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
