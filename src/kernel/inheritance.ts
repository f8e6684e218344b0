/** Shows rows that are not there as they are at the end of a record, without memory for all of them (heirs.ts). */
import type { Cells } from './cells.ts';
import { Backwards, HEIRS, HEIRS_LINE, MOST_WORDS } from './heirs.ts';
import type { Operations } from './operations.ts';

/** The lane of a subject's version; where rows are not there, ABSENT where it is known by name only. */
export type LaneOf = (subject: number) => number;

const LINE = 64; // bytes: what is read and written in one piece begins on a cache line
const SQUARE = 512; // bytes that a kernel needs to turn rows

/** In the order of observers; `visit` must not touch the memory. */
export function eachRowInherited(
  cells: Cells,
  record: Operations,
  visit: (observer: number, laneOf: LaneOf) => void,
): void {
  const { n, width, stride, slotsEver } = cells;
  const bytes = placesOf(cells, record.count, 0).end;
  const places = placesOf(cells, record.count, Math.ceil(cells.scratch(bytes) / LINE) * LINE);
  const { words, lanes, kernel } = cells;
  const back = new Backwards(record, n, slotsEver, words.subarray(places.record / 4));
  const { rank, batches } = back;
  const { heirs, served, found, turned } = places;
  for (let first = 0; first < n; first += HEIRS) {
    const observers = Math.min(HEIRS, n - first);
    words.fill(0, heirs / 4, (heirs + HEIRS_LINE * back.rows) / 4);
    for (let i = 0; i < observers; i++) {
      words[(heirs + HEIRS_LINE * rank[first + i]) / 4 + (i >> 5)] |= 1 << (i & 31);
    }
    kernel.inherit(places.record, batches, n, heirs, served, found, observers);
    kernel.turn(turned, stride, found, n, places.square);
    for (let i = 0; i < observers; i++) {
      const row = (turned + stride * i) / width;
      visit(first + i, (subject) => lanes[row + rank[subject]]);
    }
  }
}

/** Addresses, from one on. */
function placesOf({ n, width, stride, slotsEver }: Cells, operations: number, record: number) {
  const heirs = record + upToLines(4 * MOST_WORDS * operations);
  const served = heirs + upToLines(HEIRS_LINE * (n + slotsEver + 1));
  const square = served + upToLines(HEIRS_LINE * n);
  const found = square + SQUARE;
  const turned = found + HEIRS * width * n;
  return { record, heirs, served, square, found, turned, end: turned + HEIRS * stride + LINE };
}

const upToLines = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;
