/**
 * One run: the loop that takes events in order and lets the protocol react, and the environment that the protocol acts
 * through. The rules (order of simultaneous events, crash semantics, streams) are told in docs/mechanisms.md.
 */
import { assert, UserError } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { Agenda } from './agenda.ts';
import { Beat } from './beat.ts';
import { CRASH, FACT, INPUT, MESSAGE, OBJECT, RESTART, ROUND, TIMER } from './events.ts';
import { TraceHash } from './hash.ts';
import {
  type Env,
  FACT_NAMES,
  type Fact,
  NOBODY,
  type NodeId,
  type Observer,
  type Outcome,
  type Protocol,
  type Scenario,
} from './model.ts';
import { Partners } from './partners.ts';
import { Post } from './post.ts';
import { streamsOf } from './streams.ts';

/** Events per node at one instant, beside the first million: more is an answer to an answer, without delay, for ever. */
const MOST_AT_ONCE = 1000;

export class Run<M> implements Env<M> {
  readonly n: number;
  readonly inputs: number;
  readonly #scenario: Scenario<M>;
  readonly #protocol: Protocol<M>;
  readonly #partners: Partners;
  readonly #protocolDraws: Stream;
  readonly #agenda: Agenda;
  readonly #post: Post<M>;
  readonly #beat: Beat | undefined; // undefined: the protocol has no rounds
  readonly #hash = new TraceHash();
  readonly #observers: readonly Observer<M>[];
  readonly #up: Uint8Array; // [node] 1 while it is up
  readonly #life: Int32Array; // [node] how often it has restarted; an event of an earlier life is stale
  readonly #facts = new Float64Array(FACT_NAMES.length); // [fact] how often it was emitted
  #factsChanged = false;
  #now: Micros = 0;
  #handled = 0;

  constructor(scenario: Scenario<M>) {
    const {
      n,
      seed,
      rounds,
      headerBytes,
      workload = [],
      observers = [],
      checked = false,
    } = scenario;
    const streams = streamsOf(seed, n);
    this.n = n;
    this.inputs = workload.reduce((most, { input }) => Math.max(most, input + 1), 0);
    this.#scenario = scenario;
    this.#observers = observers;
    this.#up = new Uint8Array(n).fill(1);
    this.#life = new Int32Array(n);
    this.#protocolDraws = streams.stream('protocol');
    this.#partners = new Partners(scenario.overlay(streams), streams.stream('peers'));
    this.#agenda = new Agenda(scenario.ties === 'random' ? streams.stream('ties', 1) : undefined);
    const transit = scenario.link(streams);
    const agenda = this.#agenda;
    this.#post = new Post({ transit, agenda, hash: this.#hash, observers, headerBytes, checked });
    this.#protocol = scenario.protocol(this);
    const hasRounds = rounds !== undefined && this.#protocol.onRound !== undefined;
    this.#beat = hasRounds ? new Beat(rounds, streams.stream('phase')) : undefined;
  }

  // ---- what the protocol may do (Env) ----

  now(): Micros {
    return this.#now;
  }

  peer(node: NodeId): NodeId {
    return this.#partners.peer(node);
  }

  peers(node: NodeId, count: number): Int32Array {
    return this.#partners.peers(node, count);
  }

  draw(node: NodeId): number {
    return this.#protocolDraws.draw(node);
  }

  send(from: NodeId, to: NodeId, message: M, bytes = 0): void {
    if (to === NOBODY) return;
    if (!(to >= 0 && to < this.n && to !== from)) {
      assert(false, `node ${from} sent a message to node ${to}`);
    }
    this.#post.send(this.#now, from, to, message, bytes);
  }

  at(node: NodeId, time: Micros, tag: number): void {
    this.#agenda.schedule(this.#now, time, TIMER, node, this.#life[node], tag);
  }

