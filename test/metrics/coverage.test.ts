import { describe, expect, it } from 'vitest';
import { DELIVERED, DUPLICATE, REMOVED } from '../../src/engine/model.ts';
import { coverage } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

/** Ten nodes; rumour 0 is handed to node 0 at 500 ms, and six hear it at 600, 700, ... ms: seven in all. */
function sevenOfTen(phase: 'synchronised' | 'random' = 'synchronised') {
  const meter = coverage({ n: 10, rounds: { periodMs: 100, phase } });
  meter.onInput?.(500 * ms, 0, 0);
  for (let node = 0; node < 7; node++) {
    meter.onFact?.((500 + 100 * node) * ms, DELIVERED, node, 0);
  }
  return meter;
}

describe('coverage', () => {
  it('gives the delay since the input until a share of all nodes had heard', () => {
    const meter = sevenOfTen();
    expect([0.1, 0.5, 0.51, 0.7].map((share) => meter.timeTo(share))).toEqual([0, 400, 500, 600]);
  });

  it('gives null for a share that was never reached', () => {
    const meter = sevenOfTen();
    expect([0.71, 0.9, 0.99, 1].map((share) => meter.timeTo(share))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('does not ask for one node more where share * n is a rounding error above a whole number', () => {
    const meter = coverage({ n: 100 });
    expect(0.07 * 100).toBeGreaterThan(7);
    for (let node = 0; node < 7; node++) meter.onFact?.(node * ms, DELIVERED, node, 0);
    expect(meter.timeTo(0.07)).toBe(6);
  });

  it('gives residue, mean and last delay over the nodes that heard', () => {
    const meter = sevenOfTen();
    expect(meter.heard()).toBe(7);
    expect(meter.residue()).toBe(0.3);
    expect(meter.meanDelay()).toBe(300);
    expect(meter.lastDelay()).toBe(600);
  });

  it('gives the share that had heard at given delays, an arrival at that very time included', () => {
    expect(sevenOfTen().curve([0, 99.999, 100, 350, 10_000])).toEqual([0.1, 0.1, 0.2, 0.4, 0.7]);
  });

  it('counts the synchronised rounds begun after the input, up to the arrival', () => {
    // Rounds at 100, 200, ... ms. What is handed in at 500 ms is told from the round at 600 ms on.
    const meter = coverage({ n: 5, rounds: { periodMs: 100, phase: 'synchronised' } });
    meter.onInput?.(500 * ms, 0, 0);
    [500, 600, 699, 730].forEach((at, node) => {
      meter.onFact?.(at * ms, DELIVERED, node, 0);
    });
    const shares = [0.2, 0.4, 0.6, 0.8, 1];
    expect(shares.map((share) => meter.roundsTo(share))).toEqual([0, 1, 1, 2, null]);
    expect(meter.lastRounds()).toBe(2);
    expect(meter.meanRounds()).toBe(1);
  });

  it('counts whole rounds also where the input comes between two of them', () => {
    const meter = coverage({ n: 2, rounds: { periodMs: 100, phase: 'synchronised' } });
    meter.onInput?.(150 * ms, 0, 0);
    meter.onFact?.(230 * ms, DELIVERED, 1, 0);
    expect(meter.lastRounds()).toBe(1);
  });

  it('divides by the period where phases are random', () => {
    const meter = sevenOfTen('random');
    expect(meter.roundsTo(0.4)).toBe(3);
    expect(meter.meanRounds()).toBe(3);
  });

  it('keeps rumours apart and counts each from its own input', () => {
    const meter = coverage({ n: 2, rumours: 3 });
    meter.onInput?.(0, 0, 0);
    meter.onInput?.(50 * ms, 1, 1);
    meter.onFact?.(10 * ms, DELIVERED, 0, 0);
    meter.onFact?.(90 * ms, DELIVERED, 1, 1);
    expect([0, 1, 2].map((rumour) => meter.lastDelay(rumour))).toEqual([10, 40, null]);
    expect([0, 1, 2].map((rumour) => meter.residue(rumour))).toEqual([0.5, 0.5, 1]);
  });

  it('counts a node once, however often it hears', () => {
    const meter = coverage({ n: 2 });
    for (let k = 0; k < 3; k++) meter.onFact?.(k * ms, DELIVERED, 0, 0);
    expect(meter.heard()).toBe(1);
    expect(meter.timeTo(1)).toBeNull();
  });

  it('listens to deliveries only', () => {
    const meter = coverage({ n: 2 });
    meter.onFact?.(0, DUPLICATE, 0, 0);
    meter.onFact?.(0, REMOVED, 1, 0);
    expect(meter.heard()).toBe(0);
  });

  it('refuses to count rounds that it was not told of', () => {
    const meter = coverage({ n: 1 });
    meter.onFact?.(0, DELIVERED, 0, 0);
    expect(() => meter.lastRounds()).toThrow('BUG');
  });

  it('catches a rumour that it was not told of', () => {
    const meter = coverage({ n: 2, rumours: 1 });
    expect(() => meter.onFact?.(0, DELIVERED, 0, 1)).toThrow('met rumour 1');
  });
});
