import { describe, expect, it } from 'vitest';
import { statistic } from '../../src/base/statistics.ts';
import { Stream } from '../../src/base/stream.ts';
import { PERCENTILES } from '../../src/experiment/distributions.ts';
import { designEffect, pooledDistance } from '../../src/experiment/memberlist-pooled.ts';

const BATCHES = 200;
const TRIALS = 25;
const OBSERVERS = 8;
const draws = new Stream('pooled', 'test', 1);

/** Shares up to the percentiles of a uniform law, of batches of trials whose observers are alike or not. */
function shares(alike: boolean) {
  const batches = Array.from({ length: BATCHES }, () => {
    const values = Array.from({ length: TRIALS }, () => {
      const own = draws.draw(0);
      return Array.from({ length: OBSERVERS }, () => (alike ? own : draws.draw(0)));
    }).flat();
    return PERCENTILES.map((pct) => values.filter((v) => v <= pct / 100).length / values.length);
  });
  return PERCENTILES.map((_, i) => statistic(batches.map((batch) => batch[i])));
}

describe('the design effect', () => {
  it('is 1 of independent observers', () => {
    expect(designEffect(shares(false), TRIALS * OBSERVERS)).toBeLessThan(1.2);
  });

  it('is their number if all of a trial know at once', () => {
    const effect = designEffect(shares(true), TRIALS * OBSERVERS);
    expect(effect).toBeGreaterThan(0.85 * OBSERVERS);
    expect(effect).toBeLessThan(1.15 * OBSERVERS);
  });
});

describe('the distance to printed percentiles', () => {
  const law = (shift: number, round = 1) => ({
    samples: 1000,
    ms: new Map(PERCENTILES.map((pct) => [pct, Math.ceil(pct / round) * round + shift])),
  });
  const ours = (ms: Map<number, number>) =>
    PERCENTILES.map((pct) => statistic([Math.min(1, ms.get(pct)! / 100)]));

  it('is none to the law itself, as far as the print tells', () => {
    const { ms } = law(0);
    expect(pooledDistance(law(0), ours(ms))).toBe(0);
    expect(pooledDistance(law(0, 5), ours(law(0, 5).ms))).toBe(0);
  });

  it('is the shift of a uniform law, to a percentile', () => {
    const found = pooledDistance(law(10), ours(law(10).ms));
    expect(found).toBeGreaterThan(0.08);
    expect(found).toBeLessThanOrEqual(0.1 + 1e-9);
  });
});
