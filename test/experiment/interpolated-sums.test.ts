import { describe, expect, it } from 'vitest';
import { interpolatedWeights } from '../../src/experiment/interpolated-sums.ts';

describe('a sum of which some terms are known', () => {
  const all = [1, 4, 8, 12, 16, 20, 24, 28, 32];

  it('counts each once where all are known', () =>
    expect(interpolatedWeights(all, all)).toEqual(all.map(() => 1)));

  it('is exact for what is linear', () => {
    const known = [1, 8, 20, 32];
    const weights = interpolatedWeights(known, all);
    const line = (x: number) => 3 * x - 2;
    const sum = known.reduce((total, x, i) => total + weights[i] * line(x), 0);
    expect(sum).toBeCloseTo(
      all.reduce((total, x) => total + line(x), 0),
      10,
    );
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(all.length, 12);
  });

  it('does not guess beyond what is known', () =>
    expect(() => interpolatedWeights([4, 32], all)).toThrow('both ends'));
});
