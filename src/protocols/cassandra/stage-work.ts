/** What is done on the gossip stage, and what it costs: messages, verdicts of the status check, assassinations. */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { type Key, STATUS, STATUS_WITH_PORT } from './application-state.ts';
import { ASSASSINATE_REST_MS } from './constants.ts';
import { ALIVE, KNOWN } from './endpoints.ts';
import type { Ground } from './ground.ts';
import { SERVED } from './life.ts';
import type { Liveness } from './liveness.ts';
import { kept } from './message-rows.ts';
import type { CassandraMessage } from './messages.ts';
import type { Settings } from './options.ts';
import type { Removal } from './removal.ts';
import {
  ASSASSINATE,
  GossipStage,
  isVerdict,
  MESSAGE,
  type StageWork,
  type Task,
} from './stage.ts';
import { listenerCost, messageCost, type StageCosts } from './stage-costs.ts';
import { carryOut } from './status-check.ts';
import type { Verbs } from './verbs.ts';

export interface WorkParts {
  readonly env: Env<CassandraMessage>;
  readonly ground: Ground;
  readonly settings: Settings;
  readonly verbs: Verbs;
  readonly liveness: Liveness;
  readonly removal: Removal;
  /** The round that waited for a verdict goes on. */
  readonly goOn: (node: NodeId) => void;
}

export interface StageAtWork {
  readonly stage: GossipStage;
  /** A message has arrived: it waits its turn. */
  receive(node: NodeId, from: NodeId, message: CassandraMessage): void;
  /** Listeners are told of a change, on the stage, and take their time. */
  listen(node: NodeId, key: Key): void;
}

/** The stages of all nodes. */
export function stageAtWork(parts: WorkParts): StageAtWork {
  const { env, ground, settings, verbs, liveness, removal, goOn } = parts;
  const { stage: costs, version, vnodes } = settings;

  const createdOf = (message: CassandraMessage, arrived: Micros): Micros =>
    version.trustsCreation ? message.created : arrived;

  function ownCost(node: NodeId, { kind, other, message }: Task, given: StageCosts): number {
    if (kind === MESSAGE) return messageCost(given, message!) + given.extraUs(node, env.now());
    const { endpoints } = ground;
    return endpoints.has(endpoints.pair(node, other), ALIVE) ? given.convictUs : 0;
  }

  const work: StageWork = {
    cost(node, task) {
      if (task.kind === ASSASSINATE) return removal.watchToKill(node, task.other);
      if (costs === undefined) return 0;
      return ownCost(node, task, costs) * costs.slowdown(node, env.now());
    },
    apply(node, { kind, other, message, arrived }) {
      if (kind === MESSAGE) return verbs.take(node, other, message!, createdOf(message!, arrived));
      if (isVerdict(kind)) carryOut(node, kind, other, liveness);
      else if (removal.kill(node, other)) stage.owe(node, micros(ASSASSINATE_REST_MS));
      return false;
    },
    answer: (node, { other, message }) => verbs.answer(node, other, message!),
    done(node, { kind, message, arrived }) {
      if (kind === MESSAGE) verbs.done(node, message!, createdOf(message!, arrived));
      else if (isVerdict(kind)) goOn(node);
    },
  };
  const stage = new GossipStage(env, work, ground.stageLog, SERVED);

  return {
    stage,
    receive(node, from, message) {
      const arrived = env.now();
      if (costs === undefined && stage.isIdle(node)) {
        const created = createdOf(message, arrived);
        if (verbs.take(node, from, message, created)) verbs.answer(node, from, message);
        verbs.done(node, message, created);
        return;
      }
      const task = { kind: MESSAGE, other: from, message: kept(message), arrived };
      if (stage.submit(node, task)) work.done(node, task);
    },
    listen(node, key) {
      if (costs === undefined || (key !== STATUS && key !== STATUS_WITH_PORT)) return;
      const known = costs.pendingRangesNs > 0 ? knownTo(node, ground) : 0;
      stage.owe(node, listenerCost(costs, vnodes, known) * costs.slowdown(node, env.now()));
    },
  };
}

/** How many endpoints the node knows. */
function knownTo(node: NodeId, { endpoints }: Ground): number {
  let known = 0;
  for (let subject = 0; subject < endpoints.n; subject++) {
    if (endpoints.has(endpoints.pair(node, subject), KNOWN)) known++;
  }
  return known;
}
