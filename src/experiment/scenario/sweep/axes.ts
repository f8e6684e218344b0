/**
 * `--over path=values`: what a sweep varies. Values are a list (2,4,8), whole numbers from one to another (1..6), some
 * evenly spaced (0..0.2:5), or with equal ratios (10ms..1s:log:5). Numbers may have units, as in the file.
 */
import { shown, UserError } from '../../../base/errors.ts';
import type { Unit } from '../../../base/kinds.ts';
import { loadScenario } from '../load.ts';
import { inUnit } from '../units.ts';
import { type SweptAxis, settingOf } from './model.ts';

const MOST_VALUES = 10_000;
const RANGE = /^(.+?)\.\.(.+?)(?::(?:(log):)?(\d+))?$/;

/** Unit -> what is written behind a number of it, and the end of its column. */
const WRITTEN: Readonly<Record<Unit, { readonly suffix: string; readonly column: string }>> = {
  none: { suffix: '', column: '' },
  ms: { suffix: 'ms', column: '_ms' },
  bytes: { suffix: 'B', column: '_bytes' },
  'bytes/s': { suffix: 'B/s', column: '_bytes_s' },
};
const UNITS = Object.keys(WRITTEN) as Unit[];

export interface Basis {
  readonly text: string;
  readonly file: string;
  readonly set: readonly string[];
}

/** Reads the axes in the order given: later ones may lie in what earlier ones set. */
export function axesOf(basis: Basis, typed: readonly string[]): SweptAxis[] {
  const axes: SweptAxis[] = [];
  for (const given of typed) {
    const first = axes.map((axis) => settingOf(axis, axis.values[0]));
    const axis = axisOf({ ...basis, set: [...basis.set, ...first] }, given);
    const twice = axes.find(({ column }) => column === axis.column);
    if (twice !== undefined) {
      throw new UserError(
        `--over ${axis.path} and --over ${twice.path} are one axis; give all values in one`,
      );
    }
    axes.push(axis);
  }
  return axes;
}

function axisOf(basis: Basis, given: string): SweptAxis {
  const [, path, listed] = /^([^=\s]+)=(.+)$/s.exec(given) ?? [];
  if (path === undefined || listed === undefined) {
    throw new UserError(
      `--over must be path=values, as in protocol.fanout=1..4 or loss=0,0.1,0.2; got ${shown(given)}`,
    );
  }
  const texts = listed.split(',').map((text) => text.trim());
  if (texts.includes('')) {
    throw new UserError(`--over ${path} has a value that is empty; got ${shown(listed)}`);
  }
  const axis = numbersOf(basis, path, texts) ?? wordsOf(path, texts);
  const twice = axis.values.find((value, i) => axis.values.indexOf(value) !== i);
  if (twice !== undefined) {
    throw new UserError(`--over ${path} must have different values; got ${twice} twice`);
  }
  return axis;
}

function wordsOf(path: string, texts: readonly string[]): SweptAxis {
  const range = texts.find((text) => /^[\d.]*\d[^\d.]*\.\.\d/.test(text));
  if (range === undefined) return { ...named(path, 'none'), values: texts };
  throw new UserError(
    `--over ${path}: both ends of a range need the unit, as in 10ms..50ms:5; got ${range}`,
  );
}

/** Undefined where the texts are words, or numbers that mean something else as text (version 4.0). */
function numbersOf(basis: Basis, path: string, texts: readonly string[]): SweptAxis | undefined {
  for (const unit of UNITS) {
    const name = named(path, unit);
    const read = texts.map(
      (text) => rangeOf(path, text, unit) ?? singleOf(basis, name, text, unit),
    );
    if (read.every((values) => values !== undefined)) return { ...name, values: read.flat() };
  }
  return undefined;
}

function singleOf(basis: Basis, name: Omit<SweptAxis, 'values'>, text: string, unit: Unit) {
  const value = inUnit(text, unit);
  if (value === undefined) return undefined;
  const same = means(basis, `${name.path}=${text}`, settingOf(name, value));
  return same ? [value] : undefined;
}

/** Whether two settings are the same to the scenario; where both are refused, the user will be told of either. */
function means(basis: Basis, one: string, other: string): boolean {
  return one === other || valuesOf(basis, one) === valuesOf(basis, other);
}

function valuesOf({ text, file, set }: Basis, setting: string): string {
  try {
    return JSON.stringify(loadScenario(text, file, [...set, setting]).scenario);
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}

function named(path: string, unit: Unit): Omit<SweptAxis, 'values'> {
  const { suffix, column } = WRITTEN[unit];
  const snake = path
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return { column: snake.endsWith(column) ? snake : `${snake}${column}`, path, suffix };
}

/** Undefined if it is no range of that unit. */
function rangeOf(path: string, text: string, unit: Unit): number[] | undefined {
  const [, from, to, log, size] = RANGE.exec(text) ?? [];
  if (from === undefined) return undefined;
  const first = inUnit(from, unit);
  const last = inUnit(to, unit);
  if (first === undefined || last === undefined) return undefined;
  const wrong = (sentence: string): never => {
    throw new UserError(`--over ${path}=${text}: ${sentence}`);
  };
  if (last <= first) wrong(`a range goes up; ${to} is not above ${from}`);
  if (size === undefined) {
    if (unit !== 'none' || !Number.isInteger(first) || !Number.isInteger(last))
      wrong(`say how many values, as in ${from}..${to}:5 or ${from}..${to}:log:5`);
    if (last - first >= MOST_VALUES)
      wrong(`these are ${last - first + 1} values, the most is ${MOST_VALUES}`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }
  const count = Number(size);
  if (!(count >= 2 && count <= MOST_VALUES))
    wrong(`a range has from 2 to ${MOST_VALUES} values; got ${size}`);
  if (log !== undefined && first <= 0) wrong(`equal ratios need a start above 0; got ${from}`);
  const whole = Number.isInteger(first) && Number.isInteger(last) && unit === 'none';
  return spaced(first, last, count, log !== undefined, whole);
}

/** Between whole numbers, whole numbers if the rounded ones are different: nodes=10..1000:log:5. */
function spaced(
  first: number,
  last: number,
  count: number,
  log: boolean,
  whole: boolean,
): number[] {
  const exact = Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    if (i === 0 || i === count - 1) return i === 0 ? first : last;
    return log ? first * (last / first) ** share : first + (last - first) * share;
  });
  const rounded = exact.map(Math.round);
  if (whole && log && new Set(rounded).size === count) return rounded;
  return exact.map((value) => Number(value.toPrecision(6)));
}
