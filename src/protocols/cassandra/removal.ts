/**
 * Leaving: by a node's own will (decommission), by removenode and by assassination of one that is gone. Who leaves is
 * remembered for three days, so that nobody resurrects it from what an old friend knows.
 * Source: StorageService.decommission and removeNode, Gossiper.advertiseRemoving, advertiseTokenRemoved,
 * assassinateEndpoint. [!] The state of the victim is changed by somebody else, who has to raise its generation by 1 to
 * be believed. Before that it is watched for 30 s: has its generation changed (to assassinate: or its heartbeat), it is
 * still alive, and nothing is done.
 * [!] An assassination waits on the gossip stage (since CASSANDRA-15059): the victim's state cannot change meanwhile, and
 * who assassinates answers nobody for 34 s, so that the others convict it.
 * Deviations: nothing is streamed, so that LEAVING and removing last as long as the ring delay; expire times are those of
 * the simulation's clock.
 */
import { type Micros, micros, millis } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { REMOVAL_COORDINATOR, STATUS, STATUS_WITH_PORT } from './application-state.ts';
import {
  ASSASSINATE_GENERATION_AHEAD_SEC,
  ASSASSINATE_HEARTBEAT,
  RING_DELAY_MS,
  VERY_LONG_TIME_MS,
} from './constants.ts';
import type { Deltas } from './deltas.ts';
import { type Endpoints, KNOWN } from './endpoints.ts';
import type { Gossiper } from './gossiper.ts';
import { type Life, REMOVE_NEXT } from './life.ts';
import type { CassandraMessage } from './messages.ts';
import { NO_STATES, NO_VERSION } from './states-book.ts';
import type { StorageService } from './storage-service.ts';
import type { Version } from './versions.ts';

export interface RemovalParts {
  readonly env: Env<CassandraMessage>;
  readonly endpoints: Endpoints;
  readonly life: Life;
  readonly gossiper: Gossiper;
  readonly storage: StorageService;
  readonly version: Version;
}

/** What a node is about, once the present wait is over. */
type Plan =
  | { readonly step: 'leave' }
  | { readonly step: 'stop' }
  | {
      readonly step: 'removing' | 'removed';
      readonly victim: NodeId;
      readonly seen: Seen;
    };

/** Of the victim, when the watch began. */
interface Seen {
  readonly generation: number;
  readonly heartbeat: number;
}

export class Removal {
  readonly #parts: RemovalParts;
  readonly #plans: (Plan | undefined)[] = []; // [node] one at a time
  readonly #targets: (Seen | undefined)[] = []; // [node] whom it is about to assassinate

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  start(node: NodeId): void {
    this.#plans[node] = undefined;
  }

  /** LEAVING, and after the ring delay LEFT. */
  decommission(node: NodeId): void {
    this.#parts.life.publishStatus(node, `LEAVING,${node}`);
    this.#wait(node, { step: 'leave' });
  }

  removeNode(node: NodeId, victim: NodeId): void {
    if (this.#knows(node, victim)) {
      this.#wait(node, { step: 'removing', victim, seen: this.#look(node, victim) });
    }
  }

  /** us that an assassination blocks the stage before it strikes: it watches who is known. */
  watchToKill(node: NodeId, victim: NodeId): Micros {
    if (!this.#knows(node, victim)) return 0;
    this.#targets[node] = this.#look(node, victim);
    return micros(RING_DELAY_MS);
  }

  /** LEFT, unless the victim has shown to be alive; one that is not known is made up, ahead of the clock. True: done. */
  kill(node: NodeId, victim: NodeId): boolean {
    if (!this.#knows(node, victim)) {
      const generation = this.#parts.life.clockSec(node) + ASSASSINATE_GENERATION_AHEAD_SEC;
      this.#left(node, victim, { generation, heartbeat: ASSASSINATE_HEARTBEAT });
      return true;
    }
    const seen = this.#targets[node];
    const { generation, heartbeat } = this.#look(node, victim);
    if (generation !== seen?.generation || heartbeat !== seen.heartbeat) return false;
    this.#left(node, victim, { generation: generation + 1, heartbeat });
    return true;
  }

  /** The wait is over. */
  next(node: NodeId): void {
    const plan = this.#plans[node];
    this.#plans[node] = undefined;
    if (plan?.step === 'leave') this.#leave(node);
    else if (plan?.step === 'stop') this.#parts.life.stop(node);
    else if (plan !== undefined && this.#knows(node, plan.victim)) this.#remove(node, plan);
  }

  #leave(node: NodeId): void {
    this.#parts.life.publishStatus(node, `LEFT,${node},${this.#expiry()}`);
    this.#wait(node, { step: 'stop' }); // until all have heard of it
  }

  #remove(node: NodeId, plan: Extract<Plan, { victim: NodeId }>): void {
    const { victim, seen } = plan;
    const now = this.#look(node, victim);
    if (now.generation !== seen.generation) return;
    const newer = { ...now, generation: now.generation + 1 };
    if (plan.step === 'removing') {
      this.#rewrite(node, victim, `removing,${victim}`, true);
      this.#wait(node, { step: 'removed', victim, seen: newer });
    } else this.#rewrite(node, victim, `removed,${victim},${this.#expiry()}`, false);
  }

  /** The victim's state, as if it had changed it itself in a life of its own. */
  #rewrite(node: NodeId, victim: NodeId, status: string, coordinates: boolean): void {
    const { env, endpoints, storage } = this.#parts;
    const pair = endpoints.pair(node, victim);
    const version = () => endpoints.nextVersion(node);
    const coordinator = { key: REMOVAL_COORDINATOR, version: version(), value: `REMOVER,${node}` };
    const states = endpoints.book.with(endpoints.states[pair], [
      { key: this.#status, version: version(), value: status },
      ...(coordinates ? [coordinator] : []),
    ]);
    endpoints.setGeneration(pair, endpoints.generation[pair] + 1);
    endpoints.setStates(pair, states);
    endpoints.setUpdated(pair, env.now());
    storage.onChange(node, victim, this.#status, status);
  }

  /** handleMajorStateChange with LEFT, on the spot. */
  #left(node: NodeId, victim: NodeId, { generation, heartbeat }: Seen): void {
    const { endpoints, gossiper } = this.#parts;
    const known = this.#knows(node, victim)
      ? endpoints.states[endpoints.pair(node, victim)]
      : NO_STATES;
    const value = `LEFT,${victim},${this.#expiry()}`;
    const version = endpoints.nextVersion(node);
    const states = endpoints.book.with(known, [{ key: this.#status, version, value }]);
    const delta: Deltas = [victim, generation, heartbeat, states, NO_VERSION];
    gossiper.handleMajorStateChange(node, delta);
  }

  get #status(): number {
    return this.#parts.version.withPort ? STATUS_WITH_PORT : STATUS;
  }

  #expiry(): number {
    return millis(this.#parts.env.now()) + VERY_LONG_TIME_MS;
  }

  #knows(node: NodeId, victim: NodeId): boolean {
    const { endpoints } = this.#parts;
    return endpoints.has(endpoints.pair(node, victim), KNOWN);
  }

  #look(node: NodeId, victim: NodeId): Seen {
    const { endpoints } = this.#parts;
    const pair = endpoints.pair(node, victim);
    return { generation: endpoints.generation[pair], heartbeat: endpoints.heartbeatOf(pair) };
  }

  #wait(node: NodeId, plan: Plan): void {
    this.#plans[node] = plan;
    const until: Micros = this.#parts.env.now() + micros(RING_DELAY_MS);
    this.#parts.env.at(node, until, REMOVE_NEXT);
  }
}
