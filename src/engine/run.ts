/**
 * One run: the loop that takes events in order and lets the protocol react, and the environment that the protocol acts
 * through. The rules (order of simultaneous events, crash semantics, streams) are told in docs/mechanisms.md.
 */
import { assert } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import { BEFORE, type Micros, micros } from '../base/time.ts';
import { type Agenda, CoreAgenda, QUIET } from './agenda.ts';
import { Beat } from './beat.ts';
import { Condition, type Stage } from './condition.ts';
import type { Core } from './core/core.ts';
import { endless, mostAtOnce } from './endless.ts';
import { INPUT, MESSAGE, OBJECT, ROUND, TIMER } from './events.ts';
import { Facts } from './facts.ts';
import { Fates } from './fates.ts';
import { faultsOf } from './fault-check.ts';
import { HeapAgenda } from './heap-agenda.ts';
import { type Often, oftenOf } from './hooks.ts';
import {
  DATAGRAM,
  type Env,
  type Fact,
  NOBODY,
  type NodeId,
  type Observer,
  type Outcome,
  type Protocol,
  type Scenario,
  type Streams,
} from './model.ts';
import { Partners } from './partners.ts';
import { Post } from './post.ts';

export class Run<M> implements Env<M> {
  readonly n: number;
  readonly inputs: number;
  readonly emitLate: Env<M>['emitLate'];
  readonly #scenario: Scenario<M>;
  readonly #protocol: Protocol<M>;
  readonly #partners: Partners;
  readonly #protocolDraws: Stream;
  readonly #agenda: Agenda;
  readonly #post: Post<M>;
  readonly #beat: Beat | undefined; // undefined: the protocol has no rounds
  readonly #observers: readonly Observer<M>[];
  readonly #often: Often<M>;
  readonly #condition: Condition;
  readonly #fates: Fates;
  readonly #facts: Facts<M>;
  #now: Micros = BEFORE;
  #handled = 0;

