/** The closed form of the simple detector against limits known otherwise, and the mean detection time against sums. */
import { expect, it } from 'vitest';
import { lossOnlyRecurrence, meanDetection } from '../../src/detectors/chen-theory.ts';
import { qualityOfSfd } from '../../src/detectors/sfd-theory.ts';
import { expectClose } from '../base/close.ts';

const law = (loss: number, mean: number) => ({
  eta: 1,
  loss,
  tail: (x: number) => Math.exp(-x / mean),
  quantile: (u: number) => -mean * Math.log1p(-u),
});

it('with next to no delay it is loss in a row that makes mistakes', () => {
  const { recurrence, duration, accuracy, detectionBound } = qualityOfSfd(law(0.1, 1e-6), 0.1, 2.5);
  expectClose(recurrence, lossOnlyRecurrence(1, 0.1, 2), 1e-9);
  // Two lost: the interval is 3, 4, ... long, so a mistake lasts 0.5, 1.5, ... with shares 0.9, 0.09, ...
  expectClose(duration, 0.5 + 0.1 / 0.9, 1e-6);
  expectClose(accuracy, 1 - duration / recurrence, 1e-12);
  expect(detectionBound).toBe(2.6);
});

it('a timeout of one period is missed by every second heartbeat: D’ exceeds D as often as not', () => {
  const { recurrence, duration } = qualityOfSfd(law(0, 0.02), 0.999, 1);
  expectClose(recurrence, 2, 2e-3); // the midpoints of equal delays count as in time
  expectClose(duration, 0.02, 5e-3); // memoryless: D’ - D given D’ > D is exponential with the mean of D
});

it('what the cutoff drops counts as lost', () => {
  const cutoff = 0.02 * Math.log(4); // a quarter takes longer
  const dropped = qualityOfSfd(law(0, 0.02), cutoff, 1.5);
  expectClose(dropped.recurrence, lossOnlyRecurrence(1, 0.25, 1), 1e-9);
});

it('the mean detection time is half a period below the bound without loss, and 0 where the suspicion comes first', () => {
  expect(meanDetection(1, 0, 1.5)).toBe(1);
  expect(meanDetection(1, 0, 0.5)).toBe(0.125); // the crash comes before the suspicion for half of the time
  expectClose(meanDetection(1, 0.2, 2.25), 0.8 * 1.75 + 0.16 * 0.75 + 0.032 * 0.03125, 1e-14);
});
