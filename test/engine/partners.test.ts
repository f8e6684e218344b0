import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { type Neighbours, NOBODY } from '../../src/engine/model.ts';
import { Partners } from '../../src/engine/partners.ts';

/** Every node has the neighbours 100, 101, ... */
const star = (degree: number): Neighbours => ({
  degree: () => degree,
  neighbour: (_node, i) => 100 + i,
});

const partners = (overlay: Neighbours) => new Partners(overlay, new Stream('partners', 'peers', 4));

/** Pearson's statistic of counts against equal expectations. */
const chiSquared = (counts: readonly number[]) => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('partners', () => {
  // H0: all outcomes equally likely. Chi-squared with 9 degrees of freedom: P(> 39.3) = 1e-5. 20,000 draws show a
  // partner that is 15 % too likely (noncentrality 20,000 * 0.15^2 / 10 / 0.9 = 50) with power 0.92.
  const CRITICAL_9 = 39.3;

  it('picks each neighbour equally often', () => {
    const drawn = partners(star(10));
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[drawn.peer(i % 4) - 100]++;
    expect(chiSquared(counts)).toBeLessThan(CRITICAL_9);
  });

  it('picks each pair of different neighbours equally often', () => {
    const drawn = partners(star(5));
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const pair = [...drawn.peers(i % 4, 2)].sort().join();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(10); // 5 over 2: and none twice the same
    expect(chiSquared([...counts.values()])).toBeLessThan(CRITICAL_9);
  });

  it('gives all neighbours where more are asked for than there are', () => {
    expect([...partners(star(3)).peers(0, 8)].sort()).toEqual([100, 101, 102]);
  });

  it('gives nobody where there is no neighbour', () => {
    expect(partners(star(0)).peer(0)).toBe(NOBODY);
    expect(partners(star(0)).peers(0, 3)).toHaveLength(0);
  });

  it('gives as many different partners as asked for, also more than its scratch array held', () => {
    const drawn = partners(star(1000));
    for (const count of [1, 16, 17, 500, 999, 3]) {
      expect(new Set(drawn.peers(1, count)).size).toBe(count);
    }
  });

  it('leaves the choice to an overlay that has a law of its own', () => {
    const overlay = { ...star(10), pick: (node: number) => 7 + node };
    expect(partners(overlay).peer(2)).toBe(9);
  });

  it('draws for one node without touching the luck of another', () => {
    const alone = partners(star(50));
    const crowd = partners(star(50));
    const seen: number[][] = [[], []];
    for (let i = 0; i < 20; i++) {
      seen[0].push(alone.peer(1));
      crowd.peers(0, 3);
      seen[1].push(crowd.peer(1));
    }
    expect(seen[1]).toEqual(seen[0]);
  });
});
