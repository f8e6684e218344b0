/** Where nodes stand: each at a place of its own, inside of the picture, the same at every time. */
import { describe, expect, it } from 'vitest';
import { streamsOf } from '../../../src/engine/streams.ts';
import { edgeList, grid, randomRegular, ring } from '../../../src/network/index.ts';
import { type Layout, layoutOf } from '../../../src/report/replay/layout.ts';

const built = (overlay: ReturnType<typeof ring>, n: number) => overlay(streamsOf('s', n));
const COMPLETE = { graph: { name: 'complete' } };
const CASES: readonly (readonly [string, () => Layout])[] = [
  ['on a circle', () => layoutOf(COMPLETE, 30)],
  ['on a disc', () => layoutOf(COMPLETE, 1000)],
  ['on a ring', () => layoutOf({ graph: { name: 'ring', neighbours: built(ring(), 30) } }, 30)],
  [
    'on a grid',
    () =>
      layoutOf(
        { graph: { name: 'grid', width: 5, neighbours: built(grid({ width: 5 }), 30) } },
        30,
      ),
  ],
  [
    'on a graph',
    () => {
      const neighbours = built(randomRegular({ degree: 4 }), 60);
      return layoutOf({ graph: { name: 'random-regular', neighbours } }, 60);
    },
  ],
  ['in datacentres', () => layoutOf({ ...COMPLETE, zones: { datacentres: 3, racks: 2 } }, 61)],
];

describe.each(CASES)('%s', (name, make) => {
  const { x, y, name: said } = make();

  it('is inside of the picture, nobody on another', () => {
    expect(said).toBe(name);
    expect([...x, ...y].every((value) => Math.abs(value) <= 1)).toBe(true);
    const places = new Set([...x].map((value, i) => `${value.toFixed(3)} ${y[i].toFixed(3)}`));
    expect(places.size).toBe(x.length);
  });

  it('is the same again', () => expect([make().x, make().y]).toEqual([x, y]));
});

it('racks are boxes in their datacentres, with their nodes in them', () => {
  const { x, y, regions } = layoutOf({ ...COMPLETE, zones: { datacentres: 3, racks: 2 } }, 60);
  const racks = regions.filter(({ inner }) => inner);
  expect(racks).toHaveLength(6);
  for (let node = 0; node < 60; node++) {
    const { x: middle, y: height, w, h } = racks[Math.floor(node / 10)];
    expect(Math.abs(x[node] - middle)).toBeLessThan(w / 2);
    expect(Math.abs(y[node] - height)).toBeLessThan(h / 2);
  }
});

it('springs pull neighbours together', () => {
  const pairs = Array.from({ length: 20 }, (_, i) => [i, i + 20] as const);
  const chain = Array.from({ length: 39 }, (_, i) => [i, i + 1] as const);
  const of = (edges: readonly (readonly [number, number])[]) => {
    const neighbours = built(edgeList(edges), 40);
    return layoutOf({ graph: { name: 'edges', neighbours } }, 40);
  };
  const { x, y } = of(pairs);
  const distance = (a: number, b: number) => Math.hypot(x[a] - x[b], y[a] - y[b]);
  const [near, far] = [distance(0, 20), distance(0, 10)];
  expect(near).toBeLessThan(far / 2);
  expect(of(chain).edges).toHaveLength(39);
});
