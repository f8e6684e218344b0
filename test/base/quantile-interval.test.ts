import { describe, expect, it } from 'vitest';
import { quantileEstimate } from '../../src/base/quantile-interval.ts';
import { Stream } from '../../src/base/stream.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('the interval of a quantile', () => {
  it.each([
    // ranks of the median at 95 %, as printed in tables of the sign test
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [25, 8, 18],
    [50, 18, 33],
  ])('of the median of %d values lies between ranks %d and %d', (n, low, high) => {
    expect(quantileEstimate(upTo(n).reverse(), 0.5, 0.95)).toEqual({
      value: (n + 1) / 2,
      low,
      high,
    });
  });

  it('lacks an end where there are too few values', () => {
    expect(quantileEstimate(upTo(5), 0.5, 0.95)).toEqual({ value: 3, low: NaN, high: NaN });
    expect(quantileEstimate(upTo(367), 0.99, 0.95).high).toBeNaN();
    expect(quantileEstimate(upTo(368), 0.99, 0.95).high).toBe(368);
    expect(quantileEstimate([], 0.5, 0.95)).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  // The true coverage is at least 0.95 for every law; below 0.92 of 1000 samples has a probability of 1e-5.
  it.each([0.1, 0.5, 0.9])('holds for the quantile %d of a skewed law', (p) => {
    const stream = new Stream('quantiles', String(p), 1000);
    const truth = -Math.log(1 - p);
    const held = upTo(1000).filter((_, sample) => {
      const values = upTo(60).map(() => -Math.log(1 - stream.draw(sample)));
      const { low, high } = quantileEstimate(values, p, 0.95);
      return low <= truth && truth <= high;
    });
    expect(held.length).toBeGreaterThanOrEqual(920);
  });
});
