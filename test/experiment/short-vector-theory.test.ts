import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  errorOfNodes,
  errorOfOrigins,
  publishedError,
  publishedMean,
  publishedOptimum,
  unseenPerRate,
} from '../../src/experiment/short-vector-theory.ts';

/** Whether a set of `own` entries is covered by those of so many origins, all drawn. */
function isCovered(entries: number, own: number, origins: number, draws: Stream): boolean {
  const choose = () => {
    const chosen = new Set<number>();
    while (chosen.size < own) chosen.add(draws.below(0, entries));
    return chosen;
  };
  const left = choose();
  for (let origin = 0; origin < origins; origin++) for (const entry of choose()) left.delete(entry);
  return left.size === 0;
}

describe('theory of short vectors', () => {
  // R = 100.
  it.each([
    [20, [0.182, 0.11, 0.0929, 0.0932, 0.102, 0.118]],
    [10, [0.0956, 0.0332, 0.0176, 0.012, 0.0096, 0.0086]],
  ])('has the values of the published formula for %d unseen writes', (unseen, printed) => {
    printed.forEach((value, i) => {
      const error = publishedError({ entries: 100, own: i + 1 }, unseen);
      expect(Math.abs(error - value)).toBeLessThan(value > 0.1 ? 5.1e-4 : 5.1e-5);
    });
  });

  it('has the optimum where half of the entries are counted up', () => {
    const own = publishedOptimum(1000, 20);
    expect(publishedError({ entries: 1000, own }, 20)).toBeCloseTo(0.5 ** own, 4);
  });

  it('agrees with the published formula where entries are many and writes are of different origins', () => {
    const vector = { entries: 10_000, own: 2 };
    expect(errorOfOrigins(vector, 2000)).toBeCloseTo(publishedError(vector, 2000), 3);
  });

  // 8,000 trials: 4.42 standard errors.
  it.each([
    [10, 1, 3],
    [10, 3, 5],
    [25, 6, 4],
    [4, 4, 1],
    [8, 5, 2],
  ])(
    'is the share of sets that are covered, R = %d, K = %d, %d origins',
    (entries, own, origins) => {
      const draws = new Stream('short vectors', `${entries} ${own}`, 1);
      const error = errorOfOrigins({ entries, own }, origins);
      let covered = 0;
      for (let i = 0; i < 8_000; i++) if (isCovered(entries, own, origins, draws)) covered++;
      const open = 4.42 * Math.sqrt((error * (1 - error)) / 8_000) + 1e-12;
      expect(Math.abs(covered / 8_000 - error)).toBeLessThanOrEqual(open);
    },
  );

  it('takes few nodes for fewer origins than writes, and many for as many', () => {
    const vector = { entries: 100, own: 3 };
    expect(errorOfNodes(vector, 20, 10)).toBeLessThan(errorOfOrigins(vector, 9));
    expect(errorOfNodes({ entries: 100, own: 1 }, 20, 1e5)).toBeCloseTo(1 - Math.exp(-20 / 100), 4);
  });

  // Of one entry: the mean of 1 - (1 - 1/R)^X is 1 - exp(-X / R).
  it('has the mean over a Poisson number of writes', () => {
    expect(publishedMean({ entries: 50, own: 1 }, 20)).toBeCloseTo(1 - Math.exp(-20 / 50), 10);
  });

  it('counts the writes under way: a latency of each other node, and what came since', () => {
    const jitter = { minMs: 90, jitterMs: 20 };
    expect(unseenPerRate(50, jitter)).toBe(48 * 100 + 110 + 100);
    expect(unseenPerRate(50, jitter, 0)).toBe(48 * 90 + 110 + 90);
  });
});
