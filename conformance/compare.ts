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
      ? difference('', expected, observed.value, 0)
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

/** xTol for x or xS or so, else `tolerance`, else that of doubles. */
function toleranceOf(expected: Fields, field: string): number {
  const own = Object.keys(expected)
    .filter((key) => key.endsWith('Tol') && field.startsWith(key.slice(0, -3)))
    .sort((a, b) => b.length - a.length)[0];
  const tolerance = (own && expected[own]) ?? (field === 'exact' ? undefined : expected.tolerance);
  return typeof tolerance === 'number' ? tolerance : PRECISION;
}

function difference(field: string, wanted: unknown, got: unknown, tolerance: number): string[] {
  if (same(wanted, got, tolerance)) return [];
  return [`${field === '' ? '' : `${field} `}should be ${shownJson(wanted)}, is ${shownJson(got)}`];
}

/** `tolerance` is absolute if given by the case, and relative below 1e-8. */
export function same(wanted: unknown, got: unknown, tolerance = PRECISION): boolean {
  if (typeof wanted === 'number' && typeof got === 'number') {
    if (wanted === got) return true;
    return (
      Math.abs(wanted - got) <=
      (tolerance < 1e-8 ? tolerance * Math.max(1, Math.abs(wanted)) : tolerance)
    );
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
