/** Plain values of a file, by kinds. */
import { shown } from '../../base/errors.ts';
import type { Kind, NumberKind } from '../../base/kinds.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Found, Problems } from './source.ts';
import { expected, inUnit, isWithin, unitHint } from './units.ts';

/** The value to compute with, and as it would be written in a file, with defaults. */
export interface Read {
  readonly value: unknown;
  readonly written: unknown;
}

export const NOTHING: Read = { value: undefined, written: undefined };

export function readScalar(
  kind: NumberKind | Extract<Kind, { is: 'word' | 'flag' | 'text' }>,
  found: Found,
  path: string,
  problems: Problems,
): Read {
  const wrong = (what: string, hint = ''): Read => {
    problems.push(`${found.at}: ${path} must be ${what}; got ${gotOf(found)}.${hint}`);
    return NOTHING;
  };
  if (kind.is === 'number') {
    const value = numberOf(kind, found);
    if (value !== undefined) return { value, written: writtenOf(kind, found) };
    return wrong(expected(kind), found.is === 'scalar' ? numberHint(kind, found.text) : '');
  }
  const scalar = found.is === 'scalar' && found.value !== null ? found : undefined;
  if (kind.is === 'flag') {
    if (typeof scalar?.value === 'boolean') return { value: scalar.value, written: scalar.value };
    return wrong('true or false');
  }
  const text = typeof scalar?.value === 'string' ? scalar.value : scalar?.text;
  if (kind.is === 'text') {
    return text === undefined ? wrong('a text') : { value: text, written: text };
  }
  if (text !== undefined && kind.words.includes(text)) return { value: text, written: text };
  return wrong(oneOf(kind.words), text === undefined ? '' : didYouMean(text, kind.words));
}

/** A number as it was written, with the unit if that was left out where it may be. */
const writtenOf = (kind: NumberKind, found: Found): unknown =>
  found.is === 'scalar'
    ? typeof found.value === 'number'
      ? found.value
      : found.text.trim()
    : kind;

function numberOf(kind: NumberKind, found: Found): number | null | undefined {
  if (found.is !== 'scalar') return undefined;
  const { words, unit, whole } = kind;
  const text = String(found.value);
  if (words !== undefined && Object.hasOwn(words, text)) return words[text];
  const isNumber = typeof found.value === 'number';
  const value =
    isNumber && (unit === 'none' || kind.bare || found.value === 0)
      ? Number(found.value)
      : typeof found.value === 'string'
        ? inUnit(text, unit)
        : undefined;
  if (value === undefined || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    return undefined;
  }
  return isWithin(value, kind) ? value : undefined;
}

function numberHint(kind: NumberKind, text: string): string {
  const value = Number(text);
  const isShare = kind.unit === 'none' && kind.most === 1 && !kind.whole;
  if (isShare && value > 1 && value <= 100) return ` Did you mean ${value / 100}?`;
  return kind.words === undefined
    ? unitHint(text, kind)
    : unitHint(text, kind) || didYouMean(text, Object.keys(kind.words));
}

export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** What was found, for a sentence. */
export function gotOf(found: Found): string {
  if (found.is === 'map') return 'a record';
  if (found.is === 'list') return 'a list';
  if (found.value === null) return 'nothing';
  return typeof found.value === 'string' ? shown(found.value) : found.text;
}
