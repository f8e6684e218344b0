/**
 * The gossip task: what a node does once a second, on a timer and not on the gossip stage: own heartbeat, SYNs, status
 * check. The next one begins a second after this one has ended. Source: Gossiper.GossipTask, doStatusCheck.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { INTERVAL_MS, STAGE_GRACE_MS } from './constants.ts';
import { DIGEST_WORDS } from './deltas.ts';
import type { Exchange } from './exchange.ts';
import type { Ground } from './ground.ts';
import { CHECK_AGAIN, type Life, ROUND } from './life.ts';
import type { Liveness } from './liveness.ts';
import { type CassandraMessage, SYN } from './messages.ts';
import type { Settings } from './options.ts';
import type { Targets } from './round-targets.ts';
import { synBytes } from './sizes.ts';
import { checkStatus, stageIsBehind } from './status-check.ts';

export interface TaskParts {
  readonly env: Env<CassandraMessage>;
  readonly ground: Ground;
  readonly settings: Settings;
  readonly life: Life;
  readonly exchange: Exchange;
  readonly targets: Targets;
  readonly liveness: Liveness;
  /** [node] us, when the message processed last was created. */
  readonly processed: Float64Array;
}

export class GossipTask {
  readonly #parts: TaskParts;
  readonly #began: Float64Array; // [node] us, the round under way

  constructor(parts: TaskParts) {
    this.#parts = parts;
    this.#began = new Float64Array(parts.env.n);
  }

  run(node: NodeId): void {
    const { env } = this.#parts;
    const now = env.now();
    this.#began[node] = now;
    this.#gossip(node);
    if (!this.#isBehind(node)) this.#finish(node, true);
    else env.at(node, now + micros(STAGE_GRACE_MS), CHECK_AGAIN);
  }

  /** The stage was behind, and has been given some time. */
  checkAgain(node: NodeId): void {
    this.#finish(node, !this.#isBehind(node));
  }

  /** One SYN for all targets of a round. */
  #gossip(node: NodeId): void {
    const { env, ground, life, exchange, targets, settings } = this.#parts;
    const { endpoints } = ground;
    const created = env.now();
    endpoints.setHeartbeat(endpoints.pair(node, node), endpoints.nextVersion(node), created);
    const digests = exchange.digests(node);
    const bytes = synBytes(digests.length / DIGEST_WORDS, settings.names, settings.version);
    const syn = { kind: SYN, created, digests } as const;
    targets.each(node, (target) => {
      life.hasSentSyn[node] = 1;
      env.send(node, target, syn, bytes);
    });
  }

  /** By the time at which the round began, also after the grace. */
  #isBehind(node: NodeId): boolean {
    const { env, processed } = this.#parts;
    return stageIsBehind(env.waiting(node), processed[node], this.#began[node]);
  }

  #finish(node: NodeId, checks: boolean): void {
    const { env, ground, settings, liveness } = this.#parts;
    const now: Micros = env.now();
    if (checks) checkStatus(node, { ...ground, liveness, version: settings.version }, now);
    env.at(node, now + micros(INTERVAL_MS), ROUND);
  }
}
