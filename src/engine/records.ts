/**
 * Events side by side: a time and three words of 32 bits, whose meaning is the caller's. An event is one stretch of 24
 * bytes, so that to read or to write it is to wait for memory once.
 */
import type { Micros } from '../base/time.ts';

/** Two views of the same memory. */
export interface Records {
  readonly times: Float64Array; // [TIME * i]
  readonly words: Int32Array; // [WORD * i + FIRST] and the two behind it; what is left of a record is padding
}

/** Strides of the two views, and where in a record its words begin. */
export const TIME = 3;
export const WORD = 6;
export const FIRST = 2;

/** Room for so many. */
export function records(capacity: number): Records {
  const times = new Float64Array(TIME * capacity);
  return { times, words: new Int32Array(times.buffer) };
}

/** How many there is room for. */
export const capacityOf = ({ times }: Records): number => times.length / TIME;

/** Room for so many, and in it all of `old`. */
export function widenedRecords(old: Records, capacity: number): Records {
  const wider = records(capacity);
  wider.words.set(old.words); // not as times: a word may look like a NaN, whose bits need not survive
  return wider;
}

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
  target.times[TIME * j] = source.times[TIME * i];
  const from = WORD * i + FIRST;
  const to = WORD * j + FIRST;
  target.words[to] = source.words[from];
  target.words[to + 1] = source.words[from + 1];
  target.words[to + 2] = source.words[from + 2];
}
