/** Intervals of rates in summaries: the wider of Student's over runs and Garwood's of all that was counted. */
import { expect, it } from 'vitest';
import type { Experiment, Measures } from '../../src/experiment/model.ts';
import { summaryOf } from '../../src/experiment/summary.ts';

const EXPERIMENT = {
  measures: { rate: 'of mistakes', rate_exposure: 'hours' },
  exposures: { rate: 'rate_exposure' },
  ranges: { rate: [0, Infinity] },
} as unknown as Experiment;

/** Each run counts for 10 hours. */
function rateOf(counts: readonly number[]) {
  const runs = counts.map((count): Measures => ({ rate: count / 10, rate_exposure: 10 }));
  const cell = { cell: {}, replicates: runs.length };
  return summaryOf(EXPERIMENT, cell, runs, 0.95).measures.rate;
}

it('nothing in 300 hours is below 0.0123 per hour', () => {
  const { mean, ciLow, ciHigh } = rateOf(Array(30).fill(0));
  expect([mean, ciLow]).toEqual([0, 0]);
  expect(ciHigh).toBeCloseTo(-Math.log(0.025) / 300, 12);
});

it('a few have at least the width of a Poisson count', () => {
  const { mean, ciLow, ciHigh } = rateOf([1, ...Array(29).fill(0)]);
  expect(mean).toBeCloseTo(1 / 300, 12);
  expect(ciLow).toBe(0); // Student's goes below
  expect(ciHigh).toBeCloseTo(5.5716 / 300, 6);
});

it('bursts have the width of the scatter between runs', () => {
  const { mean, se, ciHigh } = rateOf([100, 0, 0, 0, 0]);
  expect(ciHigh).toBeCloseTo(mean + 2.776445 * se, 5);
});

it('one run that counts something shows no scatter: there is no interval', () => {
  expect(rateOf([7]).ciHigh).toBeNaN();
  expect(rateOf([0]).ciHigh).toBeCloseTo(0.3689, 4);
});
