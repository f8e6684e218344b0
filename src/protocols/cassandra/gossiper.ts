/**
 * What a node does with the states that an ACK or ACK2 brings: it feeds the failure detector, then merges endpoint by
 * endpoint. Source: Gossiper.notifyFailureDetector, applyStateLocally, handleMajorStateChange, applyNewStates. The rules
 * about single endpoints: merge.ts; up and down: liveness.ts; the order: apply-order.ts; who is told: notifications.ts.
 * [!] Nobody's news about a node change the node itself.
 */
import type { NodeId } from '../../engine/model.ts';
import {
  isDead,
  type Key,
  SHUTDOWN,
  STATUS,
  STATUS_WITH_PORT,
  statusName,
} from './application-state.ts';
import { applyOrder } from './apply-order.ts';
import { type Delta, type Deltas, deltaAt, lengthOf, maxOf } from './deltas.ts';
import { ALIVE, type Endpoints, KNOWN, QUARANTINED } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import { latestPlausible } from './generation.ts';
import { Heartbeats } from './heartbeats.ts';
import type { Liveness } from './liveness.ts';
import { NEW_LIFE, NEWER, NO_REPORT, REPORT_NEW_LIFE, reportOf, STALE, worthOf } from './merge.ts';
import type { Ack2 } from './messages.ts';
import { Notifications } from './notifications.ts';
import { Row } from './row.ts';
import type { Version } from './versions.ts';
import { type GossipEvent, NO_KEY, type Subscriber, type World } from './world.ts';

export interface Parts {
  readonly endpoints: Endpoints;
  readonly detector: FailureDetector;
  readonly liveness: Liveness;
  /** Absent in tests of the gossiper alone. */
  readonly subscriber?: Subscriber;
  readonly version: Version;
  readonly world: World;
}

