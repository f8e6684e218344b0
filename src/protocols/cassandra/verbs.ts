/**
 * The gossip stage: what a node does with each message, one after another. Source: GossipDigestSynVerbHandler,
 * GossipDigestAckVerbHandler, GossipDigestAck2VerbHandler, EchoVerbHandler, GossipShutdownVerbHandler.
 * [!] Every transfer of states is a reply, made here: a SYN is no sign of life, and a node whose stage is blocked looks
 * dead although its timer runs. ACK and ACK2 are accepted from whom was not asked, too: there is no session.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { ECHO_TIMEOUT_MS, GOSSIP_TIMEOUT_MS } from './constants.ts';
import type { Exchange } from './exchange.ts';
import type { Gossiper } from './gossiper.ts';
import type { Ground } from './ground.ts';
import { type Life, RUNNING, SHADOW } from './life.ts';
import type { Liveness } from './liveness.ts';
import {
  ACK,
  ACK2,
  type Ack,
  type CassandraMessage,
  ECHO,
  ECHO_ANSWER,
  type Echo,
  type EchoAnswer,
  GOODBYE,
  type Goodbye,
  SYN,
  type Syn,
} from './messages.ts';
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

  receive(node: NodeId, from: NodeId, message: CassandraMessage): void {
    if (message.kind === ECHO) this.#echo(node, from, message);
    else if (message.kind === ECHO_ANSWER) this.#echoAnswer(node, from, message);
    else if (message.kind === GOODBYE) this.#goodbye(node, from, message);
    else {
      if (this.#age(message.created) > micros(GOSSIP_TIMEOUT_MS)) return;
      if (message.kind === SYN) this.#syn(node, from, message);
      else if (message.kind === ACK) this.#ack(node, from, message);
      else if (this.#parts.life.gossips(node)) this.#parts.gossiper.receive(node, message.deltas);
      this.processed[node] = message.created;
    }
  }

  #syn(node: NodeId, from: NodeId, { digests }: Syn): void {
    const { env, ground, life, exchange, version } = this.#parts;
    const receiver = {
      enabled: life.gossips(node),
      inShadowRound: life.phase[node] === SHADOW,
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
    const { requests, deltas, bytes } =
      fate === 'send all'
        ? exchange.everything(node, (subject) => ground.disk.identitySet(subject))
        : exchange.examine(node, digests);
    env.send(
      node,
      from,
      { kind: ACK, created, requests, deltas },
      ackBytes(requests.length / 3, bytes, version),
    );
  }

  /** [!] ACK2 is sent even if it is empty. */
  #ack(node: NodeId, from: NodeId, ack: Ack): void {
    const { env, life, exchange, gossiper, shadows } = this.#parts;
    const isShadow = life.phase[node] === SHADOW;
    if (isShadow) shadows.answered(node, from, ack);
    if (isShadow || !life.gossips(node)) return;
    const hasStates = ack.deltas.length > 0;
    if (ackIsEarly(hasStates, life.hasSentSyn[node] === 1)) return;
    if (hasStates) gossiper.receive(node, ack.deltas);
    const { deltas, bytes } = exchange.answer(node, ack.requests);
    env.send(node, from, { kind: ACK2, created: env.now(), deltas }, ack2Bytes(bytes));
  }

  /** A node that has said goodbye does not answer (CASSANDRA-16094); one in its shadow round does. */
  #echo(node: NodeId, from: NodeId, { created, generation }: Echo): void {
    const { env, life } = this.#parts;
    if (this.#age(created) > micros(ECHO_TIMEOUT_MS)) return;
    if (life.phase[node] !== RUNNING && life.phase[node] !== SHADOW) return;
    env.send(node, from, { kind: ECHO_ANSWER, created, generation }, ECHO_BYTES);
  }

  #echoAnswer(node: NodeId, from: NodeId, { created, generation }: EchoAnswer): void {
    if (this.#age(created) > micros(ECHO_TIMEOUT_MS)) return;
    if (this.#parts.life.gossips(node)) this.#parts.liveness.realMarkAlive(node, from, generation);
  }

  #goodbye(node: NodeId, from: NodeId, { created, state }: Goodbye): void {
    if (this.#age(created) > micros(ECHO_TIMEOUT_MS)) return;
    if (this.#parts.life.gossips(node)) this.#parts.liveness.markAsShutdown(node, from, state);
  }

  #age(created: Micros): Micros {
    return this.#parts.env.now() - created;
  }
}
