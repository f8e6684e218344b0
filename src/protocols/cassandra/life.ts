/**
 * The life of a process: shadow round, join, rounds, goodbye. Source: StorageService.initServer and prepareToJoin,
 * Gossiper.start, stop, addSavedEndpoint. The shadow round: shadows.ts; leaving for good: removal.ts.
 * A node that was a member before comes back as NORMAL; a new one is BOOT for a time. In trunk, too, states are what a
 * node says of itself, and not derived from the cluster's metadata.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import {
  type Key,
  LOAD,
  NET_VERSION,
  RELEASE_VERSION,
  RPC_READY,
  SCHEMA,
  STATUS,
  STATUS_WITH_PORT,
} from './application-state.ts';
import { INTERVAL_MS, LOAD_FIRST_MS } from './constants.ts';
import { KNOWN } from './endpoints.ts';
import { generationAtStart } from './generation.ts';
import type { Ground } from './ground.ts';
import type { CassandraMessage } from './messages.ts';
import type { Settings } from './options.ts';
import { NO_STATES } from './states-book.ts';

/** Where a process is in its life. */
export const GONE = 0; // not started, stopped, or it gave up
export const SHADOW = 1; // in the shadow round: it does not gossip yet
export const RUNNING = 2;
export const STOPPING = 3; // it has said goodbye, and still gossips for a moment

/** Tags of timers. */
export const ROUND = 0;
export const CHECK_AGAIN = 1;
export const SHADOW_STEP = 2;
export const LOAD_TIME = 3;
export const JOINED_RING = 4;
export const STOPPED = 5;
export const REMOVE_NEXT = 6;
export const SERVED = 7;
export const ECHO_NEXT = 8;

/** The second at which simulations begin, for generations: in November 2023. */
export const EPOCH_SEC = 1_700_000_000;

export class Life {
  readonly phase: Uint8Array; // [node] GONE, SHADOW, RUNNING or STOPPING
  readonly shadowSince: Float64Array; // [node] us, when its last shadow round began
  readonly hasSentSyn: Uint8Array; // [node] 1 = a regular one, in this life
  readonly lives: Int32Array; // [node] how often it has been started
  readonly #env: Env<CassandraMessage>;
  readonly #ground: Ground;
  readonly #settings: Settings;
  readonly #first: (number | undefined)[] = []; // [node] a member's states at time 0, in the book

  constructor(env: Env<CassandraMessage>, ground: Ground, settings: Settings) {
    this.phase = new Uint8Array(env.n);
    this.shadowSince = new Float64Array(env.n);
    this.hasSentSyn = new Uint8Array(env.n);
    this.lives = new Int32Array(env.n);
    this.#env = env;
    this.#ground = ground;
    this.#settings = settings;
  }

