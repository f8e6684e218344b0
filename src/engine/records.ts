/**
 * Events side by side: a time and three words of 32 bits, whose meaning is the caller's. An event is one stretch of 24
 * bytes, so that to read or to write it is to wait for memory once. Where in it the words are is known here only: V8 takes
 * a constant of its own module for a number, but looks up one that is imported, at every use.
 */
import { UserError } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';

/** Two views of the same memory. */
export interface Records {
  readonly times: Float64Array; // [TIME * i]
  readonly words: Int32Array; // [WORD * i + FIRST] and the two behind it; what is left of a record is padding
}

// Strides of the two views, and where in a record its words begin.
const TIME = 3;
const WORD = 6;
const FIRST = 2;

/** Room for so many. */
export function records(capacity: number): Records {
  const times = new Float64Array(TIME * capacity);
  return { times, words: new Int32Array(times.buffer) };
}

/** Indices into the words are 32-bit. */
const MOST_RECORDS = 2 ** 28;

/** How many there is room for. */
export const capacityOf = ({ times }: Records): number => times.length / TIME;

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
    const mib = Math.ceil((TIME * 8 * capacity) / 2 ** 20);
    throw tooMany(old, `this machine does not have the next ${mib} MiB for them`);
  }
}

const tooMany = (old: Records, why: string): UserError =>
  new UserError(
    `simulate: ${capacityOf(old).toLocaleString('en')} events are pending, and ${why}. Lower the nodes, the messages of a round, or the latency`,
  );

export const timeAt = ({ times }: Records, i: number): Micros => times[TIME * i];
export const whatAt = ({ words }: Records, i: number): number => words[WORD * i + FIRST];
export const fromAt = ({ words }: Records, i: number): number => words[WORD * i + FIRST + 1];
export const wordAt = ({ words }: Records, i: number): number => words[WORD * i + FIRST + 2];

export function put(
  { times, words }: Records,
  i: number,
  time: Micros,
  what: number,
  from: number,
  word: number,
): void {
  times[TIME * i] = time;
  const at = WORD * i + FIRST;
  words[at] = what;
  words[at + 1] = from;
  words[at + 2] = word;
}

/** Copies record `i` of `source` to place `j` of `target`. */
export function copy(source: Records, i: number, target: Records, j: number): void {
  const from = WORD * i + FIRST;
  const to = WORD * j + FIRST;
  target.times[TIME * j] = source.times[TIME * i];
  target.words[to] = source.words[from];
  target.words[to + 1] = source.words[from + 1];
  target.words[to + 2] = source.words[from + 2];
}

/** Copies the records from place `i` up to, not including, `end` to places 0 and on. */
export function toFront({ words }: Records, i: number, end: number): void {
  words.copyWithin(0, WORD * i, WORD * end);
}
