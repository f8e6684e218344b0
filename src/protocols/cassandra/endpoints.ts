/**
 * What each node knows of each: EndpointState (generation, heartbeat version, application states; alive flag and time
 * of the last update, which are not sent), and the sets live and unreachable, in columns by pair = node * n + subject.
 * A pair takes 26 bytes here, of which 4 are the log of reports, and 20 in the arrival windows, beside its samples. 8 of
 * them, the times of updates, are as good as never written in a calm cluster, and what is never written takes no memory.
 * Source: EndpointState.java, HeartBeatState.java, Gossiper.java (endpointStateMap, liveEndpoints, unreachableEndpoints,
 * justRemovedEndpoints, expireTimeEndpointMap).
 * [!] A node that is new is neither live nor unreachable until its echo answer comes; one whose restart is noticed stays
 * live with the flag at false. Live and unreachable never hold the node itself.
 */
import type { Micros } from '../../base/time.ts';
import { roomFor } from '../../detectors/room.ts';
import type { NodeId } from '../../engine/model.ts';
import { STATUS, STATUS_WITH_PORT, statusName } from './application-state.ts';
import { HeartbeatVersions } from './heartbeat-versions.ts';
import { SharedRows } from './shared-rows.ts';
import { NO_STATES, NO_VERSION, StatesBook } from './states-book.ts';
import { VersionRows } from './version-rows.ts';

/** Bits of `flags`. */
export const KNOWN = 1;
export const ALIVE = 2;
export const LIVE = 4; // in the set of live endpoints
export const UNREACHABLE = 8; // in the set of unreachable ones
export const RING = 16; // member of the ring, in the observer's token metadata
export const QUARANTINED = 32; // just removed

/** In the place of the highest version. */
export const ABSENT = NO_VERSION;

/** Of the columns below. */
const BYTES_PER_PAIR = 26;

export class Endpoints {
  readonly n: number;
  readonly book = new StatesBook();
  readonly flags: Uint8Array; // [pair]
  readonly generation: Int32Array; // [pair] s; as in Java, 32 bits
  readonly states: Int32Array; // [pair] number in the book
  readonly rows: VersionRows; // whose column is `max`
  readonly max: Int32Array; // [pair] highest version of heartbeat and states; ABSENT = not known
  readonly heartbeats: HeartbeatVersions; // [pair]
  readonly updated: Float64Array; // [pair] us, updateTimestamp, unless a later report came with it (status-check.ts)
  readonly known: Int32Array; // [node] endpoints, itself included
  readonly live: Int32Array; // [node] size of the set
  readonly unreachable: Int32Array; // [node] size of the set
  readonly counter: Int32Array; // [node] VersionGenerator: the version given out last
  readonly quarantine: Map<NodeId, Micros>[]; // [node] subject -> since when it has been removed
  readonly expiry: Map<NodeId, Micros>[]; // [node] subject -> until when it is remembered
  readonly lives: SharedRows; // [node] its row of generations
  readonly sets: SharedRows; // [node] its row of states
  readonly quietUntil: Float64Array; // [node] us, its status check finds nothing until then (status-check.ts)
  readonly quietFor: Int32Array; // [node] ... or as long as no more than so many times something is reported

  constructor(n: number) {
    const pairs = n * n;
    roomFor('cassandra', pairs, BYTES_PER_PAIR);
    this.n = n;
    this.generation = new Int32Array(pairs);
    this.states = new Int32Array(pairs);
    this.rows = new VersionRows(n);
    this.max = this.rows.column.fill(ABSENT);
    this.flags = this.rows.flags;
    this.heartbeats = new HeartbeatVersions(n, this.max);
    this.updated = new Float64Array(pairs);
    this.known = new Int32Array(n);
    this.live = new Int32Array(n);
    this.unreachable = new Int32Array(n);
    this.counter = new Int32Array(n);
    this.quarantine = Array.from({ length: n }, () => new Map());
    this.expiry = Array.from({ length: n }, () => new Map());
    this.lives = new SharedRows(this.generation, n);
    this.sets = new SharedRows(this.states, n);
    this.quietUntil = new Float64Array(n).fill(-Infinity);
    this.quietFor = new Int32Array(n);
  }

  pair(node: NodeId, subject: NodeId): number {
    return node * this.n + subject;
  }

  has(pair: number, flag: number): boolean {
    return (this.flags[pair] & flag) !== 0;
  }

  /** The next version of all that the node publishes: heartbeats and states share one counter. */
  nextVersion(node: NodeId): number {
    return ++this.counter[node];
  }

