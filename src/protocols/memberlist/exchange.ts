/**
 * Push/pull: now and then a member and a random one that is alive exchange their tables on a connection; so does who joins.
 * The other side answers with its table as it was before. Whom the table holds to be suspect or dead becomes a suspect of
 * the reader's own. Source: memberlist, state.go (pushPullTrigger, mergeState), net.go (sendAndReceiveState).
 * Deviations: who is down does not refuse a connection, so that the caller waits for its timeout, as with a host that
 * is gone; a join that gets no answer is tried again then, with another member. Any number of exchanges are served at once.
 */
import { type Env, NOBODY, type NodeId, STREAM } from '../../engine/model.ts';
import { ALIVE, DEAD, LEFT, type Members, SUSPECT } from './members.ts';
import {
  CONNECT,
  type MemberlistMessage,
  type News,
  NO_NEWS,
  PULL,
  PUSH,
  TABLE_WORDS,
} from './messages.ts';
import type { Settings } from './options.ts';
import type { Packets } from './packets.ts';
import type { Rules } from './rules.ts';
import { pushPullAfter } from './scaling.ts';
import { SYNC, SYNC_TIMEOUT, tagOf } from './timers.ts';

export interface ExchangeParts {
  readonly env: Env<MemberlistMessage>;
  readonly settings: Settings;
  readonly members: Members;
  readonly packets: Packets;
  readonly rules: Rules;
  readonly nextSeq: (node: NodeId) => number;
}

export class Exchanges {
  readonly #parts: ExchangeParts;
  readonly #seq: Int32Array; // [node] of its own exchange under way; -1: none
  readonly #isJoining: Uint8Array; // [node] 1 until it has merged a first table
  readonly #joinSeq: Int32Array; // [node]

  constructor(parts: ExchangeParts) {
    const { n } = parts.env;
    this.#parts = parts;
    this.#seq = new Int32Array(n).fill(-1);
    this.#isJoining = new Uint8Array(n);
    this.#joinSeq = new Int32Array(n).fill(-1);
  }

  /** The first exchange comes after a random part of an interval and a whole one; in a cluster long up, the part will do. */
  start(node: NodeId, isSettled: boolean): void {
    const { env, settings } = this.#parts;
    this.#seq[node] = -1;
    this.#isJoining[node] = Number(!isSettled);
    if (settings.pushPullInterval > 0) {
      const stagger = isSettled
        ? env.draw(node) * this.#interval(node)
        : env.draw(node) * settings.pushPullInterval + this.#interval(node);
      env.at(node, env.now() + Math.floor(stagger), tagOf(SYNC));
    }
    if (!isSettled) this.#join(node);
  }

  /** It is time for an exchange. */
  sync(node: NodeId): void {
    const { members } = this.#parts;
    const chosen = members.choose(node, 1, NOBODY);
    if (members.found === 0) this.#rest(node);
    else {
      this.#seq[node] = this.#parts.nextSeq(node);
      this.#call(node, chosen[0], this.#seq[node]);
    }
  }

  timedOut(node: NodeId, seq: number): void {
    if (this.#isJoining[node] === 1 && seq === this.#joinSeq[node]) this.#join(node);
    else if (seq === this.#seq[node]) this.#rest(node);
  }

  accepted(node: NodeId, from: NodeId, seq: number): void {
    if (seq !== this.#seq[node] && seq !== this.#joinSeq[node]) return;
    this.#sendTable(node, from, PUSH, seq);
  }

  pushed(node: NodeId, from: NodeId, { seq, table }: MemberlistMessage): void {
    this.#sendTable(node, from, PULL, seq);
    this.#merge(node, table!);
  }

  pulled(node: NodeId, { seq, table }: MemberlistMessage): void {
    const isJoin = seq === this.#joinSeq[node] && this.#isJoining[node] === 1;
    if (!isJoin && seq !== this.#seq[node]) return; // its connection has timed out
    this.#merge(node, table!);
    if (isJoin) this.#isJoining[node] = 0;
    else this.#rest(node);
  }

  #join(node: NodeId): void {
    const { env, nextSeq } = this.#parts;
    this.#joinSeq[node] = nextSeq(node);
    this.#call(node, env.peer(node), this.#joinSeq[node]);
  }

  #call(node: NodeId, to: NodeId, seq: number): void {
    const { env, settings, packets } = this.#parts;
    env.at(node, env.now() + settings.tcpTimeout, tagOf(SYNC_TIMEOUT, seq));
    packets.sendWith(node, to, { kind: CONNECT, seq, target: PUSH, news: NO_NEWS }, STREAM);
  }

  /** The exchange is over: the next comes an interval later. */
  #rest(node: NodeId): void {
    const { env } = this.#parts;
    this.#seq[node] = -1;
    env.at(node, env.now() + this.#interval(node), tagOf(SYNC));
  }

  #interval(node: NodeId): number {
    const { settings, members } = this.#parts;
    return pushPullAfter(settings.pushPullInterval, members.count[node]);
  }

  #sendTable(node: NodeId, to: NodeId, kind: number, seq: number): void {
    const { members, packets } = this.#parts;
    const table = new Int32Array(members.count[node] * TABLE_WORDS);
    for (let place = 0, i = 0; place < members.count[node]; place++) {
      const subject = members.at(node, place);
      table[i++] = subject;
      table[i++] = members.status(node, subject);
      table[i++] = members.incarnation(node, subject);
    }
    packets.sendWith(node, to, { kind, seq, target: NOBODY, news: NO_NEWS, table }, STREAM);
  }

  #merge(node: NodeId, table: Int32Array): void {
    const { rules } = this.#parts;
    for (let i = 0; i < table.length; i += TABLE_WORDS) {
      rules.apply(node, newsOf(node, table[i], table[i + 1], table[i + 2]));
    }
  }
}

/** What an entry of another's table is to its reader. */
export function newsOf(reader: NodeId, subject: NodeId, status: number, incarnation: number): News {
  if (status === ALIVE) return { status, subject, incarnation, from: subject };
  if (status === LEFT) return { status: DEAD, subject, incarnation, from: subject };
  return { status: SUSPECT, subject, incarnation, from: reader };
}
