/**
 * Slow nodes: one server each, first come, first served. A service begins when the one before it ends, or when
 * something comes to an idle server; what is served happens at the end of its service.
 */
import { assert } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Agenda } from './agenda.ts';
import { OBJECT, SERVED } from './events.ts';
import type { NodeId, Slowness } from './model.ts';
import { Waiting } from './waiting.ts';

const LONGEST_MS = 2 ** 52 / 1000; // a heavy tail ends beyond any horizon

export class Servers {
  readonly queue: Waiting; // what is being served is at its front
  readonly #agenda: Agenda;
  readonly #draws: Stream;
  readonly #slowness: (Slowness | undefined)[] = []; // [node]
  readonly #service: Int32Array; // [node] number of the present service; an end of another one is stale
  readonly #end: Float64Array; // [node] time at which the present service ends; NaN while none is under way
  readonly #left: Float64Array; // [node] what a pause has left of a service; NaN unless one was interrupted

  /** @param draws the service times, lane = node. */
  constructor(n: number, agenda: Agenda, draws: Stream) {
    this.queue = new Waiting(n);
    this.#agenda = agenda;
    this.#draws = draws;
    this.#service = new Int32Array(n);
    this.#end = new Float64Array(n).fill(NaN);
    this.#left = new Float64Array(n).fill(NaN);
  }

  set(node: NodeId, slowness: Slowness): void {
    this.#slowness[node] = slowness.serviceMs === 0 ? undefined : slowness;
  }

  isSlow(node: NodeId): boolean {
    return this.#slowness[node] !== undefined;
  }

  /** Does the node still serve one at a time? If it is slow no more, a service under way is still finished. */
  isNeeded(node: NodeId): boolean {
    return this.isSlow(node) || !this.queue.isEmpty(node);
  }

  /** Does an event of this kind wait its turn there? */
  takes(node: NodeId, kind: number): boolean {
    return kind <= OBJECT || this.#slowness[node]?.timers === 'shared';
  }

  enqueue(now: Micros, node: NodeId, kind: number, from: number, word: number, due: Micros): void {
    const idle = this.queue.isEmpty(node);
    this.queue.add(node, kind, from, word, due);
    if (idle) this.#begin(now, node);
  }

  /** A service ends: takes what was served out of the queue and begins the next. False if the end is stale. */
  finish(now: Micros, node: NodeId, service: number): boolean {
    if (service !== this.#service[node]) return false;
    assert(
      now === this.#end[node],
      `node ${node} ends a service at ${now}, not ${this.#end[node]}`,
    );
    this.#end[node] = NaN;
    this.queue.take(node);
    if (this.isSlow(node) && !this.queue.isEmpty(node)) this.#begin(now, node);
    return true;
  }

  /** A pause begins. */
  interrupt(now: Micros, node: NodeId): void {
    this.#left[node] = this.#end[node] - now;
    this.#end[node] = NaN;
    this.#service[node]++;
  }

  /** A pause ends: the service that it interrupted goes on. */
  proceed(now: Micros, node: NodeId): void {
    if (!Number.isNaN(this.#left[node])) this.#schedule(now, node, this.#left[node]);
    this.#left[node] = NaN;
  }

  /** A crash: whatever was under way ends for ever. */
  abandon(node: NodeId): void {
    this.#end[node] = NaN;
    this.#left[node] = NaN;
    this.#service[node]++;
  }

  /** In checked mode, at the end: a server is never idle while something waits. */
  check(node: NodeId, paused: boolean): void {
    const busy = !Number.isNaN(paused ? this.#left[node] : this.#end[node]);
    assert(busy === !this.queue.isEmpty(node), `the server of node ${node} is busy: ${busy}`);
  }

  #begin(now: Micros, node: NodeId): void {
    const { serviceMs } = this.#slowness[node]!;
    const ms = typeof serviceMs === 'number' ? serviceMs : serviceMs(this.#draws.draw(node));
    assert(ms >= 0, `a service at node ${node} takes ${ms} ms`); // also false for NaN
    this.#schedule(now, node, micros(Math.min(ms, LONGEST_MS)));
  }

  #schedule(now: Micros, node: NodeId, lasts: Micros): void {
    this.#end[node] = now + lasts;
    this.#agenda.schedule(now + lasts, SERVED, node, ++this.#service[node], 0);
  }
}