  emit(fact: Fact, node: NodeId, about = 0): void {
    this.#facts[fact]++;
    this.#factsChanged = true;
    this.#hash.add(this.#now, FACT + fact, node, about);
    for (const observer of this.#observers) observer.onFact?.(this.#now, fact, node, about);
  }

  // ---- the loop ----

  /** Runs to the end. Call once. */
  run(): Outcome {
    const horizon = micros(this.#scenario.horizonMs);
    const agenda = this.#agenda;
    let before = 0; // events handled before the present instant
    this.#boot();
    while (agenda.next()) {
      if (agenda.time > this.#now) {
        if (this.#stops()) return this.#end('stop');
        if (agenda.time > horizon) return this.#end('horizon');
        this.#now = agenda.time;
        before = this.#handled;
      } else if (this.#handled - before > 1e6 + MOST_AT_ONCE * this.n) this.#endless();
      this.#handle(agenda.kind, agenda.node, agenda.from, agenda.word);
    }
    return this.#end('quiet');
  }

  /** At time 0 faults, inputs and first rounds are scheduled, in this order; then every node starts. */
  #boot(): void {
    const { faults = [], workload = [] } = this.#scenario;
    for (const { atMs, node, kind } of faults) {
      this.#agenda.schedule(0, micros(atMs), kind === 'crash' ? CRASH : RESTART, node, 0, 0);
    }
    for (const { atMs, node, input } of workload) {
      this.#agenda.schedule(0, micros(atMs), INPUT, node, 0, input);
    }
    for (let node = 0; node < this.n; node++) this.#firstRound(node);
    if (this.#protocol.onStart === undefined) return;
    for (let node = 0; node < this.n; node++) this.#protocol.onStart(node);
  }

  #handle(kind: number, node: NodeId, from: number, word: number): void {
    this.#handled++;
    this.#hash.add(this.#now, kind, node, word ^ Math.imul(from, 0x9e3779b1));
    if (kind === MESSAGE) this.#deliver(node, from, word as M);
    else if (kind === ROUND) this.#round(node, from);
    else if (kind === TIMER) this.#timer(node, from, word);
    else if (kind === OBJECT) this.#deliver(node, from, this.#post.payloads.take(word));
    else if (kind === INPUT) this.#input(node, word);
    else this.#fault(node, kind === CRASH ? 'crash' : 'restart');
  }

  #deliver(node: NodeId, from: NodeId, message: M): void {
    if (this.#up[node] === 0) {
      this.#post.traffic.dead++;
      for (const observer of this.#observers) observer.onDead?.(this.#now, node, from, message);
      return;
    }
    this.#post.traffic.delivered++;
    for (const observer of this.#observers) observer.onMessage?.(this.#now, node, from, message);
    this.#protocol.onMessage?.(node, from, message);
  }

  #round(node: NodeId, life: number): void {
    if (this.#life[node] !== life || this.#up[node] === 0) return;
    this.#agenda.schedule(this.#now, this.#now + this.#beat!.period, ROUND, node, life, 0);
    for (const observer of this.#observers) observer.onRound?.(this.#now, node);
    this.#protocol.onRound!(node);
  }

  #timer(node: NodeId, life: number, tag: number): void {
    if (this.#life[node] !== life || this.#up[node] === 0) return;
    for (const observer of this.#observers) observer.onTimer?.(this.#now, node, tag);
    this.#protocol.onTimer?.(node, tag);
  }

  #input(node: NodeId, input: number): void {
    if (this.#up[node] === 0) return;
    for (const observer of this.#observers) observer.onInput?.(this.#now, node, input);
    this.#protocol.onInput?.(node, input);
  }

  #fault(node: NodeId, kind: 'crash' | 'restart'): void {
    const up = kind === 'restart' ? 1 : 0;
    if (this.#up[node] === up) return; // it is so already
    this.#up[node] = up;
    for (const observer of this.#observers) observer.onFault?.(this.#now, node, kind);
    if (kind === 'crash') return;
    this.#life[node]++;
    this.#firstRound(node);
    this.#protocol.onStart?.(node);
  }

  #firstRound(node: NodeId): void {
    if (this.#beat === undefined) return;
    const time = this.#beat.first(node, this.#now);
    this.#agenda.schedule(this.#now, time, ROUND, node, this.#life[node], 0);
  }

  // ---- the end ----

  /** Asked when an instant is over. */
  #stops(): boolean {
    const { stop } = this.#scenario;
    if (stop === undefined || !this.#factsChanged) return false;
    this.#factsChanged = false;
    return stop(this.#facts, this.n, this.inputs);
  }

  #endless(): never {
    throw new UserError(
      `simulate: more than ${MOST_AT_ONCE} events per node at ${millis(this.#now)} ms; messages that cause messages need a latency above 0`,
    );
  }

  #end(endedBy: Outcome['endedBy']): Outcome {
    // The event taken out last did not happen any more, unless nothing was left.
    const taken = endedBy !== 'quiet' && this.#agenda.kind <= OBJECT ? 1 : 0;
    return {
      end: this.#now,
      endedBy,
      events: this.#handled,
      hash: this.#hash.digest(),
      traffic: this.#post.close(this.#scenario.checked === true, taken),
      facts: this.#facts,
    };
  }
}
