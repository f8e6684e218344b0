import { describe, expect, it } from 'vitest';
import {
  completionPeriods,
  detectionExcess,
  lateProbability,
} from '../../src/experiment/gossip-spread-theory.ts';

describe('time until a heartbeat is everywhere', () => {
  it('by hand: one exponential stage of 2 members, two of 3', () => {
    // 2: lambda_1 = 1. 3: lambda_1 = 1 * 2/2, lambda_2 = 2 * 1/2. With one failed: lambda_1 = 1 * 1/2.
    expect(completionPeriods({ n: 2 }, 'poisson')).toBeCloseTo(1, 12);
    expect(completionPeriods({ n: 2, arrival: 0.25 }, 'poisson')).toBeCloseTo(4, 12);
    expect(completionPeriods({ n: 3 }, 'poisson')).toBeCloseTo(2, 12);
    expect(completionPeriods({ n: 3, failed: 1 }, 'poisson')).toBeCloseTo(2, 12);
    // 4: rates 1, 4/3, 1
    expect(completionPeriods({ n: 4 }, 'poisson')).toBeCloseTo(2.75, 12);
  });

  it('its law by hand: exponential of 2 members, Erlang of 3', () => {
    for (const t of [0, 0.5, 3, 20, 60]) {
      const e = Math.exp(-t);
      expect(lateProbability({ n: 2 }, t) / e).toBeCloseTo(1, 9);
      expect(lateProbability({ n: 3 }, t) / (e * (1 + t))).toBeCloseTo(1, 9);
      expect(lateProbability({ n: 3, failed: 1 }, t) / Math.exp(-t / 2)).toBeCloseTo(1, 9);
    }
  });

  it.each([
    { n: 10, failed: 0, arrival: 1 },
    { n: 50, failed: 0, arrival: 0.5 },
    { n: 30, failed: 12, arrival: 0.9 },
  ])('the mean is the area under the law: %o', (group) => {
    const step = 0.5;
    let area = 0.5; // trapezoids: the ends count half
    for (let t = step; t < 70; t += step) area += lateProbability(group, t);
    expect(area * step).toBeCloseTo(completionPeriods(group, 'poisson'), 3);
  });

  it('refuses what is no group and no time', () => {
    expect(() => lateProbability({ n: 1 }, 1)).toThrow('n must be a whole number');
    expect(() => lateProbability({ n: 5 }, -1)).toThrow('periods must be');
  });
});

describe('detection time beyond T_fail', () => {
  it('by hand, on Poisson clocks', () => {
    // 2 members: the only observer's last news is Exp(1) old.
    expect(detectionExcess({ n: 2 }, 'poisson')).toEqual({ first: -1, mean: -1, last: -1 });
    // 3: the first of two observers tells the other at rate 1/2: 0 and 2 after the last news, which is 1 old.
    expect(detectionExcess({ n: 3 }, 'poisson')).toEqual({ first: -1, mean: 0, last: 1 });
    // Half of the messages are lost: all takes twice as long.
    expect(detectionExcess({ n: 3, arrival: 0.5 }, 'poisson')).toEqual({
      first: -2,
      mean: 0,
      last: 2,
    });
    // A failed member is called as often as any other, as the crashed one is after the crash.
    expect(detectionExcess({ n: 4, failed: 1 }, 'poisson')).toEqual({
      first: -1.5,
      mean: 0,
      last: 1.5,
    });
  });

  it('by hand, of periodic gossip', () => {
    expect(detectionExcess({ n: 2 }, 'periodic')).toEqual({ first: -0.5, mean: -0.5, last: -0.5 });
    // 3: the first observer calls after U, U + 1, ..., each time the other with probability 1/2: 1.5 in the mean.
    expect(detectionExcess({ n: 3 }, 'periodic')).toEqual({ first: -0.5, mean: 0.25, last: 1 });
  });
});

describe('periodic gossip', () => {
  it('by hand: one of two is told by a call at a uniform time', () => {
    expect(completionPeriods({ n: 2 }, 'periodic')).toBeCloseTo(0.5, 12);
    // Each call arrives with probability 1/4: 3 periods more in the mean.
    expect(completionPeriods({ n: 2, arrival: 0.25 }, 'periodic')).toBeCloseTo(3.5, 12);
  });

  it('of three, by the calls one after the other', () => {
    // The source tells another at U. From there that one calls at V, V + 1, ... and the source at 1, 2, ..., in turns; each
    // call meets the third with probability 1/2.
    let mean = 1 / 2; // of U
    for (let period = 0; period < 60; period++) {
      mean += (period + 1 / 2) / 2 ** (2 * period + 1) + (period + 1) / 2 ** (2 * period + 2);
    }
    expect(completionPeriods({ n: 3 }, 'periodic')).toBeCloseTo(mean, 12);
  });
});
