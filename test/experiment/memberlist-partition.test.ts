import { describe, expect, it } from 'vitest';
import { remembered } from '../../src/experiment/memberlist-one-side.ts';
import { memberlistReunion } from '../../src/experiment/memberlist-partition.ts';
import { meetingChance, spreadS } from '../../src/experiment/memberlist-partition-theory.ts';
import { PRESETS } from '../../src/protocols/memberlist/presets.ts';

const cut = (given: object) =>
  memberlistReunion({
    ...{ n: 8, few: 4, preset: PRESETS.lan, awareness: true, latencyMs: 1 },
    ...{ cutS: 10, newsPerS: 0, watchedS: 120, seed: 'cut' },
    ...given,
  });

const healing = {
  ...{ n: 32, few: 16, healS: 30, aliveS: 12, fewDeadS: 19, manyDeadS: 20 },
  ...{ gossipToTheDeadS: 30, longestS: 36, newsPerS: 0.1 },
};

describe('a partition of memberlist', () => {
  it('heals while somebody across is alive to somebody', () => {
    const { whole, wholeS, metS } = cut({ cutS: 5 });
    expect(whole).toBe(true);
    expect(metS).toBeLessThanOrEqual(wholeS!);
  });

  it('stays when all across are dead and nobody has news', () => {
    const { whole, fewDeadS, manyDeadS, metS, deadFrac } = cut({ cutS: 60, seed: 'long' });
    expect(Math.max(fewDeadS, manyDeadS)).toBeLessThan(60);
    expect({ whole, metS }).toEqual({ whole: false, metS: null });
    expect(deadFrac).toBeLessThan(1); // some are forgotten
  });

  it('heals then by news within the time of gossip to the dead', () => {
    const preset = { ...PRESETS.lan, gossipToTheDeadMs: 120_000 };
    const { whole, fewDeadS, manyDeadS } = cut({ preset, cutS: 60, newsPerS: 0.5, seed: 'long' });
    expect(Math.max(fewDeadS, manyDeadS)).toBeLessThan(60);
    expect(whole).toBe(true);
  });

  it('ends without a healing when everybody across is dead', () => {
    const { fewDeadS, manyDeadS } = cut({ cutS: Infinity });
    expect(Math.min(fewDeadS, manyDeadS)).toBeGreaterThan(4); // the shortest suspicion
  });
});

describe('the prototype of one side', () => {
  it('gives a member alone the time of its probes and of the longest suspicion', () => {
    // Two others are asked at the first probe, one at the second: scores 0, 2, 3, and probes of 1, 3, 4 s.
    const side = { own: 1, other: 3, preset: PRESETS.lan };
    const times = Array.from({ length: 200 }, (_, i) => remembered({ ...side, seed: `${i}` }));
    for (const { aliveS, lastS } of times) {
      expect(lastS).toBeCloseTo(aliveS + 24, 6);
      expect(aliveS).toBeGreaterThanOrEqual(1 + 3 + 4);
    }
  });

  it('is faster without health', () => {
    const side = { own: 1, other: 31, seed: 'one' };
    const well = remembered({ ...side, preset: PRESETS.lan }).lastS;
    const hasty = remembered({ ...side, preset: { ...PRESETS.lan, awarenessMax: 1 } }).lastS;
    expect(hasty).toBeLessThan(well / 2);
  });
});

describe('the chance to meet', () => {
  it('is certain while somebody is alive, or suspect and the other side gossips to it', () => {
    expect(meetingChance({ ...healing, healS: 11 })).toBe(1);
    expect(meetingChance({ ...healing, healS: 18 })).toBe(1);
  });

  it('is that of news within what is left of the time', () => {
    expect(meetingChance(healing)).toBeCloseTo(1 - Math.exp(-0.1 * 19.5), 12);
    expect(meetingChance({ ...healing, newsPerS: 0 })).toBe(0);
    expect(meetingChance({ ...healing, healS: 51 })).toBe(0);
  });

  it('knows nothing of suspects that the other side has dropped', () => {
    const alone = { ...healing, few: 1, fewDeadS: Infinity, manyDeadS: 9, aliveS: 240, healS: 250 };
    expect(meetingChance(alone)).toBeCloseTo(1 - Math.exp((-0.1 * (240 + 36 + 30 - 250)) / 32), 12);
  });
});

describe('times after the healing', () => {
  it('of a rumour: two harmonic sums', () => {
    expect(spreadS(1, 15)).toBe(0);
    expect(spreadS(3, 15)).toBeCloseTo((2 * 1.5) / 15, 12);
  });
});
