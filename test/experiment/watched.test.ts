/** One node watches others: what is recorded, and that a timeout is found that is as fast as another one. */
import { expect, test } from 'vitest';
import { timeout } from '../../src/detectors/timeout.ts';
import { judgedBy, judgedByTimeout, timeoutFor, watched } from '../../src/experiment/watched.ts';
import { exponentialMs } from '../../src/faults/durations.ts';
import { pauses } from '../../src/faults/pauses.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { lossy } from '../../src/network/loss.ts';

const options = { seed: 'watched', subjects: 4, warmUp: 10, heartbeats: 50 };

test('every subject is watched by node 0 from the end of the warm-up to its crash, and nobody else by anybody', () => {
  const run = watched({ ...options, link: constant({ ms: 20 }) });
  expect(run.crashes.map(({ node }) => node)).toEqual([1, 2, 3, 4]);
  run.crashes.forEach(({ time }, i) => {
    expect(time).toBeGreaterThan(60e6 + i * 250e3); // one in each quarter of the period
    expect(time).toBeLessThan(60e6 + (i + 1) * 250e3);
  });
  const quality = judgedBy(run, timeout(), 1500);
  const hours = run.crashes.reduce((sum, { time }) => sum + (time - 10e6) / 3.6e9, 0);
  expect(quality.pairHours).toBeCloseTo(hours, 12);
  expect(quality.mistakes).toBe(0);
  // Heartbeat 60 arrives at 60.02 s; the crash is 1.5 s of silence before the suspicion.
  const mean = run.crashes.reduce((sum, { time }) => sum + 61520 - time / 1000, 0) / 4;
  expect(quality.detection.meanMs).toBeCloseTo(mean, 6);
});

test('the timeout as fast as a timeout is that timeout', () => {
  const run = watched({
    ...options,
    link: lossy(0.2, exponential({ meanMs: 150 })),
    faults: (nodes, untilMs) => pauses({ nodes, perHour: 300, untilMs, lasts: exponentialMs(500) }),
  });
  const quality = judgedBy(run, timeout(), 2345);
  expect(quality.mistakes).toBeGreaterThan(0);
  expect(timeoutFor(run, quality.detection.meanMs!)).toBeCloseTo(2345, 2);
  expect(judgedByTimeout(run, quality.detection.meanMs!).mistakes).toBe(quality.mistakes);
});
