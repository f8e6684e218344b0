/**
 * The probe loop: one probe at a time. A ping; if no ack comes within the timeout, requests to k others and a ping on a
 * connection; if nobody has answered when the deadline comes, the target is suspected. The health score stretches the
 * deadline, and no more in the library. A tick that comes during a probe is kept.
 * Source: memberlist, state.go (probe, probeNode); Dadgar, Phillips, Currey 2018 (NACK, buddy system).
 */
import { type Env, NOBODY, type NodeId, STREAM } from '../../engine/model.ts';
import type { GossipLoop } from './gossip.ts';
import { costOf, type Health } from './health.ts';
import type { Laps } from './laps.ts';
import { type Members, SUSPECT } from './members.ts';
import {
  CONNECT,
  type MemberlistMessage,
  NO_NEWS,
  PING,
  PING_REQ,
  STREAM_PING,
} from './messages.ts';
import type { Settings } from './options.ts';
import type { Packets } from './packets.ts';
import { ASKED, ASKING, IDLE, PINGED, ProbeColumns, SENDING } from './probe-columns.ts';
import type { Rules } from './rules.ts';
import type { Ticker } from './ticker.ts';
import {
  PROBE_ASKED,
  PROBE_DEADLINE,
  PROBE_SENT,
  PROBE_TICK,
  PROBE_TIMEOUT,
  tagOf,
} from './timers.ts';

export interface ProbeParts {
  readonly env: Env<MemberlistMessage>;
  readonly settings: Settings;
  readonly members: Members;
  readonly laps: Laps;
  readonly gossip: GossipLoop;
  readonly health: Health;
  readonly packets: Packets;
  readonly rules: Rules;
  readonly ticker: Ticker;
  readonly nextSeq: (node: NodeId) => number;
}

export class ProbeLoop {
  readonly #parts: ProbeParts;
  readonly #of: ProbeColumns;

  constructor(parts: ProbeParts) {
    this.#parts = parts;
    this.#of = new ProbeColumns(parts.env.n, parts.settings.indirectChecks);
  }

  start(node: NodeId): void {
    this.#of.stage[node] = IDLE;
    this.#of.holdsTick[node] = 0;
    this.#of.deadline[node] = this.#parts.env.now();
    this.#armTick(node);
  }

