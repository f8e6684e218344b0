import { describe, expect, it } from 'vitest';
import { COST_LAYERS, mailCost, twoSpeeds, updatePairs } from '../../src/experiment/vector-cost.ts';
import { bandwidth, constant } from '../../src/network/index.ts';
import { type Operation, workload } from '../../src/protocols/index.ts';

const write = (atMs: number, node: number): Operation => ({
  ...{ atMs, node, key: 0, kind: 'write', thinkMs: 0, client: node },
});

describe('the cost of stamps', () => {
  it('is measured of each write, and of warm ones', () => {
    // Entries of a sparse vector: 1, then 2 at the other node; 4 bytes of origin, 1 of their number, 2 of each.
    const list = [write(0, 0), write(100, 1)];
    const found = mailCost({
      ...{ seed: 's', operations: workload({ n: 3, keys: 1, clients: 3, list }) },
      ...{ layer: COST_LAYERS['causal sparse'], link: constant({ ms: 10 }) },
      ...{ horizonMs: 1000, warmMs: 50 },
    });
    expect(found).toEqual({ bytes: 8, warmBytes: 9, deliveryMs: 10, applicationMs: 10 });
  });

  it('is time, where bytes take time', () => {
    // 100 bytes of rumour, 28 of header, 8 of the stamp: 13.6 ms each; the second mail waits for the first.
    const list = [write(0, 0), write(0, 0)];
    const found = mailCost({
      ...{ seed: 's', operations: workload({ n: 3, keys: 1, clients: 3, list }) },
      ...{ layer: COST_LAYERS.fifo, horizonMs: 1000, warmMs: 500 },
      link: bandwidth({ bytesPerSecond: 10_000 }, constant({ ms: 0 })),
    });
    expect(found.deliveryMs).toBeCloseTo(2.5 * 13.6, 9);
    expect(found.warmBytes).toBeNull();
  });
});

describe('workloads', () => {
  it('of two speeds: the first half of the nodes at the first', () => {
    const { list } = twoSpeeds('s', 4, [10, 1], 100_000);
    const of = (node: number) => list.filter((operation) => operation.node === node).length;
    expect(of(0) + of(1)).toBeGreaterThan(1800);
    expect(of(2) + of(3)).toBeLessThan(300);
    expect(list.every(({ atMs }, i) => i === 0 || list[i - 1].atMs <= atMs)).toBe(true);
  });

  it('of pairs: two clients of a node, a register for each pair', () => {
    const pairs = { n: 2, pairs: 3, gapMs: 50, thinkMs: () => 7, spacingMs: 1000 };
    const { list, keys, clients } = updatePairs(pairs);
    expect({ keys, clients }).toEqual({ keys: 3, clients: 4 });
    expect(list.map(({ atMs, node, key, client }) => [atMs, node, key, client])).toEqual([
      [0, 0, 0, 0],
      [50, 0, 0, 1],
      [1000, 1, 1, 2],
      [1050, 1, 1, 3],
      [2000, 0, 2, 0],
      [2050, 0, 2, 1],
    ]);
  });
});
