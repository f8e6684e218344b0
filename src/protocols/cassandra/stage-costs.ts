/**
 * What the work on a gossip stage costs in time. No one has published such times: the defaults are guesses, made to be
 * varied. What takes part: comparing digests, applying states, and listeners, above all that of the storage service,
 * which updates token metadata and writes the table of peers at each STATUS.
 */
import { numberIn, UserError } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { ACK, ACK2, type CassandraMessage, deltaCount, SYN } from './messages.ts';

export interface StageCosts {
  /** A SYN, and each digest in it. */
  readonly synUs: number;
  readonly digestUs: number;
  /** An ACK or ACK2, and each endpoint state in it. */
  readonly ackUs: number;
  readonly stateUs: number;
  /** An echo, its answer, a goodbye. */
  readonly echoUs: number;
  /** The listeners of a STATUS, and what they take for each token. */
  readonly listenerUs: number;
  readonly vnodeUs: number;
  /** Marking an endpoint dead, with its listeners. */
  readonly convictUs: number;
  /** k of the k N^3 that pending ranges took at each STATUS, with N endpoints known (CASSANDRA-3831: until 1.1.1). */
  readonly pendingRangesNs: number;
  /** Added to each message: a slow listener, a slow disk. */
  readonly extraUs: (node: NodeId, now: Micros) => number;
  /** All costs are multiplied by it: a slow machine. */
  readonly slowdown: (node: NodeId, now: Micros) => number;
}

/** Guesses. */
export const STAGE_COSTS: StageCosts = {
  synUs: 20,
  digestUs: 0.3,
  ackUs: 20,
  stateUs: 5,
  echoUs: 20,
  listenerUs: 1000,
  vnodeUs: 10,
  convictUs: 200,
  pendingRangesNs: 0,
  extraUs: () => 0,
  slowdown: () => 1,
};

/** The costs with their defaults, or a UserError. */
export function stageCostsOf(given: Partial<StageCosts>): StageCosts {
  const costs = { ...STAGE_COSTS, ...given };
  for (const [name, value] of Object.entries(costs)) {
    if (!(name in STAGE_COSTS)) {
      throw new UserError(
        `cassandra: a cost of the stage must be one of ${Object.keys(STAGE_COSTS).join(', ')}; got ${name}`,
      );
    }
    if (typeof value === 'number') numberIn('cassandra: stage', name, value, 0);
  }
  return costs;
}

/** us; without its listeners. */
export function messageCost(costs: StageCosts, message: CassandraMessage): number {
  if (message.kind === SYN) {
    return costs.synUs + costs.digestUs * message.digests.length;
  }
  if (message.kind === ACK || message.kind === ACK2) {
    return costs.ackUs + costs.stateUs * deltaCount(message);
  }
  return costs.echoUs;
}

/** us; what the listeners of a STATUS take at a node that knows so many endpoints. */
export const listenerCost = (costs: StageCosts, vnodes: number, known: number): number =>
  costs.listenerUs + costs.vnodeUs * vnodes + (costs.pendingRangesNs * known ** 3) / 1000;
