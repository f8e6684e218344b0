/** Hand-computed tables: timeout, Satzger, ED, chitchat. */
import { describe, expect, test } from 'vitest';
import { chitchat } from '../../src/detectors/chitchat.ts';
import { exponential } from '../../src/detectors/exponential.ts';
import { NOTHING_HEARD } from '../../src/detectors/model.ts';
import { satzger } from '../../src/detectors/satzger.ts';
import { timeout } from '../../src/detectors/timeout.ts';
import { expectClose } from '../base/close.ts';
import { at, expiryMs, heardAt } from './support.ts';

describe('timeout', () => {
  test.each([
    // heartbeats at 100 and 350 ms: silence counts from 350
    [350, 0],
    [351.5, 1.5],
    [850, 500],
    [5350, 5000],
    [5350.001, 5000.001],
  ])('at %d ms the silence is %d ms', (time, silence) => {
    expect(at(heardAt(timeout()(1), [100, 350]), time)).toBe(silence);
  });

  test('it expires when the level is reached', () => {
    const detector = heardAt(timeout({ timeoutMs: 500 })(1), [100, 350]);
    expect(expiryMs(detector, detector.defaultLevel)).toBe(850);
    expect(expiryMs(detector, 0.0004)).toBe(350.001); // the first whole microsecond that reaches it
    expect(expiryMs(detector, 0)).toBe(350);
  });
});

describe('Satzger', () => {
  // Intervals 100, 300, 200, 400, 100 ms; sorted 100 100 200 300 400; the last heartbeat is at 1100 ms.
  const arrivals = [0, 100, 400, 600, 1000, 1100];
  test.each([
    [1199.999, 0], // silence 99.999 ms: shorter than all
    [1200, 0.4], // 100: outlasts 2 of 5
    [1299.999, 0.4],
    [1300, 0.6], // 200: 3 of 5
    [1400, 0.8],
    [1499.999, 0.8],
    [1500, 1],
  ])('at %d ms the silence outlasts a share of %d', (time, share) => {
    expect(at(heardAt(satzger({ factor: 1 })(1), arrivals), time)).toBe(share);
  });

  test('a window of 3 keeps the last three intervals', () => {
    // 200, 400, 100: at 200 ms of silence two of three
    expectClose(at(heardAt(satzger({ factor: 1, window: 3 })(1), arrivals), 1300), 2 / 3, 1e-15);
  });

  test('the factor stretches the intervals', () => {
    // 400 ms stretched by 1.5 is 600 ms
    expect(expiryMs(heardAt(satzger()(1), arrivals), 1)).toBe(1700);
    expect(expiryMs(heardAt(satzger()(1), arrivals), 0.41)).toBe(1400); // the third, 200 ms
  });
});

describe('ED', () => {
  // Intervals 100, 300 ms: mean 200 ms; the last heartbeat is at 400 ms.
  const arrivals = [0, 100, 400];
  test.each([
    [400, 0],
    [500, 0.3934693402873666], // 1 - e^-0.5
    [600, 0.6321205588285577], // 1 - e^-1
    [800, 0.8646647167633873], // 1 - e^-2
    [2400, 0.9999546000702375], // 1 - e^-10
  ])('at %d ms F is %d', (time, probability) => {
    expectClose(at(heardAt(exponential()(1), arrivals), time), probability, 1e-14);
  });

  test('F = 1 - 1/1000 is reached after 6.9078 mean intervals', () => {
    // 200 ms * ln 1000 = 1381.5510557964 ms
    expect(expiryMs(heardAt(exponential()(1), arrivals), 0.999)).toBe(1781.552);
  });

  test('certainty is never reached', () => {
    const detector = heardAt(exponential()(1), arrivals);
    expect(at(detector, 1e9)).toBeLessThan(1);
    expect(detector.expiry(0, 1)).toBe(Infinity);
  });
});

describe('chitchat', () => {
  test.each([
    // intervals s, elapsed s, score; prior 5 s of weight 5
    [[1], 1, 3 / 13], // mean (1 + 25) / 6 = 4.3333
    [[1, 1], 4, 28 / 27], // mean (2 + 25) / 7
    [[1, 1, 11], 4, 28 / 27], // 11 s is above the cap of 10 s: not recorded
    [[1, 1, 10], 4, 32 / 37], // mean (12 + 25) / 8
    [Array(1000).fill(1), 8.159203980099502, 8], // mean 1025 / 1005
  ])('after intervals %j s and %d s of silence it is %d', (intervals, elapsed, score) => {
    const arrivals = [0];
    for (const interval of intervals)
      arrivals.push(arrivals[arrivals.length - 1] + interval * 1000);
    const detector = heardAt(chitchat()(1), arrivals);
    expectClose(at(detector, arrivals[arrivals.length - 1] + elapsed * 1000), score, 1e-6);
  });

  test('the prior of its own unit test: window 10, cap 5 s, prior 2 s', () => {
    const options = { window: 10, maxIntervalMs: 5000, priorMs: 2000 };
    // mean (3 + 5 * 2) / 6 = 2.16667
    expectClose(at(heardAt(chitchat(options)(1), [0, 3000]), 4000), 6 / 13, 1e-12);
  });

  test('somebody heard once is dead, and nobody is suspected before', () => {
    const detector = chitchat()(1);
    expect(at(detector, 5)).toBe(NOTHING_HEARD);
    heardAt(detector, [1000]);
    expect(at(detector, 1000)).toBe(Infinity);
    expect(expiryMs(detector, 8)).toBe(1000);
  });

  test('the window is lost with the node, and the time of the last heartbeat is not', () => {
    // Intervals of 0.1 s: after n the mean is (25 + 0.1 n) / (5 + n); 50 of them: 0.5455 s, dead after 4.36 s.
    const detector = chitchat()(1);
    for (let i = 0; i <= 50; i++) detector.heard(0, i * 100_000, i);
    detector.heard(0, 5_000_000 + 6_000_000, 51); // silence of 6 s: dead, but below the cap
    expectClose(at(detector, 12_000), 1 / ((6 + 25) / 6), 1e-12); // the only interval is 6 s
  });

  test('after a silence above the cap a node stays dead until its second heartbeat', () => {
    const detector = heardAt(chitchat()(1), [0, 1000, 2000, 60_000]);
    expect(at(detector, 60_000)).toBe(Infinity);
    detector.heard(0, 61_000_000, 5);
    expectClose(at(detector, 62_000), 3 / 13, 1e-12);
  });
});
