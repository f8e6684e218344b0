/**
 * A run, written down: whatever happened, in order, each with what it came of. A message heard came of its sending, a
 * message sent of what its sender was doing just then: a round, a message heard, a timer; a timer of what set it. So the
 * causes of anything are a chain (Lamport's happened-before, CACM 21(7), 1978, without what merely came earlier at a node).
 */
import { type Micros, millis } from '../../base/time.ts';
import type { NodeId, Observer, Outcome, Scenario } from '../../engine/model.ts';
import { simulate } from '../../engine/simulate.ts';
import { Columns } from './columns.ts';
import {
  type Chronicle,
  FACT,
  FAULT,
  FAULTS,
  HANDED,
  HEARD,
  MISSED,
  NO_CAUSE,
  ROUND,
  SENT,
  STARTED,
  TIMED,
  type What,
} from './model.ts';
import { UnderWay } from './under-way.ts';
import { type Watcher, watched } from './watched.ts';

/** How messages are put into words, and how much is written down at most. */
export interface ChronicleOptions<M> {
  /** A message in words, of which the first is its kind; default: as JSON. */
  readonly words?: (message: M) => string;
  /** Happenings; a run with more ends with a UserError. Default 20 million, some 900 MB. */
  readonly most?: number;
}

/** The outcome of a run, and its chronicle. */
export interface Chronicled {
  readonly outcome: Outcome;
  readonly chronicle: Chronicle;
}

/** Runs the scenario, observers and all. The outcome is that of `simulate`: to be watched changes nothing. */
export function chronicle<M>(scenario: Scenario<M>, options: ChronicleOptions<M> = {}): Chronicled {
  const { words = (message: M) => JSON.stringify(message), most = 20_000_000 } = options;
  const scribe = new Scribe<M>(words, most);
  const outcome = simulate({
    ...scenario,
    protocol: watched(scenario.protocol, scribe.watcher),
    observers: [...(scenario.observers ?? []), scribe.observer],
  });
  return { outcome, chronicle: { n: scenario.n, end: outcome.end, ...scribe.close() } };
}

class Scribe<M> {
  readonly #say: (message: M) => string;
  readonly #columns: Columns;
  readonly #words = new Map<string, number>();
  readonly #messages = new UnderWay();
  readonly #timers = new UnderWay();
  readonly #restarts = new Map<NodeId, number>();
  readonly #lives = new Map<NodeId, number>(); // timers of an earlier life never go off
  #now: Micros = 0;
  #doing = NO_CAUSE; // what the node whose turn it is reacts to

  constructor(say: (message: M) => string, most: number) {
    this.#say = say;
    this.#columns = new Columns(most);
  }

  readonly watcher: Watcher = {
    started: (node) => {
      this.#lives.set(node, (this.#lives.get(node) ?? 0) + 1);
      const restart = this.#restarts.get(node) ?? NO_CAUSE;
      this.#doing = this.#add(this.#now, STARTED, node, -1, 0, restart);
    },
    done: () => {
      this.#doing = NO_CAUSE;
    },
    armed: (node, time, tag) => this.#timers.add(this.#timer(node, tag), time, this.#doing),
  };

  readonly observer: Observer<M> = {
    onInput: (now, node, input) => this.#begin(now, HANDED, node, -1, input, NO_CAUSE),
    onRound: (now, node) => this.#begin(now, ROUND, node, -1, 0, NO_CAUSE),
    onTimer: (now, node, tag) =>
      this.#begin(now, TIMED, node, -1, tag, this.#timers.take(this.#timer(node, tag)) ?? NO_CAUSE),
    onSend: (now, from, to, message, bytes, delay) => {
      const word = this.#word(message);
      const sent = this.#add(now, SENT, from, to, word, this.#doing);
      this.#columns.carry(sent, bytes, now + delay);
      if (delay !== Infinity) this.#messages.add(`${from} ${to} ${word}`, now + delay, sent);
    },
    onMessage: (now, node, from, message) => this.#arrive(now, HEARD, node, from, message),
    onDead: (now, node, from, message) => this.#arrive(now, MISSED, node, from, message),
    onFact: (now, fact, node, about) => this.#add(now, FACT, node, about, fact, this.#doing),
    onFault: (now, node, kind) => {
      const fault = this.#add(now, FAULT, node, -1, FAULTS.indexOf(kind), NO_CAUSE);
      if (kind === 'restart') this.#restarts.set(node, fault);
    },
  };

  close(): Omit<Chronicle, 'n' | 'end'> {
    return { ...this.#columns.close(), words: [...this.#words.keys()] };
  }

  #arrive(now: Micros, what: What, node: NodeId, from: NodeId, message: M): void {
    const word = this.#word(message);
    const sent = this.#messages.take(`${from} ${node} ${word}`);
    if (sent === undefined) {
      throw new Error(`BUG: node ${node} hears at ${millis(now)} ms what ${from} has not sent`);
    }
    const i = this.#add(now, what, node, from, word, sent);
    if (what === HEARD) this.#doing = i;
  }

  #timer(node: NodeId, tag: number): string {
    return `${node} ${this.#lives.get(node)} ${tag}`;
  }

  #begin(now: Micros, what: What, node: NodeId, other: NodeId, word: number, cause: number): void {
    this.#doing = this.#add(now, what, node, other, word, cause);
  }

  #add(now: Micros, what: What, node: NodeId, other: number, word: number, cause: number): number {
    this.#now = now;
    return this.#columns.add(now, { what, node, other, word, cause });
  }

  #word(message: M): number {
    const said = this.#say(message);
    const known = this.#words.get(said);
    if (known !== undefined) return known;
    this.#words.set(said, this.#words.size);
    return this.#words.size - 1;
  }
}
