/**
 * One node of Cassandra on a bench: the rules as the protocol uses them, a clock that a case sets, and a record of what
 * happened. Endpoints have the names of the case; 'self' is the node.
 */

import { UserError } from '../src/base/errors.ts';
import type { Micros } from '../src/base/time.ts';
import type { NodeId } from '../src/engine/model.ts';
import { KEY_NAMES, type Key, keyOf } from '../src/protocols/cassandra/application-state.ts';
import type { Delta, Deltas } from '../src/protocols/cassandra/deltas.ts';
import {
  ALIVE,
  Endpoints,
  KNOWN,
  LIVE,
  UNREACHABLE,
} from '../src/protocols/cassandra/endpoints.ts';
import { Exchange } from '../src/protocols/cassandra/exchange.ts';
import {
  type DetectorOptions,
  FailureDetector,
} from '../src/protocols/cassandra/failure-detector.ts';
import { Gossiper } from '../src/protocols/cassandra/gossiper.ts';
import { Liveness } from '../src/protocols/cassandra/liveness.ts';
import { type AppState, NO_VERSION } from '../src/protocols/cassandra/states-book.ts';
import { StorageService } from '../src/protocols/cassandra/storage-service.ts';
import type { Version } from '../src/protocols/cassandra/versions.ts';
import type { GossipEvent, World } from '../src/protocols/cassandra/world.ts';
import { type Fields, isFields, shownJson } from './format.ts';
import { intAt, switchAt } from './input.ts';

/** Room for so many endpoints in a case, as a rule. */
const ROOM = 32;

export class Stage implements World {
  readonly self: NodeId = 0;
  readonly endpoints: Endpoints;
  readonly detector: FailureDetector;
  readonly liveness: Liveness;
  readonly storage: StorageService;
  readonly gossiper: Gossiper;
  readonly exchange: Exchange;
  /** What happened, in the words of the reference. */
  readonly events: string[] = [];
  /** Keys that listeners were told of. */
  readonly changes: string[] = [];
  /** The endpoints stored, in order. */
  readonly stored: string[] = [];
  time: Micros = 0;
  nowSec = 0;
  readonly #names: string[] = ['self'];

  constructor(version: Version, detector: Partial<DetectorOptions> = {}, room = ROOM) {
    const endpoints = new Endpoints(room);
    this.endpoints = endpoints;
    const options = {
      maxIntervalMs: version.maxIntervalMs,
      samples: 4, // as much as a state needs; who asks for means of more says so
      ...detector,
    };
    this.detector = new FailureDetector(room, options, endpoints.rows.logged);
    this.liveness = new Liveness(endpoints, this.detector, version, this);
    this.storage = new StorageService(endpoints, this.liveness);
    this.exchange = new Exchange(endpoints, version);
    this.gossiper = new Gossiper({ ...this.#parts(), version, world: this });
  }

  // ---- World ----

  now(): Micros {
    return this.time;
  }

  clockSec(): number {
    return this.nowSec;
  }

  echo(): void {
    this.events.push('echo');
  }

  tell(event: GossipEvent, _node: NodeId, subject: NodeId, _wasAlive: boolean, key: Key): void {
    const pair = this.endpoints.pair(this.self, subject);
    if (event === 'onChange') this.changes.push(KEY_NAMES[key]);
    else if (event === 'report') this.events.push('fd.report');
    else if (event === 'onRestart') this.events.push('onRestart(old)');
    else {
      if (event === 'store') this.stored.push(this.#names[subject]);
      if (event === 'onAlive') {
        // What listeners find when they are called.
        if (this.endpoints.has(pair, ALIVE)) this.events.push('alive=true');
        if (this.endpoints.has(pair, LIVE)) this.events.push('live+');
        if (!this.endpoints.has(pair, UNREACHABLE)) this.events.push('unreachable-');
      }
      this.events.push(event);
    }
  }

  // ---- endpoints by name ----

  id(name: string): NodeId {
    const known = this.#names.indexOf(name);
    if (known >= 0) return known;
    const { n } = this.endpoints;
    if (this.#names.length === n) throw new UserError(`a case may have ${n} endpoints at most`);
    return this.#names.push(name) - 1;
  }

  pair(name: string): number {
    return this.endpoints.pair(this.self, this.id(name));
  }

  /** Puts {gen, hb, states, alive; live, unreachable} into the place of what the node knows of the endpoint. */
  put(name: string, state: Fields): void {
    const pair = this.pair(name);
    const { endpoints, self } = this;
    endpoints.store(
      pair,
      intAt(state, 'gen', 0),
      intAt(state, 'hb', 0),
      this.states(state),
      this.time,
    );
    if (state.max !== undefined) endpoints.setMax(pair, intAt(state, 'max'));
    if (this.id(name) === self) return;
    const alive = switchAt(state, 'alive', true);
    endpoints.setAlive(pair, alive);
    endpoints.setLive(self, pair, switchAt(state, 'live', alive));
    endpoints.setUnreachable(self, pair, switchAt(state, 'unreachable', !alive));
  }

  /** The set of states in `state.states`, as {KEY: [version, value]}; its number in the book. */
  states(state: Fields): number {
    const { states = {} } = state;
    if (!isFields(states))
      throw new UserError(`'states' must be an object; got ${shownJson(states)}`);
    return this.endpoints.book.add(
      Object.entries(states).map(([name, value]) => appState(name, value)),
    );
  }

  /** A received state as a message carries it. */
  delta(name: string, state: Fields): Deltas {
    return [
      this.id(name),
      intAt(state, 'gen', 0),
      intAt(state, 'hb', 0),
      this.states(state),
      NO_VERSION,
    ];
  }

  /** What the node knows of the endpoint, as in a case; null if nothing. */
  known(name: string): Fields | null {
    const pair = this.pair(name);
    if (!this.endpoints.has(pair, KNOWN)) return null;
    return {
      gen: this.endpoints.generation[pair],
      hb: this.endpoints.heartbeatOf(pair),
      states: this.statesAbove(this.endpoints.states[pair], NO_VERSION),
    };
  }

  /** A delta in the words of a case. */
  shown({ generation, heartbeat, states, floor }: Delta): Fields {
    return { gen: generation, hb: heartbeat, states: this.statesAbove(states, floor) };
  }

  statesAbove(set: number, floor: number): Fields {
    const states = this.endpoints.book.above(set, floor);
    return Object.fromEntries(
      states.map(({ key, version, value }) => [KEY_NAMES[key], [version, value]]),
    );
  }

  /** What the gossiper is made of; without a storage service, as in Cassandra's own unit tests. */
  #parts() {
    const { endpoints, detector, liveness } = this;
    return { endpoints, detector, liveness };
  }
}

function appState(name: string, value: unknown): AppState {
  if (
    Array.isArray(value) &&
    value.length === 2 &&
    (value[0] | 0) === value[0] &&
    typeof value[1] === 'string'
  ) {
    return { key: keyOf(name), version: value[0], value: value[1] };
  }
  throw new UserError(`a state must be [version, value]; got ${shownJson(value)} for ${name}`);
}