export class Gossiper {
  readonly #parts: Parts;
  readonly #endpoints: Endpoints;
  readonly #notifications: Notifications;
  readonly #heartbeats: Heartbeats;
  readonly #rest = new Row();
  readonly #delta: Delta = { subject: 0, generation: 0, heartbeat: 0, states: 0, floor: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#endpoints = parts.endpoints;
    this.#heartbeats = new Heartbeats(parts.endpoints, parts.detector);
    this.#notifications = new Notifications(parts);
  }

  /**
   * The states of an ACK or ACK2. What is only a newer heartbeat of who is alive, as nearly everything in a healthy
   * cluster is, is done at once; the rest by the rules, which would do the same with it.
   */
  receive(node: NodeId, deltas: Deltas): void {
    this.receiveFrom(node, { deltas });
  }

  receiveFrom(node: NodeId, message: Pick<Ack2, 'deltas' | 'told'>): void {
    const rest = this.#rest;
    rest.clear();
    const { world } = this.#parts;
    const now = world.now();
    const latest = latestPlausible(world.clockSec(node));
    const { told } = message;
    if (told !== undefined && this.#heartbeats.knows(node, told)) {
      this.#heartbeats.takeRows(node, told, now, latest, rest);
    } else this.#heartbeats.take(node, message.deltas, now, latest, rest);
    if (rest.length === 0) return;
    const left = rest.copy();
    this.notifyFailureDetector(node, left);
    this.apply(node, left);
  }

  /** For those that are known already. [!] Neither quarantine nor an absurd generation stops a report. */
  notifyFailureDetector(node: NodeId, deltas: Deltas): void {
    const endpoints = this.#endpoints;
    const { windows } = this.#parts.detector;
    const now = this.#parts.world.now();
    endpoints.disturb(node);
    for (let i = 0; i < lengthOf(deltas); i++) {
      const { subject, generation, heartbeat } = deltaAt(deltas, i, this.#delta);
      const pair = endpoints.pair(node, subject);
      if (!endpoints.has(pair, KNOWN)) continue;
      const report = reportOf(
        endpoints.generation[pair],
        endpoints.max[pair],
        generation,
        heartbeat,
      );
      if (report === NO_REPORT) continue;
      endpoints.setUpdated(pair, now);
      if (report === REPORT_NEW_LIFE && !endpoints.has(pair, ALIVE)) windows.forget(pair);
      windows.report(pair, now);
    }
  }

  /** applyStateLocally. */
  apply(node: NodeId, deltas: Deltas): void {
    const sorted = this.#parts.version.applyOrder === 'sorted';
    if (!sorted || !this.#orderMatters(node, deltas)) {
      const length = lengthOf(deltas);
      for (let i = 0; i < length; i++) this.#applyOne(node, deltaAt(deltas, i, this.#delta));
      return;
    }
    const all = Array.from({ length: lengthOf(deltas) }, (_, i) => {
      const delta = deltaAt(deltas, i, { ...this.#delta });
      return { ...delta, status: this.#statusIn(delta) };
    });
    for (const delta of applyOrder(all, ({ subject }) => subject)) this.#applyOne(node, delta);
  }

  /** Only heartbeats: whichever comes first, the result is the same, and no listener hears of it. */
  #orderMatters(node: NodeId, deltas: Deltas): boolean {
    const { book } = this.#endpoints;
    for (let i = 0; i < lengthOf(deltas); i++) {
      const { subject, states, floor } = deltaAt(deltas, i, this.#delta);
      if (book.max(states) > floor) return true;
      if (!this.#endpoints.has(this.#endpoints.pair(node, subject), KNOWN)) return true;
    }
    return false;
  }

  /** Of one endpoint, whatever is known of it. */
  handleMajorStateChange(node: NodeId, delta: Deltas): void {
    this.#majorStateChange(node, deltaAt(delta, 0, { ...this.#delta }));
  }

  #applyOne(node: NodeId, delta: Delta): void {
    const endpoints = this.#endpoints;
    const { subject } = delta;
    const pair = endpoints.pair(node, subject);
    if (subject === node || endpoints.has(pair, QUARANTINED)) return;
    if (!endpoints.has(pair, KNOWN)) {
      this.#parts.detector.windows.report(pair, this.#parts.world.now());
      this.#tell('report', node, subject);
      this.#majorStateChange(node, delta);
      return;
    }
    const worth = worthOf(
      this.#parts.world.clockSec(node),
      endpoints.generation[pair],
      endpoints.max[pair],
      delta.generation,
      maxOf(delta, endpoints.book),
    );
    if (worth === NEW_LIFE) this.#majorStateChange(node, delta);
    if (worth === NEWER) this.#applyNewStates(node, delta);
    if (worth !== NEWER && worth !== STALE) return;
    if (!endpoints.has(pair, ALIVE) && !isDead(endpoints.status(pair))) {
      this.#parts.liveness.markAlive(node, subject);
    }
  }

  /** A new endpoint, or a new life of one: the received state replaces all that was there. */
  #majorStateChange(node: NodeId, delta: Delta): void {
    const { world, liveness, subscriber } = this.#parts;
    const endpoints = this.#endpoints;
    const { subject } = delta;
    const pair = endpoints.pair(node, subject);
    const wasKnown = endpoints.has(pair, KNOWN);
    const wasAlive = wasKnown && endpoints.has(pair, ALIVE);
    const states = endpoints.book.above(delta.states, delta.floor);
    const whole = states.length === endpoints.book.of(delta.states).length;
    const set = whole ? delta.states : endpoints.book.add(states);
    endpoints.store(pair, delta.generation, delta.heartbeat, set, world.now());
    this.#tell('store', node, subject);
    if (wasKnown) world.tell('onRestart', node, subject, wasAlive, NO_KEY);
    if (isDead(endpoints.status(pair))) {
      endpoints.setAlive(pair, false); // who never was up, or has just restarted, does not go down
      liveness.markDead(node, subject);
    } else liveness.markAlive(node, subject);
    this.#tell('onJoin', node, subject);
    for (const { key, value } of states) subscriber?.onChange(node, subject, key, value);
    if (endpoints.status(pair) === SHUTDOWN) liveness.markAsShutdown(node, subject);
  }

  /** Of the same life, and newer: the heartbeat, and per key whatever has the higher version. */
  #applyNewStates(node: NodeId, delta: Delta): void {
    const endpoints = this.#endpoints;
    const { book } = endpoints;
    const pair = endpoints.pair(node, delta.subject);
    const news = book.news(endpoints.states[pair], delta.states, delta.floor);
    if (news.length > 0) {
      endpoints.setStates(pair, book.merged(endpoints.states[pair], delta.states, news));
    }
    endpoints.setHeartbeat(pair, delta.heartbeat, this.#parts.world.now());
    if (news.length > 0) this.#notifications.tell(node, delta.subject, news);
  }

  #statusIn({ states, floor }: Delta): string {
    const { book } = this.#endpoints;
    const of = (wanted: Key) =>
      book.above(states, floor).find(({ key }) => key === wanted)?.value ?? '';
    return statusName(of(STATUS_WITH_PORT) || of(STATUS));
  }

  #tell(event: GossipEvent, node: NodeId, subject: NodeId): void {
    this.#parts.world.tell(event, node, subject, false, NO_KEY);
  }
}
