/** The facts of a run: counted, hashed, and told to the observers that ask for them. */
import type { Micros } from '../base/time.ts';
import { FactHash } from './hash.ts';
import { having } from './hooks.ts';
import { FACT_NAMES, type Fact, type ManyMarks, type NodeId, type Observer } from './model.ts';

export class Facts<M> {
  readonly count = new Float64Array(FACT_NAMES.length); // [fact] how often it was emitted
  /** Set by every fact; taken back by who has seen to it. */
  changed = false;
  readonly #hash = new FactHash();
  readonly #onFact;
  readonly #onFacts;

  constructor(observers: readonly Observer<M>[]) {
    this.#onFact = having(observers, 'onFact');
    this.#onFacts = having(observers, 'onFacts');
  }

  /** The trace hash, with the two words of what has happened. */
  digest(events: readonly [number, number]): string {
    return this.#hash.digest(events);
  }

  /** Whether nobody must be told of first news when it happens, one by one. */
  get firstNewsMayBeLate(): boolean {
    return this.#onFact.every(({ skipsFirstNews }) => skipsFirstNews);
  }

  emit(now: Micros, fact: Fact, node: NodeId, about: number): void {
    this.count[fact]++;
    this.changed = true;
    this.#hash.addFact(now, fact, node, about);
    const onFact = this.#onFact;
    for (let i = 0; i < onFact.length; i++) onFact[i].onFact(now, fact, node, about);
    const onFacts = this.#onFacts;
    for (let i = 0; i < onFacts.length; i++) onFacts[i].onFacts(now, fact, node, 1);
  }

  /** Of a `time` that may be past. */
  emitMany(time: Micros, fact: Fact, node: NodeId, { count, first, second }: ManyMarks): void {
    this.count[fact] += count;
    this.#hash.addFacts(time, fact, node, first, second);
    for (const observer of this.#onFacts) observer.onFacts(time, fact, node, count);
  }
}
