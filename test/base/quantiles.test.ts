/** Reference values: mpmath 1.3 at 40 digits, by root finding on erfc and gammainc. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import {
  empirical,
  exponentialQuantile,
  gammaQuantile,
  gammaSampler,
  lognormalOfMean,
  lognormalOfMedian,
  lognormalQuantile,
  normalQuantile,
  paretoQuantile,
  weibullQuantile,
} from '../../src/base/quantiles.ts';
import { gammaP, gammaQ } from '../../src/base/special.ts';
import { expectClose } from './close.ts';

const LEAST = 2 ** -53; // the ends of Stream.draw
const GREATEST = 1 - 2 ** -53;

test.each([
  [0.5, 0],
  [0.6, 0.2533471031357997],
  [0.9, 1.2815515655446006],
  [0.925, 1.4395314709384561],
  [0.926, 1.446632067158979],
  [0.975, 1.9599639845400538],
  [0.01, -2.326347874040841],
  [1e-5, -4.264890793922825],
  [1e-10, -6.361340902404056],
  [1e-12, -7.034483825301132],
  [1e-100, -21.273453560965322],
  [1e-300, -37.0470962993612],
])('the normal quantile at %d', (u, expected) => {
  expectClose(normalQuantile(u), expected, 1e-15);
});

test.each([
  [0.1, 0.5, 0.0005933911044602262],
  [0.5, 0.01, 0.00007854392895485099],
  [1, 0.3, 0.3566749439387324],
  [2.5, 0.5, 2.1757300955477636],
  [2.5, 1e-8, 0.0010203686124682658],
  [10, 0.99, 18.783117393312523],
  [100, 0.025, 81.36399125092314],
  [1000, 0.9, 1040.7343080136902],
])('the gamma quantile of shape %d at %d', (shape, u, expected) => {
  expectClose(gammaQuantile(u, shape, 1), expected, 2e-14);
  expectClose(gammaQuantile(u, shape, 3), 3 * expected, 2e-14);
});

test('the gamma quantile inverts P and Q for shapes from 0.01 to 10 000 and all that Stream draws', () => {
  const u = fc.oneof(
    fc.double({ min: LEAST, max: GREATEST, noNaN: true }),
    fc.integer({ min: 1, max: 53 }).map((k) => 2 ** -k),
    fc.integer({ min: 1, max: 53 }).map((k) => 1 - 2 ** -k),
  );
  const shape = fc.double({ min: Math.log(0.01), max: Math.log(1e4), noNaN: true }).map(Math.exp);
  fc.assert(
    fc.property(u, shape, (u, shape) => {
      const x = gammaSampler(shape, 1)(u);
      if (x < 1e-300) return; // shape 0.01: the quantile is below the smallest number
      // 1e-10 of a tail probability is less than 1e-12 of x
      expectClose(u < 0.5 ? gammaP(shape, x) : gammaQ(shape, x), Math.min(u, 1 - u), 1e-10);
    }),
    { seed: 4, numRuns: 3000 },
  );
});

test('gamma of shape 1 is exponential, of shape 1/2 half the square of a normal', () => {
  for (let u = 0.001; u < 1; u += 0.001) {
    expectClose(gammaQuantile(u, 1, 7), exponentialQuantile(u, 7), 1e-13);
    expectClose(gammaQuantile(u, 0.5, 2), normalQuantile((1 + u) / 2) ** 2, 1e-12);
  }
});

test('Weibull of shape 1 is exponential', () => {
  expectClose(weibullQuantile(0.3, 1, 7), exponentialQuantile(0.3, 7), 1e-15);
});

test.each([
  ['exponential', exponentialQuantile(0.5, 10), 10 * Math.LN2],
  ['Weibull', weibullQuantile(1 - Math.exp(-4), 2, 10), 20],
  ['Pareto', paretoQuantile(0.75, 2, 10), 20],
  ['lognormal', lognormalQuantile(0.5, Math.log(40), 0.7), 40],
])('%s at a point that can be worked out by hand', (_, actual, expected) => {
  expectClose(actual, expected, 1e-14);
});

test.each<[string, (u: number) => number]>([
  ['exponential', (u) => exponentialQuantile(u, 10)],
  ['normal', normalQuantile],
  ['lognormal', (u) => lognormalQuantile(u, 1, 0.5)],
  ['Weibull', (u) => weibullQuantile(u, 0.7, 10)],
  ['Pareto', (u) => paretoQuantile(u, 1.5, 10)],
  ['gamma, shape below 1', gammaSampler(0.3, 10)],
  ['gamma, shape above 1', gammaSampler(4, 10)],
  ['empirical', empirical([5, 1, 3, 3, 9])],
])('%s: finite for all that Stream draws, and never decreasing', (_, quantile) => {
  const grid = Array.from({ length: 10_000 }, (_, i) => (i + 0.5) / 10_000);
  const values = [LEAST, ...grid, GREATEST].map(quantile);
  expect(values.every(Number.isFinite)).toBe(true);
  for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
});

test('lognormalOfMedian has that median', () => {
  const { mu, sigma } = lognormalOfMedian(40, 0.7);
  expectClose(lognormalQuantile(0.5, mu, sigma), 40, 1e-14);
  expect(sigma).toBe(0.7);
});

test('lognormalOfMean has that mean and standard deviation', () => {
  const { mu, sigma } = lognormalOfMean(50, 20);
  const mean = Math.exp(mu + sigma ** 2 / 2);
  expectClose(mean, 50, 1e-14);
  expectClose(mean * Math.sqrt(Math.expm1(sigma ** 2)), 20, 1e-14);
});

test('empirical picks each sample for an equal share of u, closed above, whatever their order', () => {
  const quantile = empirical([30, 10, 20, 20]);
  expect([LEAST, 0.25, 0.2500001, 0.75, 0.7500001, GREATEST].map(quantile)).toEqual([
    10, 10, 20, 20, 30, 30,
  ]);
});

test('empirical keeps its own copy of the samples', () => {
  const samples = [1, 2];
  const quantile = empirical(samples);
  samples[0] = 99;
  expect(quantile(0.1)).toBe(1);
});

test.each([
  ['no sample', []],
  ['NaN', [1, Number.NaN]],
  ['an infinite sample', [1, Infinity]],
])('empirical refuses %s', (_, samples) => {
  expect(() => empirical(samples)).toThrow(UserError);
});
