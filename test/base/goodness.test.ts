import { expect, test } from 'vitest';
import {
  chiSquare,
  kolmogorovSmirnov,
  kolmogorovSmirnovCritical,
  kolmogorovSmirnovTwo,
  kolmogorovTail,
} from '../../src/base/goodness.ts';
import { Stream } from '../../src/base/stream.ts';
import { expectClose } from './close.ts';

const uniform = (x: number) => Math.min(1, Math.max(0, x));

test.each([
  // mpmath 1.3, the alternating series at 40 digits
  [0.3, 0.9999906941986655],
  [0.5, 0.9639452436648751],
  [0.8, 0.5441424115741982],
  [1, 0.26999967167735456],
  [1.2238, 0.10002342783567782],
  [1.3581, 0.049999630431667434],
  [1.6276, 0.010001537333060768],
  [3, 3.045995948942526e-8],
])('Kolmogorov’s law beyond %d', (x, expected) => {
  expectClose(kolmogorovTail(x), expected, 2e-14);
});

test('both series of Kolmogorov’s law meet at 1', () => {
  expect(kolmogorovTail(1 - 1e-12)).toBeCloseTo(kolmogorovTail(1), 10);
  expect(kolmogorovTail(0)).toBe(1);
});

test('the one-sample distance looks on both sides of each step', () => {
  expectClose(kolmogorovSmirnov([0.9], uniform).statistic, 0.9, 1e-15);
  expectClose(kolmogorovSmirnov([0.1], uniform).statistic, 0.9, 1e-15);
  expectClose(kolmogorovSmirnov([0.5, 0.25, 0.75], uniform).statistic, 0.25, 1e-15);
});

/**
 * Hypothesis: with true laws the test at 5 % rejects 5 %. False-alarm rate 1e-5 and 0.002 for the error of Stephens'
 * correction; without the correction at n = 8 it would reject 3.2 %, found with power above 0.99.
 */
test('its p-value is right for small samples', () => {
  const runs = 10_000;
  const stream = new Stream('goodness', 'p-value', 1);
  let rejected = 0;
  for (let i = 0; i < runs; i++) {
    const sample = Float64Array.from({ length: 8 }, () => stream.draw(0));
    if (kolmogorovSmirnov(sample, uniform).pValue < 0.05) rejected++;
  }
  const error = Math.abs(rejected / runs - 0.05);
  expect(error).toBeLessThan(0.002 + 4.42 * Math.sqrt((0.05 * 0.95) / runs));
});

test('the two-sample distance, by hand, with ties across and within samples', () => {
  expect(kolmogorovSmirnovTwo([1, 2, 3, 4], [3, 4, 5, 6]).statistic).toBe(0.5);
  expect(kolmogorovSmirnovTwo([1, 1, 1, 2], [1, 2, 2, 2]).statistic).toBe(0.5);
  expect(kolmogorovSmirnovTwo([1, 2], [2, 1, 2, 1]).statistic).toBe(0);
  expect(kolmogorovSmirnovTwo([1, 2], [8, 9, 10]).statistic).toBe(1);
});

test('the two-sample critical value at 5 % is 1.358 sqrt(1/n + 1/m)', () => {
  expectClose(kolmogorovSmirnovCritical(0.05, 100, 50), 1.3581 * Math.sqrt(0.03), 1e-5);
});

test('two-sample: a shift is found, its absence is not', () => {
  const stream = new Stream('goodness', 'two', 3);
  const sample = (lane: number, shift: number) =>
    Float64Array.from({ length: 5000 }, () => shift + stream.draw(lane));
  const base = sample(0, 0);
  const critical = kolmogorovSmirnovCritical(1e-5, 5000, 5000);
  const same = kolmogorovSmirnovTwo(base, sample(1, 0));
  const shifted = kolmogorovSmirnovTwo(base, sample(2, 0.1));
  expect(same.statistic).toBeLessThan(critical);
  expect(same.pValue).toBeGreaterThan(1e-5);
  expect(shifted.statistic).toBeGreaterThan(critical);
  expect(shifted.pValue).toBeLessThan(1e-5);
});

test('chi-square of Mendel’s round and wrinkled, yellow and green peas', () => {
  // Mendel 1866: 315, 101, 108, 32 of 556 against 9:3:3:1; chi-square 0.470, p 0.925 in every textbook
  const expected = [9, 3, 3, 1].map((share) => (556 * share) / 16);
  const { statistic, pValue } = chiSquare([315, 101, 108, 32], expected);
  expect(statistic).toBeCloseTo(0.47, 3);
  expect(pValue).toBeCloseTo(0.925, 3);
});

test('chi-square counts fitted parameters', () => {
  expectClose(chiSquare([6, 4, 10], [5, 5, 10], 1).pValue, 0.5270892568655381, 1e-13); // Q(1/2, 1/5)
});

test('goodness of fit refuses what has no answer', () => {
  expect(() => kolmogorovSmirnov([], uniform)).toThrow('BUG');
  expect(() => kolmogorovSmirnovTwo([1], [])).toThrow('BUG');
  expect(() => chiSquare([1, 2], [3])).toThrow('BUG');
  expect(() => chiSquare([1, 2], [3, 0])).toThrow('BUG');
  expect(() => chiSquare([1], [1])).toThrow('BUG');
});
