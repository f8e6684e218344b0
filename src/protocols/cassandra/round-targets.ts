/**
 * The targets of a round, drawn: live, unreachable, seed, and in trunk a member of the metadata service.
 * Source: Gossiper.GossipTask and what it calls. The probabilities: targets.ts.
 */
import type { Env, NodeId } from '../../engine/model.ts';
import { isDead } from './application-state.ts';
import { type Endpoints, LIVE, UNREACHABLE } from './endpoints.ts';
import type { CassandraMessage } from './messages.ts';
import type { Settings } from './options.ts';
import { metadataProbability, seedProbability, unreachableProbability } from './targets.ts';

export class Targets {
  readonly #env: Env<CassandraMessage>;
  readonly #endpoints: Endpoints;
  readonly #settings: Settings;
  readonly #eligible: Int32Array; // [i] unreachable endpoints that are not in a dead state

  constructor(env: Env<CassandraMessage>, endpoints: Endpoints, settings: Settings) {
    this.#env = env;
    this.#endpoints = endpoints;
    this.#settings = settings;
    this.#eligible = new Int32Array(env.n);
  }

  /** Calls `syn` for each target of this round, in order. */
  each(node: NodeId, syn: (target: NodeId) => void): void {
    const { metadataMembers, version } = this.#settings;
    const seeds = this.#settings.seeds(node);
    const live = this.#endpoints.live[node];
    const unreachable = this.#endpoints.unreachable[node];

    const first = live > 0 ? this.#oneLive(node) : -1;
    if (first >= 0) syn(first);

    if (unreachable > 0 && this.#env.draw(node) < unreachableProbability(live, unreachable)) {
      const other = this.#oneUnreachable(node);
      if (other >= 0) syn(other);
    }

    let reachedMember = metadataMembers.includes(first);
    const p = seedProbability(live, unreachable, seeds.length, seeds.includes(first));
    if (p > 0 && this.#env.draw(node) <= p) {
      const seed = this.#oneOf(node, seeds);
      syn(seed);
      reachedMember ||= metadataMembers.includes(seed);
    }

    if (!version.metadataService) return;
    const done = reachedMember || metadataMembers.includes(node);
    const q = metadataProbability(live, unreachable, metadataMembers.length, done);
    if (q > 0 && this.#env.draw(node) <= q) syn(this.#oneOf(node, metadataMembers));
  }

  #oneLive(node: NodeId): NodeId {
    const { flags, live, n } = this.#endpoints;
    let left = Math.floor(this.#env.draw(node) * live[node]);
    if (live[node] === n - 1) return left < node ? left : left + 1; // all others
    for (let subject = 0; ; subject++) {
      if ((flags[node * n + subject] & LIVE) !== 0 && left-- === 0) return subject;
    }
  }

  /** -1 if all are in a dead state. */
  #oneUnreachable(node: NodeId): NodeId {
    const endpoints = this.#endpoints;
    let count = 0;
    for (let subject = 0; subject < endpoints.n; subject++) {
      const pair = endpoints.pair(node, subject);
      if (endpoints.has(pair, UNREACHABLE) && !isDead(endpoints.status(pair))) {
        this.#eligible[count++] = subject;
      }
    }
    return count === 0 ? -1 : this.#eligible[Math.floor(this.#env.draw(node) * count)];
  }

  #oneOf(node: NodeId, list: readonly NodeId[]): NodeId {
    return list[Math.floor(this.#env.draw(node) * list.length)];
  }
}
