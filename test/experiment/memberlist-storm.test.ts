import { describe, expect, it } from 'vitest';
import { type MemberlistStorm, memberlistStorm } from '../../src/experiment/memberlist-storm.ts';
import {
  accusationsBy,
  bearableCapacity,
  busyS,
  deafStorm,
  lateShare,
  notProbed,
  transmissionsOf,
  worstLoad,
} from '../../src/experiment/memberlist-storm-theory.ts';

const LAN = { gossipPerS: 15, probesPerS: 1, probeTimeoutS: 0.5, indirectChecks: 3 };
const GOSSIP = { n: 128, gossipPerS: 15, transmissions: 12, othersPerS: 2 };

const storm = (given: Partial<MemberlistStorm>) =>
  memberlistStorm({
    ...{ n: 16, sick: 2, illness: 'blocked', blockedS: 10, openS: 1, options: {}, latencyMs: 1 },
    ...{ capacityPerS: 0, settleS: 5, sickS: 40, afterS: 40, seed: 'storm' },
    ...given,
  });

describe('sick members of memberlist', () => {
  it('do not make healthy ones accuse each other where these handle all that comes', () => {
    const { bySick, byHealthy, victims, calmS, afterPacketsPerS } = storm({});
    expect(bySick).toBeGreaterThan(0);
    expect({ byHealthy, victims }).toEqual({ byHealthy: 0, victims: 0 });
    expect(calmS).not.toBeNull();
    expect(afterPacketsPerS).toBeCloseTo(2, 0);
  });

  it('begin a storm that goes on without them where these are slow', () => {
    const { byHealthy, victims, calmS, afterPacketsPerS } = storm({ capacityPerS: 8 });
    expect(byHealthy).toBeGreaterThan(0);
    expect(victims).toBeGreaterThan(0);
    expect(calmS).toBeNull();
    expect(afterPacketsPerS).toBeGreaterThan(7.5);
  });

  it('that are deaf accuse each member once', () => {
    const { suspicions, bySick } = storm({
      illness: 'deaf',
      settleS: 0,
      options: { awareness: false },
    });
    expect(bySick).toBeGreaterThan(30);
    expect(suspicions).toBeLessThanOrEqual(14 * 13);
    expect(suspicions).toBeGreaterThan(14 * 10);
  });

  it('are none: nothing happens', () => {
    const { suspicions, queued, afterPacketsPerS } = storm({ sick: 0 });
    expect({ suspicions, queued }).toEqual({ suspicions: 0, queued: 0 });
    expect(afterPacketsPerS).toBeCloseTo(2, 0);
  });
});

describe('theory of a storm', () => {
  it('knows how often news is sent', () => {
    expect([9, 10, 99, 100, 999, 1000].map((n) => transmissionsOf(4, n))).toEqual([
      4, 8, 8, 12, 12, 16,
    ]);
  });

  it('knows whom a deaf member has not probed yet', () => {
    expect(notProbed(0)).toBe(1);
    expect(notProbed(1)).toBeCloseTo(1 / 6, 12); // the rest of a lap, then another: two uniform parts
    const all = accusationsBy(4, 1, 128, 0, 128) * 128;
    expect(all).toBeCloseTo(124 * (1 - 6 ** -4), 9);
  });

  it('has queues that are empty as a Poisson variate is 0, if many are deaf', () => {
    const many = { deaf: 64, perS: 1 / 64, from: 0, to: 0.001 };
    const { busyFrac, queued, perS } = deafStorm(GOSSIP, many);
    expect(queued).toBeCloseTo(perS * busyS(GOSSIP), 9);
    expect(busyFrac).toBeCloseTo(1 - Math.exp(-queued), 2);
  });

  it('has queues that are never empty while one member accuses at each of its ticks', () => {
    const one = { deaf: 1, perS: 1, from: 0, to: 0.001 };
    expect(busyS(GOSSIP)).toBeGreaterThan(1); // s, from tick to tick
    expect(deafStorm(GOSSIP, one).busyFrac).toBeGreaterThan(0.98);
  });

  it('has inboxes of M/D/1', () => {
    expect(lateShare(1e-6, 20, 0.5)).toBeCloseTo(0, 5);
    expect(lateShare(3, 3.9, 0.5)).toBe(1); // two services take longer
    expect(lateShare(17, 20, 0.5)).toBeGreaterThan(lateShare(17, 25, 0.5));
  });

  it('bears gossip at full rate between what it is and the worst load', () => {
    expect(worstLoad(LAN)).toBe(33);
    const bearable = bearableCapacity(LAN);
    expect(bearable).toBeGreaterThan(17);
    expect(bearable).toBeLessThan(33);
    expect(bearableCapacity({ ...LAN, gossipPerS: 10 })).toBeLessThan(bearable);
  });
});
