/**
 * What a mean silently averages over: columns that are settings, not results, and that differ among the rows of one
 * point. In rows of results a setting is what never differs within a cell; texts are settings anywhere.
 */
import { isMissing, numberOf, type Row, type Table } from './table.ts';

const NOT_SETTINGS = ['experiment', 'cell', 'replicate', 'seed', 'trace_hash'];

/** @param shown columns that the figure shows */
export function mixedColumns(
  { columns, rows }: Table,
  shown: readonly string[],
  points: readonly { readonly rows: readonly Row[] }[],
): string[] {
  const several = points.filter((point) => point.rows.length > 1);
  const cell = columns.indexOf('cell');
  const cells = cell < 0 ? [] : byValue(rows, cell);
  const isSetting = (place: number) =>
    cell < 0
      ? rows.some(({ fields }) => isText(fields[place]))
      : cells.every((own) => isOne(own, place));
  return columns.filter(
    (name, place) =>
      ![...NOT_SETTINGS, ...shown].includes(name) &&
      several.some((point) => !isOne(point.rows, place)) &&
      isSetting(place),
  );
}

const isText = (field: string): boolean =>
  !isMissing(field) && !['true', 'false'].includes(field) && Number.isNaN(numberOf(field));

const isOne = (rows: readonly Row[], place: number): boolean =>
  rows.every(({ fields }) => fields[place] === rows[0].fields[place]);

function byValue(rows: readonly Row[], place: number): Row[][] {
  const all = new Map<string, Row[]>();
  for (const row of rows) {
    const own = all.get(row.fields[place]);
    if (own === undefined) all.set(row.fields[place], [row]);
    else own.push(row);
  }
  return [...all.values()];
}
