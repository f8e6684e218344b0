/** Paired differences and ratios against printed values, and how often the intervals hold. */
import { describe, expect, it } from 'vitest';
import { clopperPearson, signTest } from '../../src/base/exact-share.ts';
import { correlation, difference, ratio, shareDifference } from '../../src/base/paired.ts';
import { normalQuantile } from '../../src/base/quantiles.ts';
import { statistic } from '../../src/base/statistics.ts';
import { Stream } from '../../src/base/stream.ts';

/** Student's sleep data (Biometrika 6, 1908): hours gained by ten patients with two drugs. */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('difference', () => {
  it("is Student's: t.test(paired = TRUE) of R prints these", () => {
    const { mean, low, high, p } = difference(FIRST, SECOND);
    expect(mean).toBeCloseTo(1.58, 12);
    expect(low).toBeCloseTo(0.7001142, 6);
    expect(high).toBeCloseTo(2.459886, 6);
    expect(p).toBeCloseTo(0.002832892, 7);
  });

  it('of equal pairs is nothing, with no doubt; of one pair there is no interval', () => {
    expect(difference([1, 2], [1, 2])).toEqual({ mean: 0, low: 0, high: 0, p: 1 });
    expect(difference([1, 2], [3, 4])).toEqual({ mean: 2, low: 2, high: 2, p: 0 });
    expect(difference([1], [2])).toEqual({ mean: 1, low: NaN, high: NaN, p: NaN });
  });

  it('correlation is that of a line, and of nothing where nothing varies', () => {
    expect(correlation([1, 2, 3], [5, 3, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 1, 1], [5, 3, 1])).toBeNaN();
  });
});

describe('ratio', () => {
  const draws = new Stream('paired', 'test', 1);
  const normal = () => normalQuantile(draws.draw(0));
  const pairs = (n: number, ma: number, mb: number) => {
    const luck = Array.from({ length: n }, normal);
    return [luck.map((x) => ma + x + normal()), luck.map((x) => mb + 2 * x + normal())] as const;
  };

  it('its ends are where the t interval of b - r a touches 0', () => {
    const [a, b] = pairs(12, 10, 15);
    const { value, low, high } = ratio(a, b)!;
    expect(value).toBeCloseTo(statistic(b).mean / statistic(a).mean, 12);
    const scaled = (r: number) =>
      difference(
        a.map((x) => r * x),
        b,
      );
    expect(scaled(low).low).toBeCloseTo(0, 9);
    expect(scaled(high).high).toBeCloseTo(0, 9);
  });

  it('is undefined where the mean of a may be 0', () => {
    expect(ratio([-1, 0, 1, 0.5], [1, 2, 3, 4])).toBeUndefined();
    expect(ratio([1], [2])).toBeUndefined();
    expect(ratio([2, 2], [3, 3])).toEqual({ value: 1.5, low: 1.5, high: 1.5 });
  });

  it('holds 95 times in 100', () => {
    const trials = 2000;
    let held = 0;
    for (let i = 0; i < trials; i++) {
      const [a, b] = pairs(10, 10, 15);
      const { low, high } = ratio(a, b)!;
      if (low <= 1.5 && high >= 1.5) held++;
    }
    const { low, high } = clopperPearson(held, trials, 0.9999);
    expect(low).toBeLessThan(0.95);
    expect(high).toBeGreaterThan(0.95);
  });
});

describe('shareDifference', () => {
  it('is method 10 of Newcombe 1998, table II', () => {
    const of = (both: number, first: number, second: number, none: number) =>
      shareDifference({ both, first, second, none });
    const interval = of(36, 2, 12, 0);
    expect(interval.mean).toBeCloseTo(0.2, 12);
    expect(interval.low).toBeCloseTo(0.0569, 4);
    expect(interval.high).toBeCloseTo(0.3404, 4);
  });

  it('of shares that agree is around 0, and never without width', () => {
    const { mean, low, high } = shareDifference({ both: 30, first: 0, second: 0, none: 0 });
    expect(mean).toBe(0);
    expect(low).toBeCloseTo(-0.11351, 5); // Wilson's of 30 of 30
    expect(high).toBeCloseTo(0.11351, 5);
  });
});

describe('exact shares', () => {
  it("Clopper and Pearson's: binom.test of R prints these", () => {
    expect(clopperPearson(682, 925, 0.95).low).toBeCloseTo(0.7076683, 6);
    expect(clopperPearson(682, 925, 0.95).high).toBeCloseTo(0.7654066, 6);
    expect(clopperPearson(0, 20, 0.95)).toEqual({ low: 0, high: expect.closeTo(0.1684335, 6) });
    expect(clopperPearson(20, 20, 0.95)).toEqual({ low: expect.closeTo(0.8315665, 6), high: 1 });
    expect(clopperPearson(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
  });

  it('the sign test counts coins', () => {
    expect(signTest(6, 0)).toBeCloseTo(2 / 64, 12);
    expect(signTest(1, 8)).toBeCloseTo((2 * 10) / 512, 12);
    expect(signTest(3, 3)).toBe(1);
    expect(signTest(0, 0)).toBe(1);
  });
});
