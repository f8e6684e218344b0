import { describe, expect, it } from 'vitest';
import {
  pushPullAfter,
  shortestSuspicion,
  suspicionAfter,
  transmitLimit,
} from '../../../src/protocols/memberlist/scaling.ts';
import { confirm, Suspicions } from '../../../src/protocols/memberlist/suspicions.ts';

const S = 1e6; // us

describe('suspicions', () => {
  it.each([
    [16, 4.816, 28.896],
    [32, 6.02, 36.12],
    [64, 7.224, 43.344],
    [128, 8.428, 50.568],
    [9, 4, 24], // no shorter below ten members
    [1, 4, 24],
  ])('of %i members last from %d s to %d s', (n, min, max) => {
    const shortest = shortestSuspicion(4, n, S);
    expect(shortest).toBe(Math.round(min * S));
    expect(6 * shortest).toBe(Math.round(max * S));
  });

  it.each([
    // suspicion_test.go of memberlist: 3 confirmations, 2 s to 30 s; whole milliseconds, rounded down
    [0, 30_000],
    [1, 16_000],
    [2, 7_810],
    [3, 2_000],
  ])('after %i of three confirmations end at %i ms', (n, ms) => {
    expect(suspicionAfter(n, 3, 2 * S, 30 * S)).toBe(ms * 1000);
  });

  it('count every accuser once, the first not at all, and no more than k', () => {
    const suspicions = new Suspicions(1);
    const given = { start: 0, min: 2 * S, max: 30 * S, k: 2, accusers: [7] };
    const running = suspicions.begin(0, 5, given);
    expect(running.end).toBe(30 * S);
    expect([7, 8, 8, 9, 10].map((from) => confirm(running, from, S))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(running.end).toBe(2 * S);
  });

  it('end at once if a confirmation comes too late for what it leaves', () => {
    const given = { start: 0, min: 2 * S, max: 30 * S, k: 1, accusers: [7] };
    const running = new Suspicions(1).begin(0, 5, given);
    confirm(running, 8, 9 * S);
    expect(running.end).toBe(9 * S);
  });

  it('last the shortest time where nobody can confirm', () => {
    const given = { start: 0, min: 2 * S, max: 30 * S, k: 0, accusers: [7] };
    expect(new Suspicions(1).begin(0, 5, given).end).toBe(2 * S);
  });
});

describe('the limit of transmissions', () => {
  it.each([
    [1, 4],
    [9, 4],
    [10, 8],
    [99, 8],
    [100, 12],
    [999, 12],
    [1000, 16],
  ])('of %i members is %i', (n, limit) => expect(transmitLimit(4, n)).toBe(limit));
});

describe('the interval of push/pull', () => {
  it.each([
    [1, 30],
    [32, 30],
    [33, 60],
    [64, 60],
    [65, 90],
    [128, 90],
    [129, 120],
  ])('of %i members is %i s', (n, s) => expect(pushPullAfter(30 * S, n)).toBe(s * S));
});
