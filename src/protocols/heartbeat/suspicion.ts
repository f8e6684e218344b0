/**
 * When a member is suspected, and when it is forgotten: T_fail and T_cleanup after its last news (van Renesse, Minsky,
 * Hayden 1998), or, for suspicion, when a detector says so. Judged at the node's own rounds, as a process
 * that wakes up once a period does, or at the exact time, by timers.
 * With a detector, who was never heard is never suspected, only forgotten.
 */
import type { Micros } from '../../base/time.ts';
import { type Detector, type DetectorFactory, suspects } from '../../detectors/model.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import type { HeartbeatTable } from '../../kernel/index.ts';
import type { LocalTime } from './local-time.ts';
import type { Listener, Members } from './members.ts';

export interface SuspicionOptions {
  readonly fail: Micros;
  readonly cleanup: Micros;
  /** At the node's rounds, or at the exact time. */
  readonly judged: 'at-rounds' | 'exact';
  readonly detector?: DetectorFactory;
  readonly level?: number;
}

/** The tag of its timers. */
export const JUDGE = 0;

export class Suspicion {
  readonly #env: Env<number>;
  readonly #table: HeartbeatTable;
  readonly #members: Members;
  readonly #time: LocalTime;
  readonly #fail: Micros;
  readonly #cleanup: Micros;
  readonly #exact: boolean;
  readonly #detector: Detector | undefined;
  readonly #level: number;
  readonly #wakesAt: Float64Array; // [node] us, simulated; earlier timers are stale; Infinity = it has none

  constructor(
    env: Env<number>,
    table: HeartbeatTable,
    members: Members,
    time: LocalTime,
    options: SuspicionOptions,
  ) {
    this.#env = env;
    this.#table = table;
    this.#members = members;
    this.#time = time;
    this.#fail = options.fail;
    this.#cleanup = options.cleanup;
    this.#exact = options.judged === 'exact';
    this.#detector = options.detector?.(env.n ** 2);
    this.#level = options.level ?? this.#detector?.defaultLevel ?? 0;
    this.#wakesAt = new Float64Array(env.n).fill(Infinity);
  }

  /** What it wants to be told of the merges; undefined: nothing. */
  get listener(): Listener | undefined {
    return this.#detector && this.#heard;
  }

  start(node: NodeId): void {
    if (this.#detector !== undefined) {
      for (let s = 0; s < this.#env.n; s++) this.#detector.forget(this.#pair(node, s));
    }
    this.#wakesAt[node] = Infinity;
    if (this.#exact) this.#wake(node);
  }

  onRound(node: NodeId): void {
    if (this.#exact) return;
    if (this.#detector === undefined) this.#scan(node);
    else this.#judge(node);
  }

  onTimer(node: NodeId): void {
    if (this.#env.now() >= this.#wakesAt[node]) this.#wake(node); // later after a pause
  }

  readonly #heard: Listener = (node, subject, now, life) => {
    const detector = this.#detector!;
    const pair = this.#pair(node, subject);
    if (life) detector.forget(pair); // its heartbeats count from 0 again
    detector.heard(pair, now, this.#table.heartbeat(node, subject));
    if (this.#exact) this.#wakeBy(node, this.#due(node, subject), now);
  };

  /** Fixed times: the table knows who is that old. */
  #scan(node: NodeId): void {
    const table = this.#table;
    const now = this.#time(node);
    // "For T_fail" has been reached when news is not less old than that.
    const failed = table.scan(node, now, this.#fail - 1);
    if (failed === 0) return;
    for (let i = 0; i < failed; i++) this.#members.suspect(node, table.listed[i]);
    const gone = table.scan(node, now, this.#cleanup - 1);
    for (let i = 0; i < gone; i++) this.#forget(node, table.listed[i]);
  }

  /** Judges every member; returns when the next judgement is due if nothing more is heard. */
  #judge(node: NodeId): Micros {
    const now = this.#time(node);
    let next = now + this.#fail; // who is not known yet will not be suspected before, but for a detector
    for (let subject = 0; subject < this.#env.n; subject++) {
      if (subject === node || !this.#table.knows(node, subject)) continue;
      if (this.#isSuspect(node, subject, now)) this.#members.suspect(node, subject);
      const gone = this.#table.news(node, subject) + this.#cleanup;
      if (gone <= now) this.#forget(node, subject);
      else next = Math.min(next, gone, this.#due(node, subject));
    }
    return next;
  }

  #isSuspect(node: NodeId, subject: NodeId, now: Micros): boolean {
    const detector = this.#detector;
    if (detector === undefined) return now - this.#table.news(node, subject) >= this.#fail;
    const suspicion = detector.suspicion(this.#pair(node, subject), now);
    return suspects(detector, suspicion, this.#level);
  }

  /** When it will be suspected; Infinity if it is already. */
  #due(node: NodeId, subject: NodeId): Micros {
    if (this.#members.suspects(node, subject)) return Infinity;
    const detector = this.#detector;
    if (detector === undefined) return this.#table.news(node, subject) + this.#fail;
    return detector.expiry(this.#pair(node, subject), this.#level);
  }

  #forget(node: NodeId, subject: NodeId): void {
    this.#detector?.forget(this.#pair(node, subject));
    this.#members.forget(node, subject);
  }

  #wake(node: NodeId): void {
    this.#wakesAt[node] = Infinity;
    this.#wakeBy(node, this.#judge(node), this.#time(node));
  }

  /** Sees that the node is awake at `due` by its own clock. */
  #wakeBy(node: NodeId, due: Micros, now: Micros): void {
    if (due === Infinity) return;
    const at = this.#env.now() + Math.max(1, due - now); // another rate of the clock: judged again, a bit later
    if (at >= this.#wakesAt[node]) return;
    this.#wakesAt[node] = at;
    this.#env.at(node, at, JUDGE);
  }

  #pair(node: NodeId, subject: NodeId): number {
    return node * this.#env.n + subject;
  }
}
