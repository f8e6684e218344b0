import fc from 'fast-check';
import { expect, test } from 'vitest';
import { micros, millis } from '../../src/base/time.ts';

test('milliseconds become the nearest whole microsecond', () => {
  expect([micros(1), micros(0.0004), micros(0.0006), micros(1.2345678)]).toEqual([
    1000, 0, 1, 1235,
  ]);
});

test('a whole number of microseconds survives the way out and back, up to 35 years', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 50), (time) => {
      expect(micros(millis(time))).toBe(time);
    }),
    { seed: 5 },
  );
});

test('rounds as Math.round does, halves up', () => {
  const ms = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -1e6, max: 1e9 }).map((halves) => halves / 2000),
    fc.constantFrom(0.49999999999999994 / 1000, 2 ** 52 / 1000, Infinity, -Infinity),
  );
  fc.assert(
    fc.property(ms, (time) => {
      expect(micros(time) + 0).toBe(Math.round(time * 1000) + 0); // no matter which zero
    }),
    { seed: 1, numRuns: 2000 },
  );
  expect(micros(Number.NaN)).toBeNaN();
});
