/** The kernels in plain TypeScript: the reference for kernel.as, and what runs where WebAssembly SIMD does not. */
import { hear } from './hearing-ts.ts';
import { inherit, turn } from './heirs-ts.ts';
import type { Kernel, Width } from './kernel.ts';
import { CLEAR, COPY, KIND_BITS, kindOf, MERGE_ROW, MERGE_SLOT, OWN } from './operations.ts';
import { ABSENT, NAME_ONLY } from './versions.ts';

const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

export class PlainKernel implements Kernel {
  readonly name = 'ts';
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
    if (bytes <= this.buffer.byteLength) return;
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

  copyRows(
    to: number,
    toStride: number,
    from: number,
    fromStride: number,
    bytes: number,
    count: number,
  ): void {
    const lanes = this.#lanes;
    for (let i = 0; i < count; i++) {
      const source = this.#at(from + i * fromStride);
      lanes.copyWithin(this.#at(to + i * toStride), source, source + this.#at(bytes));
    }
  }

  replay(
    ops: number,
    count: number,
    rows: number,
    slots: number,
    bytes: number,
    first: number,
    lanes: number,
    marks: number,
    heard: number,
  ): void {
    const words = this.#words;
    const all = this.#lanes;
    let told = heard / 4;
    for (let op = ops / 4; op < ops / 4 + 3 * count; op += 3) {
      const kind = kindOf(words[op]);
      const stamp = words[op] >>> KIND_BITS;
      const source = words[op + 2];
      const versions = this.#at(rows + 2 * bytes * words[op + 1]);
      const stamps = versions + this.#at(bytes);
      if (kind === MERGE_ROW || kind === MERGE_SLOT) {
        const from = kind === MERGE_ROW ? rows + 2 * bytes * source : slots + bytes * source;
        this.#mergeTelling(versions, stamps, this.#at(from), lanes, stamp, marks / 4, told);
        told += 3;
      } else if (kind === COPY) {
        const slot = this.#at(slots + bytes * source);
        all.copyWithin(slot, versions, stamps);
      } else if (kind === OWN) {
        const at = words[op + 1] - first;
        if (at < 0 || at >= lanes) continue;
        all[versions + at] = source;
        all[stamps + at] = stamp;
      } else if (kind === CLEAR) all.fill(0, versions, stamps + this.#at(bytes));
      else this.#fill(versions, stamps, lanes, stamp);
    }
  }

  hear(...place: Parameters<Kernel['hear']>): void {
    hear(this.#words, ...place);
  }

  inherit(...place: Parameters<Kernel['inherit']>): void {
    inherit(this.#words, this.#lanes, ...place);
  }

  turn(to: number, stride: number, from: number, rows: number): void {
    turn(this.#lanes, this.#at(to), this.#at(stride), this.#at(from), rows);
  }

  #mergeTelling(
    versions: number,
    stamps: number,
    from: number,
    lanes: number,
    stamp: number,
    marks: number,
    told: number,
  ): void {
    const all = this.#lanes;
    const words = this.#words;
    for (let i = 0; i < lanes; i++) {
      const version = all[from + i];
      const held = all[versions + i];
      if (version <= held) continue;
      all[versions + i] = version;
      all[stamps + i] = stamp;
      if (held > NAME_ONLY || version <= NAME_ONLY) continue;
      words[told]++;
      words[told + 1] += words[marks + 2 * i];
      words[told + 2] += words[marks + 2 * i + 1];
    }
  }

  #fill(versions: number, stamps: number, lanes: number, stamp: number): void {
    const all = this.#lanes;
    for (let i = 0; i < lanes; i++) {
      if (all[stamps + i] !== ABSENT) continue;
      all[versions + i] = NAME_ONLY;
      all[stamps + i] = stamp;
    }
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
