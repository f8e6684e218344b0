/** Tidy CSV: RFC 4180, UTF-8, `\n`, shortest round-trip numbers, true and false as words, nothing for what is missing. */
import { stringify } from 'csv-stringify/sync';

export type Field = string | number | boolean | null;

const CHUNK_ROWS = 1000; // stringify is fastest in pieces of about this size

export function csv(columns: readonly string[], rows: readonly (readonly Field[])[]): string {
  const pieces = [csvRows([columns])];
  for (let first = 0; first < rows.length; first += CHUNK_ROWS) {
    pieces.push(csvRows(rows.slice(first, first + CHUNK_ROWS)));
  }
  return pieces.join('');
}

/** Rows without a header, as a piece of a file. */
export const csvRows = (rows: readonly (readonly Field[])[]): string =>
  stringify(rows as unknown[], {
    record_delimiter: 'unix',
    quote_record_delimiter: true, // else a lone \r in a text would end the record for most readers
    cast: { boolean: String }, // by default true is 1, and false is lost
  });

/** NaN is what a sample is too small to say: missing. */
export const known = (value: number): Field => (Number.isNaN(value) ? null : value);
