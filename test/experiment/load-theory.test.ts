/** Ages of what is published now and then: identities, and a small cluster. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/engine/simulate.ts';
import { loadedCluster } from '../../src/experiment/cassandra-loads.ts';
import { evenWay } from '../../src/experiment/exchange-growth.ts';
import { ExchangeSpread } from '../../src/experiment/exchange-spread-theory.ts';
import { publishedAges } from '../../src/experiment/load-theory.ts';
import { randomWalk } from '../../src/experiment/random-walk.ts';
import { constant } from '../../src/network/latency.ts';

describe('ages in theory', () => {
  const n = 1000;
  const spread = new ExchangeSpread({ ways: evenWay(0), delivered: 1 });

  it.each([20, 60])('every %d: the mean is half of that and the mean delay', (every) => {
    const { mean } = publishedAges(spread, n, every);
    expect(Math.abs(mean - every / 2 - spread.meanDelay(n))).toBeLessThan(0.01);
  });

  it('ends where rounding leaves a rest', () => {
    const slow = new ExchangeSpread({ ways: evenWay(0), delivered: 0.9 });
    for (const few of [30, 100, 300]) {
      const { mean } = publishedAges(slow, few, 10);
      expect(mean).toBeGreaterThan(5);
      expect(mean).toBeLessThan(15);
    }
  });

  it('the root and the oldest lie where they must', () => {
    const { mean, meanRoot, oldest } = publishedAges(spread, n, 60);
    expect(meanRoot).toBeLessThan(Math.sqrt(mean));
    expect(meanRoot).toBeGreaterThan((2 / 3) * Math.sqrt(60)); // of ages without any delay
    expect(oldest).toBeGreaterThan(60);
    expect(oldest).toBeLessThan(60 + spread.timeTo(n, n));
  });

  it('two nodes differ while the news spreads: twice as often with twice as much of it', () => {
    const of = (every: number) => publishedAges(spread, n, every).disagreement;
    expect(of(30)).toBeCloseTo(2 * of(60), 12);
  });
});

it('a random walk grows as the root of time, by a path of its own for each node', () => {
  const nodes = 4000;
  const walk = randomWalk('test', nodes, 2);
  const rms = (now: number) => {
    const squares = Array.from({ length: nodes }, (_, node) => walk(node, now) ** 2);
    return Math.sqrt(squares.reduce((a, b) => a + b) / nodes);
  };
  expect(rms(9e6)).toBeCloseTo(6, 0);
  expect(rms(25e6)).toBeCloseTo(10, 0);
  expect(walk(0, 25e6)).toBe(walk(0, 25e6));
});

it('a cluster publishes at its interval, and all know all', () => {
  const { scenario, view } = loadedCluster({
    n: 20,
    seed: 'loads',
    options: { version: '4.1', broadcastIntervalMs: 10_000, loadSpreadMs: 10_000 },
    link: constant({ ms: 1 }),
    fromMs: 30_000,
    everyMs: 500,
    untilMs: 60_000,
  });
  simulate({ ...scenario, checked: true });
  expect(view.ages.missing).toBe(0);
  expect(view.ages.count).toBe(60 * 20 * 19);
  expect(view.ages.meanMs()).toBeGreaterThan(6000);
  expect(view.ages.meanMs()).toBeLessThan(7500);
  expect(view.ages.maxMs()).toBeLessThan(10_000 + 6000);
});
