import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  afterCalls,
  growingHazard,
  type LossyMail,
  leastHeld,
  mostHeld,
  repairOf,
  survival,
} from '../../src/experiment/causal-theory.ts';
import { heldByHolders } from '../../src/experiment/hold-back-fixpoint.ts';

const mail: LossyMail = { n: 40, perSecond: 0.5, loss: 0.1, periodMs: 1000, latencyMs: 5 };

describe('theory of causal delivery over lossy mail', () => {
  it('counts the calls that repair, and the share that they leave', () => {
    const { callsPerMs, fail, missedPerMs, lagMs } = repairOf(mail);
    expect(callsPerMs).toBeCloseTo(0.0019, 12);
    expect(missedPerMs).toBeCloseTo((39 * 0.5 * 0.1) / 1000, 12);
    expect(lagMs).toBe(15);
    // Partners lack it with 0.1 * 38 / 39 at first, with half of that in the mean.
    expect(fail).toBeCloseTo(1 - 0.9 ** 3 * (1 - 0.05 * (38 / 39)), 2);
  });

  // z grows by 2 per call in the mean and falls to 0.4 z: the mean of exp(-z) over 20,000 calls, 4.42 se of at most 1/2.
  it('has the law of what is missing, by simulation', () => {
    const repair = { callsPerMs: 1, fail: 0.4, missedPerMs: 2, lagMs: 0 };
    const draws = new Stream('missing', 'x', 1);
    let z = 0;
    let sum = 0;
    for (let call = 0; call < 20_000; call++) {
      z = 0.4 * z - 2 * Math.log(draws.draw(0)); // just before a call: as at any time (PASTA)
      sum += Math.exp(-z);
    }
    expect(Math.abs(sum / 20_000 - survival(repair)[0])).toBeLessThan(0.016);
  });

  it('knows one call that repairs all: 1 / (1 + load), and nothing missing behind it', () => {
    const phi = survival({ callsPerMs: 2, fail: 0, missedPerMs: 3, lagMs: 0 });
    expect([...phi]).toEqual([1 / 2.5, 1]);
    expect(afterCalls(phi, 0.7)).toBeCloseTo(1 - Math.exp(-0.7) * 0.6, 12);
  });

  // S = exp(-c t) / (1 - m + m exp(-c t)) of the missing are left: E D and E D^2 / 2 are its integral and that of t S.
  it('shortens waits by as much as the repair grows more regular', () => {
    const m = 0.2 * (38 / 39);
    const moments = [0, 0];
    for (let t = 0.005; t < 40; t += 0.01) {
      const left = Math.exp(-t) / (1 - m + m * Math.exp(-t));
      moments[0] += left * 0.01;
      moments[1] += t * left * 0.01;
    }
    expect(growingHazard({ ...mail, loss: 0.2 })).toBeCloseTo(moments[1] / moments[0] ** 2, 4);
    expect(growingHazard({ ...mail, loss: 0 })).toBe(1);
  });

  it.each([0.01, 0.05, 0.1])('lies between its bounds at loss %d', (loss) => {
    const [least, between, most] = [leastHeld, heldByHolders, mostHeld].map((of) =>
      of({ ...mail, loss }),
    );
    expect(between.held).toBeGreaterThan(least.held);
    expect(between.held).toBeLessThan(most.held);
    expect(between.holdMs).toBeGreaterThan(least.holdMs);
    expect(between.holdMs).toBeLessThan(most.holdMs);
  });

  it('holds as many as are missed while a repair takes, where that is rare', () => {
    const rare = { ...mail, perSecond: 0.01, loss: 0.01, latencyMs: 0.001 };
    const { callsPerMs, fail, missedPerMs } = repairOf(rare);
    const missing = missedPerMs / callsPerMs / (1 - fail);
    // A write that was lost itself waits for what is left behind as many calls as it took.
    const late = fail / (1 + fail);
    const expected = missing * (0.99 + 0.01 * late);
    for (const of of [leastHeld, heldByHolders, mostHeld]) {
      expect(Math.abs(of(rare).held / expected - 1)).toBeLessThan(0.02);
    }
  });

  it('holds nothing without loss', () => {
    for (const of of [leastHeld, heldByHolders, mostHeld]) {
      expect(of({ ...mail, loss: 0 })).toEqual({ held: 0, holdMs: 0 });
    }
  });

  it('never holds most where the past ends at a gap: one of two nodes has the older gap', () => {
    expect(leastHeld({ ...mail, perSecond: 500 }).held).toBeLessThan(0.5);
    expect(mostHeld({ ...mail, perSecond: 500 }).held).toBeGreaterThan(0.95);
  });
});
