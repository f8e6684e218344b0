/**
 * Rumour mongering by Demers et al., PODC 1987, section 1.4 and table 1 (n = 1000), with few replicates. Each test is two-sided at
 * alpha 2.5e-5, as in broadcast.test.ts; the experiment rumour-mongering has all of it at full size.
 */
import { describe, expect, it } from 'vitest';
import { rumourMongering } from '../../src/protocols/index.ts';
import { expectNear, measure, PERIOD_MS, repeat, residueOf } from './spreads.ts';

describe('rumour mongering among 1000 sites', () => {
  // Tolerances: half a printed digit, and 6 % of s, 1.5 % of m and 0.2 cycles for the unknown number of their runs.
  it.each([
    [1, 0.18, 0.005, 1.7, 16.8],
    [2, 0.037, 0.0005, 3.3, 16.9],
    [3, 0.011, 0.0005, 4.5, 17.4],
    [4, 0.0036, 0.00005, 5.6, 17.5],
    [5, 0.0012, 0.00005, 6.7, 17.7],
  ])('push with feedback and counter gives table 1 at k = %i', (k, s, halfDigit, m, last) => {
    const runs = repeat(60, rumourMongering({ k }));
    expectNear(
      measure(runs, ({ residue }) => residue),
      s,
      halfDigit + 0.06 * s,
    );
    expectNear(
      measure(runs, ({ traffic }) => traffic),
      m,
      0.05 + 0.015 * m,
    );
    expectNear(
      measure(runs, (run) => run.last),
      last,
      0.05 + 0.2,
    );
  });

  // A site tells k others on average: ds/dt = -s i, di/dt = s i - i / k. Tolerance 3 % of s: the law is for n = infinity.
  it.each([2, 3, 4])('blind with a coin leaves s = exp(-k (1 - s)) at k = %i', (k) => {
    const runs = repeat(60, rumourMongering({ judgement: 'blind', rule: 'coin', k }));
    const s = residueOf(k);
    expectNear(
      measure(runs, ({ residue }) => residue),
      s,
      0.03 * s,
    );
  });

  // Demers' equation lets one contact follow another, as asynchronous cycles do; in synchronous ones two sites that
  // tell a third at once are both useful, and the residue is smaller (table 1: .18 against .203 at k = 1).
  it.each([1, 2])(
    'feedback with a coin in asynchronous cycles leaves s = exp(-(k + 1) (1 - s)) at k = %i',
    (k) => {
      const runs = repeat(60, rumourMongering({ rule: 'coin', k }), {
        rounds: { periodMs: PERIOD_MS, phase: 'random' },
      });
      const s = residueOf(k + 1);
      expectNear(
        measure(runs, ({ residue }) => residue),
        s,
        0.03 * s,
      );
    },
  );

  it.each([
    ['feedback, counter', rumourMongering({ k: 2 })],
    ['blind, counter', rumourMongering({ judgement: 'blind', k: 3 })],
    ['feedback, coin', rumourMongering({ rule: 'coin', k: 2 })],
  ] as const)('push with %s leaves s = exp(-m)', (_, protocol) => {
    const runs = repeat(60, protocol);
    // Per run s exp(m) is 1 up to its noise; a mean of ratios is off by about half the variance of m, here below 1 %.
    expectNear(
      measure(runs, ({ residue, traffic }) => residue * Math.exp(traffic)),
      1,
      0.01,
    );
  });

  // Who calls does not know who else does, so a call hits whether it is rejected or not: s = exp(-calls). Rejected ones
  // are not traffic: s = exp(-lambda m) with 1 < lambda < 1/(1 - 1/e) = 1.582, which is reached if all sites call.
  it('push with connection limit 1 leaves s = exp(-calls), less than exp(-m)', () => {
    const runs = repeat(60, rumourMongering({ k: 3, connectionLimit: 1 }));
    expectNear(
      measure(runs, ({ residue, calls }) => residue * Math.exp(calls)),
      1,
      0.01,
    );
    const lambda =
      -Math.log(measure(runs, ({ residue }) => residue).mean) /
      measure(runs, ({ traffic }) => traffic).mean;
    expect(lambda).toBeGreaterThan(1.2); // se 0.01
    expect(lambda).toBeLessThan(1.582);
  });
});
