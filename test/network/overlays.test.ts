/** What every overlay promises, whatever its law. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { chiSquare } from '../../src/base/goodness.ts';
import { Stream } from '../../src/base/stream.ts';
import type { Overlay } from '../../src/engine/model.ts';
import { Partners } from '../../src/engine/partners.ts';
import {
  barabasiAlbert,
  complete,
  datacentres,
  edgeList,
  erdosRenyi,
  grid,
  isConnected,
  randomRegular,
  ring,
  wattsStrogatz,
} from '../../src/network/index.ts';
import { rowsOf, streamsOf, sum } from './support.ts';

/** Overlays that are possible for every even n from 12 on. */
const overlays: [string, Overlay][] = [
  ['complete', complete],
  ['ring', ring({ k: 2 })],
  ['grid', grid({ width: 2 })],
  ['torus', grid({ width: 2, torus: true })],
  ['randomRegular', randomRegular({ degree: 3 })],
  ['dense randomRegular', randomRegular({ degree: 9 })],
  ['erdosRenyi', erdosRenyi({ meanDegree: 4 })],
  ['wattsStrogatz', wattsStrogatz({ k: 4, rewire: 0.3 })],
  ['barabasiAlbert', barabasiAlbert({ m: 2 })],
  ['datacentres', datacentres({ datacentres: 2, racks: 2, remoteShare: 0.2 })],
  [
    'edgeList',
    edgeList([
      [0, 1],
      [1, 2],
      [2, 1],
      [11, 0],
    ]),
  ],
];

const populations = fc.record({
  n: fc.integer({ min: 6, max: 30 }).map((half) => 2 * half),
  seed: fc.string({ minLength: 1 }),
});

describe.each(overlays)('the overlay %s', (_name, overlay) => {
  it('is undirected, without loops and parallel edges', () => {
    fc.assert(
      fc.property(populations, ({ n, seed }) => {
        const rows = rowsOf(overlay(streamsOf(n, seed)), n);
        rows.forEach((row, node) => {
          expect(new Set(row).size).toBe(row.length);
          expect(row).not.toContain(node);
          for (const other of row) expect(rows[other]).toContain(node);
        });
      }),
      { seed: 3, numRuns: 12 },
    );
  });

  it('is the same from the same seed', () => {
    const rows = () => rowsOf(overlay(streamsOf(40)), 40);
    expect(rows()).toEqual(rows());
  });
});

describe('a partner', () => {
  // H0: a partner is uniform among the neighbours: chi-squared over the ordered pairs, 40 draws expected in each,
  // alpha 1e-5. One neighbour out of four never picked adds 40 per node: power > 0.999. The datacentres have a law of
  // their own, tested with them.
  it.each(overlays.filter(([name]) => name !== 'datacentres'))(
    'is each of the neighbours with the same chance: %s',
    (_name, overlay) => {
      const n = 12;
      const neighbours = overlay(streamsOf(n));
      const partners = new Partners(neighbours, new Stream('partners', 'peers', n));
      const observed: number[] = [];
      rowsOf(neighbours, n).forEach((row, node) => {
        const counts = new Map(row.map((other) => [other, 0]));
        for (let i = 0; i < 40 * row.length; i++) {
          const peer = partners.peer(node);
          counts.set(peer, counts.get(peer)! + 1);
        }
        observed.push(...counts.values());
      });
      expect(sum(observed)).toBe(40 * observed.length); // not NaN: none but neighbours were picked
      const expected = observed.map(() => 40);
      expect(chiSquare(observed, expected).pValue).toBeGreaterThan(1e-5);
    },
  );
});

describe('an overlay that promises to be connected', () => {
  it.each([
    ['complete', complete],
    ['ring', ring()],
    ['grid', grid({ width: 20 })],
    ['torus', grid({ width: 20, torus: true })],
    ['barabasiAlbert', barabasiAlbert({ m: 1 })],
    ['datacentres', datacentres({ datacentres: 4, remoteShare: 0.01 })],
    ['wattsStrogatz without rewiring', wattsStrogatz({ k: 2, rewire: 0 })],
  ])('is so: %s', (_name, overlay) => {
    for (const n of [20, 40, 1000]) expect(isConnected(overlay(streamsOf(n)), n)).toBe(true);
  });
});

describe('overlays of impossible size', () => {
  it.each<[Overlay, number, string]>([
    [ring({ k: 3 }), 6, 'ring: n must be above 2k (k = 3); got 6: raise n or lower k'],
    [grid({ width: 5 }), 12, 'grid: n must be a multiple of the width 5; got 12'],
    [
      randomRegular({ degree: 3 }),
      5,
      'randomRegular: n * degree must be even; got n = 5, degree = 3: change one by 1',
    ],
    [
      randomRegular({ degree: 5 }),
      5,
      'randomRegular (n = 5): degree must be a whole number in 0..4; got 5',
    ],
    [
      erdosRenyi({ meanDegree: 9 }),
      5,
      'erdosRenyi (n = 5): meanDegree must be a number in [0, 4]; got 9',
    ],
    [
      erdosRenyi({ p: 1 }),
      1e6,
      'overlay: a graph must have at most 268435456 edges; this one has about 504999495000: lower n or the degree',
    ],
    [
      wattsStrogatz({ k: 4, rewire: 0 }),
      4,
      'wattsStrogatz: n must be above k = 4; got 4: raise n or lower k',
    ],
    [
      barabasiAlbert({ m: 4 }),
      4,
      'barabasiAlbert: n must be above m = 4; got 4: raise n or lower m',
    ],
    [
      datacentres({ datacentres: 3, racks: 2, remoteShare: 0.1 }),
      5,
      'datacentres (n = 5): racks in all must be a whole number in 1..5; got 6',
    ],
  ])('are refused: %#', (overlay, n, sentence) => {
    expect(() => overlay(streamsOf(n))).toThrow(new UserError(sentence));
  });

  it.each<[() => Overlay, string]>([
    [() => ring({ k: 0 }), 'ring: k must be a whole number at least 1; got 0'],
    [
      () => wattsStrogatz({ k: 3, rewire: 0 }),
      'wattsStrogatz: k must be even, half on each side; got 3: change it by 1',
    ],
    [() => erdosRenyi({ p: 1.1 }), 'erdosRenyi: p must be a number in [0, 1]; got 1.1'],
    [
      () => datacentres({ datacentres: 2, rackShare: 0.8, remoteShare: 0.3 }),
      'datacentres: rackShare + remoteShare must be at most 1; got 0.8 + 0.3',
    ],
  ])('or shape are refused before they meet a population: %#', (make, sentence) => {
    expect(make).toThrow(new UserError(sentence));
  });
});
