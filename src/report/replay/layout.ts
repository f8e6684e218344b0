/**
 * Where nodes stand in the picture, from -1 to 1 both ways: datacentres as boxes of racks, rings and grids as they are, other
 * graphs by springs, and where everybody may gossip with everybody a circle, or for many a disc. It draws nothing by chance.
 */
import type { Neighbours } from '../../engine/model.ts';
import type { Place } from '../../experiment/scenario/index.ts';
import { rackOf } from '../../network/datacentres.ts';
import type { LayoutData, Region } from './model.ts';
import { packed } from './packed.ts';
import { type Points, sprung } from './springs.ts';

export interface Layout {
  readonly name: string; // with its preposition
  readonly x: Float64Array; // [node]
  readonly y: Float64Array;
  readonly regions: readonly Region[];
  readonly edges: readonly (readonly [number, number])[];
}

const MOST_ON_CIRCLE = 120;
const MOST_SPRINGS = 1500; // beyond, they take long, and the picture is a ball of wool
const MOST_EDGES = 3000;

export function layoutOf({ graph, zones }: Pick<Place, 'graph' | 'zones'>, n: number): Layout {
  const { name, neighbours } = graph;
  const edges = neighbours === undefined ? [] : edgesOf(neighbours, n);
  const drawn = edges.length <= MOST_EDGES ? edges : [];
  if (zones !== undefined && zones.datacentres * zones.racks <= n) {
    return { ...inZones(zones.datacentres, zones.racks, n), edges: drawn };
  }
  if (name === 'grid')
    return { name: 'on a grid', ...grid(graph.width!, n), ...{ regions: [], edges: drawn } };
  if (name === 'ring' || name === 'watts-strogatz') {
    return { name: 'on a ring', ...circle(n), regions: [], edges: drawn };
  }
  if (neighbours !== undefined && n <= MOST_SPRINGS) {
    return { name: 'on a graph', ...sprung(circle(n), edges), regions: [], edges: drawn };
  }
  const free =
    n <= MOST_ON_CIRCLE ? { name: 'on a circle', ...circle(n) } : { name: 'on a disc', ...disc(n) };
  return { ...free, regions: [], edges: drawn };
}

const points = (n: number, at: (node: number) => readonly [number, number]): Points => {
  const both = Array.from({ length: n }, (_, node) => at(node));
  return { x: Float64Array.from(both, ([x]) => x), y: Float64Array.from(both, ([, y]) => y) };
};

/** From the top on, clockwise. */
const circle = (n: number): Points =>
  points(n, (node) => {
    const angle = (2 * Math.PI * node) / n;
    return [0.9 * Math.sin(angle), -0.9 * Math.cos(angle)];
  });

/** Vogel, "A better way to construct the sunflower head", Mathematical Biosciences 44, 1979. */
const disc = (n: number): Points =>
  points(n, (node) => {
    const radius = 0.94 * Math.sqrt((node + 0.5) / n);
    const angle = node * Math.PI * (3 - Math.sqrt(5));
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

function grid(width: number, n: number): Points {
  const step = 1.8 / Math.max(width - 1, Math.ceil(n / width) - 1, 1);
  const [left, top] = [-((width - 1) * step) / 2, -((n / width - 1) * step) / 2];
  return points(n, (node) => [left + (node % width) * step, top + Math.floor(node / width) * step]);
}

function inZones(datacentres: number, racks: number, n: number) {
  const columns = Math.ceil(Math.sqrt(datacentres));
  const rows = Math.ceil(datacentres / columns);
  const [w, h] = [1.96 / columns, 1.96 / rows];
  const regions: Region[] = [];
  const boxes: Region[] = []; // [rack]
  for (let dc = 0; dc < datacentres; dc++) {
    const inRow = Math.min(columns, datacentres - columns * Math.floor(dc / columns));
    const x = ((dc % columns) - (inRow - 1) / 2) * w;
    const y = (Math.floor(dc / columns) - (rows - 1) / 2) * h;
    regions.push({ label: `datacentre ${dc}`, x, y, w: 0.92 * w, h: 0.92 * h, inner: false });
    for (let rack = 0; rack < racks; rack++) {
      const [wide, high] = [(0.84 * w) / racks, 0.68 * h];
      const left = x + (rack - (racks - 1) / 2) * wide;
      const label = racks === 1 ? '' : `rack ${dc * racks + rack}`;
      boxes.push({ label, x: left, y: y + 0.06 * h, w: 0.92 * wide, h: high, inner: true });
    }
  }
  const of = rackOf({ datacentres, racks });
  const members = boxes.map((): number[] => []);
  for (let node = 0; node < n; node++) members[of(node, n)].push(node);
  const at = new Map(boxes.flatMap((box, rack) => within(box, members[rack])));
  const all = racks === 1 ? regions : [...regions, ...boxes];
  return { name: 'in datacentres', ...points(n, (node) => at.get(node)!), regions: all };
}

/** In rows, as square as they can be, below the label if there is one. */
function within({ label, x, y: middle, w, h: height }: Region, nodes: readonly number[]) {
  const head = label === '' ? 0 : 0.12 * height;
  const [y, h] = [middle + head / 2, height - head];
  const columns = Math.max(1, Math.round(Math.sqrt((nodes.length * w) / h)));
  const rows = Math.ceil(nodes.length / columns);
  return nodes.map((node, i): [number, readonly [number, number]] => [
    node,
    [
      x + (((i % columns) + 0.5) / columns - 0.5) * w,
      y + ((Math.floor(i / columns) + 0.5) / rows - 0.5) * h,
    ],
  ]);
}

function edgesOf({ degree, neighbour }: Neighbours, n: number): [number, number][] {
  const edges: [number, number][] = [];
  for (let node = 0; node < n; node++) {
    for (let i = 0; i < degree(node); i++) {
      if (node < neighbour(node, i)) edges.push([node, neighbour(node, i)]);
    }
  }
  return edges;
}

/** Whole numbers, so that the last bits of a platform's sine do not show. */
const coordinates = (values: Float64Array) =>
  packed(values.map((value) => Math.round((value + 1) * 10_000)));

export const packLayout = ({ name, x, y, regions, edges }: Layout): LayoutData => ({
  ...{ name, x: coordinates(x), y: coordinates(y) },
  regions: regions.map(({ x, y, w, h, ...rest }) => {
    const [rx, ry, rw, rh] = [x, y, w, h].map((value) => Math.round(value * 1e4) / 1e4);
    return { ...rest, x: rx, y: ry, w: rw, h: rh };
  }),
  edges: packed(edges.flat()),
});
