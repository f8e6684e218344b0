/** Tables of measurements in a folder of the user's: read, and checked so far that an error names file, line and column. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { shown, UserError } from '../base/errors.ts';

export interface ReferenceRow {
  text(column: string): string;
  /** NaN where the field is empty. */
  number(column: string): number;
  /** A whole number of at least `least`. */
  whole(column: string, least: number): number;
  /** A number in [least, most]. */
  within(column: string, least: number, most: number): number;
  /** true or false. */
  flag(column: string): boolean;
}

/** The rows of a CSV file that must have these columns; undefined if there is no such file. */
export function referenceTable(
  folder: string,
  file: string,
  columns: readonly string[],
): ReferenceRow[] | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const [head, ...rest] = linesOf(path);
  if (head === undefined)
    throw new UserError(
      `${path} is empty; its first line must name the columns ${columns.join(', ')}`,
    );
  const names = head.fields;
  const lacks = columns.filter((column) => !names.includes(column));
  if (lacks.length > 0)
    throw new UserError(
      `${path} lacks the ${lacks.length > 1 ? 'columns' : 'column'} ${lacks.join(', ')}; it has ${names.join(', ')}`,
    );
  return rest.map(({ number, fields }) => {
    if (fields.length !== names.length)
      throw new UserError(
        `${path}, line ${number} has ${fields.length} fields; its head names ${names.length} columns`,
      );
    return rowOf(`${path}, line ${number}`, names, fields);
  });
}

function rowOf(where: string, names: readonly string[], fields: readonly string[]): ReferenceRow {
  const text = (column: string) => fields[names.indexOf(column)] ?? '';
  const number = (column: string) => {
    const field = text(column);
    if (field === '') return Number.NaN;
    const value = Number(field);
    if (Number.isFinite(value)) return value;
    throw new UserError(`${where}: ${column} must be a number; got ${shown(field)}`);
  };
  const whole = (column: string, least: number) => {
    const value = number(column);
    if (Number.isInteger(value) && value >= least) return value;
    throw new UserError(
      `${where}: ${column} must be a whole number of at least ${least}; got ${shown(text(column))}`,
    );
  };
  const within = (column: string, least: number, most: number) => {
    const value = number(column);
    if (value >= least && value <= most) return value;
    throw new UserError(
      `${where}: ${column} must be a number in [${least}, ${most}]; got ${shown(text(column))}`,
    );
  };
  const flag = (column: string) => {
    const word = text(column).toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw new UserError(`${where}: ${column} must be true or false; got ${shown(text(column))}`);
  };
  return { text, number, whole, within, flag };
}

/** Without empty lines and those that begin with #. */
function linesOf(path: string): { number: number; fields: string[] }[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return text
    .split(/\r?\n/)
    .map((line, i) => ({ number: i + 1, line }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'))
    .map(({ number, line }) => ({ number, fields: line.split(',').map((field) => field.trim()) }));
}

/** A `UserError` unless it is a folder that holds at least one of the files. */
export function checkReferenceFolder(folder: string, files: readonly string[]): void {
  if (!existsSync(folder)) throw new UserError(`there is no reference folder ${shown(folder)}`);
  if (!statSync(folder).isDirectory())
    throw new UserError(
      `the reference ${shown(folder)} is a file; it must be a folder with ${files.join(', ')}`,
    );
  if (!files.some((file) => existsSync(join(folder, file))))
    throw new UserError(
      `the reference folder ${shown(folder)} holds none of the files ${files.join(', ')}`,
    );
}
