import { describe, expect, it } from 'vitest';
import {
  lastGossipsS,
  meanCallsPerRound,
  seedCalls,
} from '../../src/experiment/cassandra-seed-theory.ts';

describe('calls of seeds', () => {
  it('by hand', () => {
    // One seed of three: each of the two others calls it with 1/2, and if not then with 1/2 once more.
    expect(seedCalls(3, 1)).toBeCloseTo(1 + 2 * 0.5 * 0.5, 12);
    expect(meanCallsPerRound(3, 1)).toBeCloseTo(1 + (2 * 0.25) / 3, 12);
    // All are seeds: whoever is called is one.
    expect(seedCalls(5, 5)).toBe(1);
    expect(meanCallsPerRound(5, 5)).toBe(1);
  });

  it.each([
    [10, 1],
    [10, 9],
    [100, 3],
    [100, 50],
  ])('as many are received as sent: %i nodes, %i seeds', (n, seeds) => {
    const received = (seeds * seedCalls(n, seeds) + (n - seeds)) / n; // others are called once a second
    expect(received).toBeCloseTo(meanCallsPerRound(n, seeds), 12);
  });
});

describe('a cluster that starts from nothing', () => {
  it('of two: the seed first, or the other', () => {
    // Seed first: the other starts 2/3 s in the mean after the beginning; else it starts at 1/3 and asks twice.
    expect(lastGossipsS(2, 1)).toBeCloseTo((1 + 2 / 3 + 6 + 1 / 3) / 2, 12);
    // Two seeds: the first asks twice, the last goes on.
    expect(lastGossipsS(2, 2)).toBeCloseTo(6 + 1 / 3, 12);
  });
});
