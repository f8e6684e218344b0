/**
 * First news of a record on rows that begin empty: whom each merge tells of whom for the first time. For this a bit per pair
 * is enough, known or not: which heartbeats rows hold, and since when, changes nothing of it, and where nobody reads rows
 * it is not worked out. A kernel takes 512 subjects at a time, a line of 64 bytes of each row (hearing-ts.ts, hearing.as).
 */
import { kindOf, OWN } from './operations.ts';

/** Subjects of a line. */
export const SUBJECTS = 512;
/** Bytes of a line: a bit for each. */
export const LINE = SUBJECTS / 8;

const GROUPS = SUBJECTS / 4; // of which sums of marks are kept
/** What lies before the lines of rows: one of all who start, one of news, and sums of two words for each part of each group. */
export const HEAD = 2 * LINE + GROUPS * 16 * 8;

/** Bytes of the scratch that a kernel needs for so many lines, of rows and of slots. */
export const hearingBytes = (lines: number): number => HEAD + (LINE + 1) * lines;

/** The bits of all who start in a record: `count` operations in `words`. Words, whole lines. */
export function startersIn(words: Uint32Array, count: number, n: number): Uint32Array {
  const bits = new Uint32Array((Math.ceil(n / SUBJECTS) * LINE) / 4);
  for (let op = 0; op < 3 * count; op += 3) {
    if (kindOf(words[op]) === OWN) bits[words[op + 1] >>> 5] |= 1 << (words[op + 1] & 31);
  }
  return bits;
}
