import { describe, expect, it } from 'vitest';
import { longerPush, reunion } from '../../src/experiment/recovery-theory.ts';
import { exactPushRounds } from '../../src/experiment/rumour-chain.ts';
import { exponentFor, meanSilence } from '../../src/protocols/index.ts';

const PAPER = { everyMs: 1000, mostMs: 20_000, expectedMs: 10_000 };

describe('the wait for a broadcast that crosses', () => {
  it('is a fresh silence of the whole group where there was no cut', () => {
    const exponent = exponentFor(100, PAPER);
    const { steps } = reunion({ sides: [30, 70], before: 0, during: 0, most: 20, exponent });
    expect(steps * 1000).toBeCloseTo(meanSilence(100, exponent, PAPER), 6);
    expect(steps * 1000).toBeCloseTo(10_000, 3);
  });

  it('of two members, by hand: p is 1/2 after one step of silence, 1 after two', () => {
    const { steps, only } = reunion({ sides: [1, 1], before: 0, during: 1, most: 2, exponent: 1 });
    // After one toss each is silent since 0 or 1 steps, each with 1/2; then the next toss fails with 1/4.
    expect(steps).toBeCloseTo(1 + 1 / 16, 12);
    expect(only[0]).toBeCloseTo((3 / 4) * (1 / 4), 12);
    expect(only[1]).toBeCloseTo(only[0], 12);
  });

  it('is one step where everybody broadcasts at every step', () => {
    const sides = [3, 4] as const;
    expect(reunion({ sides, before: 5, during: 7, most: 1, exponent: 2 })).toEqual({
      steps: 1,
      only: [0, 0],
    });
  });

  it('does not depend on what was before a long cut', () => {
    const base = { sides: [10, 10], during: 2000, most: 20, exponent: 4.8 } as const;
    const early = reunion({ ...base, before: 3 });
    expect(early.steps).toBeCloseTo(reunion({ ...base, before: 8 }).steps, 6);
  });

  it('refuses what is no separation', () => {
    const base = { sides: [1, 1], before: 0, during: 0, most: 20, exponent: 4 } as const;
    expect(() => reunion({ ...base, sides: [0, 2] })).toThrow('a side must be');
    expect(() => reunion({ ...base, exponent: 0 })).toThrow('exponent must be');
  });
});

describe('the longer of two pushes', () => {
  it('of three nodes that two know, by hand: the longer of two geometric times with p = 3/4', () => {
    expect(longerPush(3, [2, 2])).toBeCloseTo(8 / 3 - 16 / 15, 8);
  });

  it('is one push where the other is over', () => {
    expect(longerPush(30, [4, 30])).toBeCloseTo(exactPushRounds(30, 4), 6);
  });
});
