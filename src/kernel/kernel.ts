/**
 * What a kernel is: a block of memory, and the loops over whole rows of it. There are two, equal bit for bit: plain
 * TypeScript (kernel-ts.ts, the one to read) and WebAssembly with SIMD (kernel.as), which is used where it runs.
 *
 * A row is a run of lanes, one per subject, of 1, 2 or 4 bytes; its size is a multiple of 64 bytes, padded with 0.
 * Addresses and sizes are bytes. A lane of versions: 0 absent, 1 known by name only, else the higher the newer. A lane
 * of stamps: 0 where the version is 0, else the number of the observer's own event at which the version came. Stamps
 * never fall in the order of events, so that the newest stamp is the largest.
 */
import { oneOf } from '../base/errors.ts';
import { WasmKernel } from './kernel-load.ts';
import { PlainKernel } from './kernel-ts.ts';

/** Bytes per lane. */
export type Width = 1 | 2 | 4;

/** The largest number that a lane holds. */
export const largest = (width: Width): number => 2 ** (8 * width) - 1;

export interface Kernel {
  readonly name: KernelName;
  /** Another one after `grow`: views of it are valid until then. */
  readonly buffer: ArrayBuffer;
  /** Makes the memory at least so many bytes; what is new is 0. */
  grow(bytes: number): void;

  /** The larger version wins, and is stamped; returns how many lanes of `to` increased. */
  merge(to: number, stamps: number, from: number, bytes: number, stamp: number): number;
  /** The same, and writes the subjects that increased to `list` (Int32), ascending. */
  mergeListing(
    to: number,
    stamps: number,
    from: number,
    bytes: number,
    stamp: number,
    list: number,
  ): number;
  /** Copies the versions whose stamp is after `lastStale`; the others become absent. */
  copyFresh(to: number, from: number, stamps: number, bytes: number, lastStale: number): void;
  /** The smallest stamp of an entry; 0 if there is none. */
  oldest(stamps: number, bytes: number): number;
  /** Writes the subjects with a stamp in 1 .. lastStale to `list` (Int32), ascending; returns how many. */
  stale(stamps: number, bytes: number, lastStale: number, list: number): number;
  /** How many lanes are not 0. */
  count(row: number, bytes: number): number;
  /** Sets `marks[stamp]` (Uint32) to 1 for every stamp of the row, 0 included. */
  mark(stamps: number, bytes: number, marks: number): void;
  /** Replaces every stamp by `numbers[stamp]` (Uint32). */
  renumber(stamps: number, bytes: number, numbers: number): void;
  /** Lowers each lane of `sofar` to the row's version, where that is above 1. */
  least(row: number, bytes: number, sofar: number): void;
  /** Copies `count` pieces of so many bytes, which lie a stride apart. */
  copyRows(
    to: number,
    toStride: number,
    from: number,
    fromStride: number,
    bytes: number,
    count: number,
  ): void;
  /**
   * Does `count` operations (operations.ts) on some columns of all rows: `bytes` of each, of which `lanes` lanes are
   * subjects, from subject `first` on. Rows of versions and stamps alternate at `rows`, slots follow each other at
   * `slots`. Each merge adds to three words of `heard`, in order: how many subjects rise from 0 or 1, and the sums of
   * their two marks, which lie at `marks`.
   */
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
  ): void;
  /**
   * Does `count` operations on who has heard of whom (hearing.ts), for the 512 subjects from `first` on, whose marks lie at
   * `marks`. Adds to `heard` what `replay` adds. Of `lines` rows the first `nodes` are observers', the others slots.
   * At `place`, a multiple of 64, is its scratch, which begins with the bits of all who start. From operation `calm` on nobody
   * starts, and no row is cleared.
   */
  hear(
    ops: number,
    count: number,
    calm: number,
    nodes: number,
    lines: number,
    first: number,
    marks: number,
    heard: number,
    place: number,
  ): void;
  /**
   * Goes back through a record in `batches` (heirs.ts) for up to 128 observers, `lanes` of them, whose bits are set in their rows
   * at `heirs`. Of each of the nodes, by rank, it writes at `found` the versions that the observers end with, 128 lanes. What is
   * at `served`, 16 bytes a node, is written over.
   */
  inherit(
    record: number,
    batches: number,
    nodes: number,
    heirs: number,
    served: number,
    found: number,
    lanes: number,
  ): void;
  /** Lane i of `rows` rows of 128 becomes row i at `to`, a stride apart. Up to 15 lanes more are written; `place`: 512 bytes. */
  turn(to: number, stride: number, from: number, rows: number, place: number): void;
  /** Subtracts each lane of `shifts` from the row's version, where that is above 1. */
  lower(row: number, bytes: number, shifts: number): void;
}

const NAMES = ['wasm', 'ts'] as const;
export type KernelName = (typeof NAMES)[number];

let preferred: KernelName | undefined;

/** Which kernel this process uses where none is named; undefined: 'wasm' where it runs. Results are the same. */
export function preferKernel(name: string | undefined): void {
  if (name !== undefined) oneOf('heartbeat table', 'the kernel', name, NAMES);
  preferred = name as KernelName | undefined;
}

export const preferredKernel = (): KernelName | undefined => preferred;

/** A kernel with so many bytes, all 0; throws if the one that is named does not run here. */
export function makeKernel(bytes: number, width: Width, name = preferred): Kernel {
  const chosen = name ?? (WasmKernel.runsHere() ? 'wasm' : 'ts');
  return chosen === 'wasm' ? new WasmKernel(bytes, width) : new PlainKernel(bytes, width);
}
