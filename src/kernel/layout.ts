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

/**
 * Bytes of a table of n nodes with lanes of that width whose rows are read: 2 * width per pair, and 4 to 5 kB per node,
 * half of it for what is put off. More messages in flight than one for 16 nodes need more.
 */
export const bytesOf = (n: number, width: Width = 1): number => {
  const { slots, stride } = layoutOf(n, width);
  return slots + firstSlots(n) * stride + n * (8 * FIRST_EVENTS + 64) + putOffBytes(n, stride);
};

/** With more merges put off per row than this, waiting longer saves nothing: rows that are there are brought up to date. */
export const MOST_PUT_OFF = 16;

// Bytes of a merge that is put off and of what comes with it, a heartbeat and perhaps a copy, in the record, which grows
// by doubling, and in the memory of the kernel that replays it (deferred.ts).
const MERGE_BYTES = 2 * 12 + 12;
const OPERATION_BYTES = 2 * 12 + 12;

/** Bytes of a tile, the same columns of all rows and slots, at most: several times what replaying it writes over. */
export const TILE_BYTES = 3 * 2 ** 20;

const putOffBytes = (n: number, stride: number): number =>
  n * (MOST_PUT_OFF * (MERGE_BYTES + 3 * OPERATION_BYTES) + 16) +
  Math.min((2 * n + firstSlots(n)) * stride, Math.max(TILE_BYTES, (2 * n + firstSlots(n)) * LINE));

/** What a memory holds beside rows. */
export type Beside = 'messages in flight' | 'what is put off';

const ADVICE: Record<Beside, string> = {
  'messages in flight': 'Lower n or the latency',
  'what is put off': 'Lower n or the horizon',
};

/** The memory's size, if it may be so large; otherwise a `UserError`. */
export function checkedSize(bytes: number, { width, slots }: Layout, n: number, beside: Beside) {
  if (bytes <= MOST_BYTES) return bytes;
  const gib = (bytes / 2 ** 30).toFixed(1);
  const [more, advice] = slots > MOST_BYTES ? ['', 'Lower n'] : [` and ${beside}`, ADVICE[beside]];
  throw new UserError(
    `heartbeat table: it must fit in 4 GiB; got ${gib} GiB for n = ${n} with ${width}-byte entries${more}. ${advice}`,
  );
}

/** What `allocate` answers. That it fails is a matter of the input: the machine's memory, and a `UserError`. */
export function allocated<T>(bytes: number, n: number, allocate: () => T): T {
  try {
    return allocate();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const mib = Math.ceil(bytes / 2 ** 20);
    throw new UserError(
      `heartbeat table: this machine must have ${mib} MiB for it; got fewer (n = ${n}). Lower n, the latency or the horizon`,
    );
  }
}

const upToLines = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;
