/**
 * The condition that each node is in - up, down, paused, slow - and what becomes of what is due at a node that is not
 * simply up: it is lost, or waits. The run asks one thing per event, `isUp(node)`; all else is here.
 */
import { assert } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Agenda } from './agenda.ts';
import { OBJECT, RESUME, ROUND, TIMER } from './events.ts';
import type { FaultKind, NodeId, Observer, Pause, Slowness, Streams } from './model.ts';
import { Servers } from './servers.ts';
import { Waiting } from './waiting.ts';

export const UP = 0;
const DOWN = 1;
const PAUSED = 2;
const SLOW = 4;

/** What the run does at a node's turn. */
export interface Stage {
  start(node: NodeId): void;
  /** @param due when the event came due: now, unless it has waited. */
  act(kind: number, node: NodeId, from: number, word: number, due: Micros): void;
  /** A message is dead. */
  drop(kind: number, node: NodeId, from: number, word: number): void;
}

export interface ConditionOptions {
  readonly streams: Streams;
  readonly agenda: Agenda;
  readonly observers: readonly Observer<never>[];
  readonly stage: Stage;
}

export class Condition {
  readonly of: Uint8Array; // [node] UP, or a sum of DOWN, PAUSED, SLOW
  readonly life: Int32Array; // [node] how often it has restarted; an event of an earlier life is stale
  #calm = true; // until something happens to any node: the two columns are all zero, and need not be read
  readonly #streams: Streams;
  readonly #agenda: Agenda;
  readonly #observers: readonly Observer<never>[];
  readonly #stage: Stage;
  #backlog: Waiting | undefined; // what waits for the end of a pause; undefined before the first pause
  #until: Float64Array | undefined; // [node] when its last pause ends
  #servers: Servers | undefined; // undefined before a node is slow

  constructor({ streams, agenda, observers, stage }: ConditionOptions) {
    this.of = new Uint8Array(streams.n);
    this.life = new Int32Array(streams.n);
    this.#streams = streams;
    this.#agenda = agenda;
    this.#observers = observers;
    this.#stage = stage;
  }

  /** Simply up: what is due there happens. */
  isUp(node: NodeId): boolean {
    return this.#calm || this.of[node] === UP;
  }

  lifeOf(node: NodeId): number {
    return this.#calm ? 0 : this.life[node];
  }

  isDown(node: NodeId): boolean {
    return (this.of[node] & DOWN) !== 0;
  }

