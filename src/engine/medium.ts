/** What links and overlays are to the engine: how long a message takes, and who may gossip with whom. */
import type { Stream } from '../base/stream.ts';
import type { Micros } from '../base/time.ts';
import type { Channel, NodeId } from './model.ts';

/** What a link or an overlay is built with: the population and streams of its own. */
export interface Streams {
  readonly n: number;
  /** A stream with a lane per node, or so many. The k-th call with the same purpose gives the k-th stream of that name. */
  stream(purpose: string, lanes?: number): Stream;
}

/** A link built for one run. Times are absolute microseconds, delays whole microseconds or LOST. */
export interface Transit {
  /** How long one copy takes from `from` to `to` if sent at `now`; `bytes` includes the header. */
  delay(from: NodeId, to: NodeId, now: Micros, bytes: number, channel?: Channel): Micros;
  /** How many copies of a message set out; absent: one. Each copy asks `delay` for itself. */
  copies?: ((from: NodeId, to: NodeId, now: Micros, channel?: Channel) => number) | undefined;
}

/** Links compose by wrapping: `lossy(0.05, exponential({ meanMs: 50 }))`. */
export type Link = (streams: Streams) => Transit;

/** Who may gossip with whom, built for one run. `peer` picks uniformly among the neighbours unless `pick` is given. */
export interface Neighbours {
  degree(node: NodeId): number;
  /** The i-th neighbour, 0 <= i < degree(node); all different, none the node itself. */
  neighbour(node: NodeId, i: number): NodeId;
  /** A partner by another law than uniform; `draws` is the peers' stream, lane = node. */
  pick?(node: NodeId, draws: Stream): NodeId;
}

/** Builds the neighbours for one run. */
export type Overlay = (streams: Streams) => Neighbours;
