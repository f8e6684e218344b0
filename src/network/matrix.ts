/**
 * Links that differ by pair of nodes, or by pair of zones (datacentres, regions, racks). Asymmetry is allowed: row =
 * sender, column = receiver. A Link that stands in several places is one link: it is built once and keeps one set of
 * streams and one state, so that a bandwidth shared by many pairs is one uplink.
 */
import { numberIn, UserError, wholeNumber } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import type { Channel, Link, NodeId, Streams, Transit } from '../engine/model.ts';

/** Whether all cells of a matrix are numbers. */
const isNumeric = (rows: readonly (readonly unknown[])[]): rows is readonly (readonly number[])[] =>
  rows.every((row) => row.every((cell) => typeof cell === 'number'));

/** A link for each ordered pair of nodes, or its latency in ms. The diagonal is not used. */
export function perPair(
  cells: readonly (readonly number[])[] | readonly (readonly Link[])[],
): Link {
  if (!isNumeric(cells)) {
    const link = zones({ zoneOf: (node) => node, links: cells });
    return (streams) => {
      oneRowPerNode('perPair', cells, streams.n);
      return link(streams);
    };
  }
  return ({ n }) => {
    const ms = squareMatrix('perPair', cells, n, (what, value) =>
      numberIn('perPair', what, value, 0, 2 ** 52 / 1000),
    );
    const delays = ms.map(micros); // [from * n + to] microseconds
    return { delay: (from, to) => delays[from * n + to] };
  };
}

/** The zone of each node, and a link for each pair of zones. */
export interface Zones {
  /** The zone of each node, 0 .. links.length - 1: a list, or a function that is asked once per node. */
  readonly zoneOf: ArrayLike<number> | ((node: NodeId, n: number) => number);
  /** [zone of the sender][zone of the receiver] */
  readonly links: readonly (readonly Link[])[];
}

/** A link for each ordered pair of zones; the diagonal is for messages within a zone. */
export function zones({ zoneOf, links }: Zones): Link {
  const count = links.length;
  links.forEach((row, zone) => {
    if (row.length === count) return;
    throw new UserError(
      `zones: links[${zone}] must have one link per zone (${count}); got ${row.length}`,
    );
  });
  return (streams) => {
    const zone = zoneColumn(zoneOf, streams.n, count); // [node] its zone
    const transits = built(links.flat(), streams); // [zone of from * count + zone of to]
    return {
      delay: (from, to, now, bytes, channel) =>
        transits[zone[from] * count + zone[to]].delay(from, to, now, bytes, channel),
      ...(transits.some((transit) => transit.copies !== undefined) && {
        copies: (from: NodeId, to: NodeId, now: number, channel?: Channel) =>
          transits[zone[from] * count + zone[to]].copies?.(from, to, now, channel) ?? 1,
      }),
    };
  };
}

/** Each different link built once, in order of first appearance. */
function built(links: readonly Link[], streams: Streams): Transit[] {
  const transits = new Map<Link, Transit>();
  for (const link of links) if (!transits.has(link)) transits.set(link, link(streams));
  return links.map((link) => transits.get(link)!);
}

function zoneColumn(zoneOf: Zones['zoneOf'], n: number, count: number): Int32Array {
  if (typeof zoneOf !== 'function' && zoneOf.length !== n) {
    throw new UserError(`zones: zoneOf must have one zone per node (${n}); got ${zoneOf.length}`);
  }
  return Int32Array.from({ length: n }, (_, node) => {
    const zone = typeof zoneOf === 'function' ? zoneOf(node, n) : zoneOf[node];
    return wholeNumber('zones', `zoneOf node ${node}`, zone, 0, count - 1);
  });
}

/** An n x n matrix as one column, [from * n + to]; `check` throws if an off-diagonal value is not valid. */
export function squareMatrix(
  where: string,
  rows: readonly (readonly number[])[],
  n: number,
  check: (what: string, value: number) => void,
): Float64Array {
  oneRowPerNode(where, rows, n);
  const flat = new Float64Array(n * n);
  rows.forEach((row, from) => {
    if (row.length !== n) {
      const found = `got ${row.length}`;
      throw new UserError(`${where}: row ${from} must have one value per node (${n}); ${found}`);
    }
    row.forEach((value, to) => {
      if (from !== to) check(`row ${from}, column ${to}`, value);
      flat[from * n + to] = value;
    });
  });
  return flat;
}

function oneRowPerNode(where: string, rows: readonly unknown[], n: number): void {
  if (rows.length === n) return;
  throw new UserError(`${where}: the matrix must have one row per node (${n}); got ${rows.length}`);
}
