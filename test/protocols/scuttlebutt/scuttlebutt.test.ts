import { describe, expect, it } from 'vitest';
import { micros } from '../../../src/base/time.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { staleMappings } from '../../../src/metrics/stale-mappings.ts';
import { complete, constant, lossy } from '../../../src/network/index.ts';
import type { ScuttlebuttOptions } from '../../../src/protocols/scuttlebutt/options.ts';
import { ORDERS } from '../../../src/protocols/scuttlebutt/orders.ts';
import { groundOf, scuttlebuttOn } from '../../../src/protocols/scuttlebutt/scuttlebutt.ts';

const N = 16;

function play(options: ScuttlebuttOptions, horizonMs: number, loss = 0) {
  const ground = groundOf(N, options);
  const link = constant({ ms: 1 });
  const outcome = simulate({
    seed: 'scuttlebutt',
    n: N,
    protocol: scuttlebuttOn(ground, options),
    link: loss > 0 ? lossy(loss, link) : link,
    overlay: complete,
    rounds: { periodMs: 1000, phase: 'random' },
    horizonMs,
    checked: true,
  });
  const { state, tau } = ground;
  const observers = Array.from({ length: N }, (_, node) => node);
  const stale = staleMappings(
    { n: N, keys: state.keys, observers },
    micros(horizonMs),
    (observer, owner, key) => state.staleSince(observer, owner, key),
  );
  return { state, tau, stale, outcome };
}

describe.each(ORDERS)('%s', (order) => {
  it('knows everything some rounds after the last update, also under loss', () => {
    const rate = [
      [0, 1],
      [20_000, 0],
    ] as const;
    expect(play({ order, keys: 8, mtu: 20, rate }, 60_000).stale.count).toBe(0);
    expect(play({ order, keys: 8, mtu: 20, rate }, 90_000, 0.2).stale.count).toBe(0);
  });

  it('is stale where the messages are too small', () => {
    const { stale } = play({ order, keys: 8, mtu: 4, rate: 1 }, 60_000);
    expect(stale.count).toBeGreaterThan(60);
  });
});

describe('updates', () => {
  it('come at their rate, which changes', () => {
    const rate = [
      [0, 2],
      [10_000, 0],
      [20_000, 5],
    ] as const;
    const { state } = play({ rate }, 30_000);
    for (let node = 0; node < N; node++) {
      expect(Math.abs(state.max[node * N + node] - 70)).toBeLessThanOrEqual(2);
    }
  });

  it('are limited by flow control to what messages carry, for all alike', () => {
    const flow = { initial: 1, increase: 0.05, decrease: 0.9 };
    const { tau } = play({ rate: Infinity, mtu: 20, flow }, 120_000);
    const mean = tau.reduce((sum, x) => sum + x) / N;
    // An exchange brings each side what all others have done since its last two: about (N - 1) tau / 2.
    expect(mean * N).toBeGreaterThan(15);
    expect(mean * N).toBeLessThan(45);
    expect(Math.max(...tau) / Math.min(...tau)).toBeLessThan(3);
  });

  it('without end need flow control', () => {
    expect(() => play({ rate: Infinity }, 1000)).toThrow('flow control');
    expect(() => play({ rate: [[5, 1]] }, 1000)).toThrow('the first from 0');
    expect(() => play({ mtu: 0 }, 1000)).toThrow('mtu must be at least 1');
    // No number of whole updates would ever be that long.
    expect(() => play({ mtu: 1.5, order: 'breadth' }, 1000)).toThrow('mtu must be a whole number');
    expect(() => play({ rate: '2' as never }, 1000)).toThrow('rate must be a number or steps');
    expect(() => play({ rate: [0, 1] as never }, 1000)).toThrow('rate must be a number or steps');
  });
});
