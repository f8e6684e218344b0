/**
 * The shadow rounds under way. Until 5.0 the seeds are asked, from the second time on also the peers on disk, and one
 * answer that is not empty ends it. Trunk asks all peers on disk, or else the seeds, and waits for a tenth of them: 15 s
 * a time, four times, and then goes by what is on disk. The rules: shadow-round.ts.
 * [!] Until 5.0 an answer is noticed at the next whole second only, as the node sleeps between looks; trunk is woken.
 * Deviation: what is learnt in it serves checks (address taken, replacement) that are not modelled, so it is dropped.
 */
import { micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { HOST_ID, STATUS, STATUS_WITH_PORT, statusName } from './application-state.ts';
import { INTERVAL_MS } from './constants.ts';
import { deltaAt, lengthOf } from './deltas.ts';
import type { Endpoints } from './endpoints.ts';
import type { Ground } from './ground.ts';
import { GONE, type Life, SHADOW_STEP } from './life.ts';
import { type Ack, type CassandraMessage, SYN } from './messages.ts';
import type { Settings } from './options.ts';
import {
  allInShadow,
  SHADOW_SYN_EVERY_MS,
  SHADOW_TRIES,
  SHADOW_TRY_MS,
  shadowQuorum,
  shadowStep,
  shadowVerdict,
} from './shadow-round.ts';
import { synBytes } from './sizes.ts';
import { NO_DIGESTS } from './synopsis.ts';

export class Shadows {
  readonly #env: Env<CassandraMessage>;
  readonly #ground: Ground;
  readonly #life: Life;
  readonly #settings: Settings;
  readonly #empty: Set<NodeId>[]; // [node] who has answered that it is in a shadow round, too
  readonly #full: Set<NodeId>[]; // [node] who has answered with states, or requests
  readonly #over: Uint8Array; // [node] 1 = answered, and not yet noticed

  constructor(env: Env<CassandraMessage>, ground: Ground, life: Life, settings: Settings) {
    this.#env = env;
    this.#ground = ground;
    this.#life = life;
    this.#settings = settings;
    this.#empty = Array.from({ length: env.n }, () => new Set());
    this.#full = Array.from({ length: env.n }, () => new Set());
    this.#over = new Uint8Array(env.n);
  }

  start(node: NodeId): void {
    this.#empty[node].clear();
    this.#full[node].clear();
    this.#over[node] = 0;
    if (this.#asked(node, SHADOW_SYN_EVERY_MS).length === 0) this.#life.enter(node);
    else this.step(node);
  }

  /** The round is over, though the node does not gossip yet: it answers nobody. */
  isOver(node: NodeId): boolean {
    return this.#over[node] === 1;
  }

  /** Once a second, as long as it lasts. */
  step(node: NodeId): void {
    const sinceMs = Math.round(this.#life.inShadowFor(node) / 1000);
    const next = this.#asksPeers ? this.#peersStep(sinceMs) : this.#seedsStep(node, sinceMs);
    if (next === 'alone' || this.#over[node] === 1) this.#life.enter(node);
    else if (next === 'fail') this.#life.phase[node] = GONE;
    else {
      if (next === 'ask') for (const target of this.#asked(node, sinceMs)) this.#syn(node, target);
      this.#env.at(node, this.#env.now() + micros(INTERVAL_MS), SHADOW_STEP);
    }
  }

  /** An ACK has come. */
  answered(node: NodeId, from: NodeId, { requests, deltas }: Ack): void {
    if (this.#over[node] === 1) return;
    const isEmpty = requests.length === 0 && deltas.length === 0;
    const verdict = shadowVerdict({ isEmpty, self: this.#selfIn(node, deltas) });
    if (verdict === 'peer') this.#empty[node].add(from);
    if (verdict === 'exit') this.#full[node].add(from);
    const seeds = this.#settings.seeds(node);
    const enough = this.#asksPeers ? shadowQuorum(this.#asked(node, 0).length) : 1;
    if (this.#full[node].size >= enough || allInShadow(seeds, this.#empty[node])) {
      if (this.#asksPeers) this.#life.enter(node);
      else this.#over[node] = 1;
    }
  }

  get #asksPeers(): boolean {
    return this.#settings.version.shadowRound === 'peers';
  }

  #peersStep(sinceMs: number): 'ask' | 'wait' | 'alone' {
    if (sinceMs >= SHADOW_TRIES * SHADOW_TRY_MS) return 'alone';
    return sinceMs % SHADOW_TRY_MS === 0 ? 'ask' : 'wait';
  }

  #seedsStep(node: NodeId, sinceMs: number) {
    return shadowStep(sinceMs, this.#settings.isSeed(node));
  }

  #asked(node: NodeId, sinceMs: number): readonly NodeId[] {
    const seeds = this.#settings.seeds(node);
    if (!this.#asksPeers && sinceMs === 0) return seeds;
    const { endpoints, disk } = this.#ground;
    const peers = Array.from({ length: endpoints.n }, (_, subject) => subject).filter(
      (subject) => subject !== node && disk.peers[endpoints.pair(node, subject)] === 1,
    );
    if (!this.#asksPeers) return [...new Set([...seeds, ...peers])];
    return peers.length > 0 ? peers : seeds;
  }

  #syn(node: NodeId, target: NodeId): void {
    const { names, version } = this.#settings;
    const syn = { kind: SYN, created: this.#env.now(), digests: NO_DIGESTS } as const;
    this.#env.send(node, target, syn, synBytes(0, names, version));
  }

  /** What an ACK says about the node that asked. */
  #selfIn(node: NodeId, deltas: Ack['deltas']) {
    const { book }: Endpoints = this.#ground.endpoints;
    for (let i = 0; i < lengthOf(deltas); i++) {
      const { subject, states } = deltaAt(deltas, i, blankDelta());
      if (subject !== node) continue;
      const status = book.value(states, STATUS_WITH_PORT) || book.value(states, STATUS);
      return { hasHostId: book.get(states, HOST_ID) !== undefined, status: statusName(status) };
    }
    return undefined;
  }
}

const blankDelta = () => ({ subject: 0, generation: 0, heartbeat: 0, states: 0, floor: 0 });
