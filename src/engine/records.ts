/**
 * Events side by side, for the heap: a time and three words of 32 bits, whose meaning is the caller's. An event is one stretch
 * of 24 bytes, so that to read or to write it is to wait for memory once. Where in it the words are is known here only.
 */
import { UserError } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';

/** Two views of the same memory. */
export interface Records {
  readonly times: Float64Array; // [3 * i]
  readonly words: Int32Array; // [6 * i + 2] what, [6 * i + 3] from, [6 * i + 4] word; what is left of a record is padding
}

/** Room for so many. */
export function records(capacity: number): Records {
  const times = new Float64Array(3 * capacity);
  return { times, words: new Int32Array(times.buffer) };
}

/** Indices into the words are 32-bit. */
const MOST_RECORDS = 2 ** 28;

/** Room for so many, and in it all of `old`; a `UserError` where there is none: a run whose events pile up. */
export function widenedRecords(old: Records, capacity: number): Records {
  if (capacity > MOST_RECORDS) throw tooMany(old, 'no run may have more');
  const wider = roomFor(old, capacity);
  wider.words.set(old.words); // not as times: a word may look like a NaN, whose bits need not survive
  return wider;
}

function roomFor(old: Records, capacity: number): Records {
  try {
    return records(capacity);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const mib = Math.ceil((24 * capacity) / 2 ** 20);
    throw tooMany(old, `this machine does not have the next ${mib} MiB for them`);
  }
}

const tooMany = ({ times }: Records, why: string): UserError =>
  new UserError(
    `simulate: ${(times.length / 3).toLocaleString('en')} events are pending, and ${why}. Lower the nodes, the messages of a round, or the latency`,
  );

export const timeAt = ({ times }: Records, i: number): Micros => times[3 * i];
export const whatAt = ({ words }: Records, i: number): number => words[6 * i + 2];
export const fromAt = ({ words }: Records, i: number): number => words[6 * i + 3];
export const wordAt = ({ words }: Records, i: number): number => words[6 * i + 4];

export function put(
  events: Records,
  i: number,
  time: Micros,
  what: number,
  from: number,
  word: number,
): void {
  const { words } = events;
  events.times[3 * i] = time;
  words[6 * i + 2] = what;
  words[6 * i + 3] = from;
  words[6 * i + 4] = word;
}

/** Copies record `i` of `source` to place `j` of `target`. */
export function copy(source: Records, i: number, target: Records, j: number): void {
  target.times[3 * j] = source.times[3 * i];
  target.words[6 * j + 2] = source.words[6 * i + 2];
  target.words[6 * j + 3] = source.words[6 * i + 3];
  target.words[6 * j + 4] = source.words[6 * i + 4];
}