  tick(node: NodeId): void {
    this.#armTick(node);
    const now = this.#parts.env.now();
    if (this.#of.lastTick[node] === now) return; // it has come already
    this.#of.lastTick[node] = now;
    if (this.#of.stage[node] === IDLE) {
      if (this.#mayBegin(node)) this.#begin(node);
    } else this.#of.holdsTick[node] = 1;
  }

  /** A timer of the probe with that number. */
  timer(node: NodeId, what: number, seq: number): void {
    if (this.#of.stage[node] === IDLE || seq !== this.#of.seq[node]) return;
    if (what === PROBE_SENT) this.#await(node);
    else if (what === PROBE_ASKED) this.#askOn(node, this.#of.askedSoFar[node]);
    else if (what === PROBE_TIMEOUT) this.#timedOut(node);
    else this.#over(node);
  }

  /** An ack of the target, direct or relayed. */
  acked(node: NodeId, seq: number): void {
    if (!this.#isUnderWay(node, seq)) return;
    this.#of.isAcked[node] = 1;
    if (this.#of.stage[node] === PINGED || this.#of.stage[node] === ASKED) this.#succeed(node);
  }

  nacked(node: NodeId, seq: number): void {
    if (this.#isUnderWay(node, seq)) this.#of.nacks[node]++;
  }

  /** The target has accepted a connection. */
  accepted(node: NodeId, target: NodeId, seq: number): void {
    if (!this.#isUnderWay(node, seq)) return;
    const message = { kind: STREAM_PING, seq, target, news: NO_NEWS };
    this.#parts.packets.sendWith(node, target, message, STREAM);
  }

  streamAcked(node: NodeId, seq: number): void {
    if (this.#isUnderWay(node, seq)) this.#of.isSaved[node] = 1;
  }

  #isUnderWay(node: NodeId, seq: number): boolean {
    return (
      this.#of.stage[node] !== IDLE && seq === this.#of.seq[node] && this.#of.isOver[node] === 0
    );
  }

  #armTick(node: NodeId): void {
    const { env, ticker } = this.#parts;
    env.at(node, ticker.after(node, env.now()), tagOf(PROBE_TICK));
  }

  #begin(node: NodeId): void {
    const { env, settings, members, laps, health, nextSeq } = this.#parts;
    const target = laps.next(node);
    if (target === NOBODY) return;
    const seq = nextSeq(node);
    const now = env.now();
    this.#of.seq[node] = seq;
    this.#of.target[node] = target;
    this.#of.incarnation[node] = members.incarnation(node, target);
    const stretch = health.score(node) + 1;
    this.#of.deadline[node] = now + settings.probeInterval * stretch;
    this.#of.timeout[node] =
      settings.probeTimeout * (settings.healthRules.onlyDeadline ? 1 : stretch);
    this.#of.isOver[node] = this.#of.isAcked[node] = this.#of.isSaved[node] = 0;
    this.#of.asked[node] = this.#of.nacks[node] = 0;
    this.#of.stage[node] = SENDING;
    env.at(node, this.#of.deadline[node], tagOf(PROBE_DEADLINE, seq));
    this.#ping(node, target, seq);
    const opens = settings.openAt(node, now);
    if (opens === now) this.#await(node);
    else env.at(node, opens, tagOf(PROBE_SENT, seq));
  }

  /** A suspect is told so in the same packet, and nothing else. */
  #ping(node: NodeId, target: NodeId, seq: number): void {
    const { settings, members, packets } = this.#parts;
    if (!settings.buddy || members.status(node, target) !== SUSPECT) {
      packets.send(node, target, PING, seq, target);
      return;
    }
    const incarnation = this.#of.incarnation[node];
    const news = [{ status: SUSPECT, subject: target, incarnation, from: node }];
    packets.sendWith(node, target, { kind: PING, seq, target, news });
  }

  /** The ping has left: waits for an ack. */
  #await(node: NodeId): void {
    const { env } = this.#parts;
    this.#of.stage[node] = PINGED;
    if (this.#of.isAcked[node] === 1) this.#succeed(node);
    else if (this.#of.isOver[node] === 1) this.#ask(node);
    else {
      const timeout = env.now() + this.#of.timeout[node];
      env.at(node, timeout, tagOf(PROBE_TIMEOUT, this.#of.seq[node]));
    }
  }

  #timedOut(node: NodeId): void {
    if (this.#of.stage[node] !== PINGED) return;
    const { settings, env } = this.#parts;
    settings.watch.pingTimedOut?.(node, this.#of.target[node], env.now());
    this.#ask(node);
  }

  /** Asks k members to ping the target. */
  #ask(node: NodeId): void {
    const { settings, members } = this.#parts;
    const { indirectChecks: k } = settings;
    const relays = members.choose(node, k, this.#of.target[node]);
    this.#of.asked[node] = members.found;
    for (let i = 0; i < members.found; i++) this.#of.relays[node * k + i] = relays[i];
    this.#of.stage[node] = ASKING;
    this.#askOn(node, 0);
  }

  /** Asks the others. At a node that stalls, the first request waits, and the rest behind it. */
  #askOn(node: NodeId, first: number): void {
    const { env, settings, packets } = this.#parts;
    const now = env.now();
    for (let i = first; i < this.#of.asked[node]; i++) {
      const relay = this.#of.relays[node * settings.indirectChecks + i];
      packets.send(node, relay, PING_REQ, this.#of.seq[node], this.#of.target[node]);
      const opens = settings.openAt(node, now);
      if (opens === now) continue;
      this.#of.askedSoFar[node] = i + 1;
      env.at(node, opens, tagOf(PROBE_ASKED, this.#of.seq[node]));
      return;
    }
    this.#connect(node);
  }

  /** The last resort, beside the requests. */
  #connect(node: NodeId): void {
    const { settings, packets } = this.#parts;
    this.#of.stage[node] = ASKED;
    if (this.#of.isAcked[node] === 1) this.#succeed(node);
    else if (this.#of.isOver[node] === 1) this.#fail(node);
    else if (settings.streamPing) {
      const message = {
        kind: CONNECT,
        seq: this.#of.seq[node],
        target: STREAM_PING,
        news: NO_NEWS,
      };
      packets.sendWith(node, this.#of.target[node], message, STREAM);
    }
  }

  /** The deadline; a tick of the same instant comes first, as a tick needs no other thread to be kept. */
  #over(node: NodeId): void {
    const { env, ticker, gossip } = this.#parts;
    const now = env.now();
    if (ticker.after(node, now - 1) === now) {
      this.#of.lastTick[node] = now;
      this.#of.holdsTick[node] = 1;
    }
    gossip.race(node);
    this.#of.isOver[node] = 1;
    if (this.#of.stage[node] === PINGED) this.#ask(node);
    else if (this.#of.stage[node] === ASKED) this.#fail(node);
  }

  #succeed(node: NodeId): void {
    this.#parts.health.change(node, -1, this.#parts.env.now());
    this.#end(node);
  }

  #fail(node: NodeId): void {
    const { env, settings, health, rules } = this.#parts;
    const { watch } = settings;
    const target = this.#of.target[node];
    if (this.#of.isSaved[node] === 1) {
      watch.savedByStream?.(node, target, env.now());
      this.#succeed(node);
      return;
    }
    const expected = settings.nacks ? this.#of.asked[node] : 0;
    health.change(node, costOf(settings.healthRules, expected, this.#of.nacks[node]), env.now());
    watch.probeFailed?.(node, target, env.now());
    const incarnation = this.#of.incarnation[node];
    rules.suspect(node, { status: SUSPECT, subject: target, incarnation, from: node });
    this.#end(node);
  }

  #end(node: NodeId): void {
    this.#of.stage[node] = IDLE;
    if (this.#of.holdsTick[node] === 0) return;
    this.#of.holdsTick[node] = 0;
    if (this.#mayBegin(node)) this.#begin(node);
  }

  #mayBegin(node: NodeId): boolean {
    const { env, settings } = this.#parts;
    return settings.healthRules.onlyDeadline || env.now() >= this.#of.deadline[node];
  }
}