  /** Messages that wait at the node. */
  waiting(node: NodeId): number {
    return (this.#backlog?.messages[node] ?? 0) + (this.#servers?.queue.messages[node] ?? 0);
  }

  // ---- what is due ----

  /** An event of the node itself is due, and the node is not simply up. */
  meet(now: Micros, kind: number, node: NodeId, from: number, word: number): void {
    if (this.isDown(node)) {
      if (kind <= OBJECT) this.#stage.drop(kind, node, from, word);
      return;
    }
    if ((kind === ROUND || kind === TIMER) && this.life[node] !== from) return;
    if ((this.of[node] & PAUSED) !== 0) this.#backlog!.add(node, kind, from, word, now);
    else if (this.#servers!.takes(node, kind)) {
      this.#servers!.enqueue(now, node, kind, from, word, now);
    } else {
      this.#stage.act(kind, node, from, word, now);
      return;
    }
    if (kind > OBJECT) return;
    for (const observer of this.#observers) observer.onWait?.(now, node, this.waiting(node));
  }

  // ---- crash and restart ----

  absent(node: NodeId): void {
    this.#calm = false;
    this.of[node] |= DOWN;
    this.#tell(0, node, 'absent');
  }

  crash(now: Micros, node: NodeId): void {
    if (this.isDown(node)) return; // it is so already
    this.#calm = false;
    this.of[node] = (this.of[node] & SLOW) | DOWN;
    this.#tell(now, node, 'crash');
    this.#servers?.abandon(node);
    this.#discard(this.#servers?.queue, node);
    this.#discard(this.#backlog, node);
    if (this.#servers?.isNeeded(node) === false) this.of[node] &= ~SLOW;
  }

  restart(now: Micros, node: NodeId): void {
    if (!this.isDown(node)) return; // it is so already
    this.of[node] &= ~DOWN;
    this.life[node]++;
    this.#tell(now, node, 'restart');
    this.#stage.start(node);
  }

  // ---- pauses ----

  /** Overlapping pauses combine: the last end counts. A node that is down has nothing to pause. */
  pause(now: Micros, node: NodeId, { untilMs }: Pause): void {
    if (this.isDown(node)) return;
    this.#backlog ??= new Waiting(this.of.length);
    this.#until ??= new Float64Array(this.of.length);
    const until = micros(untilMs);
    const already = (this.of[node] & PAUSED) !== 0;
    if (already && this.#until[node] >= until) return;
    this.#until[node] = until;
    this.#agenda.schedule(until, RESUME, node, 0, 0);
    if (already) return;
    this.#calm = false;
    this.of[node] |= PAUSED;
    this.#tell(now, node, 'pause');
    this.#servers?.interrupt(now, node);
  }

  resume(now: Micros, node: NodeId): void {
    if ((this.of[node] & PAUSED) === 0 || this.#until![node] !== now) return; // a longer pause, or a crash
    this.of[node] &= ~PAUSED;
    this.#tell(now, node, 'resume');
    this.#servers?.proceed(now, node);
    const backlog = this.#backlog!;
    while (backlog.take(node)) {
      const { kind, from, word, due } = backlog;
      const queues = (this.of[node] & SLOW) !== 0 && this.#servers!.takes(node, kind);
      if (queues) this.#servers!.enqueue(now, node, kind, from, word, due);
      else this.#release(now, backlog, node);
    }
  }

  // ---- slow nodes ----

  slow(now: Micros, node: NodeId, slowness: Slowness): void {
    const streams = this.#streams;
    this.#calm = false;
    this.#servers ??= new Servers(streams.n, this.#agenda, streams.stream('service'));
    this.#servers.set(node, slowness);
    if (this.#servers.isNeeded(node)) this.of[node] |= SLOW;
    else this.of[node] &= ~SLOW;
    this.#tell(now, node, 'slow');
  }

  served(now: Micros, node: NodeId, service: number): void {
    const servers = this.#servers!;
    if (!servers.finish(now, node, service)) return;
    this.#release(now, servers.queue, node);
    // Slow no more: the rest happens at once.
    while (!servers.isSlow(node) && servers.queue.take(node)) {
      this.#release(now, servers.queue, node);
    }
    if (!servers.isNeeded(node)) this.of[node] &= ~SLOW;
  }

  // ---- the end ----

  /** Messages that wait anywhere. */
  count(): number {
    let messages = 0;
    for (let node = 0; node < this.of.length; node++) messages += this.waiting(node);
    return messages;
  }

  /** In checked mode, at the end: nothing waits where nothing makes it wait, and no server is idle without reason. */
  check(): void {
    for (let node = 0; node < this.of.length; node++) {
      const paused = (this.of[node] & PAUSED) !== 0;
      const held = this.#backlog !== undefined && !this.#backlog.isEmpty(node);
      assert(
        paused || !held,
        `something waits for the end of a pause at node ${node}, which is not paused`,
      );
      this.#servers?.check(node, paused);
    }
  }

  /** What has waited, and has just been taken out of `list`, happens. */
  #release(now: Micros, list: Waiting, node: NodeId): void {
    const { kind, from, word, due } = list;
    if (kind <= OBJECT) {
      const waiting = this.waiting(node);
      for (const observer of this.#observers) observer.onWaited?.(now, node, waiting, now - due);
    }
    this.#stage.act(kind, node, from, word, due);
  }

  #discard(list: Waiting | undefined, node: NodeId): void {
    while (list?.take(node)) {
      if (list.kind <= OBJECT) this.#stage.drop(list.kind, node, list.from, list.word);
    }
  }

  #tell(now: Micros, node: NodeId, kind: FaultKind): void {
    for (const observer of this.#observers) observer.onFault?.(now, node, kind);
  }
}
