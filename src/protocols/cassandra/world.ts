/** What the rules ask of the world around them, so that they can be held against cases without a simulation. */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import type { Key } from './application-state.ts';

/** In the words of IEndpointStateChangeSubscriber, where it has one. */
export type GossipEvent =
  | 'report' // the failure detector heard of an endpoint that was not known
  | 'store' // major state change: the received state is in place
  | 'onRestart'
  | 'onJoin'
  | 'onChange'
  | 'onAlive'
  | 'onDead'
  | 'onRemove'
  | 'markAsShutdown'
  | 'evict';

export interface World {
  now(): Micros;
  /** The node's own clock, in seconds since the epoch of generations. */
  clockSec(node: NodeId): number;
  /** An echo request from node to subject sets out. */
  echo(node: NodeId, subject: NodeId): void;
  /**
   * @param wasAlive the subject's flag before, where the event is about liveness.
   * @param key which state, with onChange.
   */
  tell(event: GossipEvent, node: NodeId, subject: NodeId, wasAlive: boolean, key: Key): void;
}

/** In the place of a key, for events that are about none. */
export const NO_KEY: Key = -1;

/** IEndpointStateChangeSubscriber, as far as it acts: the storage service. */
export interface Subscriber {
  onChange(node: NodeId, subject: NodeId, key: Key, value: string): void;
}
