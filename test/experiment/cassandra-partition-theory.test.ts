import { expect, it } from 'vitest';
import {
  firstContactRounds,
  healingWave,
  windowAfterCut,
} from '../../src/experiment/cassandra-partition-theory.ts';

it('the first call across: the first of n rounds between halves, 1/e of a round for a node alone', () => {
  expect(firstContactRounds(50, 50)).toBeCloseTo(1 / 101, 6);
  expect(firstContactRounds(1, 1e6)).toBeCloseTo(1 / Math.E, 5);
});

it('halves: (1 - t) exp(-t)', () => {
  const { median, last } = healingWave(500, 500);
  expect((1 - median) * Math.exp(-median)).toBeCloseTo(0.5, 2);
  expect(last).toBeCloseTo(1 - Math.E / 1000, 2);
});

it('a minority takes the majority longer than a round', () => {
  expect(healingWave(10, 90).last).toBeGreaterThan(1.5);
});

const intervals = { meanS: 1.5, shareBeyond: 0.2, meanWithinS: 1.15, newsS: 2 };
const damage = { uptimeS: 5000, cutS: 1800, windowSamples: 1000 };

it('a full window is lifted by a thousandth of the cut, until a thousand samples later', () => {
  expect(windowAfterCut({ ...damage, sinceS: 60 }, intervals, false)).toBeCloseTo(3.3, 5);
  expect(windowAfterCut({ ...damage, sinceS: 1600 }, intervals, false)).toBeCloseTo(1.5, 5);
});

it('a young one by much more; with a cap by nothing', () => {
  const young = { ...damage, uptimeS: 120, sinceS: 60 };
  expect(windowAfterCut(young, intervals, false)).toBeGreaterThan(15);
  expect(windowAfterCut(young, intervals, true)).toBeCloseTo(1.16, 2);
});
