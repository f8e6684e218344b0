/**
 * The memory of a table: a row of versions and a row of stamps per observer, and slots for snapshots. It starts with
 * lanes of one byte. Rows that nobody reads need not be there.
 */
import { type Kernel, type KernelName, largest, makeKernel, type Width } from './kernel.ts';
import {
  allocated,
  type Beside,
  checkedSize,
  firstSlots,
  type Layout,
  layoutOf,
} from './layout.ts';

export type Lanes = Uint8Array | Uint16Array | Uint32Array;
const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

export class Memory {
  readonly n: number;
  kernel!: Kernel;
  largest!: number; // that a lane holds
  lanes!: Lanes; // [address / width] all of the memory
  words!: Uint32Array; // [address / 4] all of the memory
  list!: Int32Array; // [i] subjects, as kernels list them
  protected layout!: Layout;
  protected room: number; // slots that the memory has
  readonly #name: KernelName | undefined;
  #there: boolean;

  /** @param there: false: rows are not there, which is to be empty, before they are read. */
  constructor(n: number, width: Width, name?: KernelName, there = true) {
    this.n = n;
    this.#name = name;
    this.#there = there;
    this.room = firstSlots(n);
    this.begin(layoutOf(n, width));
  }

  get width(): Width {
    return this.layout.width;
  }

  get stride(): number {
    return this.layout.stride;
  }

  get bytes(): number {
    return this.kernel.buffer.byteLength;
  }

  // ---- addresses ----

  versions(observer: number): number {
    return this.layout.rows + 2 * observer * this.layout.stride;
  }

  stamps(observer: number): number {
    return this.versions(observer) + this.layout.stride;
  }

  slot(slot: number): number {
    return this.layout.slots + slot * this.layout.stride;
  }

  /** The index in `lanes` of a row's entry. */
  at(row: number, subject: number): number {
    return row / this.layout.width + subject;
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
    this.#grow(this.#size());
    this.zero(this.layout.rows, this.#size() - this.layout.rows); // what lay there was scratch
  }

  /** The address of so many bytes for a while, behind all that must last. */
  scratch(bytes: number): number {
    const from = this.#size();
    if (from + bytes > this.kernel.buffer.byteLength) {
      this.#grow(this.#checked(from + bytes, 'what is put off'));
    }
    return from;
  }

  zero(address: number, bytes: number): void {
    this.lanes.fill(0, address / this.width, (address + bytes) / this.width);
  }

  /** Another memory, all 0. */
  protected begin(layout: Layout): void {
    this.layout = layout;
    this.largest = largest(layout.width);
    const bytes = this.#size();
    this.kernel = allocated(bytes, this.n, () => makeKernel(bytes, this.width, this.#name));
    this.#view();
  }

  protected makeRoom(slots: number): void {
    this.room = slots;
    if (!this.#there) return;
    this.#grow(this.#size());
  }

  #size(): number {
    if (!this.#there) return this.layout.rows;
    return this.#checked(this.slot(this.room), 'messages in flight');
  }

  #checked(bytes: number, beside: Beside): number {
    return checkedSize(bytes, this.layout, this.n, beside);
  }

  #grow(bytes: number): void {
    allocated(bytes, this.n, () => this.kernel.grow(bytes));
    this.#view();
  }

  #view(): void {
    const { buffer } = this.kernel;
    this.lanes = new LANES[this.width](buffer);
    this.words = new Uint32Array(buffer);
    this.list = new Int32Array(buffer, 0, this.n);
  }
}
