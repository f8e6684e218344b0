import { expect, it } from 'vitest';
import { IntervalTally } from '../../src/experiment/interval-tally.ts';

it('an interval as long as the cap is within it', () => {
  const tally = new IntervalTally(2000);
  for (const ms of [1000, 2000, 2001, 5000]) tally.add(ms);
  expect(tally.meanMs).toBe(2500.25);
  expect(tally.shareBeyond).toBe(0.5);
  expect(tally.meanWithinMs).toBe(1500);
  expect(tally.quantileMs(0.5)).toBe(2000);
  expect(tally.quantileMs(0.75)).toBe(2001);
});

it('a quantile beyond all bins is refused', () => {
  const tally = new IntervalTally(2000);
  tally.add(1e6);
  expect(() => tally.quantileMs(0.5)).toThrow('beyond');
});
