/** The kernels in plain TypeScript: the reference for kernel.as, and what runs where WebAssembly SIMD does not. */
import type { Kernel, Width } from './kernel.ts';

const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

export class PlainKernel implements Kernel {
  buffer: ArrayBuffer;
  readonly #width: Width;
  #lanes: Uint8Array | Uint16Array | Uint32Array; // [address / width] all of the memory
  #words: Uint32Array; // [address / 4] all of the memory

  constructor(bytes: number, width: Width) {
    this.#width = width;
    this.buffer = new ArrayBuffer(upToWords(bytes));
    this.#lanes = new LANES[width](this.buffer);
    this.#words = new Uint32Array(this.buffer);
  }

  grow(bytes: number): void {
    const before = this.#words;
    this.buffer = new ArrayBuffer(upToWords(bytes));
    this.#lanes = new LANES[this.#width](this.buffer);
    this.#words = new Uint32Array(this.buffer);
    this.#words.set(before);
  }

  merge(to: number, stamps: number, from: number, bytes: number, stamp: number): number {
    const lanes = this.#lanes;
    const count = this.#at(bytes);
    const held = this.#at(to);
    const stamped = this.#at(stamps);
    const received = this.#at(from);
    let increased = 0;
    for (let i = 0; i < count; i++) {
      const version = lanes[received + i];
      if (version <= lanes[held + i]) continue;
      lanes[held + i] = version;
      lanes[stamped + i] = stamp;
      increased++;
    }
    return increased;
  }

  mergeListing(
    to: number,
    stamps: number,
    from: number,
    bytes: number,
    stamp: number,
    list: number,
  ): number {
    const lanes = this.#lanes;
    const count = this.#at(bytes);
    const held = this.#at(to);
    const stamped = this.#at(stamps);
    const received = this.#at(from);
    let next = list / 4;
    for (let i = 0; i < count; i++) {
      const version = lanes[received + i];
      if (version <= lanes[held + i]) continue;
      lanes[held + i] = version;
      lanes[stamped + i] = stamp;
      this.#words[next++] = i;
    }
    return next - list / 4;
  }

  copyFresh(to: number, from: number, stamps: number, bytes: number, lastStale: number): void {
    const lanes = this.#lanes;
    const count = this.#at(bytes);
    const target = this.#at(to);
    const source = this.#at(from);
    const stamped = this.#at(stamps);
    for (let i = 0; i < count; i++) {
      lanes[target + i] = lanes[stamped + i] > lastStale ? lanes[source + i] : 0;
    }
  }

  oldest(stamps: number, bytes: number): number {
    let oldest = Infinity;
    for (const stamp of this.#row(stamps, bytes)) {
      if (stamp !== 0 && stamp < oldest) oldest = stamp;
    }
    return oldest === Infinity ? 0 : oldest;
  }

  stale(stamps: number, bytes: number, lastStale: number, list: number): number {
    const row = this.#row(stamps, bytes);
    let next = list / 4;
    for (let i = 0; i < row.length; i++) {
      if (row[i] !== 0 && row[i] <= lastStale) this.#words[next++] = i;
    }
    return next - list / 4;
  }

  count(row: number, bytes: number): number {
    let present = 0;
    for (const lane of this.#row(row, bytes)) if (lane !== 0) present++;
    return present;
  }

  mark(stamps: number, bytes: number, marks: number): void {
    for (const stamp of this.#row(stamps, bytes)) this.#words[marks / 4 + stamp] = 1;
  }

  renumber(stamps: number, bytes: number, numbers: number): void {
    const row = this.#row(stamps, bytes);
    for (let i = 0; i < row.length; i++) row[i] = this.#words[numbers / 4 + row[i]];
  }

  least(row: number, bytes: number, sofar: number): void {
    const versions = this.#row(row, bytes);
    const least = this.#row(sofar, bytes);
    for (let i = 0; i < versions.length; i++) {
      if (versions[i] > 1 && versions[i] < least[i]) least[i] = versions[i];
    }
  }

  lower(row: number, bytes: number, shifts: number): void {
    const versions = this.#row(row, bytes);
    const shift = this.#row(shifts, bytes);
    for (let i = 0; i < versions.length; i++) if (versions[i] > 1) versions[i] -= shift[i];
  }

  /** The index in `#lanes` of an address. */
  #at(address: number): number {
    return address / this.#width;
  }

  #row(address: number, bytes: number): Uint8Array | Uint16Array | Uint32Array {
    return this.#lanes.subarray(this.#at(address), this.#at(address + bytes));
  }
}

const upToWords = (bytes: number): number => Math.ceil(bytes / 4) * 4;
