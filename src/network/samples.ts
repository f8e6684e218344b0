/** Reads measured latencies from CSV text, for `empirical({ samplesMs: parseSamples(text, 'rtt.csv') })`. */
import { parse } from 'csv-parse/sync';
import { shown, UserError } from '../base/errors.ts';

/** A row as csv-parse hands it over with `info: true`. */
interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The latencies in ms of a CSV text: its only column, with or without a heading, or the column with the given heading.
 * Empty lines and lines that start with # are passed over.
 * @param where what the text is, for messages: a file's name.
 */
export function parseSamples(text: string, where: string, column?: string): Float64Array {
  const rows = rowsOf(text, where);
  const index = columnIndex(rows, where, column);
  const headed = column !== undefined || (rows.length > 0 && !isLatency(rows[0].record[0]));
  const samples = headed ? rows.slice(1) : rows;
  if (samples.length === 0) {
    throw new UserError(`${where}: expected at least one latency in ms; found none`);
  }
  return Float64Array.from(samples, ({ record, info }) => {
    if (isLatency(record[index])) return Number(record[index]);
    const found = record[index] === undefined ? 'nothing' : shown(record[index]);
    throw new UserError(
      `${where}: line ${info.lines}: expected a latency in ms, at least 0; found ${found}`,
    );
  });
}

function rowsOf(text: string, where: string): Row[] {
  try {
    const options = { bom: true, comment: '#', comment_no_infix: true, info: true } as const;
    return parse(text, {
      ...options,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    throw new UserError(`${where}: expected CSV; ${(error as Error).message}`);
  }
}

function columnIndex(rows: readonly Row[], where: string, column: string | undefined): number {
  const heading = rows[0]?.record ?? [];
  if (column !== undefined) {
    const index = heading.indexOf(column);
    if (index >= 0) return index;
    const found = `found ${heading.map(shown).join(', ') || 'no row'}`;
    throw new UserError(`${where}: expected a column with the heading ${shown(column)}; ${found}`);
  }
  if (heading.length <= 1) return 0;
  throw new UserError(
    `${where}: expected one column; found ${heading.length}: name the one that holds the latencies`,
  );
}

const isLatency = (field: string | undefined): boolean => {
  const value = Number(field || NaN); // Number('') is 0
  return value >= 0 && value < Infinity;
};
