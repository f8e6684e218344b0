/** A CSV table that hearsay has written, as Parquet. Types are what all values of a column are; empty is null. */
import { parse } from 'csv-parse/sync';
import { UserError } from '../base/errors.ts';
import { type ParquetColumn, parquetPieces } from './parquet.ts';

export interface ParquetTable {
  readonly rows: number;
  readonly columns: number;
  readonly bytes: Uint8Array;
}

/** Text even where all of them look like numbers. */
const TEXTS: readonly string[] = ['seed', 'hash'];

/** @param file for the sentence of a UserError, where it is no table. */
export async function csvAsParquet(text: string, file: string): Promise<ParquetTable> {
  const [header, ...rows] = rowsIn(text, file);
  if (header === undefined) throw new UserError(`${file}: expected a header; the file is empty`);
  const columns = header.map((name, k): ParquetColumn => {
    const type = TEXTS.includes(name) ? 'STRING' : typeOf(rows.map((row) => row[k]));
    return { name, type, of: (row) => cellOf(type, rows[row][k]) };
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetPieces(columns, rows.length)) pieces.push(piece);
  return { rows: rows.length, columns: columns.length, bytes: Buffer.concat(pieces) };
}

function rowsIn(text: string, file: string): string[][] {
  try {
    return parse(text, { skip_empty_lines: true, bom: true });
  } catch (error) {
    throw new UserError(`${file}: this is no CSV table: ${(error as Error).message}`);
  }
}

/** Numbers as hearsay writes them; a 007 or a 1e3 that something else wrote stays text. */
const isNumber = (text: string) => text === String(Number(text)) && text !== 'NaN';
const isWhole = (text: string) => isNumber(text) && Number.isSafeInteger(Number(text));
const isBoolean = (text: string) => text === 'true' || text === 'false';

function typeOf(values: readonly string[]): ParquetColumn['type'] {
  const there = values.filter((value) => value !== '');
  if (there.length === 0) return 'STRING';
  if (there.every(isWhole)) return 'INT64';
  if (there.every(isNumber)) return 'DOUBLE';
  return there.every(isBoolean) ? 'BOOLEAN' : 'STRING';
}

function cellOf(type: ParquetColumn['type'], text: string) {
  if (text === '') return null;
  if (type === 'INT64') return BigInt(text);
  if (type === 'DOUBLE') return Number(text);
  return type === 'BOOLEAN' ? text === 'true' : text;
}
