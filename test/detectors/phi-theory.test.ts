/** What phi promises and what comes of it: by hand, by limits, and by plain sums over drawn windows. */
import { expect, it } from 'vitest';
import { exponentialQuantile, normalQuantile } from '../../src/base/quantiles.ts';
import { Stream } from '../../src/base/stream.ts';
import {
  keptByCapped,
  keptByExponential,
  keptByNormal,
  promised,
} from '../../src/detectors/phi-theory.ts';
import { expectClose } from '../base/close.ts';

it('a long window keeps the promise, a window of one does not', () => {
  expectClose(keptByExponential(3, 1e9, 1).mistake, promised(3), 1e-6);
  expectClose(keptByExponential(1, 1, 1).mistake, 1 / (1 + Math.LN10), 1e-14); // P(X > ln 10 Y)
  expectClose(keptByNormal(3.090232306167813, 1e6, 0, 1).mistake, promised(3), 1e-4);
  expectClose(keptByNormal(1, 2, 0, 1).mistake, 0.5 - Math.atan(1 / Math.sqrt(3)) / Math.PI, 1e-12);
});

it('a cap far away changes nothing; one at 2 means leaves 0.687 of the mean', () => {
  const free = keptByExponential(2, 100, 1000);
  const far = keptByCapped(2, 100, 1000, 1e6);
  expectClose(far.mistake, free.mistake, 1e-12);
  expectClose(far.silence, free.silence, 1e-12);
  const { silence } = keptByCapped(1, 100, 1, 2);
  expectClose(silence / Math.LN10, 1 - 2 / (Math.exp(2) - 1), 1e-14);
});

it('agrees with the mean over drawn windows', () => {
  const draws = new Stream('windows', 'test', 1);
  const RUNS = 20_000;
  const [WINDOW, PHI, Z, CAP] = [20, 1.5, 2, 2];
  let free = 0;
  let capped = 0;
  let normal = 0;
  let spread = 0;
  for (let run = 0; run < RUNS; run++) {
    let sum = 0;
    let below = 0;
    let a = 0;
    let b = 0;
    for (let i = 0; i < WINDOW; i++) {
      const u = draws.draw(0);
      sum += exponentialQuantile(u, 1);
      below += exponentialQuantile(u * -Math.expm1(-CAP), 1);
      const x = normalQuantile(draws.draw(0));
      a += x;
      b += x * x;
    }
    const mean = a / WINDOW;
    const sd = Math.sqrt(b / WINDOW - mean ** 2);
    const next = normalQuantile(draws.draw(0));
    free += Math.exp((-PHI * Math.LN10 * sum) / WINDOW);
    capped += Math.exp((-PHI * Math.LN10 * below) / WINDOW);
    normal += next > mean + Z * sd ? 1 : 0;
    spread += sd;
  }
  // Four standard errors, the coins of the last but one included.
  expectClose(free / RUNS, keptByExponential(PHI, WINDOW, 1).mistake, 0.025);
  expectClose(capped / RUNS, keptByCapped(PHI, WINDOW, 1, CAP).mistake, 0.02);
  const { mistake, silence } = keptByNormal(Z, WINDOW, 5, 1);
  expect(Math.abs(normal / RUNS - mistake)).toBeLessThan(4 * Math.sqrt(mistake / RUNS));
  expectClose(5 + (Z * spread) / RUNS, silence, 0.004);
});
