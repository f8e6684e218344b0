/** The table of a trace as CSV. */
import { csvRows } from '../../experiment/csv.ts';
import type { Trace } from './model.ts';
import { COLUMNS } from './rows.ts';

const PIECE_ROWS = 1000; // csv-stringify is fastest in pieces of about this size

export function* csvPieces({ chronicle, shown }: Trace): Iterable<string> {
  yield csvRows([COLUMNS.map(({ name }) => name)]);
  for (let first = 0; first < shown.length; first += PIECE_ROWS) {
    const some = Array.from(shown.subarray(first, first + PIECE_ROWS));
    yield csvRows(some.map((i) => COLUMNS.map(({ of }) => of(chronicle, i))));
  }
}
