/**
 * Up and down, and gone. Source: Gossiper.markAlive, realMarkAlive, markDead, convict, markAsShutdown, removeEndpoint,
 * evictFromMembership, quarantineEndpoint.
 * [!] UP is not the mirror of DOWN: down by silence of news over any path, up only after a direct echo round trip.
 * [!] Conviction needs the flag: who never answered an echo is never convicted and never becomes unreachable.
 * Deviation: an echo answer about an endpoint that was evicted meanwhile is ignored; Cassandra makes a live endpoint
 * without a state of it.
 */
import type { NodeId } from '../../engine/model.ts';
import { RPC_READY, SHUTDOWN, STATUS, STATUS_WITH_PORT } from './application-state.ts';
import { HIGHEST_VERSION } from './constants.ts';
import { ALIVE, type Endpoints, KNOWN } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { AppState } from './states-book.ts';
import { quarantineBegins } from './status-check.ts';
import type { Version } from './versions.ts';
import { type GossipEvent, NO_KEY, type World } from './world.ts';

/** What a GOSSIP_SHUTDOWN of 5.0 carries. */
export interface ShutdownState {
  readonly generation: number;
  /** In the book of states. */
  readonly states: number;
}

export class Liveness {
  readonly #endpoints: Endpoints;
  readonly #detector: FailureDetector;
  readonly #version: Version;
  readonly #world: World;

  constructor(endpoints: Endpoints, detector: FailureDetector, version: Version, world: World) {
    this.#endpoints = endpoints;
    this.#detector = detector;
    this.#version = version;
    this.#world = world;
  }

  /** Not yet: it is asked whether it is there. Nothing is tried again; the next news about it asks again. */
  markAlive(node: NodeId, subject: NodeId): void {
    this.#endpoints.setAlive(this.#endpoints.pair(node, subject), false);
    this.#world.echo(node, subject);
  }

  /** Its answer has come. The flag is that of the state at the time of the question: a newer life waits for its own. */
  realMarkAlive(node: NodeId, subject: NodeId, generation: number): void {
    const endpoints = this.#endpoints;
    const pair = endpoints.pair(node, subject);
    if (!endpoints.has(pair, KNOWN)) return;
    const wasAlive = endpoints.has(pair, ALIVE);
    if (endpoints.generation[pair] === generation) {
      endpoints.setAlive(pair, true);
      endpoints.setUpdated(pair, this.#world.now());
    }
    endpoints.setLive(node, pair, true);
    endpoints.setUnreachable(node, pair, false);
    endpoints.expiry[node].delete(subject);
    this.#tell('onAlive', node, subject, wasAlive);
  }

  markDead(node: NodeId, subject: NodeId): void {
    const endpoints = this.#endpoints;
    const pair = endpoints.pair(node, subject);
    const wasAlive = endpoints.has(pair, ALIVE);
    endpoints.setAlive(pair, false);
    endpoints.setLive(node, pair, false);
    endpoints.setUnreachable(node, pair, true);
    this.#tell('onDead', node, subject, wasAlive);
  }

  /** The detector's verdict. */
  convict(node: NodeId, subject: NodeId): void {
    const pair = this.#endpoints.pair(node, subject);
    if (!this.#endpoints.has(pair, KNOWN) || !this.#endpoints.has(pair, ALIVE)) return;
    if (this.#endpoints.status(pair) === SHUTDOWN) this.markAsShutdown(node, subject);
    else this.markDead(node, subject);
  }

  /**
   * The subject has said goodbye, or was found to have. [!] The status is of the node's own making, with versions from
   * its own counter, unless the goodbye carried the state (5.0). The heartbeat blocks all later news of that life.
   */
  markAsShutdown(node: NodeId, subject: NodeId, carried?: ShutdownState): void {
    const endpoints = this.#endpoints;
    const pair = endpoints.pair(node, subject);
    if (!endpoints.has(pair, KNOWN)) return;
    if (this.#version.ignoresEmptyShutdown && endpoints.isEmpty(pair)) return;
    this.#tell('markAsShutdown', node, subject, endpoints.has(pair, ALIVE));
    if (carried === undefined) {
      endpoints.setStates(pair, endpoints.book.with(endpoints.states[pair], this.#goodbye(node)));
    } else {
      endpoints.setGeneration(pair, carried.generation);
      endpoints.setStates(pair, carried.states);
    }
    endpoints.setHeartbeat(pair, HIGHEST_VERSION, this.#world.now());
    this.markDead(node, subject);
  }

  /** Listeners, both sets and connections; [!] the state is kept, and the arrival window. */
  removeEndpoint(node: NodeId, subject: NodeId): void {
    const pair = this.#endpoints.pair(node, subject);
    this.#tell('onRemove', node, subject, this.#endpoints.has(pair, ALIVE));
    this.#endpoints.setLive(node, pair, false);
    this.#endpoints.setUnreachable(node, pair, false);
    this.quarantine(node, subject);
  }

  /** Nothing is left of it but the quarantine. */
  evict(node: NodeId, subject: NodeId): void {
    const endpoints = this.#endpoints;
    const pair = endpoints.pair(node, subject);
    const wasAlive = endpoints.has(pair, ALIVE);
    endpoints.setUnreachable(node, pair, false);
    endpoints.drop(pair);
    endpoints.expiry[node].delete(subject);
    this.#detector.windows.forget(pair);
    this.quarantine(node, subject);
    this.#tell('evict', node, subject, wasAlive);
  }

  quarantine(node: NodeId, subject: NodeId, isReplaced = false): void {
    const begins = quarantineBegins(this.#world.now(), isReplaced, this.#version);
    this.#endpoints.setQuarantine(node, subject, begins);
  }

  #goodbye(node: NodeId): AppState[] {
    const made = (key: number, value: string): AppState => ({
      key,
      version: this.#endpoints.nextVersion(node),
      value,
    });
    const status = `${SHUTDOWN},true`;
    const withPort = this.#version.withPort ? [made(STATUS_WITH_PORT, status)] : [];
    return [...withPort, made(STATUS, status), made(RPC_READY, 'false')];
  }

  #tell(event: GossipEvent, node: NodeId, subject: NodeId, wasAlive: boolean): void {
    this.#world.tell(event, node, subject, wasAlive, NO_KEY);
  }
}
