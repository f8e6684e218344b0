/**
 * Datacentres and racks: everybody may gossip with everybody, but a partner is sought in the own rack, in the own
 * datacentre or in another one, with given shares. A model of our own, not of a paper. Racks are runs of consecutive
 * node ids whose sizes differ by one at most, and the racks of a datacentre follow each other.
 */
import { probability, UserError, wholeNumber } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { Neighbours, NodeId, Overlay } from '../engine/model.ts';
import { complete } from './overlay.ts';

/** How many datacentres, and racks in each. */
export interface Placement {
  readonly datacentres: number;
  /** Racks in each datacentre; default 1. */
  readonly racks?: number;
}

/** The same, and how often a partner is sought where. */
export interface Datacentres extends Placement {
  /** Share of partners that are sought in the own rack; default 0. */
  readonly rackShare?: number;
  /** Share of partners that are sought in other datacentres. The rest is sought in the whole own datacentre. */
  readonly remoteShare: number;
}

/** [node] -> its datacentre, for `zones({ zoneOf: datacentreOf({ datacentres: 3 }), links })`. */
export const datacentreOf =
  ({ datacentres, racks = 1 }: Placement) =>
  (node: NodeId, n: number): number =>
    Math.floor(rackOf({ datacentres, racks })(node, n) / racks);

/** [node] -> its rack, numbered through all datacentres. */
export const rackOf =
  ({ datacentres, racks = 1 }: Placement) =>
  (node: NodeId, n: number): number =>
    Math.floor((node * datacentres * racks) / n);

/**
 * Within rack, datacentre or the rest a partner is uniform. Where a node's rack, its datacentre or the rest of the
 * world holds nobody else, the other shares are scaled up; a node for which nothing is left is an error.
 */
export function datacentres(options: Datacentres): Overlay {
  const { rackShare, remoteShare, homeShare } = shares(options);
  const { datacentres: count, racks = 1 } = options;
  return (streams) => {
    const { n } = streams;
    wholeNumber(`datacentres (n = ${n})`, 'racks in all', count * racks, 1, n);
    const start = rackStarts(n, count * racks); // [rack] its first node; one entry more for the end
    const rack = rackOf(options);

    function pick(node: NodeId, draws: Stream): NodeId {
      const mine = rack(node, n);
      const home = mine - (mine % racks); // the first rack of its datacentre
      const rackStart = start[mine];
      const rackOthers = start[mine + 1] - rackStart - 1;
      const homeStart = start[home];
      const homeSize = start[home + racks] - homeStart;
      const toRack = rackOthers > 0 ? rackShare : 0;
      const toHome = homeSize > 1 ? homeShare : 0;
      const toRemote = homeSize < n ? remoteShare : 0;
      const u = draws.draw(node) * (toRack + toHome + toRemote);
      if (u < toRack) return past(rackStart + draws.below(node, rackOthers), node, 1);
      if (u < toRack + toHome) return past(homeStart + draws.below(node, homeSize - 1), node, 1);
      return past(draws.below(node, n - homeSize), homeStart, homeSize);
    }

    const neighbours: Neighbours = complete(streams);
    if (n === 1) return neighbours;
    requirePartners(start, racks, { rackShare, remoteShare, homeShare });
    return { ...neighbours, pick };
  };
}

/** The id at place `id` once `count` ids from `first` on are left out. */
const past = (id: NodeId, first: NodeId, count: number): NodeId => (id < first ? id : id + count);

interface Shares {
  readonly rackShare: number;
  readonly remoteShare: number;
  readonly homeShare: number;
}

function shares({ datacentres, racks = 1, rackShare = 0, remoteShare }: Datacentres): Shares {
  wholeNumber('datacentres', 'datacentres', datacentres, 1);
  wholeNumber('datacentres', 'racks', racks, 1);
  probability('datacentres', 'rackShare', rackShare);
  probability('datacentres', 'remoteShare', remoteShare);
  const rest = 1 - rackShare - remoteShare;
  if (rest < -1e-12) {
    throw new UserError(
      `datacentres: rackShare + remoteShare must be at most 1; got ${rackShare} + ${remoteShare}`,
    );
  }
  return { rackShare, remoteShare, homeShare: rest < 1e-12 ? 0 : rest }; // 1 - 0.9 - 0.1 is not 0
}

function rackStarts(n: number, racks: number): Int32Array {
  return Int32Array.from({ length: racks + 1 }, (_, rack) => Math.ceil((rack * n) / racks));
}

function requirePartners(start: Int32Array, racks: number, shares: Shares): void {
  const n = start[start.length - 1];
  for (let rack = 0; rack + 1 < start.length; rack++) {
    const home = rack - (rack % racks);
    const homeSize = start[home + racks] - start[home];
    if (start[rack + 1] - start[rack] > 1 && shares.rackShare > 0) continue;
    if (homeSize > 1 && shares.homeShare > 0) continue;
    if (homeSize < n && shares.remoteShare > 0) continue;
    throw new UserError(
      `datacentres: node ${start[rack]} has no partner: its shares all fall on places without other nodes; lower rackShare or remoteShare`,
    );
  }
}
