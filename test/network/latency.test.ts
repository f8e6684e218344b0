import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { chiSquare, kolmogorovSmirnov } from '../../src/base/goodness.ts';
import { gammaP, normalCdf } from '../../src/base/special.ts';
import type { Link } from '../../src/engine/model.ts';
import {
  constant,
  empirical,
  exponential,
  gamma,
  lognormal,
  pareto,
  uniform,
  weibull,
} from '../../src/network/latency.ts';
import { built, delays, delaysMs } from './support.ts';

const SIZE = 20_000;

/** Each law with its distribution function at x >= 0 ms. */
const laws: [string, Link, (x: number) => number][] = [
  ['uniform', uniform({ minMs: 20, maxMs: 70 }), (x) => Math.min(Math.max((x - 20) / 50, 0), 1)],
  ['exponential', exponential({ meanMs: 50 }), (x) => -Math.expm1(-x / 50)],
  [
    'exponential with a floor',
    exponential({ meanMs: 50, minMs: 30 }),
    (x) => -Math.expm1(-Math.max(x - 30, 0) / 20),
  ],
  ['lognormal', lognormal({ medianMs: 50, sigma: 0.5 }), (x) => normalCdf(Math.log(x / 50) / 0.5)],
  ['weibull', weibull({ shape: 0.7, scaleMs: 50 }), (x) => -Math.expm1(-((x / 50) ** 0.7))],
  ['pareto', pareto({ shape: 1.5, minMs: 50 }), (x) => (x < 50 ? 0 : 1 - (50 / x) ** 1.5)],
  ['gamma', gamma({ shape: 3, scaleMs: 20 }), (x) => gammaP(3, x / 20)],
];

describe('a latency law', () => {
  // H0: delays follow the distribution function (rounding to 1 us moves it by less than 1e-4). Kolmogorov-Smirnov,
  // alpha 1e-5, size 20,000: critical distance 0.0175; a mean 7 % off moves an exponential by 0.026, power > 0.99.
  it.each(laws)('of name %s gives delays of that law', (_name, link, cdf) => {
    expect(kolmogorovSmirnov(delaysMs(link, SIZE), cdf).pValue).toBeGreaterThan(1e-5);
  });

  it.each(laws)('of name %s gives whole microseconds, none below 0', (_name, link) => {
    expect(delays(link, 1000).every((delay) => Number.isInteger(delay) && delay >= 0)).toBe(true);
  });

  it('is coupled with any other: what is early under one is early under the other', () => {
    const early = delays(exponential({ meanMs: 50 }), 1000).map((delay) => delay < 34_657); // its median, 50 ln 2
    expect(delays(lognormal({ medianMs: 50, sigma: 1 }), 1000).map((d) => d < 50_000)).toEqual(
      early,
    );
    expect(early).toContain(true);
    expect(early).toContain(false);
  });

  it('gives a node the same delays whatever other nodes send', () => {
    const link = exponential({ meanMs: 50 });
    const alone = built(link, 4);
    const first = Array.from({ length: 40 }, () => alone.delay(0, 1, 0, 0)); // [i] the i-th delay of node 0
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }), (senders) => {
        const transit = built(link, 4);
        const sent = senders.map((from) => ({ from, delay: transit.delay(from, 3 - from, 0, 0) }));
        const ofNode0 = sent.filter(({ from }) => from === 0).map(({ delay }) => delay);
        expect(ofNode0).toEqual(first.slice(0, ofNode0.length));
      }),
      { seed: 5, numRuns: 30 },
    );
  });
});

describe('a constant latency', () => {
  it('is the given one, to the microsecond', () => {
    expect(delays(constant({ ms: 1.2345 }), 2)).toEqual([1235, 1235]);
  });
});

describe('an empirical latency', () => {
  // H0: each of four samples with probability 1/4. Chi-squared, 3 df, alpha 1e-5; a sample 5 % too likely at size
  // 20,000 has noncentrality 17, power 0.2; one left out is always seen.
  it('is each of the samples equally often', () => {
    const found = delaysMs(empirical({ samplesMs: [7, 1, 3, 5] }), SIZE);
    const counts = [1, 3, 5, 7].map((ms) => found.filter((delay) => delay === ms).length);
    expect(chiSquare(counts, [SIZE / 4, SIZE / 4, SIZE / 4, SIZE / 4]).pValue).toBeGreaterThan(
      1e-5,
    );
  });
});

describe('a tail too heavy for any clock', () => {
  it('ends at 2^52 microseconds and is never taken for a loss', () => {
    const found = delays(pareto({ shape: 0.01, minMs: 1 }), 1000);
    expect(Math.max(...found)).toBe(2 ** 52);
  });
});

describe('bad parameters of latencies', () => {
  it.each<[string, () => Link]>([
    ['constant: ms must be a number in [0, 4503599627370.496]; got -1', () => constant({ ms: -1 })],
    [
      'uniform: maxMs must be a number in [20, 4503599627370.496]; got 10',
      () => uniform({ minMs: 20, maxMs: 10 }),
    ],
    ['exponential: meanMs must be a number above 0; got 0', () => exponential({ meanMs: 0 })],
    [
      'exponential: minMs must be a number in [0, 50]; got 60',
      () => exponential({ meanMs: 50, minMs: 60 }),
    ],
    [
      'lognormal: sigma must be a number at least 0 and finite; got NaN',
      () => lognormal({ medianMs: 1, sigma: NaN }),
    ],
    ['weibull: shape must be a number above 0; got -2', () => weibull({ shape: -2, scaleMs: 1 })],
    ['pareto: minMs must be a number above 0; got 0', () => pareto({ shape: 1, minMs: 0 })],
    [
      'gamma: scaleMs must be a number above 0; got Infinity',
      () => gamma({ shape: 1, scaleMs: Infinity }),
    ],
    [
      'empirical: samplesMs must hold at least one latency; got an empty list',
      () => empirical({ samplesMs: [] }),
    ],
    [
      'empirical: samplesMs[1] must be a number in [0, 4503599627370.496]; got -3',
      () => empirical({ samplesMs: [1, -3] }),
    ],
  ])('are named: %s', (sentence, make) => {
    expect(make).toThrow(new UserError(sentence));
  });
});
