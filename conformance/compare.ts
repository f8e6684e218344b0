/** Holds what was observed against what a case expects, field by field. */
import { UserError } from '../src/base/errors.ts';
import { type Fields, isFields, shownJson } from './format.ts';

/** What a group observed in a case, by the name of the expectation. A function is asked with the value expected. */
export type Observed = Readonly<Record<string, unknown>>;

/** Words for people. */
const COMMENTS = new Set(['why', 'note']);
/** A double after a few operations. */
const PRECISION = 1e-9;

/** What differs, each in a sentence; empty if nothing does. An expectation that the group does not know: a UserError. */
export function differences(expected: unknown, observed: Observed): string[] {
  if (expected === undefined) throw new UserError("must say what is expected, in 'expect'");
  if (!isFields(expected)) {
    return 'value' in observed
      ? difference('', expected, observed.value)
      : unknown(shownJson(expected), observed);
  }
  const found: string[] = [];
  for (const [field, wanted] of Object.entries(expected)) {
    if (COMMENTS.has(field) || /tol/i.test(field)) continue;
    if (!Object.hasOwn(observed, field)) unknown(field, observed);
    const seen = observed[field];
    const got = typeof seen === 'function' ? (seen as (wanted: unknown) => unknown)(wanted) : seen;
    found.push(...difference(field, wanted, got, toleranceOf(expected, field)));
  }
  return found;
}

/** xTol for x or xS or so, else `tolerance`, else none. */
function toleranceOf(expected: Fields, field: string): number | undefined {
  const own = Object.keys(expected)
    .filter((key) => key.endsWith('Tol') && field.startsWith(key.slice(0, -3)))
    .sort((a, b) => b.length - a.length)[0];
  const tolerance = (own && expected[own]) ?? (field === 'exact' ? undefined : expected.tolerance);
  return typeof tolerance === 'number' ? tolerance : undefined;
}

function difference(field: string, wanted: unknown, got: unknown, tolerance?: number): string[] {
  if (same(wanted, got, tolerance)) return [];
  return [`${field === '' ? '' : `${field} `}should be ${shownJson(wanted)}, is ${shownJson(got)}`];
}

/** A tolerance of the case's is absolute; without one, whole numbers are exact, and others are as exact as doubles. */
export function same(wanted: unknown, got: unknown, tolerance?: number): boolean {
  if (typeof wanted === 'number' && typeof got === 'number') {
    if (tolerance !== undefined) return Math.abs(wanted - got) <= tolerance;
    if (Number.isInteger(wanted) && Number.isInteger(got)) return wanted === got;
    return Math.abs(wanted - got) <= PRECISION * Math.abs(wanted);
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    return wanted.length === got.length && wanted.every((item, i) => same(item, got[i], tolerance));
  }
  if (isFields(wanted) && isFields(got)) {
    const keys = Object.keys(wanted).filter((key) => !COMMENTS.has(key));
    return (
      keys.length === Object.keys(got).length &&
      keys.every((key) => same(wanted[key], got[key], tolerance))
    );
  }
  return wanted === got;
}

function unknown(field: string, observed: Observed): never {
  throw new UserError(
    `expects '${field}', which its group does not know; it knows ${Object.keys(observed).join(', ')}`,
  );
}
