/**
 * The memory of a table: a row of versions and a row of stamps per observer, and slots for snapshots. It starts with
 * lanes of one byte. Rows that nobody reads need not be there.
 */
import { UserError } from '../base/errors.ts';
import { type Kernel, type KernelName, largest, makeKernel, type Width } from './kernel.ts';
import { checkedSize, firstSlots, type Layout, layoutOf } from './layout.ts';

export type Lanes = Uint8Array | Uint16Array | Uint32Array;
const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

export class Memory {
  readonly n: number;
  kernel!: Kernel;
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

  get largest(): number {
    return largest(this.width);
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
    this.#allocate(() => this.kernel.grow(this.#size()));
    this.#view();
    this.zero(this.layout.rows, this.#size() - this.layout.rows); // what lay there was scratch
  }

  /** The address of so many bytes for a while, behind all that must last. */
  scratch(bytes: number): number {
    const from = this.#size();
    if (from + bytes > this.kernel.buffer.byteLength) {
      this.#allocate(() => this.kernel.grow(checkedSize(from + bytes, this.n, this.width)));
      this.#view();
    }
    return from;
  }

  zero(address: number, bytes: number): void {
    this.lanes.fill(0, address / this.width, (address + bytes) / this.width);
  }

  /** Another memory, all 0. */
  protected begin(layout: Layout): void {
    this.layout = layout;
    this.kernel = this.#allocate(() => makeKernel(this.#size(), this.width, this.#name));
    this.#view();
  }

  protected makeRoom(slots: number): void {
    this.room = slots;
    if (!this.#there) return;
    this.#allocate(() => this.kernel.grow(this.#size()));
    this.#view();
  }

  #size(): number {
    if (!this.#there) return this.layout.rows;
    return checkedSize(this.slot(this.room), this.n, this.width);
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

  #view(): void {
    const { buffer } = this.kernel;
    this.lanes = new LANES[this.width](buffer);
    this.words = new Uint32Array(buffer);
    this.list = new Int32Array(buffer, 0, this.n);
  }
}
