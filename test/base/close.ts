/** Relative comparison for numbers of any size; `toBeCloseTo` is absolute. */
import { expect } from 'vitest';

export function expectClose(actual: number, expected: number, relative: number): void {
  const error = expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
  expect(error, `${actual} instead of ${expected}`).toBeLessThanOrEqual(relative);
}
