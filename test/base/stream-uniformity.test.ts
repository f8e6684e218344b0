/**
 * Hypothesis of each test: independent uniform draws. False-alarm rate 1e-5 each, fixed seeds, about 20 tests.
 * Power at 1e5 draws in 100 cells: cells off by 5 % up or down give a noncentrality of 250, found with more than 0.999;
 * a correlation of 0.03 is found with more than 0.999.
 */
import { expect, test } from 'vitest';
import { chiSquare } from '../../src/base/goodness.ts';
import { Stream } from '../../src/base/stream.ts';

const ALPHA = 1e-5;
const N = 100_000;

/** p-value of values in [0, 1) against uniform, over `cells` equal cells. */
function uniformity(values: ArrayLike<number>, cells: number): number {
  const counts = new Float64Array(cells);
  for (let i = 0; i < values.length; i++) counts[Math.floor(values[i] * cells)]++;
  return chiSquare(
    counts,
    counts.map(() => values.length / cells),
  ).pValue;
}

/** Correlation of values[i] with values[i + lag], times sqrt(n): standard normal for uniform independent values. */
function serial(values: Float64Array, lag: number): number {
  let product = 0;
  for (let i = lag; i < values.length; i++) product += (values[i] - 0.5) * (values[i - lag] - 0.5);
  return (12 * product) / Math.sqrt(values.length - lag);
}

/** Pairs (i, i + 1) in a square of 10 x 10 cells: more than linear dependence. */
const pairs = (values: Float64Array) =>
  Float64Array.from({ length: values.length / 2 }, (_, i) => {
    return (Math.floor(values[2 * i] * 10) + values[2 * i + 1]) / 10;
  });

const bySeed = Float64Array.from({ length: N }, (_, seed) =>
  new Stream(String(seed), 'loss', 1).draw(0),
); // [seed] first draw
const lanes = new Stream('lanes', 'loss', N);
const byLane = Float64Array.from({ length: N }, (_, lane) => lanes.draw(lane)); // [lane] first draw
const byTime = Float64Array.from({ length: N }, () => lanes.draw(3)); // [draw] of one lane
const interleaved = Float64Array.from({ length: N }, (_, i) => lanes.draw(100 + (i % 10))); // [draw] ten lanes in turn

test.each([
  ['first draws of consecutive seeds', bySeed],
  ['first draws of consecutive lanes', byLane],
  ['consecutive draws of a lane', byTime],
  ['draws of ten lanes in turn', interleaved],
])('%s are uniform and uncorrelated with their neighbours', (_, values) => {
  expect(uniformity(values, 100)).toBeGreaterThan(ALPHA);
  expect(uniformity(pairs(values), 100)).toBeGreaterThan(ALPHA);
  for (const lag of [1, 2, 10]) expect(Math.abs(serial(values, lag))).toBeLessThan(4.42);
});

test('the lowest eight bits of draws are uniform too', () => {
  expect(
    uniformity(
      byTime.map((u) => (u * 2 ** 44) % 1),
      64,
    ),
  ).toBeGreaterThan(ALPHA);
});

// The bound 3 * 2^30 is the one where taking a remainder without rejection would double a third of the values.
test.each([2, 3, 7, 1000, 3 * 2 ** 30, 2 ** 31 + 1, 2 ** 32])('below %i is uniform', (bound) => {
  const stream = new Stream('below', String(bound), 1);
  const values = Float64Array.from({ length: N }, () => stream.below(0, bound));
  expect(values.every((value) => Number.isInteger(value) && value >= 0 && value < bound)).toBe(
    true,
  );
  expect(
    uniformity(
      values.map((value) => value / bound),
      Math.min(bound, 1000),
    ),
  ).toBeGreaterThan(ALPHA);
});

test('below 1 is 0', () => {
  const stream = new Stream('below', '1', 1);
  for (let i = 0; i < 100; i++) expect(stream.below(0, 1)).toBe(0);
});

test('the test finds draws that are raised to the power 1.05', () => {
  expect(
    uniformity(
      byTime.map((u) => u ** 1.05),
      100,
    ),
  ).toBeLessThan(ALPHA);
});
