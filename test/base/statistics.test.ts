/** References: mpmath 1.3 at 40 digits for t and chi-square; others as named. */
import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../src/base/quantiles.ts';
import {
  chiSquareTail,
  poissonInterval,
  quantile,
  shareStatistic,
  statistic,
  studentQuantile,
  studentTail,
  sum,
  wilson,
} from '../../src/base/statistics.ts';
import { Stream } from '../../src/base/stream.ts';
import { expectClose } from './close.ts';

describe('statistic', () => {
  test('of 2 4 4 4 5 5 7 9, worked out by hand', () => {
    const { p05, p95, ciLow, ciHigh, ...rest } = statistic([9, 2, 4, 5, 4, null, 4, 7, 5]);
    const sd = Math.sqrt(32 / 7);
    expect(rest).toEqual({
      count: 8,
      missing: 1,
      mean: 5,
      sd,
      se: sd / Math.sqrt(8),
      min: 2,
      p25: 4,
      p50: 4.5,
      p75: 5.5,
      max: 9,
    });
    expectClose(p05, 2.7, 1e-15);
    expectClose(p95, 8.3, 1e-15);
    expectClose(5 - ciLow, (2.364624251592785 * sd) / Math.sqrt(8), 1e-13); // t of 7 degrees
    expectClose(ciHigh - 5, 5 - ciLow, 1e-13);
  });

  test('of nothing has counts and NaN', () => {
    const { count, missing, ...rest } = statistic([null, null]);
    expect([count, missing]).toEqual([0, 2]);
    expect(Object.values(rest).every(Number.isNaN)).toBe(true);
  });

  test('of one value knows the value and no spread', () => {
    const { sd, se, ciLow, ciHigh, ...rest } = statistic([3]);
    expect([sd, se, ciLow, ciHigh]).toEqual([NaN, NaN, NaN, NaN]);
    expect(rest).toEqual({
      count: 1,
      missing: 0,
      mean: 3,
      min: 3,
      p05: 3,
      p25: 3,
      p50: 3,
      p75: 3,
      p95: 3,
      max: 3,
    });
  });

  test('of equal values has no spread and a closed interval', () => {
    const { mean, sd, ciLow, ciHigh } = statistic([0.1, 0.1, 0.1]);
    expect([mean, sd, ciLow, ciHigh]).toEqual([0.1, 0, 0.1, 0.1]);
  });

  test('keeps its digits far from zero', () => {
    expectClose(statistic([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).sd, Math.sqrt(30), 1e-15);
  });

  test('does not depend on the order of the values', () => {
    expect(statistic([0.1, 0.2, 0.3, 1e9])).toEqual(statistic([1e9, 0.3, 0.1, 0.2]));
  });

  test.each([NaN, Infinity])('refuses %d: an undefined measure is null', (value) => {
    expect(() => statistic([1, value])).toThrow('BUG');
  });

  /**
   * Hypothesis: the interval covers the mean with probability 0.95, for normal samples of 5. False-alarm rate 1e-5;
   * the normal interval, which covers 0.878, would be found with power above 0.999.
   */
  test('its interval covers the true mean as often as it says', () => {
    const runs = 20_000;
    const stream = new Stream('statistics', 'coverage', 1);
    let covered = 0;
    for (let i = 0; i < runs; i++) {
      const values = Array.from({ length: 5 }, () => 10 + 3 * normalQuantile(stream.draw(0)));
      const { ciLow, ciHigh } = statistic(values);
      if (ciLow <= 10 && 10 <= ciHigh) covered++;
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(4.42 * Math.sqrt((0.95 * 0.05) / runs));
  });
});

test('a share is summarised with the binomial error and Wilson, leaving out what is missing', () => {
  const values = [...new Array(81).fill(true), ...new Array(182).fill(false), null];
  const share = shareStatistic(values);
  expect(share).toMatchObject({ count: 263, missing: 1, mean: 81 / 263, min: 0, p50: 0, max: 1 });
  expectClose(share.se, Math.sqrt(((81 / 263) * (182 / 263)) / 263), 1e-14);
  expect(share.ciLow).toBe(wilson(81, 263, 0.95).low);
  expect(share.ciHigh).toBe(wilson(81, 263, 0.95).high);
});

test('the share of nothing is NaN', () => {
  const { count, missing, ...rest } = shareStatistic([null]);
  expect([count, missing]).toEqual([0, 1]);
  expect(Object.values(rest).every(Number.isNaN)).toBe(true);
});

test.each([
  // Newcombe, Statistics in Medicine 17, 1998, table I, method 3
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson interval of %i in %i', (successes, trials, low, high) => {
  const interval = wilson(successes, trials, 0.95);
  expect(Math.abs(interval.low - low)).toBeLessThan(5e-5);
  expect(Math.abs(interval.high - high)).toBeLessThan(5e-5);
});

test('Wilson interval at the ends is exactly 0 and 1, and mirrors', () => {
  expect(wilson(0, 10, 0.95).low).toBe(0);
  expect(wilson(10, 10, 0.95).high).toBe(1);
  expectClose(wilson(10, 10, 0.95).low, 1 - wilson(0, 10, 0.95).high, 1e-15);
});

test.each([
  // Garwood 1936, as in every table of exact Poisson limits
  [0, 0, 3.689],
  [1, 0.0253, 5.572],
  [10, 4.795, 18.39],
  [100, 81.36, 121.63],
])('Garwood interval of a count of %i', (count, low, high) => {
  const interval = poissonInterval(count, 0.95);
  expectClose(interval.low, low, 1e-3);
  expectClose(interval.high, high, 1e-4);
});

test.each([
  // df, t at 0.6, 0.975, 0.995
  [1, 0.3249196962329063, 12.706204736174705, 63.65674116287158],
  [4, 0.2707222947075974, 2.7764451051977943, 4.604094871349993],
  [29, 0.25568363457125615, 2.0452296421327043, 2.7563859036706053],
  [99, 0.2540290121518067, 1.9842169515864174, 2.626405457280827],
])('quantiles of Student’s t with %i degrees of freedom', (df, p60, p975, p995) => {
  expectClose(studentQuantile(0.6, df), p60, 1e-13);
  expectClose(studentQuantile(0.975, df), p975, 1e-13);
  expectClose(studentQuantile(0.995, df), p995, 1e-13);
  expectClose(studentQuantile(0.025, df), -p975, 1e-13);
});

test('Student’s t has closed forms at 1 and 2 degrees of freedom, and tends to the normal', () => {
  for (let p = 0.01; p < 1; p += 0.01) {
    const a = 4 * p * (1 - p);
    expect(studentQuantile(p, 1)).toBeCloseTo(-1 / Math.tan(Math.PI * p), 11);
    expect(studentQuantile(p, 2)).toBeCloseTo((2 * p - 1) * Math.sqrt(2 / a), 11);
    expect(studentQuantile(p, 1e9)).toBeCloseTo(normalQuantile(p), 7);
  }
  expect(studentQuantile(0.5, 3)).toBe(0);
});

test('the tail of Student’s t undoes its quantile, to both sides', () => {
  for (const df of [1, 3, 19, 999]) {
    for (const p of [1e-9, 1e-3, 0.2, 0.5, 0.9, 0.999]) {
      expectClose(studentTail(studentQuantile(1 - p, df), df), p, p < 1e-6 ? 1e-6 : 1e-11);
    }
  }
  expectClose(studentTail(1, 1), 0.25, 1e-14); // the Cauchy law: 1/2 - atan(1) / pi
});

test('Student’s t keeps its digits beside the median', () => {
  expectClose(studentQuantile(0.5 + 2 ** -30, 1), Math.tan(Math.PI * 2 ** -30), 1e-13);
});

test.each([
  [1, 1, 0.3173105078629141],
  [18.307, 10, 0.05000058909139812],
  [100, 50, 0.00003454931382984864],
  [300, 100, 7.412100857322877e-22],
])('the chi-square tail at %d with %i degrees of freedom', (x, df, expected) => {
  expectClose(chiSquareTail(x, df), expected, 5e-14);
});

test('quantiles of type 7 are linear between order statistics', () => {
  expect([0, 0.25, 0.5, 0.6, 1].map((p) => quantile([10, 20, 30, 40, 60], p))).toEqual([
    10, 20, 30, 34, 60,
  ]);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the sum loses nothing to cancellation', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(new Float64Array(10).fill(0.1))).toBe(1);
});
