/**
 * What a node does with each message, on its gossip stage (stage.ts). Source: GossipDigestSynVerbHandler,
 * GossipDigestAckVerbHandler, GossipDigestAck2VerbHandler, EchoVerbHandler, GossipShutdownVerbHandler.
 * [!] Every transfer of states is a reply, made here: a SYN is no sign of life, and a node whose stage is blocked looks
 * dead although its timer runs. ACK and ACK2 are accepted from whom was not asked, too: there is no session.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { ECHO_TIMEOUT_MS, GOSSIP_TIMEOUT_MS } from './constants.ts';
import { type Answer, type Exchange, requestCount } from './exchange.ts';
import type { Gossiper } from './gossiper.ts';
import type { Ground } from './ground.ts';
import { type Life, RUNNING, SHADOW } from './life.ts';
import type { Liveness } from './liveness.ts';
import {
  ACK,
  ACK2,
  type Ack,
  ack2Of,
  ackOf,
  type CassandraMessage,
  deltaCount,
  ECHO,
  ECHO_ANSWER,
  type Echo,
  type EchoAnswer,
  GOODBYE,
  type Goodbye,
  SYN,
  type Syn,
} from './messages.ts';
import { releaseRows } from './row-answers.ts';
import { ackIsEarly, synFate } from './shadow-round.ts';
import type { Shadows } from './shadows.ts';
import { ack2Bytes, ackBytes, ECHO_BYTES } from './sizes.ts';
import type { Version } from './versions.ts';

export interface VerbParts {
  readonly env: Env<CassandraMessage>;
  readonly ground: Ground;
  readonly life: Life;
  readonly exchange: Exchange;
  readonly gossiper: Gossiper;
  readonly liveness: Liveness;
  readonly shadows: Shadows;
  readonly version: Version;
}

export class Verbs {
  /** [node] us, when the SYN, ACK or ACK2 that it has processed last was created. */
  readonly processed: Float64Array;
  readonly #parts: VerbParts;

  constructor(parts: VerbParts) {
    this.processed = new Float64Array(parts.env.n);
    this.#parts = parts;
  }

  /** A process starts: nothing is late yet. */
  start(node: NodeId): void {
    this.processed[node] = this.#parts.env.now();
  }

  /** The message takes effect; true: an answer is to follow. `created`: when, as far as the node knows. */
  take(node: NodeId, from: NodeId, message: CassandraMessage, created: Micros): boolean {
    const { life, gossiper } = this.#parts;
    if (this.#isExpired(message, created)) return false;
    if (message.kind === ECHO_ANSWER) this.#echoAnswer(node, from, message);
    else if (message.kind === GOODBYE) this.#goodbye(node, from, message);
    else if (message.kind === ACK2 && life.gossips(node)) gossiper.receiveFrom(node, message);
    else if (message.kind === ACK) return this.#ack(node, from, message);
    return message.kind === SYN || message.kind === ECHO;
  }

  answer(node: NodeId, from: NodeId, message: CassandraMessage): void {
    if (message.kind === SYN) this.#answerSyn(node, from, message);
    else if (message.kind === ACK) this.#answerAck(node, from, message);
    else if (message.kind === ECHO) this.#answerEcho(node, from, message);
  }

  /** The message is done with. */
  done(node: NodeId, message: CassandraMessage, created: Micros): void {
    if (message.kind <= ACK2 && !this.#isExpired(message, created)) this.processed[node] = created;
  }

  /** An answer to an echo comes too late by the clock of who asked. */
  #isExpired(message: CassandraMessage, created: Micros): boolean {
    const since = message.kind === ECHO_ANSWER ? message.created : created;
    const limit = message.kind <= ACK2 ? GOSSIP_TIMEOUT_MS : ECHO_TIMEOUT_MS;
    return this.#parts.env.now() - since > micros(limit);
  }

  #answerSyn(node: NodeId, from: NodeId, { digests }: Syn): void {
    const { env, ground, life, exchange, shadows, version } = this.#parts;
    const receiver = {
      enabled: life.gossips(node),
      inShadowRound: life.phase[node] === SHADOW && !shadows.isOver(node),
      sameCluster: true,
    };
    const fate = synFate(receiver, digests.length);
    if (fate === 'drop') return;
    const created = env.now();
    if (fate === 'answer empty') {
      env.send(
        node,
        from,
        { kind: ACK, created, requests: [], deltas: [] },
        ackBytes(0, 0, version),
      );
      return;
    }
    const answer =
      fate === 'send all'
        ? exchange.everything(node, (subject) => ground.disk.identitySet(subject))
        : exchange.examine(node, digests);
    const bytes = ackBytes(requestCount(answer), answer.bytes, version);
    env.send(node, from, ackOf(created, answer), bytes);
    this.#sent(answer);
  }

  #ack(node: NodeId, from: NodeId, ack: Ack): boolean {
    const { life, gossiper, shadows } = this.#parts;
    const isShadow = life.phase[node] === SHADOW;
    if (isShadow) shadows.answered(node, from, ack);
    if (isShadow || !life.gossips(node)) return false;
    const hasStates = deltaCount(ack) > 0;
    if (ackIsEarly(hasStates, life.hasSentSyn[node] === 1)) return false;
    if (hasStates) gossiper.receiveFrom(node, ack);
    return true;
  }

  /** [!] ACK2 is sent even if it is empty. */
  #answerAck(node: NodeId, from: NodeId, ack: Ack): void {
    const { env, exchange } = this.#parts;
    const answer = exchange.answer(node, ack);
    env.send(node, from, ack2Of(env.now(), answer), ack2Bytes(answer.bytes));
    this.#sent(answer);
  }

  /** Whatever it refers to is the message's by now. */
  #sent({ told }: Answer): void {
    if (told !== undefined) releaseRows(told, this.#parts.ground.endpoints.rows);
  }

  /** A node that has said goodbye does not answer (CASSANDRA-16094); one in its shadow round does. */
  #answerEcho(node: NodeId, from: NodeId, { created, generation }: Echo): void {
    const { env, life } = this.#parts;
    if (life.phase[node] !== RUNNING && life.phase[node] !== SHADOW) return;
    env.send(node, from, { kind: ECHO_ANSWER, created, generation }, ECHO_BYTES);
  }

  #echoAnswer(node: NodeId, from: NodeId, { generation }: EchoAnswer): void {
    if (this.#parts.life.gossips(node)) this.#parts.liveness.realMarkAlive(node, from, generation);
  }

  #goodbye(node: NodeId, from: NodeId, { state }: Goodbye): void {
    if (this.#parts.life.gossips(node)) this.#parts.liveness.markAsShutdown(node, from, state);
  }
}