  clockSec(node: NodeId): number {
    return EPOCH_SEC + Math.floor(this.#env.clock(node) / 1_000_000);
  }

  gossips(node: NodeId): boolean {
    return this.phase[node] === RUNNING || this.phase[node] === STOPPING;
  }

  /** The process starts; true: the members are running already, and it is one of them. */
  begin(node: NodeId): boolean {
    const { endpoints, detector } = this.#ground;
    this.lives[node]++;
    this.hasSentSyn[node] = 0;
    endpoints.clear(node);
    detector.start(node, this.#env.now());
    const runs = this.lives[node] === 1 && node < this.#settings.members && this.#env.now() === 0;
    if (runs) this.#takePart(node);
    else {
      this.phase[node] = SHADOW;
      this.shadowSince[node] = this.#env.now();
    }
    return runs;
  }

  /** How long its shadow round has lasted. */
  inShadowFor(node: NodeId): Micros {
    return this.#env.now() - this.shadowSince[node];
  }

  /** The shadow round is over: own state, saved endpoints as dead, first round an interval later. */
  enter(node: NodeId): void {
    const wasMember = this.#ground.disk.generation[node] !== undefined;
    this.#renewGeneration(node);
    const bootstraps = !wasMember && this.#settings.bootstrapMs > 0;
    this.#introduce(node, bootstraps ? 'BOOT' : 'NORMAL');
    this.#addSavedEndpoints(node);
    this.phase[node] = RUNNING;
    const now = this.#env.now();
    this.#env.at(node, now + micros(INTERVAL_MS), ROUND);
    if (bootstraps) this.#env.at(node, now + micros(this.#settings.bootstrapMs), JOINED_RING);
    this.#scheduleLoad(node);
  }

  /** Publishes a state of the node's own, with the next version. */
  publish(node: NodeId, key: Key, value: string): void {
    const { endpoints } = this.#ground;
    const pair = endpoints.pair(node, node);
    const version = endpoints.nextVersion(node);
    endpoints.setStates(
      pair,
      endpoints.book.with(endpoints.states[pair], [{ key, version, value }]),
    );
  }

  /** STATUS under the name of the version. */
  publishStatus(node: NodeId, value: string): void {
    this.publish(node, this.#settings.version.withPort ? STATUS_WITH_PORT : STATUS, value);
  }

  /** The timer is stopped, and nothing is answered any more. */
  stop(node: NodeId): void {
    this.phase[node] = GONE;
  }

  /** The bootstrap is over. */
  joinRing(node: NodeId): void {
    const { endpoints } = this.#ground;
    this.publishStatus(node, `NORMAL,${node}`);
    endpoints.setRing(endpoints.pair(node, node), true);
  }

  publishLoad(node: NodeId): void {
    const { load, broadcastIntervalMs } = this.#settings;
    if (load === undefined) return;
    this.publish(node, LOAD, load(node, this.#env.now()));
    this.#env.at(node, this.#env.now() + micros(broadcastIntervalMs), LOAD_TIME);
  }

  // ---- a cluster that runs at time 0 ----

  /** All members know each other's first state, and have just heard of each other; rounds begin at different times. */
  #takePart(node: NodeId): void {
    const { endpoints, detector, disk } = this.#ground;
    const now = this.#env.now();
    for (let subject = 0; subject < this.#settings.members; subject++) {
      const pair = endpoints.pair(node, subject);
      const states = this.#firstStates(subject);
      const heartbeat = endpoints.book.of(states).length;
      endpoints.store(pair, this.clockSec(subject), heartbeat, states, now);
      endpoints.setRing(pair, true);
      disk.peers[pair] = 1;
      if (subject === node) continue;
      endpoints.setLive(node, pair, true);
      detector.windows.report(pair, now);
    }
    disk.generation[node] = this.clockSec(node);
    endpoints.counter[node] = endpoints.heartbeatOf(endpoints.pair(node, node));
    this.phase[node] = RUNNING;
    const spread = micros(this.#settings.spreadMs);
    this.#env.at(node, now + 1 + Math.floor(this.#env.draw(node) * spread), ROUND);
    const { loadSpreadMs } = this.#settings;
    this.#scheduleLoad(node, loadSpreadMs === 0 ? 0 : this.#env.draw(node) * loadSpreadMs);
  }

  #firstStates(node: NodeId): number {
    return (this.#first[node] ??= this.#ground.endpoints.book.add(
      this.#ownStates(node, 'NORMAL').map(([key, value], i) => ({ key, value, version: i + 1 })),
    ));
  }

  // ---- a process that starts ----

  #renewGeneration(node: NodeId): void {
    const { endpoints, disk } = this.#ground;
    const generation = generationAtStart(this.clockSec(node), disk.generation[node]);
    disk.generation[node] = generation;
    endpoints.store(endpoints.pair(node, node), generation, 0, NO_STATES, this.#env.now());
  }

  #introduce(node: NodeId, status: string): void {
    const { endpoints } = this.#ground;
    for (const [key, value] of this.#ownStates(node, status)) this.publish(node, key, value);
    if (status === 'NORMAL') endpoints.setRing(endpoints.pair(node, node), true);
  }

  /** What the node says of itself when it starts, in order; the token stands for all of them. */
  #ownStates(node: NodeId, status: string): [Key, string][] {
    const { version } = this.#settings;
    return [
      [NET_VERSION, '12'],
      ...this.#ground.disk.identity(node).map(({ key, value }): [Key, string] => [key, value]),
      [RELEASE_VERSION, version.withPort ? '4.0' : '3.11'], // only the first digit matters
      [SCHEMA, '-'],
      [version.withPort ? STATUS_WITH_PORT : STATUS, `${status},${node}`],
      [RPC_READY, 'true'],
    ];
  }

  /** From the table of peers: dead, unreachable, and nobody is told. */
  #addSavedEndpoints(node: NodeId): void {
    const { endpoints, disk } = this.#ground;
    const { emptyHeartbeat } = this.#settings.version;
    for (let subject = 0; subject < endpoints.n; subject++) {
      const pair = endpoints.pair(node, subject);
      if (subject === node || disk.peers[pair] === 0 || endpoints.has(pair, KNOWN)) continue;
      endpoints.store(pair, 0, emptyHeartbeat, NO_STATES, this.#env.now());
      endpoints.setRing(pair, true);
      endpoints.setAlive(pair, false);
      endpoints.setUnreachable(node, pair, true);
    }
  }

  #scheduleLoad(node: NodeId, laterMs = 0): void {
    if (this.#settings.load === undefined) return;
    this.#env.at(node, this.#env.now() + micros(LOAD_FIRST_MS + laterMs), LOAD_TIME);
  }
}
