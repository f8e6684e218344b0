/** Reads the fields of a case; a UserError says which field is wrong. */
import { UserError } from '../src/base/errors.ts';
import { type Fields, isFields, shownJson } from './format.ts';

const wrong = (field: string, expected: string, found: unknown): never => {
  throw new UserError(`'${field}' must be ${expected}; got ${shownJson(found)}`);
};

export function numberAt(fields: Fields, field: string, absent?: number): number {
  const value = fields[field] === undefined ? absent : fields[field];
  return typeof value === 'number' ? value : wrong(field, 'a number', value);
}

/** A whole number that a Java int can hold. */
export function intAt(fields: Fields, field: string, absent?: number): number {
  const value = numberAt(fields, field, absent);
  return (value | 0) === value ? value : wrong(field, 'a whole number of 32 bits', value);
}

/** How many: a whole number from 1 to 10 million. */
export function countAt(fields: Fields, field: string, absent?: number): number {
  const value = numberAt(fields, field, absent);
  return Number.isInteger(value) && value >= 1 && value <= 1e7
    ? value
    : wrong(field, 'a whole number in 1..10000000', value);
}

export function textAt(fields: Fields, field: string, absent?: string): string {
  const value = fields[field] === undefined ? absent : fields[field];
  return typeof value === 'string' ? value : wrong(field, 'a text', value);
}

export function switchAt(fields: Fields, field: string, absent?: boolean): boolean {
  const value = fields[field] === undefined ? absent : fields[field];
  return typeof value === 'boolean' ? value : wrong(field, 'true or false', value);
}

export function fieldsAt(fields: Fields, field: string): Fields {
  const value = fields[field];
  return isFields(value) ? value : wrong(field, 'an object', value);
}

export function listAt(fields: Fields, field: string): readonly Fields[] {
  const value = fields[field];
  if (Array.isArray(value) && value.every(isFields)) return value;
  return wrong(field, 'a list of objects', value);
}

/** [1, 2, 3], {repeat, times} or {regular: {first, step, count}}. */
export function numbersAt(fields: Fields, field: string): readonly number[] {
  const value = fields[field];
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
  if (isFields(value) && 'times' in value) {
    return new Array<number>(countAt(value, 'times')).fill(numberAt(value, 'repeat'));
  }
  if (isFields(value) && isFields(value.regular)) {
    const { regular } = value;
    const first = numberAt(regular, 'first');
    const step = numberAt(regular, 'step');
    return Array.from({ length: countAt(regular, 'count') }, (_, i) => first + i * step);
  }
  return wrong(
    field,
    'a list of numbers, or {repeat, times}, or {regular: {first, step, count}}',
    value,
  );
}

/** One of the words that the group knows. */
export function wordAt<T>(fields: Fields, field: string, words: Readonly<Record<string, T>>): T {
  const value = fields[field];
  if (typeof value === 'string' && Object.hasOwn(words, value)) return words[value];
  return wrong(
    field,
    Object.keys(words)
      .map((word) => `'${word}'`)
      .join(' or '),
    value,
  );
}
