/** Which nodes a fault befalls. */
import { probability, UserError, wholeNumber } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { NodeId, Streams } from '../engine/model.ts';

/**
 * All, those listed, those for which a function holds, or so many (or such a share, rounded) drawn at random without
 * replacement. A group of nodes that fail together is a function: `inZone(rackOf({ datacentres: 2, racks: 4 }), 3)`.
 */
export type Which =
  | 'all'
  | readonly NodeId[]
  | ((node: NodeId, n: number) => boolean)
  | { readonly count: number }
  | { readonly share: number };

/** [node] -> its rack, datacentre or whatever fails as one. */
export type ZoneOf = (node: NodeId, n: number) => number;

/** The nodes of one zone. */
export const inZone =
  (zoneOf: ZoneOf, zone: number) =>
  (node: NodeId, n: number): boolean =>
    zoneOf(node, n) === zone;

/** The nodes meant, ascending unless they are listed. Only random ones draw, from a stream that is asked for then. */
export function nodesOf(where: string, which: Which, streams: Streams): readonly NodeId[] {
  const { n } = streams;
  const all = Array.from({ length: n }, (_, node) => node);
  if (which === 'all') return all;
  if (typeof which === 'function') return all.filter((node) => which(node, n));
  if ('count' in which) {
    return some(wholeNumber(where, 'nodes.count', which.count, 0, n), all, streams);
  }
  if ('share' in which) {
    return some(Math.round(probability(where, 'nodes.share', which.share) * n), all, streams);
  }
  if (!Array.isArray(which)) {
    throw new UserError(
      `${where}: nodes must be 'all', a list, a function, { count } or { share }; got ${String(which)}`,
    );
  }
  which.forEach((node, i) => {
    wholeNumber(where, `nodes[${i}]`, node, 0, n - 1);
  });
  return which;
}

const some = (count: number, all: NodeId[], streams: Streams): NodeId[] => {
  shuffle(all, streams.stream('faults', 1), count);
  return all.slice(0, count).sort((a, b) => a - b);
};

/** Brings a random choice of `count`, in random order, to the front (Fisher and Yates). */
export function shuffle(nodes: NodeId[], draws: Stream, count = nodes.length): void {
  for (let i = 0; i < count; i++) {
    const j = i + draws.below(0, nodes.length - i);
    [nodes[i], nodes[j]] = [nodes[j], nodes[i]];
  }
}
