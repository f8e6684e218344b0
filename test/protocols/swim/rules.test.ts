import { describe, expect, it } from 'vitest';
import { permuted } from '../../../src/protocols/swim/laps.ts';
import {
  ALIVE,
  FAILED,
  firstOf,
  overrides,
  refuting,
  SUSPECT,
  UNKNOWN,
} from '../../../src/protocols/swim/members.ts';
import { settingsOf } from '../../../src/protocols/swim/options.ts';
import { logarithmic, Updates } from '../../../src/protocols/swim/updates.ts';

describe('what overrides what (section 4.2)', () => {
  it.each([
    // news, its incarnation; held, its incarnation
    [ALIVE, 2, SUSPECT, 1, true],
    [ALIVE, 1, SUSPECT, 1, false],
    [ALIVE, 2, ALIVE, 1, true],
    [ALIVE, 1, ALIVE, 1, false],
    [SUSPECT, 2, SUSPECT, 1, true],
    [SUSPECT, 1, SUSPECT, 1, false],
    [SUSPECT, 1, ALIVE, 1, true],
    [SUSPECT, 1, ALIVE, 2, false],
    [FAILED, 1, ALIVE, 5, true],
    [FAILED, 1, SUSPECT, 5, true],
    [FAILED, 2, FAILED, 1, false],
    [ALIVE, 9, FAILED, 1, false],
    [SUSPECT, 9, FAILED, 1, false],
    [ALIVE, 1, UNKNOWN, 0, true],
    [SUSPECT, 1, UNKNOWN, 0, true],
    [FAILED, 1, UNKNOWN, 0, false], // nobody who was never there can fail
    // A new life of the same node is a new member.
    [ALIVE, firstOf(2), FAILED, firstOf(1) + 3, true],
    [FAILED, firstOf(1) + 3, ALIVE, firstOf(2), false],
    [SUSPECT, firstOf(1) + 3, ALIVE, firstOf(2), false],
  ])('news %i of %i over %i of %i: %s', (status, i, held, j, expected) =>
    expect(overrides(status, i, held, j)).toBe(expected),
  );

  it('a refutation stays in its life', () => {
    expect(refuting(firstOf(1))).toBe(firstOf(1) + 1);
    expect(refuting(firstOf(2) - 1)).toBe(firstOf(2) - 1);
  });
});

describe('the order of a lap', () => {
  it.each([1, 2, 3, 5, 64, 65, 1000])('of %i nodes meets each once', (n) => {
    for (const key of [0, 1, -7, 0x7fffffff, 0xdeadbeef]) {
      const order = Array.from({ length: n }, (_, i) => permuted(i, n, key));
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }
  });

  it('puts every node at every place equally often', () => {
    const N = 17;
    const KEYS = 20_000;
    const count = new Float64Array(N * N); // [place * N + node]
    for (let k = 0; k < KEYS; k++) {
      const key = Math.imul(k, 0x9e3779b1) >>> 0;
      for (let place = 0; place < N; place++) count[place * N + permuted(place, N, key)]++;
    }
    let chi = 0;
    for (const seen of count) chi += (seen - KEYS / N) ** 2 / (KEYS / N);
    // 256 degrees of freedom: mean 256, sd 22.6; 5 sd above. The keys are fixed, so this cannot flake.
    expect(chi).toBeLessThan(256 + 5 * 22.6);
  });
});

describe('updates', () => {
  it('go with a message in order of how often they were passed on, and in the end no more', () => {
    const updates = new Updates(1, 2);
    for (const subject of [5, 6, 7]) updates.add(0, subject);
    expect(updates.take(0, 2)).toEqual([5, 6]);
    expect(updates.take(0, 2)).toEqual([7, 5]); // 5 has gone twice
    updates.add(0, 7); // news of it: it begins anew
    expect(updates.take(0, 2)).toEqual([6, 7]);
    expect(updates.take(0, 2)).toEqual([7]);
    expect(updates.take(0, 2)).toEqual([]);
  });

  it('go as often as the paper says', () => {
    // Figure 3c: 3 ceil(ln(n + 1)) steps from 9 to 12 between 19 and 20 members, and to 15 between 53 and 54.
    expect([19, 20, 53, 54].map((n) => logarithmic(3, n))).toEqual([9, 12, 12, 15]);
  });
});

describe('options', () => {
  it('refuse what makes no sense', () => {
    expect(() => settingsOf({ indirect: -1 }, 5)).toThrow('swim: indirect');
    expect(() => settingsOf({ suspicion: false, suspicionPeriods: 3 }, 5)).toThrow(
      'suspicionPeriods needs suspicion',
    );
    expect(() => settingsOf({ members: 6 }, 5)).toThrow('swim: members');
    expect(() => settingsOf({ targets: 'x' as 'random' }, 5)).toThrow('swim: targets');
  });
});
