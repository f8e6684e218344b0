/** Configurations of which only a few means are known, measured of the library but in no table of ours; and laws by hand. */
import { describe, expect, it } from 'vitest';
import { statistic } from '../../src/base/statistics.ts';
import { type MemberlistCrash, memberlistCrash } from '../../src/experiment/memberlist-crash.ts';
import { memberlistSpread } from '../../src/experiment/memberlist-spread.ts';
import { memberlistUnwell } from '../../src/experiment/memberlist-unwell.ts';
import type { Preset } from '../../src/protocols/memberlist/presets.ts';

const crashes = (n: number, trials: number, changes: Partial<Preset> = {}): MemberlistCrash[] =>
  Array.from({ length: trials }, (_, i) =>
    memberlistCrash({ n, variant: 'base', seed: `holdout ${i}`, changes }),
  );

/** Within 4 standard errors of ours and, of what was measured, of so many trials with the same spread. */
function near(ours: readonly number[], expected: number, measuredTrials: number) {
  const { mean, sd } = statistic([...ours]);
  const se = sd * Math.sqrt(1 / ours.length + 1 / measuredTrials);
  expect(Math.abs(mean - expected)).toBeLessThan(4 * se);
}

describe('32 members', () => {
  it.each([
    ['update', 245, 469, 200],
    ['join', 252, 475, 60],
    ['leave', 239, 448, 40],
  ] as const)('%s as measured', (kind, meanMs, lastMs, measuredTrials) => {
    const runs = Array.from({ length: 100 }, (_, i) =>
      memberlistSpread({ n: 32, variant: 'base', seed: `holdout ${i}` }, kind),
    );
    near(
      runs.map(({ times }) => statistic([...times]).mean),
      meanMs,
      measuredTrials,
    );
    near(
      runs.map(({ times }) => times.at(-1)!),
      lastMs,
      measuredTrials,
    );
  });

  it('crash as measured', () => {
    const runs = crashes(32, 60);
    near(
      runs.map(({ suspectMs }) => suspectMs),
      1905,
      100,
    );
    near(
      runs.map(({ times }) => times[0]),
      7948,
      100,
    );
    near(
      runs.map(({ times }) => times.at(-1)!),
      8196,
      100,
    );
  });

  it('lose 30 % of their packets as measured', () => {
    const unwell = (streamPing: boolean) =>
      memberlistUnwell(
        { n: 32, variant: 'base', seed: 'holdout' },
        { options: { streamPing }, loss: 0.3, blocked: 0, blockedS: 0, warmUpS: 60, countedS: 180 },
      );
    const without = unwell(false);
    const hours = (32 * 180) / 3600;
    // Two measured runs of 1.6 member-hours: 1116 and 1194 unanswered pings, 499 and 524 probes that failed per hour.
    expect(without.pingTimeouts / hours).toBeGreaterThan(1050);
    expect(without.pingTimeouts / hours).toBeLessThan(1260);
    expect(without.accusations / hours).toBeGreaterThan(440);
    expect(without.accusations / hours).toBeLessThan(580);
    expect(without.health).toBeGreaterThan(2.6);
    expect(without.health).toBeLessThan(3.7);
    const saved = unwell(true);
    expect(saved.accusations).toBe(0);
    // 0.51 of the pings go unanswered, 0.224 of the probes would fail; both binomial.
    expect(Math.abs(saved.pingTimeouts / hours - 1836)).toBeLessThan(110);
    expect(Math.abs(saved.saved / hours - 806)).toBeLessThan(110);
  });
});

describe('by hand', () => {
  const suspicions = (runs: readonly MemberlistCrash[]) =>
    runs.map(({ times, suspectMs }) => times[0] - suspectMs);

  it('three members, or a multiplier of 2, expect no confirmation: the shortest suspicion, always', () => {
    for (const ms of suspicions(crashes(3, 20))) expect(ms).toBeCloseTo(4000, 6);
    for (const ms of suspicions(crashes(2, 10))) expect(ms).toBeCloseTo(4000, 6);
    for (const ms of suspicions(crashes(16, 20, { suspicionMult: 2 }))) {
      expect(ms).toBeCloseTo(2408, 6);
    }
  });

  it('four expect two, which are all that there are', () => {
    const runs = crashes(4, 20);
    for (const ms of suspicions(runs)) expect(ms).toBeGreaterThan(3999.9);
    expect(runs.every(({ confirmations }) => confirmations === 2)).toBe(true);
  });

  it('a multiplier of 6 expects four', () => {
    const runs = crashes(16, 20, { suspicionMult: 6 });
    expect(Math.min(...suspicions(runs))).toBeCloseTo(7224, 6);
    expect(runs.every(({ confirmations }) => confirmations === 4)).toBe(true);
  });

  it('whether others are asked changes nothing about when a crash is suspected, but how ill the prober thinks it is', () => {
    const [none, three] = [crashes(16, 20, { indirectChecks: 0 }), crashes(16, 20)];
    expect(none.map(({ suspectMs }) => suspectMs)).toEqual(three.map(({ suspectMs }) => suspectMs));
    // One point instead of three, of which a success takes one away at once.
    expect(statistic(none.map(({ peakScore }) => peakScore)).mean).toBeLessThan(
      statistic(three.map(({ peakScore }) => peakScore)).mean,
    );
  });
});
