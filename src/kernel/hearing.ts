/**
 * First news of a record on rows that begin empty: whom each merge tells of whom for the first time. For this a bit per pair
 * is enough, known or not: which heartbeats rows hold, and since when, changes nothing of it, and where nobody reads rows
 * it is not worked out. A kernel takes 512 subjects at a time, a line of 64 bytes of each row (hearing-ts.ts, hearing.as).
 */
import { CLEAR, FILL, kindOf, type Operations, OWN } from './operations.ts';

/** Subjects of a line. */
export const SUBJECTS = 512;
/** Bytes of a line: a bit for each. */
export const LINE = SUBJECTS / 8;

const GROUPS = SUBJECTS / 4; // of which sums of marks are kept
/** What lies before the lines of rows: one of all who start, one of news, and sums of two words for each part of each group. */
export const HEAD = 2 * LINE + GROUPS * 16 * 8;

/** Bytes of the scratch that a kernel needs for so many lines, of rows and of slots. */
export const hearingBytes = (lines: number): number => HEAD + (LINE + 1) * lines;

/** What of a record tells somebody something. */
export interface Hearing {
  readonly count: number; // operations
  readonly calm: number; // of these, from this one on nobody starts, and no row is cleared
  readonly starters: Uint32Array; // the bits of all who start; words, whole lines
}

/** Writes it to `into`: not the beats of a node that its own row has heard of, nor who is known by name. */
export function hearingOf({ words, count }: Operations, n: number, into: Uint32Array): Hearing {
  const starters = new Uint32Array((Math.ceil(n / SUBJECTS) * LINE) / 4);
  const hasOwn = new Uint8Array(n); // [node] 1: its row has heard of it
  let at = 0;
  let calm = 0;
  for (let op = 0; op < 3 * count; op += 3) {
    const kind = kindOf(words[op]);
    const node = words[op + 1];
    if (kind === FILL || (kind === OWN && hasOwn[node] === 1)) continue;
    into[at++] = words[op];
    into[at++] = node;
    into[at++] = words[op + 2];
    if (kind !== OWN && kind !== CLEAR) continue;
    hasOwn[node] = kind === OWN ? 1 : 0;
    if (kind === OWN) starters[node >>> 5] |= 1 << (node & 31);
    calm = at / 3;
  }
  return { count: at / 3, calm, starters };
}
