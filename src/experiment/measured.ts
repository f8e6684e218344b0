/** What was measured of real systems: tables in experiments/data, with lines that say what they are, marked by #. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package.ts';

export type MeasuredRow = Readonly<Record<string, string>>;

const tables = new Map<string, readonly MeasuredRow[]>();

/** The rows of experiments/data/NAME.csv. */
export function measured(name: string): readonly MeasuredRow[] {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(join(PACKAGE_ROOT, 'experiments', 'data', `${name}.csv`), 'utf8');
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const columns = head.split(',');
  const rows = lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, fields[i]]));
  });
  tables.set(name, rows);
  return rows;
}

/** A column of the rows that have these values, ascending; what is missing is left out. */
export const column = (
  rows: readonly MeasuredRow[],
  name: string,
  where: Readonly<Record<string, unknown>>,
): Float64Array =>
  Float64Array.from(
    rows
      .filter((row) => Object.entries(where).every(([field, value]) => row[field] === `${value}`))
      .map((row) => row[name])
      .filter((field) => field !== ''),
    Number,
  ).sort();
