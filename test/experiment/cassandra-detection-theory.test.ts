import { expect, it } from 'vitest';
import {
  largestOf,
  meansOfSilence,
  youngMean,
} from '../../src/experiment/cassandra-detection-theory.ts';

it('18.42 means at the default threshold', () => {
  expect(meansOfSilence(8)).toBeCloseTo(18.4207, 4);
});

it('the first sample weighs: 27.6 s after one interval of 1 s, 20.1 s after ten', () => {
  expect(meansOfSilence(8) * youngMean(0, 1)).toBeCloseTo(36.84, 2);
  expect(meansOfSilence(8) * youngMean(1, 1)).toBeCloseTo(27.63, 2);
  expect(meansOfSilence(8) * youngMean(10, 1)).toBeCloseTo(20.1, 1);
});

it('the largest of two, of a hundred', () => {
  expect(largestOf(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 1);
  expect(largestOf(100)).toBeCloseTo(2.508, 1); // Harter 1961
});
