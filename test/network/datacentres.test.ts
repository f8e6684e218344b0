import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { chiSquare } from '../../src/base/goodness.ts';
import { Stream } from '../../src/base/stream.ts';
import { Partners } from '../../src/engine/partners.ts';
import {
  type Datacentres,
  datacentreOf,
  datacentres,
  rackOf,
} from '../../src/network/datacentres.ts';
import { streamsOf } from './support.ts';

/** [partner] how often `node` picks it, of `count`. */
function picks(options: Datacentres, n: number, node: number, count: number): number[] {
  const partners = new Partners(datacentres(options)(streamsOf(n)), new Stream('dc', 'peers', n));
  const counts = Array(n).fill(0);
  for (let i = 0; i < count; i++) counts[partners.peer(node)]++;
  return counts;
}

const whoIsPicked = (options: Datacentres, n: number, node: number) =>
  picks(options, n, node, 500).flatMap((count, partner) => (count > 0 ? [partner] : []));

describe('the placement', () => {
  it('puts runs of nodes in racks, and runs of racks in datacentres', () => {
    const nodes = [...Array(8).keys()];
    const placement = { datacentres: 2, racks: 2 };
    expect(nodes.map((node) => rackOf(placement)(node, 8))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(nodes.map((node) => datacentreOf(placement)(node, 8))).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('makes racks whose sizes differ by one at most', () => {
    for (let n = 7; n < 60; n++) {
      const sizes = Array(7).fill(0);
      for (let node = 0; node < n; node++) sizes[rackOf({ datacentres: 7 })(node, n)]++;
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });
});

describe('a partner over datacentres and racks', () => {
  // 12 nodes, racks of 3, datacentres of 6: 0.5 in the rack (2 others), 0.4 in the datacentre (5 others, those of the
  // rack among them), 0.1 elsewhere (6). Chi-squared over the 11 partners of a node, 6,000 draws, alpha 1e-5; a remote
  // share of 0.12 has noncentrality 27, power 0.5, over the five nodes together > 0.95.
  it.each([0, 2, 4, 7, 11])('of node %i is as often in each place as its share says', (node) => {
    const options = { datacentres: 2, racks: 2, rackShare: 0.5, remoteShare: 0.1 };
    const counts = picks(options, 12, node, 6000);
    const expected = counts.map((_, other) => {
      if (Math.floor(other / 6) !== Math.floor(node / 6)) return 6000 * (0.1 / 6);
      return 6000 * (0.4 / 5 + (Math.floor(other / 3) === Math.floor(node / 3) ? 0.5 / 2 : 0));
    });
    expect(counts[node]).toBe(0);
    const others = [...counts.keys()].filter((other) => other !== node);
    const fit = chiSquare(
      others.map((other) => counts[other]),
      others.map((other) => expected[other]),
    );
    expect(fit.pValue).toBeGreaterThan(1e-5);
  });

  it('is in the own datacentre only at remote share 0, elsewhere only at 1', () => {
    expect(whoIsPicked({ datacentres: 3, remoteShare: 0 }, 9, 4)).toEqual([3, 5]);
    expect(whoIsPicked({ datacentres: 3, remoteShare: 1 }, 9, 4)).toEqual([0, 1, 2, 6, 7, 8]);
  });

  it('is in the own rack only at rack share 1', () => {
    expect(whoIsPicked({ datacentres: 1, racks: 3, rackShare: 1, remoteShare: 0 }, 9, 4)).toEqual([
      3, 5,
    ]);
  });

  it('is sought where there are nodes: alone in its datacentre, a node picks elsewhere', () => {
    expect(whoIsPicked({ datacentres: 3, remoteShare: 0.1 }, 3, 0)).toEqual([1, 2]);
    expect(whoIsPicked({ datacentres: 1, remoteShare: 0.5 }, 3, 0)).toEqual([1, 2]);
  });

  it('must be possible', () => {
    expect(() => datacentres({ datacentres: 3, remoteShare: 0 })(streamsOf(4))).toThrow(
      new UserError(
        'datacentres: node 2 has no partner: its shares all fall on places without other nodes; lower rackShare or remoteShare',
      ),
    );
  });

  it('of the only node is nobody', () => {
    const alone = datacentres({ datacentres: 1, remoteShare: 0 })(streamsOf(1));
    expect(new Partners(alone, new Stream('dc', 'peers', 1)).peer(0)).toBe(-1);
  });
});
