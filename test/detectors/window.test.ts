/** Sliding windows against naive recomputation in whole numbers without limit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { Sorted } from '../../src/detectors/sorted.ts';
import { Spread } from '../../src/detectors/spread.ts';
import { LONGEST, Window } from '../../src/detectors/window.ts';
import { expectClose } from '../base/close.ts';

/** Intervals of three sizes: about a second, jitter of microseconds, and up to 71 minutes. */
function interval(draws: Stream): number {
  const kind = draws.below(0, 3);
  if (kind === 0) return 1_000_000 + draws.below(0, 3);
  return kind === 1 ? draws.below(0, 2_000_000) : draws.below(0, 2 ** 32);
}

/** n^2 times the variance, exactly. */
function scaledVariance(values: readonly number[]): bigint {
  const n = BigInt(values.length);
  let sum = 0n;
  let squares = 0n;
  for (const value of values) {
    sum += BigInt(value);
    squares += BigInt(value) ** 2n;
  }
  return n * squares - sum * sum;
}

describe.each([1, 7, 1000])('a window of %d', (size) => {
  test('its sum, mean and variance are those of the last values after 100,000 of them', () => {
    const draws = new Stream('window', `${size}`, 1);
    const spread = new Spread(3, size);
    const window = new Window(3, size);
    let last: number[] = [];
    for (let i = 1; i <= 100_000; i++) {
      const value = interval(draws);
      spread.add(1, value);
      window.add(1, value);
      last.push(value);
      if (last.length > 4 * size + 100) last = last.slice(-size);
      if (i > 3 * size && i % 997 !== 0) continue;
      if (size === 1000 && i <= 3 * size && i % 101 !== 0) continue;
      const naive = last.slice(-size);
      expect(window.count(1)).toBe(naive.length);
      expect(window.sum(1)).toBe(naive.reduce((sum, x) => sum + x, 0));
      const variance = Number(scaledVariance(naive)) / naive.length ** 2;
      // Rounding of the mean's fraction and of the last division: 1e-12 us^2 beside a relative 1e-14.
      expect(Math.abs(spread.variance(1) - variance)).toBeLessThanOrEqual(1e-9 + 1e-13 * variance);
    }
    expect([window.count(0), spread.count(2)]).toEqual([0, 0]); // the neighbours are untouched
  });
});

test('the variance of few-microsecond jitter survives an outlier of 70 minutes that has come and gone', () => {
  const spread = new Spread(1, 3);
  for (const value of [1_000_000, LONGEST, 1_000_001, 1_000_000, 1_000_002]) spread.add(0, value);
  expectClose(spread.variance(0), 2 / 3, 1e-12); // 1, 0, 2 about a mean of 1
});

test("the statistics of Akka's own test", () => {
  const spread = new Spread(1, 20);
  for (const value of [100, 200, 125, 340, 130]) spread.add(0, value);
  expect([spread.mean(0), spread.variance(0)]).toEqual([179, 7584]);
});

test('an interval above 71 minutes counts as the longest that fits', () => {
  const spread = new Spread(1, 2);
  spread.add(0, 2 ** 33);
  expect(spread.mean(0)).toBe(LONGEST);
});

test('a cleared window starts again', () => {
  const spread = new Spread(2, 3);
  for (const value of [5, 6, 7, 8]) spread.add(1, value);
  spread.clear(1);
  spread.add(1, 10);
  spread.add(1, 12);
  expect([spread.count(1), spread.mean(1), spread.variance(1)]).toEqual([2, 11, 1]);
});

test('a window of times takes any whole number', () => {
  const window = new Window(1, 2, 'times');
  for (const value of [-5e12, 3e12, -1e12]) window.add(0, value);
  expect(window.sum(0)).toBe(2e12);
});

test('sorted intervals are the last ones in order, with ties', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: -1, max: 13 }),
      (size, values, limit) => {
        const sorted = new Sorted(3, size);
        for (const value of values) for (const pair of [0, 1, 2]) sorted.add(pair, value + pair);
        const naive = values.slice(-size).sort((a, b) => a - b);
        expect(naive.map((_, rank) => sorted.at(1, rank))).toEqual(naive.map((value) => value + 1));
        expect(sorted.upTo(0, limit + 0.5)).toBe(naive.filter((value) => value <= limit).length);
      },
    ),
    { seed: 5 },
  );
});
