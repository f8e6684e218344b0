/** The table of a trace as Parquet, a row group at a time. The writer is loaded when it is needed. */
import { parquetPieces } from '../parquet.ts';
import type { Trace } from './model.ts';
import { COLUMNS } from './rows.ts';

export function parquetTrace({ chronicle, title, shown }: Trace): AsyncIterable<Uint8Array> {
  const columns = COLUMNS.map(({ name, type, of }) => ({
    ...{ name, type },
    of: (row: number) => of(chronicle, shown[row]),
  }));
  return parquetPieces(columns, shown.length, { title });
}
