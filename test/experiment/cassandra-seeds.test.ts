/** Seeds: their load, a cluster from nothing, starts without any. */
import { describe, expect, it } from 'vitest';
import { idealFormation } from '../../src/experiment/cassandra-form-ideal.ts';
import {
  countSyns,
  formCluster,
  startTimes,
  startWithoutSeeds,
} from '../../src/experiment/cassandra-seeds.ts';
import { synLoad } from '../../src/experiment/cassandra-seeds-theory.ts';

describe('the load of seeds', () => {
  it('is about two SYNs a second where they are few, and one where all are seeds', () => {
    expect(synLoad({ n: 1001, seeds: 3 }).seed).toBeCloseTo(2, 1);
    expect(synLoad({ n: 10, seeds: 10 })).toEqual({ seed: 1, other: Number.NaN, all: 1 });
    const { n, seeds } = { n: 11, seeds: 2 };
    const extra = 9 * 0.8 * 0.2 + 2 * 0.9 * 0.1; // 9 others with two seeds of ten, two seeds with one
    expect(synLoad({ n, seeds }).seed).toBeCloseTo(1 + extra / 2);
  });

  it('is measured', () => {
    const { seed_syns, other_syns, all_syns } = countSyns({
      ...{ n: 10, seeds: 2, version: '4.1', seconds: 500, seed: 'load' },
    });
    const expected = synLoad({ n: 10, seeds: 2 });
    expect(seed_syns / expected.seed).toBeCloseTo(1, 1);
    expect((other_syns ?? 0) / expected.other).toBeCloseTo(1, 1);
    expect(all_syns / expected.all).toBeCloseTo(1, 1);
  });
});

describe('a cluster from nothing', () => {
  const startsMs = startTimes(8, 3, 0, 'form');
  const base = { n: 8, startsMs, horizonMs: 60_000, seed: 'form' };
  const side = (node: number) => node % 2;

  it('forms with one list, and with lists that share a seed', () => {
    const one = formCluster({ ...base, options: { version: '4.1', seeds: [0] } });
    expect(one.met).toBe(1);
    expect(one.all_s).toBeLessThan(20);
    const seeds = (node: number) => [side(node), 2];
    expect(formCluster({ ...base, side, options: { version: '4.1', seeds } }).across).toBe(1);
  });

  it('falls into two where the lists have nothing in common', () => {
    const seeds = (node: number) => [side(node)];
    const { across, all_s, met } = formCluster({
      ...{ ...base, side, options: { version: '4.1', seeds } },
    });
    expect({ across, all_s }).toEqual({ across: 0, all_s: null });
    expect(met).toBeCloseTo(24 / 56);
  });

  it('of the prototype takes its first round, and 5 s more where the seed starts last', () => {
    const form = (starts: number[], seeds = 1) =>
      idealFormation({ n: starts.length, seeds, starts, draw: () => 0.5 });
    expect(form([0, 0.5])).toBe(2); // the other calls the seed after 1.5 s, the seed it in its next round
    expect(form([0.7, 0.5])).toBeCloseTo(6.7);
    expect(form([0.7, 0.5], 2)).toBeCloseTo(6.5); // the second finds that all are starting, the first asks again
  });
});

describe('without any seed', () => {
  const base = { n: 8, seeds: 2, version: '4.1', seed: 'lonely' } as const;

  it('a node with an empty disk gives up after 60 s', () => {
    const found = startWithoutSeeds({ ...base, starter: 'new' });
    expect(found).toMatchObject({ gossip_s: null, syns: 26, last_syn_s: 60, healed_s: null });
  });

  it('one with peers on disk asks them after 5 s', () => {
    const found = startWithoutSeeds({ ...base, starter: 'known' });
    expect(found.gossip_s).toBeCloseTo(5.001);
    expect(found.met_before).toBe(1);
  });

  it('a seed goes on alone after 30 s, and finds the others when a seed is back', () => {
    const found = startWithoutSeeds({ ...base, starter: 'own seed' });
    expect(found.gossip_s).toBeCloseTo(31);
    expect(found.met_before).toBe(0);
    expect(found.healed_s).toBeLessThan(30);
    // Others that have it on their lists call it.
    const listed = startWithoutSeeds({ ...base, starter: 'seed of all' });
    expect(listed.gossip_s).toBeCloseTo(31);
    expect(listed.met_before).toBe(1);
  });
});
