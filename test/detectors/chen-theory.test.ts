/** The closed forms of Chen, Toueg, Aguilera against high-precision quadrature (mpmath 1.3) and against a simulation. */
import { describe, expect, test } from 'vitest';
import { exponentialQuantile } from '../../src/base/quantiles.ts';
import { Stream } from '../../src/base/stream.ts';
import {
  lossOnlyRecurrence,
  qualityOfNfdS,
  qualityOfNfdU,
} from '../../src/detectors/chen-theory.ts';
import { nfdS } from '../../src/detectors/nfd-s.ts';
import { replay } from '../../src/detectors/replay.ts';
import { SUSPECTED } from '../../src/engine/model.ts';
import { expectClose } from '../base/close.ts';

/** The paper's setting: eta 1, delay exponential with mean 0.02. */
const law = (loss: number) => ({ eta: 1, loss, tail: (x: number) => Math.exp(-x / 0.02) });

test.each([
  [0.25, 0.01, 100.972848222, 0.779820682873, 0.99227692695],
  [0.5, 0.01, 101.010100871, 0.5301010094, 0.994752],
  [0.75, 0.01, 101.01010101, 0.280101010101, 0.997227],
  [1.25, 0.01, 10097.2848222, 0.779820682873, 0.99992276927],
  [1.5, 0.01, 10101.0100871, 0.5301010094, 0.99994752],
  [0.5, 0.1, 11.1111111097, 0.631111111035, 0.9432],
  [1.5, 0.1, 111.111111097, 0.631111111035, 0.99432],
])(
  'delta %d at loss %d: E(T_MR) %d, E(T_M) %d, P_A %d',
  (delta, loss, recurrence, duration, accuracy) => {
    const quality = qualityOfNfdS(law(loss), delta);
    expectClose(quality.recurrence, recurrence, 1e-10);
    expectClose(quality.duration, duration, 1e-9);
    expectClose(quality.accuracy, accuracy, 1e-11);
    expect(quality.detectionBound).toBe(delta + 1);
  },
);

test('time is in any unit', () => {
  const inSeconds = qualityOfNfdS(law(0.05), 0.7);
  const inMs = qualityOfNfdS({ eta: 1000, loss: 0.05, tail: (x) => Math.exp(-x / 20) }, 700);
  expectClose(inMs.recurrence, 1000 * inSeconds.recurrence, 1e-12);
  expectClose(inMs.duration, 1000 * inSeconds.duration, 1e-9);
  expectClose(inMs.accuracy, inSeconds.accuracy, 1e-12);
});

test.each([
  [0.01, 1, 101.0101],
  [0.01, 2, 10101.01],
  [0.1, 1, 11.11111],
  [0.1, 2, 111.1111],
  [0.3, 1, 4.761905],
  [0.3, 2, 15.87302],
  [0.3, 3, 52.91005],
])(
  'loss %d and a timeout of %d periods and a bit: a mistake every %d periods',
  (loss, m, periods) => {
    expectClose(lossOnlyRecurrence(1, loss, m), periods, 1e-6);
  },
);

test('with a constant delay only loss makes mistakes', () => {
  // delta 1.5, delay 0.1: m_2 is due at tau_2 - 1.4, so two lost in a row make a mistake, 0.6 long plus whole periods
  const quality = qualityOfNfdS({ eta: 1, loss: 0.2, tail: (x) => (x < 0.1 ? 1 : 0) }, 1.5);
  expectClose(quality.recurrence, lossOnlyRecurrence(1, 0.2, 2), 1e-12);
  // wrong at x < 0.6: m_i and m_(i+1) lost (0.04); after that, m_(i+2) as well (0.008)
  expectClose(1 - quality.accuracy, 0.6 * 0.04 + 0.4 * 0.008, 1e-9);
});

test('NFD-U is NFD-S with delta = E(D) + alpha', () => {
  expect(qualityOfNfdU(law(0.1), 0.48, 0.02)).toEqual(qualityOfNfdS(law(0.1), 0.5));
});

describe('simulated NFD-S at loss 0.1', () => {
  // 200,000 heartbeats, eta 1 s, delta 0.5 s. Hypothesis: the means of T_MR and T_M are those of the theory; z-tests,
  // two-sided, alpha 1e-5 each (4.42 se). About 18,000 mistakes, sd of T_MR 10.5 s, of T_M 0.35 s: a mean that is 5 %
  // off (T_MR) or 3 % off (T_M) is found with power above 0.99.
  const COUNT = 200_000;
  const draws = new Stream('nfd-s', 'heartbeats', 1);
  const sent: [number, number][] = []; // [arrival us, number]
  for (let i = 1; i <= COUNT; i++) {
    const lost = draws.draw(0) < 0.1;
    const delay = Math.round(exponentialQuantile(draws.draw(0), 20_000));
    if (!lost) sent.push([i * 1e6 + delay, i]);
  }
  sent.sort((a, b) => a[0] - b[0]);
  const arrivals = {
    times: Float64Array.from(sent, ([time]) => time),
    pairs: new Int32Array(sent.length),
    sequences: Float64Array.from(sent, ([, number]) => number),
  };
  const detector = nfdS({ etaMs: 1000 })(1);
  const [{ times, facts }] = replay(arrivals, detector, [500], COUNT * 1e6);
  const starts = times.filter((_, i) => facts[i] === SUSPECTED);
  const ends = times.filter((_, i) => facts[i] !== SUSPECTED);
  const expected = qualityOfNfdS(law(0.1), 0.5);

  function z(sample: readonly number[], mean: number): number {
    const average = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const squares = sample.reduce((sum, x) => sum + (x - average) ** 2, 0);
    return (average - mean) / Math.sqrt(squares / (sample.length - 1) / sample.length);
  }

  test('E(T_MR)', () => {
    const recurrences = Array.from(starts.subarray(1), (start, i) => (start - starts[i]) / 1e6);
    expect(recurrences.length).toBeGreaterThan(15_000);
    expect(Math.abs(z(recurrences, expected.recurrence))).toBeLessThan(4.42);
  });

  test('E(T_M), and with it P_A', () => {
    const durations = Array.from(ends, (end, i) => (end - starts[i]) / 1e6);
    expect(Math.abs(z(durations, expected.duration))).toBeLessThan(4.42);
    const wrong = durations.reduce((sum, x) => sum + x, 0) / COUNT;
    expectClose(wrong, 1 - expected.accuracy, 0.04); // what the two errors above leave
  });
});
