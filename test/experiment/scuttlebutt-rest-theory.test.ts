import { describe, expect, it } from 'vitest';
import { flowControl } from '../../src/experiment/scuttlebutt-flow.ts';
import { restingTau } from '../../src/experiment/scuttlebutt-rest-theory.ts';
import { capacity } from '../../src/experiment/scuttlebutt-theory.ts';

describe('where tau rests', () => {
  it('grows with mtu and balance alike: only their ratio to tau matters', () => {
    const one = restingTau({ n: 20, mtu: 100, balance: 1 });
    const twice = restingTau({ n: 20, mtu: 200, balance: 2 });
    expect(twice.tau).toBeCloseTo(2 * one.tau, 6);
    expect(twice.left).toBeCloseTo(one.left, 6);
  });

  it('grows with the balance, up to what messages carry', () => {
    const taus = [0.01, 0.1, 1, 10, 1000].map((balance) =>
      restingTau({ n: 20, mtu: 100, balance }),
    );
    for (let i = 1; i < taus.length; i++) {
      expect(taus[i].tau).toBeGreaterThan(taus[i - 1].tau);
      expect(taus[i].left).toBeGreaterThan(taus[i - 1].left);
    }
    expect(taus[4].tau).toBeLessThanOrEqual(capacity(20, 100));
    expect(taus[0].left).toBeLessThan(0.01);
  });

  it('is where the protocol rests', () => {
    const setting = { n: 24, order: 'depth', seed: 'rest', balance: 1, step: 0.05 } as const;
    const atS = Array.from({ length: 80 }, (_, i) => 2 * (i + 1));
    const { rest } = flowControl(setting, atS, [60]);
    const { tau, left } = restingTau({ n: 24, mtu: 100, balance: 1 });
    expect(rest.tau).toBeGreaterThan(tau * (1 - left));
    // A key is overwritten before it is received about as often as it is stale.
    expect(rest.tau).toBeLessThan(tau * 1.1);
  });

  it('refuses what is no group', () => {
    expect(() => restingTau({ n: 1, mtu: 100, balance: 1 })).toThrow('n must be');
  });
});
