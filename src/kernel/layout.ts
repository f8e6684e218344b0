/** Where a table's rows lie in its memory, and how many bytes it takes. */
import { UserError } from '../base/errors.ts';
import type { Width } from './kernel.ts';

const LINE = 64; // bytes of a cache line: rows begin on one, and kernels take whole ones
/** A WebAssembly memory ends at 4 GiB, and an address behind its last byte must still be one. */
const MOST_BYTES = 2 ** 32 - 2 ** 16;

/** Addresses and sizes in bytes. The list of subjects, also used to renumber stamps, is at address 0. */
export interface Layout {
  readonly width: Width;
  readonly stride: number; // of a row
  readonly shifts: number; // [subject] a row for `Cells.lowerVersions`
  readonly rows: number; // [observer] a row of versions, then a row of stamps
  readonly slots: number; // [slot] a row of versions: a snapshot whose source has changed since
}

export function layoutOf(n: number, width: Width): Layout {
  const stride = upToLines(n * width);
  const shifts = upToLines(4 * mostEvents(n));
  const rows = shifts + stride;
  return { width, stride, shifts, rows, slots: rows + 2 * n * stride };
}

/** Events that a row keeps at most: a power of two, and more than twice as many as can be in use (see RowTimes). */
export const mostEvents = (n: number): number =>
  Math.max(FIRST_EVENTS, 2 ** Math.ceil(Math.log2(2 * (n + 1))));

/** Events for which a row has room at first: all that lanes of one byte can number. */
export const FIRST_EVENTS = 256;

/** Room for this many slots at first, and more when needed. */
export const firstSlots = (n: number): number => Math.ceil(n / 16) + 1;

/** Bytes of a table of n nodes with lanes of that width: 2 * width per pair, and 2 to 3 kB per node. */
export const bytesOf = (n: number, width: Width = 1): number => {
  const { slots, stride } = layoutOf(n, width);
  return slots + firstSlots(n) * stride + n * (8 * FIRST_EVENTS + 64);
};

/** The memory's size, if it may be so large; otherwise a `UserError`. */
export function checkedSize(bytes: number, n: number, width: Width): number {
  if (bytes <= MOST_BYTES) return bytes;
  const gib = (bytes / 2 ** 30).toFixed(1);
  throw new UserError(
    `heartbeat table: it must fit in 4 GiB; got ${gib} GiB for n = ${n} with ${width}-byte entries and the messages in flight. Lower n, the latency or the horizon`,
  );
}

const upToLines = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;
