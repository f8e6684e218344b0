import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  IN_STEP_GROWTH,
  inStepTime,
  leftOver,
  poissonTime,
  publishedShare,
  publishedTime,
} from '../../src/experiment/swim-spread-theory.ts';

describe('Poisson clocks', () => {
  it('two members meet at rate 1/2 + 1: one has a third to ping, too', () => {
    expect(poissonTime(2, 2)).toBeCloseTo(1 / 1.5, 12);
  });

  it('half of many know gamma / 2 later than published', () => {
    const m = 100_000;
    expect(poissonTime(m, m / 2) - publishedTime(m, 0.5)).toBeCloseTo(0.5772 / 2, 3);
    expect(publishedShare(m, publishedTime(m, 0.3))).toBeCloseTo(0.3, 12);
  });

  it('leaves as many as the sends that are of use leave', () => {
    for (const limit of [2, 3, 7]) {
      const s = leftOver(limit);
      expect(s).toBeCloseTo(Math.exp(-(limit - 0.5) * (1 - s)), 9);
      expect(s).toBeLessThan(0.5);
    }
  });

  it.each([2, 3])('passed on %i times, as played by hand', (limit) => {
    const m = 8000;
    // One run of many members: its share left is off by half a per cent.
    expect(Math.abs(playedLeft(m, limit) - leftOver(limit))).toBeLessThan(0.02);
  });
});

it('in step one makes 3.5 of itself', () => {
  const m = 40_000;
  const first = 400; // of whom next to none meet
  const grown = inStep(m, first) / first;
  // 400 of them: standard error 0.08; and 1 % meet.
  expect(Math.abs(grown - IN_STEP_GROWTH)).toBeLessThan(0.3);
});

it('in step few are left by many', () => {
  const m = 40_000;
  const knew = 0.8 * m;
  const left = 1 - inStep(m, knew) / m;
  // s^2 exp(-x) (1 - exp(-x)) / x, x = 1 - s, which is c s^2 for small s: 0.0124, and 500 members.
  const x = 0.8;
  expect(Math.abs(left - ((1 - x) ** 2 * Math.exp(-x) * (1 - Math.exp(-x))) / x)).toBeLessThan(
    0.002,
  );
  expect(inStepTime(1e6) - inStepTime(1e3)).toBeGreaterThan(Math.log(1000) / Math.log(3.5));
});

/** Members ping in random order, one at a time, until nobody has news to pass on. */
function playedLeft(m: number, limit: number): number {
  const draws = new Stream('left', 'swim', 1);
  const left = new Int32Array(m).fill(-1); // [member] times to pass it on; -1: it does not know
  let toSend = 0;
  const hears = (member: number) => {
    if (left[member] >= 0) return;
    left[member] = limit;
    toSend += limit;
  };
  const sends = (member: number) => {
    if (left[member] < 1) return false;
    left[member]--;
    toSend--;
    return true;
  };
  for (let member = 0; member < 50; member++) hears(member);
  while (toSend > 0) {
    const from = draws.below(0, m);
    const to = draws.below(0, m);
    if (sends(from)) hears(to);
    if (sends(to)) hears(from);
  }
  return left.reduce((sum, times) => sum + Number(times < 0), 0) / m;
}

/** How many know after a period in which all ping, in order of their numbers, and the acks come after all pings. */
function inStep(m: number, first: number): number {
  const draws = new Stream('step', 'swim', 1);
  const knows = new Uint8Array(m);
  for (let left = first; left > 0; ) {
    const member = draws.below(0, m);
    left -= 1 - knows[member];
    knows[member] = 1;
  }
  const before = knows.slice(); // what pings carry
  const told: number[] = [];
  for (let from = 0; from < m; from++) {
    const to = draws.below(0, m);
    if (before[from] === 1) knows[to] = 1;
    if (knows[to] === 1) told.push(from);
  }
  for (const from of told) knows[from] = 1;
  return knows.reduce((sum, one) => sum + one, 0);
}
