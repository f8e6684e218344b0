import { describe, expect, it } from 'vitest';
import { lastNewsRound, mistakesPerPeriod, uncalled } from '../../src/experiment/mistake-theory.ts';

describe('mistakes per pair and period', () => {
  it('of two nodes: intervals between news are geometric', () => {
    const rate = mistakesPerPeriod({ n: 2, loss: 0.3 });
    for (const m of [0, 1, 4, 9]) expect(rate(m)).toBeCloseTo(0.7 * 0.3 ** m, 14);
  });

  it('of three nodes, by hand: news by half of the calls of the source, and an eighth from the third node', () => {
    // Whom the source did not call, the third node calls with 1/2, and it knows more with 1/2.
    expect(mistakesPerPeriod({ n: 3 })(0)).toBeCloseTo(0.5 + 0.125, 14);
  });

  it('is none where everybody calls everybody without loss', () => {
    const rate = mistakesPerPeriod({ n: 5, fanout: 4 });
    expect(rate(0)).toBeCloseTo(1, 14);
    expect(rate(1)).toBe(0);
  });

  it.each([
    { n: 3, fanout: 2, loss: 0.4 },
    { n: 8, fanout: 1, loss: 0 },
    { n: 8, fanout: 3, loss: 0.3 },
    { n: 20, fanout: 1, loss: 0.2 },
  ])('sums to 1 over T_fail, as the mean of T_(h+1) - T_h: %o', (gossip) => {
    const rate = mistakesPerPeriod(gossip);
    let sum = 0;
    for (let m = 0; m < 120; m++) sum += rate(m);
    expect(sum).toBeCloseTo(1, 10);
  });

  it('nearly so where large groups are followed by their means', () => {
    const rate = mistakesPerPeriod({ n: 50 });
    let sum = 0;
    for (let m = 0; m < 30; m++) sum += rate(m);
    expect(Math.abs(sum - 1)).toBeLessThan(0.003);
  });

  it('falls by the probability of not being called, late in the tail', () => {
    const gossip = { n: 12, fanout: 2, loss: 0.1 };
    const rate = mistakesPerPeriod(gossip);
    expect(rate(25) / rate(24)).toBeCloseTo(uncalled(gossip), 8);
    expect(uncalled({ n: 1e6, fanout: 2, loss: 0.1 })).toBeCloseTo(Math.exp(-1.8), 5);
  });

  it('falls more slowly before: by about 1 + fanout while a heartbeat spreads', () => {
    const rate = mistakesPerPeriod({ n: 1000 });
    expect(rate(4) / rate(5)).toBeGreaterThan(1.6);
    expect(rate(4) / rate(5)).toBeLessThan(2);
  });

  it('refuses what is no gossip', () => {
    expect(() => mistakesPerPeriod({ n: 1 })).toThrow('n must be a whole number');
    expect(() => mistakesPerPeriod({ n: 3, fanout: 3 })).toThrow('fanout must be');
    expect(() => mistakesPerPeriod({ n: 3, loss: 1 })).toThrow('1 - loss must be');
    expect(() => mistakesPerPeriod({ n: 3 })(0.5)).toThrow('failPeriods must be');
  });
});

describe('the round of the last news', () => {
  it('of two nodes: the last call that was not lost', () => {
    expect(lastNewsRound({ n: 2 })).toBe(1);
    expect(lastNewsRound({ n: 2, loss: 0.3 })).toBeCloseTo(1 - 0.3 / 0.7, 12);
  });

  it('of three nodes: the source tells one; the other is called by it with probability 1/2 per round', () => {
    // 1 or, with probability 1/2, 1 + the mean of a geometric time with p = 1/2.
    expect(lastNewsRound({ n: 3 })).toBeCloseTo(0.5 * 1 + 0.5 * (1 + 2), 4);
  });

  it('of three nodes that call both others: at once', () => {
    expect(lastNewsRound({ n: 3, fanout: 2 })).toBeCloseTo(1, 12);
  });
});
