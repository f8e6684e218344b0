/**
 * Kinds of error. A `UserError` is about the input: one sentence that says where, what was expected, what was
 * found and what to do; the command line prints it without a stack and exits with 2. An assertion is about us.
 */
export class UserError extends Error {
  override name = 'UserError';
}

/** The run went wrong, and that is no bug of ours: a full disk, a worker that died. One sentence, exit code 1. */
export class RunFailed extends Error {
  override name = 'RunFailed';
}

/** Throws an `Error` that starts with BUG unless `condition` holds. For our own mistakes only. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`BUG: ${message}`);
}

/** Shows a value in an error message: short, quoted where it is text. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** The value, if it is a whole number in [min, max]; otherwise a `UserError` naming `where` and `what`. */
export function wholeNumber(
  where: string,
  what: string,
  value: number,
  min: number,
  max = 2 ** 53,
): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === 2 ** 53 ? `at least ${min}` : `in ${min}..${max}`;
  throw new UserError(`${where}: ${what} must be a whole number ${range}; got ${shown(value)}`);
}

/** The value, if it is a number in [min, max]; otherwise a `UserError` naming `where` and `what`. */
export function numberIn(
  where: string,
  what: string,
  value: number,
  min: number,
  max = Infinity,
): number {
  if (typeof value === 'number' && value >= min && value <= max && value !== Infinity) return value;
  const range = max === Infinity ? `at least ${min} and finite` : `in [${min}, ${max}]`;
  throw new UserError(`${where}: ${what} must be a number ${range}; got ${shown(value)}`);
}

/** The value, if it is a probability; otherwise a `UserError`. */
export const probability = (where: string, what: string, value: number): number =>
  numberIn(where, what, value, 0, 1);

/** The value, if it is a finite number above 0; otherwise a `UserError`. */
export function positive(where: string, what: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new UserError(`${where}: ${what} must be a number above 0; got ${shown(value)}`);
}

/** Throws a `UserError` naming `where` and `what` unless the value is one of the words allowed. */
export function oneOf(
  where: string,
  what: string,
  value: string,
  allowed: readonly string[],
): void {
  if (allowed.includes(value)) return;
  throw new UserError(
    `${where}: ${what} must be ${allowed.map(shown).join(' or ')}; got ${shown(value)}`,
  );
}
