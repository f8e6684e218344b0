/** Closed forms of fixed timeouts, against values computed by hand and against each other. */
import { expect, test } from 'vitest';
import { lossOnlyRecurrence } from '../../src/detectors/chen-theory.ts';
import {
  burstRecurrence,
  exponentialDelayRecurrence,
  pauseRecurrence,
} from '../../src/experiment/timeout-theory.ts';

test('exponential delays: every second heartbeat comes later than a period after the one before', () => {
  expect(exponentialDelayRecurrence(1000, 150, 1000)).toBe(2000);
  expect(exponentialDelayRecurrence(1000, 150, 1000 + 150 * Math.LN2)).toBeCloseTo(4000, 9);
});

test('bursts that begin and end without memory are independent losses', () => {
  const p = 0.05;
  for (const m of [1, 2, 5]) {
    const independent = burstRecurrence(1000, { goodToBad: p, badToGood: 1 - p }, m);
    expect(independent / lossOnlyRecurrence(1000, p, m)).toBeCloseTo(1, 12);
  }
});

test('bursts: of mean length 2 one in 32 messages, half of them go on', () => {
  const burst = { goodToBad: 1 / 30, badToGood: 1 / 2 }; // bad for 1/16 of the messages
  expect(burstRecurrence(1, burst, 1)).toBeCloseTo(32, 12);
  expect(burstRecurrence(1, burst, 3)).toBeCloseTo(128, 12);
});

test('pauses that are rare: the sum of a uniform age and an exponential length', () => {
  const every = 1e9;
  // P(V + Y > 2) for V uniform in (0, 1) and Y of mean 1: e^-2 (e - 1) = e^-1 - e^-2.
  const recurrence = pauseRecurrence(1, { every, meanPause: 1 }, 2) / every;
  expect(recurrence * (Math.exp(-1) - Math.exp(-2))).toBeCloseTo(1, 7);
  let share = 0; // by the midpoint rule over V
  for (let i = 0; i < 1000; i++) share += Math.exp(-(3.5 - (i + 0.5) / 1000) / 2) / 1000;
  expect((pauseRecurrence(1, { every, meanPause: 2 }, 3.5) / every) * share).toBeCloseTo(1, 6);
});

test('pauses that overlap are fewer and longer', () => {
  // rho = ln 2: they begin at half the rate and last 1 on average; P(V + Y > 1) = e^-1 (e - 1).
  const recurrence = pauseRecurrence(1, { every: 1, meanPause: Math.LN2 }, 1);
  expect(recurrence * (1 - Math.exp(-1))).toBeCloseTo(2, 12);
});
