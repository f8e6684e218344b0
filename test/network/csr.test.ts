import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csr, Edges } from '../../src/network/csr.ts';
import { rowsOf } from './support.ts';

const N = 12;
type Pairs = readonly (readonly [number, number])[];

const graphOf = (pairs: Pairs) => {
  const edges = new Edges(1); // grows
  for (const [a, b] of pairs) edges.add(a, b);
  return rowsOf(csr(N, edges), N);
};

const node = fc.integer({ min: 0, max: N - 1 });
const edgeLists = fc.array(
  fc.tuple(node, node).filter(([a, b]) => a !== b),
  { maxLength: 60 },
);
const permutations = fc.shuffledSubarray([...Array(N).keys()], { minLength: N });
const settings = { seed: 4, numRuns: 100 };

describe('compressed sparse rows', () => {
  it('hold the neighbours that a matrix of the edges has, in ascending order', () => {
    fc.assert(
      fc.property(edgeLists, (pairs) => {
        const joined = (a: number, b: number) =>
          pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
        const all = [...Array(N).keys()];
        expect(graphOf(pairs)).toEqual(all.map((a) => all.filter((b) => joined(a, b))));
      }),
      settings,
    );
  });

  it('relabelled are the rows of the relabelled edges', () => {
    fc.assert(
      fc.property(edgeLists, permutations, (pairs, label) => {
        const relabelled = graphOf(pairs.map(([a, b]) => [label[a], label[b]] as const));
        graphOf(pairs).forEach((row, a) => {
          const expected = row.map((b) => label[b]).sort((x, y) => x - y);
          expect(relabelled[label[a]]).toEqual(expected);
        });
      }),
      settings,
    );
  });

  it('take no loop', () => {
    expect(() => graphOf([[3, 3]])).toThrow('BUG: edge end 3, n 12');
  });

  it('take no node that is not there', () => {
    expect(() => graphOf([[3, 12]])).toThrow('BUG: edge end 12, n 12');
  });
});
