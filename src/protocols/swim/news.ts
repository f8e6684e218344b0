/**
 * News of members: what a member makes of it, as facts, and how it passes it on: with its messages (infection), or, if it
 * is the first to know, to all at once (multicast). Source: Das, Gupta, Motivala 2002, sections 3.2, 4.1 and 4.2.
 */
import {
  type Env,
  FORGOTTEN,
  JOINED,
  type NodeId,
  SUSPECTED,
  TRUSTED,
} from '../../engine/model.ts';
import { ALIVE, FAILED, type Members, refuting, type Status, SUSPECT } from './members.ts';
import { NO_UPDATES, type SwimMessage, UPDATE_WORDS } from './messages.ts';
import type { Settings } from './options.ts';
import { Suspicions } from './suspicions.ts';
import { logarithmic, Updates } from './updates.ts';

export class News {
  readonly #env: Env<SwimMessage>;
  readonly #settings: Settings;
  readonly #members: Members;
  readonly #updates: Updates;
  readonly #suspicions: Suspicions;
  readonly #multicast: (node: NodeId, updates: Int32Array) => void;

  constructor(
    env: Env<SwimMessage>,
    settings: Settings,
    members: Members,
    multicast: (node: NodeId, updates: Int32Array) => void,
  ) {
    this.#env = env;
    this.#settings = settings;
    this.#members = members;
    this.#updates = new Updates(env.n, settings.updatesPerMessage);
    this.#suspicions = new Suspicions(env.n);
    this.#multicast = multicast;
  }

  clear(node: NodeId): void {
    this.#updates.clear(node);
    this.#suspicions.clear(node);
  }

  /** The member has not answered a ping, nor the pings of others. */
  unanswered(node: NodeId, subject: NodeId, period: number): void {
    const incarnation = this.#members.incarnation(node, subject);
    const status = this.#settings.suspects ? SUSPECT : FAILED;
    if (!this.#members.isNews(node, subject, status, incarnation)) return; // suspected already
    this.#take(node, subject, status, incarnation, period);
    this.tell(node, subject);
  }

  /** Suspicions that nobody has refuted in time: the members have failed. */
  confirm(node: NodeId, period: number): void {
    for (const { subject, incarnation } of this.#suspicions.over(node, period)) {
      if (this.#members.status(node, subject) !== SUSPECT) continue;
      if (this.#members.incarnation(node, subject) !== incarnation) continue;
      this.#take(node, subject, FAILED, incarnation, period);
      this.tell(node, subject);
    }
  }

  /** Updates of another: what is news is believed and passed on. A suspicion's whole periods count from the next one. */
  hear(node: NodeId, updates: Int32Array, period: number): void {
    for (let i = 0; i < updates.length; i += UPDATE_WORDS) {
      const subject = updates[i];
      const status = updates[i + 1];
      const incarnation = updates[i + 2];
      if (subject === node) this.#hearOfItself(node, status, incarnation);
      else if (this.#members.isNews(node, subject, status, incarnation)) {
        this.#take(node, subject, status, incarnation, period + 1);
      }
    }
  }

  /** Where news is multicast: tells all of what this member is the first to know. */
  tell(node: NodeId, subject: NodeId): void {
    if (!this.#settings.infects) this.#multicast(node, this.of(node, [subject]));
  }

  /** What rides on the next message. */
  piggyback(node: NodeId): Int32Array {
    if (!this.#settings.infects) return NO_UPDATES;
    const limit = logarithmic(this.#settings.lambda, this.#members.count[node]);
    return this.of(node, this.#updates.take(node, limit));
  }

  /** What the member holds of these. */
  of(node: NodeId, subjects: readonly NodeId[]): Int32Array {
    if (subjects.length === 0) return NO_UPDATES;
    const updates = new Int32Array(subjects.length * UPDATE_WORDS);
    let i = 0;
    for (const subject of subjects) {
      updates[i++] = subject;
      updates[i++] = this.#members.status(node, subject);
      updates[i++] = this.#members.incarnation(node, subject);
    }
    return updates;
  }

  #take(node: NodeId, subject: NodeId, status: Status, incarnation: number, period: number): void {
    const members = this.#members;
    const before = members.status(node, subject);
    const isNew = members.isNewLife(node, subject, incarnation);
    members.set(node, subject, status, incarnation);
    if (this.#settings.infects) this.#updates.add(node, subject);
    const wasSuspect = before === SUSPECT;
    if (wasSuspect && (status === ALIVE || isNew)) this.#env.emit(TRUSTED, node, subject);
    if (isNew) this.#env.emit(JOINED, node, subject);
    if (status !== ALIVE && (isNew || !wasSuspect)) this.#env.emit(SUSPECTED, node, subject);
    if (status === FAILED) this.#env.emit(FORGOTTEN, node, subject);
    if (status === SUSPECT) {
      const { suspicionPeriods, lambda } = this.#settings;
      const periods = suspicionPeriods ?? logarithmic(lambda, members.count[node]);
      this.#suspicions.begin(node, subject, incarnation, period + periods);
    }
  }

  /** A member refutes a suspicion of its present incarnation by a higher one. */
  #hearOfItself(node: NodeId, status: Status, incarnation: number): void {
    const own = this.#members.incarnation(node, node);
    if (status !== SUSPECT || incarnation < own) return;
    this.#members.set(node, node, ALIVE, refuting(own));
    if (this.#settings.infects) this.#updates.add(node, node);
    this.tell(node, node);
  }
}
