/**
 * Loops over rows of signed numbers of 32 bits that lie in one block of memory: where one row is above another. There are
 * two, equal bit for bit: plain TypeScript, here, and WebAssembly with SIMD (row-kernel.as), which is used where it runs.
 * Addresses and sizes are bytes, and multiples of 4; `lanes` is the length of a row.
 */
import { type KernelName, preferredKernel } from './kernel.ts';
import { takePath } from './paths.ts';
import { WasmRowKernel } from './row-kernel-load.ts';

export interface RowKernel {
  /** Of a size for good. */
  readonly buffer: ArrayBuffer;
  /** Whether the rows differ anywhere where one of them is negative. */
  isUneven(a: number, b: number, lanes: number): boolean;
  /** In how many lanes both `versions` and `asked` are above `floors`. */
  countAbove(versions: number, floors: number, asked: number, lanes: number): number;
  /** Writes these lanes to `list` (Int32), ascending; returns how many. The list has room for one more than `lanes`. */
  listAbove(versions: number, floors: number, asked: number, lanes: number, list: number): number;
  /**
   * Takes what `listAbove` would list: where `flags & mask` are `plain`, the version takes the place of a lower one in
   * `to`, and then sets the `bit` in `log`. The other lanes are written to `list`; returns how many.
   */
  takeAbove(
    rows: Taking,
    lanes: number,
    bit: number,
    mask: number,
    plain: number,
    list: number,
  ): number;
}

/** Addresses of rows, and what is done with them. */
export interface Taking {
  readonly to: number; // versions that are held
  readonly log: number; // words
  readonly flags: number; // bytes
  readonly versions: number;
  readonly floors: number;
  readonly asked: number;
}

/** Where a WebAssembly memory ends. */
const MOST_BYTES = 2 ** 32 - 2 ** 16;

/** A kernel with so many bytes, all 0. */
export function makeRowKernel(bytes: number): RowKernel {
  const name = nameFor(bytes);
  takePath(`rows of versions (${name})`);
  return name === 'wasm' ? new WasmRowKernel(bytes) : new PlainRowKernel(bytes);
}

const nameFor = (bytes: number): KernelName =>
  preferredKernel() !== 'ts' && bytes <= MOST_BYTES && WasmRowKernel.runsHere() ? 'wasm' : 'ts';

export class PlainRowKernel implements RowKernel {
  readonly buffer: ArrayBuffer;
  readonly #words: Int32Array; // [address / 4]
  readonly #bytes: Uint8Array; // [address]

  constructor(bytes: number) {
    this.buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4);
    this.#words = new Int32Array(this.buffer);
    this.#bytes = new Uint8Array(this.buffer);
  }

  isUneven(a: number, b: number, lanes: number): boolean {
    for (let i = 0; i < lanes; i++) {
      const one = this.#words[a / 4 + i];
      const other = this.#words[b / 4 + i];
      if ((one < 0 || other < 0) && one !== other) return true;
    }
    return false;
  }

  countAbove(versions: number, floors: number, asked: number, lanes: number): number {
    let count = 0;
    for (let i = 0; i < lanes; i++) if (this.#isAbove(versions, floors, asked, i)) count++;
    return count;
  }

  listAbove(versions: number, floors: number, asked: number, lanes: number, list: number): number {
    let count = 0;
    for (let i = 0; i < lanes; i++) {
      if (this.#isAbove(versions, floors, asked, i)) this.#words[list / 4 + count++] = i;
    }
    return count;
  }

  takeAbove(
    { to, log, flags, versions, floors, asked }: Taking,
    lanes: number,
    bit: number,
    mask: number,
    plain: number,
    list: number,
  ): number {
    const words = this.#words;
    let count = 0;
    for (let i = 0; i < lanes; i++) {
      if (!this.#isAbove(versions, floors, asked, i)) continue;
      const version = words[versions / 4 + i];
      if ((this.#bytes[flags + i] & mask) !== plain) words[list / 4 + count++] = i;
      else if (version > words[to / 4 + i]) {
        words[to / 4 + i] = version;
        words[log / 4 + i] |= bit;
      }
    }
    return count;
  }

  #isAbove(versions: number, floors: number, asked: number, lane: number): boolean {
    const words = this.#words;
    const floor = words[floors / 4 + lane];
    return words[versions / 4 + lane] > floor && words[asked / 4 + lane] > floor;
  }
}
