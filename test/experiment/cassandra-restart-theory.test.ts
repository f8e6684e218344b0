import { describe, expect, it } from 'vitest';
import {
  firstContactMs,
  restartSpread,
  seesAllMs,
  upTimes,
} from '../../src/experiment/cassandra-restart-theory.ts';

describe('the first contact of a restarted node', () => {
  it('of two nodes: the other calls at a uniform time; of many: exponential, cut at a second', () => {
    expect(firstContactMs(2)).toBeCloseTo(500, 9);
    // m = 2: the integral of (1 - t/2)^2 from 0 to 1 is 7/12
    expect(firstContactMs(3)).toBeCloseTo(7000 / 12, 9);
    expect(firstContactMs(1e6)).toBeCloseTo(1000 * (1 - Math.exp(-1)), 2);
  });

  it('is followed by states and echo, and preceded by the shadow round', () => {
    expect(seesAllMs(2, 100)).toBeCloseTo(1000 + 500 + 400, 9);
  });
});

describe('the rumour of a new life', () => {
  it('of two nodes: the peer calls at its phase and pulls', () => {
    const rumour = { n: 2, seeds: 1, oneWayMs: 10, convicted: false };
    // Shadow round 20 ms, noticed after 1 s; the peer's phase is half a second later; ACK after 20 ms, echo after another 20.
    expect([...upTimes(rumour, () => 0.5)]).toEqual([1000 + 500 + 20 + 20]);
  });

  it('of many: half before the last, and a tenfold n takes some periods more', () => {
    const rumour = { n: 30, seeds: 3, oneWayMs: 0.5, convicted: true };
    const small = restartSpread(rumour, 100);
    const large = restartSpread({ ...rumour, n: 300 }, 100);
    expect(small.half.ours).toBeLessThan(small.last.ours);
    const more = (large.last.ours - small.last.ours) / Math.log(10);
    // Poisson clocks would take (n - 1)/n H(n - 1) periods: 1 s for a factor of e. Periodic ones are faster.
    expect(more).toBeGreaterThan(500);
    expect(more).toBeLessThan(1100);
    expect(restartSpread(rumour, 100)).toEqual(small);
  });
});
