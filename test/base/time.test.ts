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
