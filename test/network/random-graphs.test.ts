/** The laws of the random graphs. All tests have fixed seeds and alpha 1e-5. */
import { describe, expect, it } from 'vitest';
import { chiSquare } from '../../src/base/goodness.ts';
import type { Overlay } from '../../src/engine/model.ts';
import { barabasiAlbert } from '../../src/network/barabasi-albert.ts';
import { isConnected } from '../../src/network/components.ts';
import { erdosRenyi } from '../../src/network/erdos-renyi.ts';
import { ring } from '../../src/network/lattices.ts';
import { randomRegular } from '../../src/network/random-regular.ts';
import { wattsStrogatz } from '../../src/network/watts-strogatz.ts';
import { degreesOf, rowsOf, streamsOf, sum } from './support.ts';

/** How often each graph on n nodes came out of `count` seeds, by its rows. */
function census(overlay: Overlay, n: number, count: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const graph = JSON.stringify(rowsOf(overlay(streamsOf(n, `census ${i}`)), n));
    found.set(graph, (found.get(graph) ?? 0) + 1);
  }
  return found;
}

/** p-value of: there are `graphs` different graphs, all equally likely. */
function uniformPValue(found: Map<string, number>, graphs: number): number {
  expect(found.size).toBe(graphs);
  const counts = [...found.values()];
  return chiSquare(
    counts,
    counts.map(() => sum(counts) / graphs),
  ).pValue;
}

/** How many degrees are at least `least`. */
const atLeast = (degrees: readonly number[], least: number) =>
  degrees.filter((degree) => degree >= least).length;

describe('the graph of Erdos and Renyi', () => {
  // Power: one edge of six at 0.55 instead of 0.5 has noncentrality 6,400 * 0.01 = 64 on 63 degrees: 0.6.
  it('at p = 1/2 is any graph with the same chance', () => {
    expect(uniformPValue(census(erdosRenyi({ p: 0.5 }), 4, 6400), 64)).toBeGreaterThan(1e-5);
  });

  it('has a binomial number of edges, and degrees of binomial variance', () => {
    const n = 5000;
    const degrees = degreesOf(erdosRenyi({ meanDegree: 8 })(streamsOf(n)), n);
    const mean = sum(degrees) / n;
    const variance = sum(degrees.map((degree) => (degree - mean) ** 2)) / (n - 1);
    // 20,000 edges, sd 141 each way: the mean degree has sd 0.0566. Of nearly Poisson degrees the variance has
    // sd sqrt((2 * 64 + 8) / n) = 0.165.
    expect(Math.abs(mean - 8)).toBeLessThan(4.42 * 0.0566);
    expect(Math.abs(variance - 8)).toBeLessThan(4.42 * 0.165);
  });

  it('is empty at p = 0 and complete at p = 1', () => {
    expect(degreesOf(erdosRenyi({ p: 0 })(streamsOf(9)), 9)).toEqual(Array(9).fill(0));
    expect(degreesOf(erdosRenyi({ p: 1 })(streamsOf(9)), 9)).toEqual(Array(9).fill(8));
    expect(degreesOf(erdosRenyi({ p: 1e-300 })(streamsOf(9)), 9)).toEqual(Array(9).fill(0));
  });

  it('of one node is one node, by probability and by mean degree', () => {
    expect(degreesOf(erdosRenyi({ p: 0.5 })(streamsOf(1)), 1)).toEqual([0]);
    expect(degreesOf(erdosRenyi({ meanDegree: 0 })(streamsOf(1)), 1)).toEqual([0]);
  });
});

describe('a random regular graph', () => {
  it.each([
    [0, 10],
    [1, 10],
    [3, 1000],
    [8, 1000],
    [50, 100],
    [97, 100],
    [99, 100],
    [2, 3],
  ])('of degree %i on %i nodes gives each node that degree', (degree, n) => {
    expect(degreesOf(randomRegular({ degree })(streamsOf(n)), n)).toEqual(Array(n).fill(degree));
  });

  it('of degree 3 and 1000 nodes is connected from this seed', () => {
    expect(isConnected(randomRegular({ degree: 3 })(streamsOf(1000)), 1000)).toBe(true);
  });

  // By symmetry all are equally likely: the 15 perfect matchings of 6 nodes, the 15 graphs of degree 4 that lack one,
  // the 12 pentagons. Power at 3,000: one twice as likely as the rest adds 3,000 / 16: > 0.999.
  it.each([
    [1, 6, 15],
    [4, 6, 15],
    [2, 5, 12],
  ])('of degree %i on %i nodes is any of the %i with the same chance', (degree, n, graphs) => {
    const found = census(randomRegular({ degree }), n, 3000);
    expect(uniformPValue(found, graphs)).toBeGreaterThan(1e-5);
  });

  // 70 two-regular graphs on 6 nodes: 60 hexagons, 10 pairs of triangles. Drawing pair by pair is not quite uniform
  // here, but the share of triangles, 1/7 = 0.143, must be near.
  it('is nearly uniform where symmetry does not make it so', () => {
    const found = census(randomRegular({ degree: 2 }), 6, 3000);
    expect(found.size).toBe(70);
    const triangles = [...found].filter(([graph]) => isTwoTriangles(JSON.parse(graph)));
    expect(triangles).toHaveLength(10);
    const share = sum(triangles.map(([, count]) => count)) / 3000;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.19);
  });
});

