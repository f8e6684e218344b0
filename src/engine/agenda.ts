/** What is going to happen: the events, in order. */
import type { Micros } from '../base/time.ts';
import { Ahead, MANY } from './ahead.ts';
import type { Core } from './core/core.ts';
import { OBJECT } from './events.ts';
import type { NodeId } from './model.ts';

export { LATE, QUIET } from './core/core.ts';

/** The first word of an event: the kind, and above it the 27 bits of the node. */
export const KIND_BITS = 4;

export interface Agenda {
  // The event that `next` took out last.
  readonly time: Micros;
  readonly node: NodeId;
  readonly from: number;
  readonly word: number;
  /** Whole microseconds, not before the event that was taken out last: the contract of links and timers. */
  schedule(time: Micros, kind: number, node: NodeId, from: number, word: number): void;
  /** When the next event comes; Infinity: none does. */
  coming(): Micros;
  /** Takes out the next event, into the fields and the trace hash, and returns its kind; or QUIET, or LATE: it is later than the horizon. */
  next(horizon: Micros): number;
  /** What is no event has happened now: into the trace hash. */
  occurred(what: number, where: number, detail: number): void;
  /** The two words of the trace hash of what has happened. */
  readonly hash: readonly [number, number];
}

/** The agenda of nearly all runs: first scheduled, first served among simultaneous events. */
export class CoreAgenda implements Agenda {
  node: NodeId = 0;
  from = 0;
  word = 0;
  readonly #core: Core;
  readonly #ahead: Ahead | undefined;

  constructor(core: Core, n: number) {
    this.#core = core;
    this.#ahead = n < MANY ? undefined : new Ahead(n, core.watch());
  }

  get time(): Micros {
    return this.#core.time;
  }

  get hash(): readonly [number, number] {
    return this.#core.hash;
  }

  schedule(time: Micros, kind: number, node: NodeId, from: number, word: number): void {
    const isDue = this.#core.schedule(time, (node << KIND_BITS) | kind, from, word) !== 0;
    if (!isDue) refuse(this.time, time, kind);
  }

  coming(): Micros {
    return this.#core.nextTime();
  }

  next(horizon: Micros): number {
    const core = this.#core;
    const what = core.next(horizon);
    if (what < 0) return what;
    this.node = what >> KIND_BITS;
    this.from = core.from;
    this.word = core.word;
    if (this.#ahead !== undefined) this.#ahead.look(core.takeComing());
    return what & ((1 << KIND_BITS) - 1);
  }

  occurred(what: number, where: number, detail: number): void {
    this.#core.occurred(this.time, what, where, detail);
  }

  /** A large run reads the column ahead of time. */
  readAhead(column: ArrayBufferView): void {
    this.#ahead?.add(column);
  }
}

/** Empties the agenda and counts the messages in it. */
export function countMessages(agenda: Agenda): number {
  let messages = 0;
  for (;;) {
    const kind = agenda.next(Infinity);
    if (kind < 0) return messages;
    if (kind <= OBJECT) messages++;
  }
}

export function refuse(now: Micros, time: Micros, kind: number): never {
  throw new Error(`BUG: event of kind ${kind} scheduled at ${time}, now is ${now}`);
}
