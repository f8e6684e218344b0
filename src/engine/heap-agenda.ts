/**
 * The agenda on a heap, all in TypeScript: of runs where simultaneous events come in an order of chance, and of those for which
 * the machine has no room for a core (core/core.ts).
 */
import type { Stream } from '../base/stream.ts';
import { BEFORE, type Micros } from '../base/time.ts';
import { type Agenda, KIND_BITS, LATE, QUIET, refuse } from './agenda.ts';
import { EventHash } from './hash.ts';
import { HeapQueue } from './heap.ts';
import type { NodeId } from './model.ts';

export class HeapAgenda implements Agenda {
  time: Micros = BEFORE;
  node: NodeId = 0;
  from = 0;
  word = 0;
  readonly #queue: HeapQueue;
  readonly #hash = new EventHash();

  /** @param chance orders simultaneous events; absent: first scheduled, first served. */
  constructor(chance?: Stream) {
    this.time = 0;
    this.#queue = new HeapQueue(chance && (() => chance.draw(0)));
  }

  get hash(): readonly [number, number] {
    return this.#hash.words;
  }

  schedule(time: Micros, kind: number, node: NodeId, from: number, word: number): void {
    // Also false for NaN.
    const isDue = time >= this.time && time <= Number.MAX_SAFE_INTEGER;
    if (!isDue || Math.floor(time) !== time) refuse(this.time, time, kind);
    this.#queue.push(time, (node << KIND_BITS) | kind, from, word);
  }

  coming(): Micros {
    return this.#queue.size === 0 ? Infinity : this.#queue.first;
  }

  next(horizon: Micros): number {
    const queue = this.#queue;
    if (queue.size === 0) return QUIET;
    if (queue.first > horizon) return LATE;
    const what = queue.pop();
    const kind = what & ((1 << KIND_BITS) - 1);
    this.time = queue.time;
    this.node = what >> KIND_BITS;
    this.from = queue.from;
    this.word = queue.word;
    this.#hash.add(this.time, kind, this.node, this.word ^ Math.imul(this.from, 0x9e3779b1));
    return kind;
  }

  occurred(what: number, where: number, detail: number): void {
    this.#hash.add(this.time, what, where, detail);
  }
}
