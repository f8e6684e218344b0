import { describe, expect, it } from 'vitest';
import {
  completionPeriods,
  detectionExcess,
  lateProbability,
  PERIODIC_LEAD,
} from '../../src/experiment/gossip-spread-theory.ts';

describe('time until a heartbeat is everywhere', () => {
  it('by hand: one exponential stage of 2 members, two of 3', () => {
    // 2: lambda_1 = 1. 3: lambda_1 = 1 * 2/2, lambda_2 = 2 * 1/2. With one failed: lambda_1 = 1 * 1/2.
    expect(completionPeriods({ n: 2 })).toBeCloseTo(1, 12);
    expect(completionPeriods({ n: 2, arrival: 0.25 })).toBeCloseTo(4, 12);
    expect(completionPeriods({ n: 3 })).toBeCloseTo(2, 12);
    expect(completionPeriods({ n: 3, failed: 1 })).toBeCloseTo(2, 12);
    // 4: rates 1, 4/3, 1
    expect(completionPeriods({ n: 4 })).toBeCloseTo(2.75, 12);
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
    const step = 0.25;
    let area = 0.5; // trapezoids: the ends count half
    for (let t = step; t < 90; t += step) area += lateProbability(group, t);
    expect(area * step).toBeCloseTo(completionPeriods(group), 3);
  });

  it('refuses what is no group and no time', () => {
    expect(() => lateProbability({ n: 1 }, 1)).toThrow('n must be a whole number');
    expect(() => lateProbability({ n: 5 }, -1)).toThrow('periods must be');
  });
});

describe('detection time beyond T_fail', () => {
  it('by hand', () => {
    // 2 members: the only observer's last news is Exp(1) old.
    expect(detectionExcess({ n: 2 })).toEqual({ first: -1, mean: -1, last: -1 });
    // 3: the first of two observers tells the other at rate 1/2: 0 and 2 after the last news, which is 1 old.
    expect(detectionExcess({ n: 3 })).toEqual({ first: -1, mean: 0, last: 1 });
    // Half of the messages are lost: all takes twice as long.
    expect(detectionExcess({ n: 3, arrival: 0.5 })).toEqual({ first: -2, mean: 0, last: 2 });
    // A failed member is called every other time, as the crashed one is after the crash.
    expect(detectionExcess({ n: 4, failed: 1 })).toEqual({ first: -1.5, mean: 0, last: 1.5 });
  });
});

describe('periodic gossip', () => {
  /**
   * E ln W of periodic gossip minus that of Poisson clocks, over q: the equations of PERIODIC_LEAD integrated by trapezoids
   * from far below, where W may be replaced by its mean, 1.
   */
  function lead(q: number): number {
    const back = 400; // steps in q
    const step = q / back;
    const low = -25;
    const G: number[] = []; // [i] at y = low + i * step
    let exponent = 0;
    let before = 0;
    let area = 0;
    for (let i = 0, y = low; y < 12; y = low + ++i * step) {
      const G0 = i >= back ? G[i - back] : Math.exp((-q * Math.exp(y - q)) / (1 - Math.exp(-q)));
      if (i > 0) exponent += (step * (G0 - 1 + before)) / 2;
      before = G0 - 1;
      const phi = 1 - Math.exp(y + exponent);
      G.push((1 - q + q * phi) * G0);
      area += step * (1 / (1 + Math.exp(y)) - phi); // Poisson: W is exponential
    }
    return area / q;
  }

  it.each([1, 0.7, 0.2])('leads by half a T_gossip, whatever q is: %f', (q) => {
    expect(lead(q)).toBeCloseTo(PERIODIC_LEAD, 3);
  });
});
