/**
 * A log of heartbeats as it lies in the file: CSV with a header, comma, semicolon or tab between fields. Nothing is kept
 * per row but a time, a pair and a number, in columns. Empty lines and lines that start with # are passed over.
 */
import { parse } from 'csv-parse/sync';
import { shown, UserError } from '../base/errors.ts';
import { Columns, Pairs } from './log-columns.ts';
import { anyTime, formatOf, type TimeFormat, type Unit } from './log-time.ts';

export interface LogFormat {
  /** Headings; where one is not given it is the word itself, and observer and sequence may then be missing. */
  readonly time?: string;
  readonly observer?: string;
  readonly subject?: string;
  readonly sequence?: string;
  /** Times are numbers in this unit; where it is not given, numbers in ms or ISO 8601. */
  readonly unit?: Unit;
  /** Count bad rows instead of refusing the log. */
  readonly skipBad?: boolean;
}

export interface LogRows {
  readonly length: number;
  readonly times: Float64Array; // [row] us
  readonly pairs: Int32Array; // [row]
  readonly sequences: Float64Array | undefined; // [row] numbers of heartbeats; undefined: the log has none
  readonly observers: number;
  readonly subjects: number;
  readonly pairCount: number;
  readonly bad: number;
  readonly firstBad: string | undefined; // a sentence
}

const ROLES = ['time', 'observer', 'subject', 'sequence'] as const;
type Role = (typeof ROLES)[number];
const OPTIONAL: readonly Role[] = ['observer', 'sequence'];
const DELIMITERS = [',', ';', '\t'];

/** What is wrong with a row: what was expected, and what was found. */
class BadRow extends Error {}

/** @param where what the text is, for messages: a file's name. */
export function readRows(text: Uint8Array, where: string, format: LogFormat = {}): LogRows {
  const zero = text.indexOf(0);
  if (zero >= 0)
    throw new UserError(
      `${where}: expected CSV text in UTF-8; found binary data or UTF-16 (a zero at byte ${zero + 1})`,
    );
  const pairs = new Pairs();
  const columns = new Columns();
  let header: Header | undefined;
  let time: TimeFormat | undefined;
  let bad = 0;
  let firstBad: string | undefined;

  function take(fields: readonly string[], { width, at }: Header): void {
    if (fields.length > width && fields.slice(width).some((field) => field !== ''))
      throw new BadRow(`expected ${width} fields, as in the header; found ${fields.length}`);
    const when = fields[at.time] ?? '';
    time ??= formatOf(when, format.unit);
    const micros = time?.read(when) ?? NaN;
    if (Number.isNaN(micros)) {
      throw expected(`${time?.what ?? anyTime(format.unit)} in column ${at.names.time}`, when);
    }
    const observer = at.observer < 0 ? '' : nameIn(fields, at.observer, at.names.observer);
    const subject = nameIn(fields, at.subject, at.names.subject);
    const sequence = at.sequence < 0 ? NaN : numberIn(fields, at.sequence, at.names.sequence);
    columns.add(micros, pairs.of(observer, subject), sequence);
  }

  function onRecord(fields: readonly string[], line: number): void {
    if (header === undefined) {
      header = headerOf(fields, where, format);
      return;
    }
    try {
      take(fields, header);
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      const sentence = `${where}: line ${line}: ${error.message}`;
      if (format.skipBad !== true)
        throw new UserError(`${sentence}; --skip-bad counts such rows and goes on`);
      bad++;
      firstBad ??= sentence;
    }
  }

  eachRecord(text, where, onRecord);
  if (header === undefined)
    throw new UserError(`${where}: expected a header and a row per heartbeat; the file is empty`);
  if (columns.length === 0)
    throw new UserError(
      firstBad === undefined
        ? `${where}: expected a row per heartbeat below the header; found none`
        : `${where}: none of its ${bad} rows is good; the first one: ${firstBad}`,
    );
  const { length, times, pairs: pairOf, sequences } = columns;
  const numbered = header.at.sequence >= 0;
  return {
    length,
    times: times.subarray(0, length),
    pairs: pairOf.subarray(0, length),
    sequences: numbered ? sequences.subarray(0, length) : undefined,
    ...{ observers: pairs.observers, subjects: pairs.subjects, pairCount: pairs.count },
    ...{ bad, firstBad },
  };
}

/** Records of CSV text, the header too, with the line they end on. A `UserError` if it is no CSV. */
export function eachRecord(
  text: Uint8Array,
  where: string,
  onRecord: (fields: readonly string[], line: number) => void,
): void {
  try {
    parse(Buffer.from(text.buffer, text.byteOffset, text.byteLength), {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      on_record(record: readonly string[], { lines }) {
        onRecord(record, lines);
        return null; // it is not kept
      },
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${where}: expected CSV; ${(error as Error).message}`);
  }
}

const LONGEST_HEADER = 65_536; // bytes looked at

/** The one that is most frequent in the header; comma if there is none. */
function delimiterOf(text: Uint8Array): string {
  const lines = new TextDecoder().decode(text.subarray(0, LONGEST_HEADER)).split(/\r\n|\r|\n/);
  const header = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const frequency = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (frequency(next) > frequency(best) ? next : best));
}

interface Header {
  readonly width: number;
  /** The place of each column, -1 where there is none, and their headings quoted. */
  readonly at: Record<Role, number> & { readonly names: Record<Role, string> };
}

function headerOf(found: readonly string[], where: string, format: LogFormat): Header {
  const names = Object.fromEntries(ROLES.map((role) => [role, shown(format[role] ?? role)]));
  const places = ROLES.map((role) => {
    const place = found.indexOf(format[role] ?? role);
    if (place >= 0) return [role, place];
    if (format[role] === undefined && OPTIONAL.includes(role)) return [role, -1];
    throw new UserError(
      `${where}: expected a header with the column ${names[role]}; found ${found.map(shown).join(', ')}: --${role} NAME says which column it is`,
    );
  });
  return { width: found.length, at: { ...Object.fromEntries(places), names } } as Header;
}

const expected = (what: string, found: string | undefined): BadRow =>
  new BadRow(`expected ${what}; found ${found ? shown(found) : 'nothing'}`);

function nameIn(fields: readonly string[], place: number, heading: string): string {
  const name = fields[place];
  if (!name) throw expected(`a name in column ${heading}`, name);
  return name;
}

function numberIn(fields: readonly string[], place: number, heading: string): number {
  const field = fields[place];
  const number = /^\d+$/.test(field ?? '') ? Number(field) : NaN;
  if (!Number.isSafeInteger(number)) {
    throw expected(`a whole number in column ${heading}`, field);
  }
  return number;
}
