/** A CSV file as a table: the columns that its header names, the fields of each row, and the line it ends on. */
import { shown, UserError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { eachRecord } from '../../experiment/log-rows.ts';

export interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

export interface Table {
  /** The file's name, for sentences. */
  readonly where: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A `UserError` if there is no header and row, or a row has not as many fields as the header. */
export function tableOf(text: Uint8Array, where: string): Table {
  const zero = text.indexOf(0);
  if (zero >= 0)
    throw new UserError(
      `${where}: expected CSV text in UTF-8; found binary data or UTF-16 (a zero at byte ${zero + 1})`,
    );
  let columns: readonly string[] | undefined;
  const rows: Row[] = [];
  eachRecord(text, where, (fields, line) => {
    if (columns === undefined) {
      columns = fields;
      return;
    }
    if (fields.length !== columns.length)
      throw new UserError(
        `${where}: line ${line}: expected ${columns.length} fields, as in the header; found ${fields.length}`,
      );
    rows.push({ fields, line });
  });
  if (columns === undefined || rows.length === 0)
    throw new UserError(`${where}: expected a header and rows below it; found none`);
  return { where, columns, rows };
}

/** The place of a column. @param option that names it, as in `--x` */
export function placeOf({ where, columns }: Table, name: string, option: string): number {
  const place = columns.indexOf(name);
  if (place >= 0) return place;
  throw new UserError(
    `plot: ${option}: ${where} has no column ${shown(name)}.${didYouMean(name, columns)} Its columns: ${columns.join(', ')}`,
  );
}

const NOTHING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None']);

export const isMissing = (field: string): boolean => NOTHING.has(field);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** NaN where it is none. */
export const numberOf = (field: string): number =>
  NUMBER.test(field) ? Number(field) : Number.NaN;
