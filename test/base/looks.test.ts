/** The stopping rule: when it looks, and that its intervals hold as often as they say, on laws of several shapes. */
import { describe, expect, it } from 'vitest';
import { levelOfEach, looks } from '../../src/base/looks.ts';
import { coverage, LAWS } from './stopped.ts';

describe('looks', () => {
  it('double, from the least to the most', () => {
    expect(looks(30, 1000)).toEqual([30, 60, 122, 246, 496, 1000]);
    expect(looks(30, 960)).toEqual([30, 60, 120, 240, 480, 960]);
    expect(looks(10, 14)).toEqual([14]);
    expect(looks(50, 50)).toEqual([50]);
    expect(looks(2, 4)).toEqual([2, 4]);
  });

  it('share the 5 % among them', () => {
    expect(levelOfEach(1)).toBeCloseTo(0.95, 12);
    expect(levelOfEach(5)).toBeCloseTo(0.99, 12);
  });
});

// 300 samples each. True coverage is 0.98 and more (the slow test has thousands): 282 hits or fewer of 300 have a
// probability below 1e-4 each.
describe('where it stops, the interval holds in 94 % of samples or more', () => {
  it.each(Object.keys(LAWS))('%s', (name) => {
    expect(coverage(name, 0.15, 300).held).toBeGreaterThanOrEqual(0.94);
  });
});

it('an ordinary interval would not, on skewed values', () => {
  const naive = coverage('lognormal', 0.2, 1000, (sizes) => sizes.map(() => 0.95));
  expect(naive.held).toBeLessThan(0.94);
});