const isTwoTriangles = (rows: number[][]) =>
  rows.every((row, node) => rows[row[0]].includes(row[1]) && !row.includes(node));

describe('the small world of Watts and Strogatz', () => {
  const n = 2000;
  const world = (rewire: number) => rowsOf(wattsStrogatz({ k: 6, rewire })(streamsOf(n)), n);

  it('without rewiring is a ring', () => {
    expect(world(0)).toEqual(rowsOf(ring({ k: 3 })(streamsOf(n)), n));
  });

  it.each([0, 0.1, 1])('keeps its edges, and half of them with each node, at %d', (rewire) => {
    const rows = world(rewire);
    expect(sum(rows.map((row) => row.length))).toBe(n * 6);
    expect(Math.min(...rows.map((row) => row.length))).toBeGreaterThanOrEqual(3);
  });

  // Of 6,000 edges a binomial number is rewired: sd 23 at 0.1, alpha 1e-5: 103. That a new end is near by chance,
  // 6 / 2000, takes off 2. Power for 0.12: 0.75.
  it('rewires its share of edges', () => {
    const far = world(0.1).flatMap((row, node) =>
      row.filter((other) => Math.min((node - other + n) % n, (other - node + n) % n) > 3),
    );
    expect(Math.abs(far.length / 2 - 600)).toBeLessThan(103 + 2);
  });

  it('rewired throughout has new ends in all distances alike', () => {
    const rows = world(1);
    const near = rows.flatMap((row, node) =>
      row.filter((other) => (other - node + n) % n <= n / 4),
    );
    // 12,000 ends, a quarter of them: sd of 6,000 edges seen once or twice below 67.
    expect(Math.abs(near.length - 3000)).toBeLessThan(4.42 * 67);
  });

  it('leaves a node as it is that is beside all others', () => {
    const rows = rowsOf(wattsStrogatz({ k: 4, rewire: 1 })(streamsOf(5)), 5);
    expect(rows.map((row) => row.length)).toEqual([4, 4, 4, 4, 4]);
  });
});

describe('the graph of Barabasi and Albert', () => {
  // Node 2 joins 0 or 1; then node 3 joins the node of degree 2 with probability 1/2, each other one with 1/4.
  it('on four nodes with m = 1 has the law of its definition', () => {
    const found = census(barabasiAlbert({ m: 1 }), 4, 4000);
    const stars = [...found].filter(([graph]) =>
      JSON.parse(graph).some((row: number[]) => row.length === 3),
    );
    const paths = [...found].filter(([graph]) =>
      JSON.parse(graph).every((row: number[]) => row.length < 3),
    );
    const counts = [...stars, ...paths].map(([, count]) => count);
    expect([stars.length, paths.length]).toEqual([2, 4]);
    expect(chiSquare(counts, [1000, 1000, 500, 500, 500, 500]).pValue).toBeGreaterThan(1e-5);
  });

  it('has m (m + 1) / 2 + (n - m - 1) m edges, and no degree below m', () => {
    const degrees = degreesOf(barabasiAlbert({ m: 3 })(streamsOf(500)), 500);
    expect(sum(degrees) / 2).toBe(6 + 496 * 3);
    expect(Math.min(...degrees)).toBe(3);
  });

  // The limit P(degree >= k) = m (m + 1) / (k (k + 1)); counts within 5 binomial sd (their true sd is smaller). A tail
  // of exponent 2.5 instead of 3 would put five times as many beyond 30.
  it('has the heavy tail of its limit law', () => {
    const n = 20_000;
    const degrees = degreesOf(barabasiAlbert({ m: 2 })(streamsOf(n)), n);
    for (const k of [3, 5, 10, 30]) {
      const p = 6 / (k * (k + 1));
      expect(Math.abs(atLeast(degrees, k) - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
    }
  });
});
