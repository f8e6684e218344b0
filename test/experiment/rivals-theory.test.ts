import { describe, expect, it } from 'vitest';
import {
  bytesAtRest,
  detectionSeconds,
  heartbeatFailPeriods,
  noticePeriods,
  swimSuspicionPeriods,
} from '../../src/experiment/rivals-theory.ts';

describe('bytes of a member at rest, per second', () => {
  it('a list of twelve bytes a member, in a datagram', () => {
    expect(bytesAtRest('heartbeat', 100)).toBe(1228);
  });

  it('a ping and an ack of fifteen, in a group of any size', () => {
    expect([8, 10_000].map((n) => bytesAtRest('swim', n))).toEqual([86, 86]);
  });

  it('memberlist: a ping and an ack, and two tables every 30 s; less often above 32 members', () => {
    // 65 + 18 + 2 * 28; handshake and tables: 4 * 28 + 2 * (34 + 74 n).
    expect(bytesAtRest('memberlist', 32)).toBeCloseTo(139 + (112 + 68 + 148 * 32) / 30, 9);
    expect(bytesAtRest('memberlist', 1024)).toBeCloseTo(139 + (112 + 68 + 148 * 1024) / 180, 9);
  });
});

describe('seconds until a crash is known', () => {
  it('T_fail of heartbeats grows as log n, in periods', () => {
    const [small, large] = [heartbeatFailPeriods(16), heartbeatFailPeriods(256)];
    expect(small).toBeGreaterThan(2 * Math.log(16));
    expect(large - small).toBeGreaterThan(Math.log(16));
    expect(large - small).toBeLessThan(6 * Math.log(16));
    expect(detectionSeconds('heartbeat', 16)).toBeGreaterThan(small);
  });

  it('SWIM: a ping, a period, and a suspicion of three times ceil(ln(n + 1))', () => {
    expect([7, 16, 64, 1024].map(swimSuspicionPeriods)).toEqual([9, 9, 15, 21]);
    expect(detectionSeconds('swim', 64)).toBeCloseTo(noticePeriods(64) + 16, 9);
    expect(noticePeriods(1024)).toBeCloseTo(1, 2); // exponential: all n ping at random
  });

  it('memberlist: a ping, a period, and the shortest suspicion', () => {
    expect(detectionSeconds('memberlist', 64)).toBeCloseTo(noticePeriods(64) + 1 + 7.224, 9);
  });
});
