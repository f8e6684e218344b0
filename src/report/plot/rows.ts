/** Which rows of a table are plotted, and what their fields are: numbers, names, or nothing. */
import { shown, UserError } from '../../base/errors.ts';
import type { Value } from '../../experiment/model.ts';
import { isMissing, numberOf, placeOf, type Row, type Table } from './table.ts';

export interface Filter {
  readonly column: string;
  /** As typed; several with commas between them. */
  readonly text: string;
}

/** The table with the rows that all filters let through. A `UserError` if there is none. */
export function filtered(table: Table, filters: readonly Filter[]): Table {
  let { rows } = table;
  for (const { column, text } of filters) {
    const place = placeOf(table, column, '--where');
    const wanted = [text, ...text.split(',').map((part) => part.trim())];
    const left = rows.filter(({ fields }) =>
      wanted.some(
        (value) => value === fields[place] || numberOf(value) === numberOf(fields[place]),
      ),
    );
    if (left.length === 0) throw noneLeft({ ...table, rows }, place, text);
    rows = left;
  }
  return { ...table, rows };
}

function noneLeft({ where, columns, rows }: Table, place: number, text: string): UserError {
  const known = [...new Set(rows.map(({ fields }) => fields[place]))];
  const some = known.slice(0, MOST_SHOWN).map((field) => field || 'nothing');
  const more = known.length > MOST_SHOWN ? ', ...' : '';
  return new UserError(
    `plot: --where ${columns[place]}=${text} leaves no row of ${where}; there, ${columns[place]} is ${some.join(', ')}${more}`,
  );
}

const MOST_SHOWN = 12;

/** A field: a number, a name, or null where it is missing. */
export type Cast = (row: Row) => Value | null;

/**
 * How a column is read: as numbers if most of its fields are, else as names. A `UserError` if most, but not all, are: that
 * is a slip of the pen.
 */
export function castOf(table: Table, name: string, option: string): Cast {
  const place = placeOf(table, name, option);
  const known = table.rows.filter(({ fields }) => !isMissing(fields[place]));
  const strange = known.filter(({ fields }) => Number.isNaN(numberOf(fields[place])));
  if (2 * strange.length > known.length || known.length === 0) {
    return ({ fields }) => (isMissing(fields[place]) ? null : fields[place]);
  }
  if (strange.length > 0) throw notANumber(table, strange[0], place, 'a number');
  return ({ fields }) => (isMissing(fields[place]) ? null : numberOf(fields[place]));
}

/** A column of numbers, or of true and false. */
export function measureOf(
  table: Table,
  name: string,
  option: string,
): (row: Row) => number | boolean | null {
  const place = placeOf(table, name, option);
  const known = table.rows.filter(({ fields }) => !isMissing(fields[place]));
  const isTruth = (field: string) => field === 'true' || field === 'false';
  const truth = known.length > 0 && isTruth(known[0].fields[place]);
  const strange = known.find(({ fields: { [place]: field } }) =>
    truth ? !isTruth(field) : Number.isNaN(numberOf(field)),
  );
  if (strange) throw notANumber(table, strange, place, truth ? 'true or false' : 'a number');
  return ({ fields: { [place]: field } }) => {
    if (isMissing(field)) return null;
    return truth ? field === 'true' : numberOf(field);
  };
}

const notANumber = (
  { where, columns }: Table,
  { fields, line }: Row,
  place: number,
  what: string,
) =>
  new UserError(
    `${where}: line ${line}: expected ${what} in column ${columns[place]}; found ${shown(fields[place])}`,
  );