  /** Puts an endpoint state in the place of whatever was there; it is alive at its construction. */
  store(pair: number, generation: number, heartbeat: number, states: number, now: Micros): void {
    if (!this.has(pair, KNOWN)) this.known[this.#nodeOf(pair)]++;
    this.flags[pair] |= KNOWN | ALIVE;
    this.disturb(this.#nodeOf(pair));
    this.setGeneration(pair, generation);
    this.#putStates(pair, states);
    this.setHeartbeat(pair, heartbeat, now);
  }

  #putStates(pair: number, states: number): void {
    this.states[pair] = states;
    this.sets.changed(this.#nodeOf(pair));
  }

  setGeneration(pair: number, generation: number): void {
    this.generation[pair] = generation;
    this.lives.changed(this.#nodeOf(pair));
  }

  /** The node's own heartbeat. As in updateHeartBeat, the time of the last update is not touched. */
  beat(node: NodeId): void {
    const pair = this.pair(node, node);
    this.heartbeats.set(pair, this.nextVersion(node), this.book.max(this.states[pair]));
  }

  heartbeatOf(pair: number): number {
    return this.heartbeats.of(pair);
  }

  /** Whatever the states say: for tests of rules that look at nothing else. */
  setMax(pair: number, max: number): void {
    this.heartbeats.set(pair, this.heartbeatOf(pair), max);
    this.max[pair] = max;
  }

  setHeartbeat(pair: number, heartbeat: number, now: Micros): void {
    this.setUpdated(pair, now);
    this.heartbeats.set(pair, heartbeat, this.book.max(this.states[pair]));
  }

  /** Pages that are never written take no memory: in a calm cluster nobody is updated but by reports. */
  setUpdated(pair: number, now: Micros): void {
    if (this.updated[pair] !== now) this.updated[pair] = now;
  }

  setStates(pair: number, states: number): void {
    const heartbeat = this.heartbeatOf(pair);
    this.#putStates(pair, states);
    this.heartbeats.set(pair, heartbeat, this.book.max(states));
  }

  /** No application state: an endpoint known from disk only, or one whose gossip has not been heard yet. */
  isEmpty(pair: number): boolean {
    return this.states[pair] === NO_STATES;
  }

  /** The name of its STATUS; '' if it has none. The form of 4.0 goes before the old one. */
  status(pair: number): string {
    const { book } = this;
    const states = this.states[pair];
    return statusName(book.value(states, STATUS_WITH_PORT) || book.value(states, STATUS));
  }

  setAlive(pair: number, alive: boolean): void {
    if (alive) this.flags[pair] |= ALIVE;
    else this.flags[pair] &= ~ALIVE;
  }

  setLive(node: NodeId, pair: number, member: boolean): void {
    if (this.has(pair, LIVE) === member) return;
    this.flags[pair] ^= LIVE;
    this.live[node] += member ? 1 : -1;
  }

  setUnreachable(node: NodeId, pair: number, member: boolean): void {
    if (this.has(pair, UNREACHABLE) === member) return;
    this.flags[pair] ^= UNREACHABLE;
    this.unreachable[node] += member ? 1 : -1;
  }

  setRing(pair: number, member: boolean): void {
    this.disturb(this.#nodeOf(pair));
    if (member) this.flags[pair] |= RING;
    else this.flags[pair] &= ~RING;
  }

  /** Nothing is believed about the subject until the quarantine is over; `since` may lie ahead (a replaced endpoint). */
  setQuarantine(node: NodeId, subject: NodeId, since: Micros): void {
    this.flags[this.pair(node, subject)] |= QUARANTINED;
    this.quarantine[node].set(subject, since);
  }

  endQuarantine(node: NodeId, subject: NodeId): void {
    this.flags[this.pair(node, subject)] &= ~QUARANTINED;
    this.quarantine[node].delete(subject);
  }

  /** The state is gone; the subject may still be in the sets. */
  drop(pair: number): void {
    if (this.has(pair, KNOWN)) this.known[this.#nodeOf(pair)]--;
    this.flags[pair] &= ~(KNOWN | ALIVE);
    this.heartbeats.set(pair, ABSENT, ABSENT);
    this.#putStates(pair, NO_STATES);
    this.disturb(this.#nodeOf(pair));
  }

  /** A message has brought reports. */
  reported(node: NodeId): void {
    if (--this.quietFor[node] < 0) this.disturb(node);
  }

  /** Something has happened after which a status check may find what it would not have found before. */
  disturb(node: NodeId): void {
    this.quietUntil[node] = -Infinity;
  }

  /** A process starts: it knows nobody and has published nothing. */
  clear(node: NodeId): void {
    const from = this.pair(node, 0);
    this.flags.fill(0, from, from + this.n);
    this.states.fill(NO_STATES, from, from + this.n);
    this.sets.changed(node);
    this.heartbeats.clear(node);
    this.max.fill(ABSENT, from, from + this.n);
    this.known[node] = 0;
    this.disturb(node);
    this.live[node] = 0;
    this.unreachable[node] = 0;
    this.counter[node] = 0;
    this.quarantine[node].clear();
    this.expiry[node].clear();
  }
  #nodeOf(pair: number): NodeId {
    return Math.floor(pair / this.n);
  }
}