  /** @param core of this run alone; absent: simultaneous events come by chance, or the machine has no room for one. */
  constructor(scenario: Scenario<M>, streams: Streams, core: Core | undefined) {
    const { n, rounds, workload = [], observers = [], checked = false } = scenario;
    this.#now = 0;
    this.n = n;
    this.inputs = workload.reduce((most, { input }) => Math.max(most, input + 1), 0);
    this.#scenario = scenario;
    this.#observers = observers;
    this.#facts = new Facts(observers);
    if (scenario.stop === undefined && this.#facts.firstNewsMayBeLate) {
      this.emitLate = (time, fact, node, many) => this.#facts.emitMany(time, fact, node, many);
    }
    this.#often = oftenOf(observers);
    this.#protocolDraws = streams.stream('protocol');
    this.#partners = new Partners(scenario.overlay(streams), streams.stream('peers'), core);
    const swift = core && new CoreAgenda(core, n);
    const agenda =
      swift ?? new HeapAgenda(scenario.ties === 'random' ? streams.stream('ties', 1) : undefined);
    this.#agenda = agenda;
    const transit = scenario.link(streams);
    this.#condition = new Condition({ streams, agenda, observers, stage: this.#stage() });
    const faults = faultsOf(scenario.faults, streams);
    this.#fates = new Fates({ n, faults, condition: this.#condition, agenda, observers });
    const { headerBytes } = scenario;
    this.#post = new Post({ transit, agenda, core, observers, headerBytes, checked });
    this.#protocol = scenario.protocol(this);
    this.#post.holds = this.#protocol.holds;
    const hasRounds = rounds !== undefined && this.#protocol.onRound !== undefined;
    this.#beat = hasRounds ? new Beat(rounds, streams.stream('phase')) : undefined;
    for (const column of this.#protocol.columns ?? []) swift?.readAhead(column);
  }

  // ---- what the protocol may do (Env) ----

  now(): Micros {
    return this.#now;
  }

  clock(node: NodeId): Micros {
    return this.#fates.clock(this.#now, node);
  }

  waiting(node: NodeId): number {
    return this.#condition.waiting(node);
  }

  peer(node: NodeId): NodeId {
    if (!(node >= 0 && node < this.n)) assert(false, `there is no node ${node}`);
    return this.#partners.peer(node);
  }

  peers(node: NodeId, count: number): Int32Array {
    return this.#partners.peers(node, count);
  }

  draw(node: NodeId): number {
    return this.#protocolDraws.draw(node);
  }

  send(from: NodeId, to: NodeId, message: M, bytes = 0, channel = DATAGRAM): void {
    if (to === NOBODY) return;
    if (!(from >= 0 && from < this.n)) assert(false, `there is no node ${from}`);
    if (!(to >= 0 && to < this.n && to !== from)) {
      assert(false, `node ${from} sent a message to node ${to}`);
    }
    this.#post.send(from, to, message, bytes, channel);
  }

  at(node: NodeId, time: Micros, tag: number): void {
    if (!(node >= 0 && node < this.n)) assert(false, `there is no node ${node}`);
    this.#agenda.schedule(time, TIMER, node, this.#condition.lifeOf(node), tag);
  }

  emit(fact: Fact, node: NodeId, about = 0): void {
    this.#facts.emit(this.#now, fact, node, about);
  }

  // ---- the loop ----

  /** Runs to the end. Call once. */
  run(): Outcome {
    const horizon = micros(this.#scenario.horizonMs);
    const agenda = this.#agenda;
    const condition = this.#condition;
    const mayStop = this.#scenario.stop !== undefined;
    let before = 0; // events handled before the present instant
    this.#boot();
    for (;;) {
      if (mayStop && this.#facts.changed && this.#stops()) return this.#end('stop');
      const kind = agenda.next(horizon);
      if (kind < 0) return this.#end(kind === QUIET ? 'quiet' : 'horizon');
      const { time, node, from, word } = agenda;
      if (time > this.#now) {
        this.#now = time;
        before = this.#handled;
      } else if (this.#handled - before > mostAtOnce(this.n)) endless(time);
      this.#handled++;
      if (kind <= INPUT && condition.isUp(node)) this.#act(kind, node, from, word, this.#now);
      else this.#fates.befall(this.#now, kind, node, from, word);
    }
  }

  /** At time 0 faults, inputs and first rounds are scheduled, in this order; then every node starts that is there. */
  #boot(): void {
    this.#fates.boot();
    for (const { atMs, node, input } of this.#scenario.workload ?? []) {
      this.#agenda.schedule(micros(atMs), INPUT, node, 0, input);
    }
    const condition = this.#condition;
    for (let node = 0; node < this.n; node++) if (!condition.isDown(node)) this.#firstRound(node);
    const protocol = this.#protocol;
    for (let node = 0; node < this.n; node++) if (!condition.isDown(node)) protocol.onStart?.(node);
  }

  /** What the condition of a node asks for. */
  #stage(): Stage {
    return {
      start: (node) => {
        this.#firstRound(node);
        this.#protocol.onStart?.(node);
      },
      act: (kind, node, from, word, due) => this.#act(kind, node, from, word, due),
      drop: (kind, node, from, word) => this.#drop(kind, node, from, word),
    };
  }

  /** It is the node's turn: the protocol reacts. */
  #act(kind: number, node: NodeId, from: number, word: number, due: Micros): void {
    if (kind === MESSAGE) this.#deliver(node, from, word as M);
    else if (kind === ROUND) this.#round(node, from, due);
    else if (kind === TIMER) this.#timer(node, from, word);
    else if (kind === OBJECT) this.#deliver(node, from, this.#post.payloads.take(word));
    else this.#input(node, word);
  }

  #deliver(node: NodeId, from: NodeId, message: M): void {
    this.#post.traffic.delivered++;
    const { onMessage } = this.#often;
    for (let i = 0; i < onMessage.length; i++)
      onMessage[i].onMessage(this.#now, node, from, message);
    this.#protocol.onMessage?.(node, from, message);
    this.#post.holds?.release(message);
  }

  #drop(kind: number, node: NodeId, from: NodeId, word: number): void {
    const message = kind === MESSAGE ? (word as M) : this.#post.payloads.take(word);
    this.#post.traffic.dead++;
    for (const observer of this.#observers) observer.onDead?.(this.#now, node, from, message);
    this.#post.holds?.release(message);
  }

  #round(node: NodeId, life: number, due: Micros): void {
    if (this.#condition.lifeOf(node) !== life) return;
    const beat = this.#beat!;
    const now = this.#now;
    this.#agenda.schedule(beat.next(node, due, now), ROUND, node, life, 0);
    for (let left = beat.held(due, now); left > 0; left--) {
      for (const observer of this.#often.onRound) observer.onRound(now, node);
      this.#protocol.onRound!(node);
    }
  }

  #timer(node: NodeId, life: number, tag: number): void {
    if (this.#condition.lifeOf(node) !== life) return;
    const { onTimer } = this.#often;
    for (let i = 0; i < onTimer.length; i++) onTimer[i].onTimer(this.#now, node, tag);
    this.#protocol.onTimer?.(node, tag);
  }

  #input(node: NodeId, input: number): void {
    for (const observer of this.#observers) observer.onInput?.(this.#now, node, input);
    this.#protocol.onInput?.(node, input);
  }

  #firstRound(node: NodeId): void {
    if (this.#beat === undefined) return;
    const time = this.#beat.first(node, this.#now);
    this.#agenda.schedule(time, ROUND, node, this.#condition.lifeOf(node), 0);
  }

  // ---- the end ----

  /** Asked when there are new facts; the rule is asked when their instant is over, and something else is to come. */
  #stops(): boolean {
    const coming = this.#agenda.coming();
    if (coming === this.#now || coming === Infinity) return false;
    this.#facts.changed = false;
    return this.#scenario.stop?.(this.#facts.count, this.n, this.inputs) === true;
  }

  #end(endedBy: Outcome['endedBy']): Outcome {
    const checked = this.#scenario.checked === true;
    const waiting = checked ? this.#condition.count() : 0;
    if (checked) this.#condition.check();
    this.#protocol.settle?.();
    const hash = this.#facts.digest(this.#agenda.hash); // before the agenda is emptied
    return {
      end: this.#now,
      endedBy,
      events: this.#handled,
      hash,
      traffic: this.#post.close(checked, waiting),
      facts: this.#facts.count,
    };
  }
}
