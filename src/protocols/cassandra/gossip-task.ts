/**
 * The gossip task: what a node does once a second, on a timer and not on the gossip stage: own heartbeat, SYNs, status
 * check. The next one begins a second after this one has ended. Source: Gossiper.GossipTask, doStatusCheck.
 */
import { micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { INTERVAL_MS, STAGE_GRACE_MS } from './constants.ts';
import type { Ground } from './ground.ts';
import { CHECK_AGAIN, type Life, ROUND } from './life.ts';
import { type CassandraMessage, SYN } from './messages.ts';
import type { Settings } from './options.ts';
import type { Targets } from './round-targets.ts';
import { synBytes } from './sizes.ts';
import type { GossipStage, TaskKind } from './stage.ts';
import { CHECKED, type Checked, checkStatus, stageIsBehind } from './status-check.ts';
import { synopsisOf } from './synopsis.ts';

export interface TaskParts {
  readonly env: Env<CassandraMessage>;
  readonly ground: Ground;
  readonly settings: Settings;
  readonly life: Life;
  readonly targets: Targets;
  readonly stage: GossipStage;
  /** [node] us, when the message processed last was created. */
  readonly processed: Float64Array;
}

export class GossipTask {
  readonly #parts: TaskParts;
  readonly #checked: Checked;
  readonly #began: Float64Array; // [node] us, the round under way
  readonly #next: Int32Array; // [node] where its check goes on once the stage has carried out a verdict

  constructor(parts: TaskParts) {
    this.#parts = parts;
    this.#began = new Float64Array(parts.env.n);
    this.#next = new Int32Array(parts.env.n);
    const { env, ground, settings, stage } = parts;
    const submit = (node: NodeId, kind: TaskKind, other: NodeId) =>
      stage.submit(node, { kind, other, arrived: env.now() });
    this.#checked = { ...ground, version: settings.version, submit };
  }

  run(node: NodeId): void {
    const { env } = this.#parts;
    const now = env.now();
    this.#began[node] = now;
    this.#gossip(node);
    if (!this.#isBehind(node)) this.#check(node, 0);
    else env.at(node, now + micros(STAGE_GRACE_MS), CHECK_AGAIN);
  }

  /** The stage was behind, and has been given some time. */
  checkAgain(node: NodeId): void {
    if (this.#isBehind(node)) this.#end(node);
    else this.#check(node, 0);
  }

  /** The stage has carried out a verdict of the check. */
  goOn(node: NodeId): void {
    this.#check(node, this.#next[node]);
  }

  /** One SYN for all targets of a round. */
  #gossip(node: NodeId): void {
    const { env, ground, life, targets, settings } = this.#parts;
    const { endpoints } = ground;
    const created = env.now();
    endpoints.beat(node);
    const digests = synopsisOf(node, endpoints);
    const bytes = synBytes(digests.length, settings.names, settings.version);
    const syn = { kind: SYN, created, digests } as const;
    targets.each(node, (target) => {
      life.hasSentSyn[node] = 1;
      env.send(node, target, syn, bytes);
    });
    endpoints.rows.release(digests.max);
  }

  /** By the time at which the round began, also after the grace. */
  #isBehind(node: NodeId): boolean {
    const { env, stage, processed } = this.#parts;
    const pending = env.waiting(node) + stage.pending(node);
    return stageIsBehind(pending, processed[node], this.#began[node]);
  }

  #check(node: NodeId, from: number): void {
    this.#next[node] = checkStatus(node, this.#checked, this.#parts.env.now(), from);
    if (this.#next[node] === CHECKED) this.#end(node);
  }

  #end(node: NodeId): void {
    const { env } = this.#parts;
    env.at(node, env.now() + micros(INTERVAL_MS), ROUND);
  }
}
