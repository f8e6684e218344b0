import { describe, expect, it } from 'vitest';
import {
  type Churned,
  EXPONENTIAL,
  lateSuspicions,
  littlePairs,
  WEIBULL_HALF,
} from '../../src/experiment/churn-theory.ts';

const base: Churned = {
  law: EXPONENTIAL,
  sessionMs: 900,
  absenceMs: 100,
  windowMs: 10_000,
  n: 10,
  upNodes: 9,
  crashPairs: 80,
  restarts: 10,
  detectMs: 50,
  patienceMs: 40,
  heardMs: 5,
};

/** The mean of the least of a constant and of two exponential times with means 900 and 100. */
const least = (ms: number) => (1 - Math.exp(-ms / 90)) * 90;

describe("Little's law of pairs that trust the dead", () => {
  it('by hand, for exponential times', () => {
    const expected = (80 * least(50) + 10 * 1 * least(40)) / 10_000;
    expect(littlePairs(base)).toBeCloseTo(expected, 9);
  });

  it('is rate times detection time where nobody returns', () => {
    const never = { ...base, sessionMs: 1e12, absenceMs: 1e12, restarts: 0 };
    expect(littlePairs(never)).toBeCloseTo((80 * 50) / 10_000, 9);
  });
});

describe('late suspicions', () => {
  it('by hand, for exponential times', () => {
    const afterCrash = (Math.exp(-0.45) - Math.exp(-0.5)) * Math.exp(-50 / 900);
    const afterRestart = (Math.exp(-0.35) - Math.exp(-0.4)) * Math.exp(-40 / 900);
    expect(lateSuspicions(base)).toBeCloseTo(10 * (8 * afterCrash + afterRestart), 12);
  });

  it('are none where news takes no time', () => {
    expect(lateSuspicions({ ...base, heardMs: 0 })).toBe(0);
  });
});

describe('laws of durations', () => {
  it.each([EXPONENTIAL, WEIBULL_HALF])(
    'what is left is the integrated tail over the mean',
    (law) => {
      const mean = 7;
      const [from, to, steps] = [2, 2000, 400_000];
      let sum = 0; // by the rule of midpoints
      for (let i = 0; i < steps; i++)
        sum += law.exceeds(from + ((i + 0.5) / steps) * (to - from), mean);
      expect((sum * (to - from)) / steps / mean).toBeCloseTo(law.leftExceeds(from, mean), 5);
      expect(law.leftExceeds(0, mean)).toBe(1);
    },
  );
});
