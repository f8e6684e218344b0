/**
 * What a member makes of news: alive(m, i) needs an incarnation above the known one, suspect(m, i) and dead(m, i) one that is
 * not below it. Whatever is believed is passed on; only the member itself raises its incarnation, to refute.
 * Source: memberlist, state.go (aliveNode, suspectNode, deadNode, refute).
 */
import {
  DIED,
  type Env,
  FORGOTTEN,
  JOINED,
  type NodeId,
  SUSPECTED,
  TRUSTED,
} from '../../engine/model.ts';
import { addressOf, type Broadcasts } from './broadcasts.ts';
import type { Health } from './health.ts';
import { ALIVE, DEAD, LEFT, type Members, type Status, SUSPECT, UNKNOWN } from './members.ts';
import type { MemberlistMessage, News } from './messages.ts';
import type { Settings } from './options.ts';
import { shortestSuspicion } from './scaling.ts';
import { confirm, confirmations, type Suspicion, type Suspicions } from './suspicions.ts';
import { SUSPICION_END, tagOf } from './timers.ts';
import type { Updates } from './updates.ts';

export interface Parts {
  readonly env: Env<MemberlistMessage>;
  readonly settings: Settings;
  readonly members: Members;
  readonly broadcasts: Broadcasts;
  readonly health: Health;
  readonly suspicions: Suspicions;
  readonly updates: Updates;
}

export class Rules {
  readonly #parts: Parts;
  readonly #leaving: Uint8Array; // [node] 1 from its call of Leave on

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#leaving = new Uint8Array(parts.env.n);
  }

  /** A new life: it knows itself, and says so. */
  start(node: NodeId): void {
    const { members } = this.#parts;
    this.#leaving[node] = 0;
    members.add(node, node);
    this.#say(node, { status: ALIVE, subject: node, incarnation: 1, from: node });
  }

  apply(node: NodeId, news: News): void {
    if (news.status === ALIVE) this.#alive(node, news);
    else if (news.status === SUSPECT) this.suspect(node, news);
    else this.#dead(node, news);
  }

  suspect(node: NodeId, news: News): void {
    const { members, suspicions, env, broadcasts } = this.#parts;
    const { subject, incarnation, from } = news;
    const status = members.status(node, subject);
    if (status === UNKNOWN || incarnation < members.incarnation(node, subject)) return;
    const running = suspicions.of(node, subject);
    if (running !== undefined) {
      const before = running.end;
      if (!confirm(running, from, env.now())) return;
      broadcasts.queue(node, subject, news);
      if (running.end !== before) env.at(node, running.end, tagOf(SUSPICION_END, subject));
      return;
    }
    if (status !== ALIVE) return;
    if (subject === node) {
      this.#refute(node, news);
      return;
    }
    broadcasts.queue(node, subject, news);
    members.set(node, subject, SUSPECT, incarnation);
    env.emit(SUSPECTED, node, subject);
    this.#beginSuspicion(node, subject, from);
  }

  /** A suspicion may have run out. */
  expire(node: NodeId, subject: NodeId): void {
    const { env, members, suspicions, settings } = this.#parts;
    const running = suspicions.of(node, subject);
    if (running === undefined || running.end !== env.now()) return;
    settings.watch.expired?.(node, subject, confirmations(running), env.now());
    const incarnation = members.incarnation(node, subject);
    this.#dead(node, { status: DEAD, subject, incarnation, from: node });
  }

  /** Its metadata changes: an input. Who leaves has nothing more to say. */
  update(node: NodeId, input: number): void {
    if (this.#leaving[node] === 1) return;
    const incarnation = this.#parts.members.incarnation(node, node) + 1;
    this.#parts.updates.add(node, incarnation, input);
    this.#say(node, { status: ALIVE, subject: node, incarnation, from: node });
  }

  leave(node: NodeId): void {
    if (this.#leaving[node] === 1) return;
    this.#leaving[node] = 1;
    const incarnation = this.#parts.members.incarnation(node, node);
    this.#dead(node, { status: DEAD, subject: node, incarnation, from: node });
  }

  #alive(node: NodeId, news: News): void {
    const { members, suspicions, broadcasts, env, updates } = this.#parts;
    const { subject, incarnation } = news;
    if (subject === node) {
      const isNews = incarnation > members.incarnation(node, node);
      if (isNews && this.#leaving[node] === 0) this.#refute(node, news);
      return;
    }
    const before = members.status(node, subject);
    if (before === UNKNOWN) members.add(node, subject);
    else if (incarnation <= members.incarnation(node, subject)) return;
    suspicions.end(node, subject);
    broadcasts.queue(node, subject, news);
    members.set(node, subject, ALIVE, incarnation);
    if (before === UNKNOWN || before === LEFT) env.emit(JOINED, node, subject);
    else if (before !== ALIVE) env.emit(TRUSTED, node, subject);
    updates.heard(node, subject, incarnation);
  }

  #dead(node: NodeId, news: News): void {
    const { members, suspicions, broadcasts, env } = this.#parts;
    const { subject, incarnation, from } = news;
    const before: Status = members.status(node, subject);
    if (before === UNKNOWN || incarnation < members.incarnation(node, subject)) return;
    suspicions.end(node, subject);
    if (before === DEAD || before === LEFT) return;
    if (subject === node && this.#leaving[node] === 0) {
      this.#refute(node, news);
      return;
    }
    broadcasts.queue(node, subject, news);
    members.set(node, subject, from === subject ? LEFT : DEAD, incarnation);
    if (subject !== node) env.emit(from === subject ? FORGOTTEN : DIED, node, subject);
  }

  #beginSuspicion(node: NodeId, subject: NodeId, from: NodeId): void {
    const { env, members, settings, suspicions } = this.#parts;
    const { suspicionMult, suspicionMaxMult, probeInterval, confirmations: k } = settings;
    const n = members.count[node];
    const min = shortestSuspicion(suspicionMult, n, probeInterval);
    const begun: Suspicion = suspicions.begin(node, subject, {
      start: env.now(),
      min,
      max: Math.round(suspicionMaxMult * min),
      k: n - 2 < k ? 0 : k,
      accusers: [from],
    });
    env.at(node, begun.end, tagOf(SUSPICION_END, subject));
  }

  /** In an incarnation above its own and the one in which it is accused. */
  #refute(node: NodeId, { incarnation: accused, status }: News): void {
    const { env, members, health, broadcasts, settings } = this.#parts;
    const incarnation = Math.max(members.incarnation(node, node), accused) + 1;
    members.set(node, node, ALIVE, incarnation);
    health.change(node, 1, env.now());
    settings.watch.refuted?.(node, status, env.now());
    const news = { status: ALIVE, subject: node, incarnation, from: node };
    broadcasts.queue(node, addressOf(node), news);
  }

  /** What it says of itself of its own accord. */
  #say(node: NodeId, news: News): void {
    this.#parts.members.set(node, node, ALIVE, news.incarnation);
    this.#parts.broadcasts.queue(node, node, news);
  }
}
