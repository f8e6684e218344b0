/**
 * One run: the loop that takes events in order and lets the protocol react, and the environment that the protocol acts
 * through. The rules (order of simultaneous events, crash semantics, streams) are told in docs/mechanisms.md.
 */
import { assert } from '../base/errors.ts';
import { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import { CRASH, Events, FACT, INPUT, MESSAGE, OBJECT, RESTART, ROUND, TIMER } from './events.ts';
import { TraceHash } from './hash.ts';
import {
  type Env,
  FACT_NAMES,
  type Fact,
  LOST,
  NOBODY,
  type NodeId,
  type Observer,
  type Outcome,
  type Protocol,
  type Scenario,
  type Streams,
  type Traffic,
  type Transit,
} from './model.ts';
import { Partners } from './partners.ts';
import { Payloads } from './payloads.ts';
import { EventQueue } from './queue.ts';

const DEFAULT_HEADER_BYTES = 28; // IPv4 20, UDP 8

export class Run<M> implements Env<M> {
  readonly n: number;
  readonly inputs: number;
  readonly #scenario: Scenario<M>;
  readonly #protocol: Protocol<M>;
  readonly #transit: Transit;
  readonly #partners: Partners;
  readonly #protocolDraws: Stream;
  readonly #phaseDraws: Stream;
  readonly #queue: EventQueue;
  readonly #events = new Events();
  readonly #payloads: Payloads<M>;
  readonly #hash = new TraceHash();
  readonly #observers: readonly Observer<M>[];
  readonly #headerBytes: number;
  readonly #period: Micros;
  readonly #up: Uint8Array; // [node] 1 while it is up
  readonly #life: Int32Array; // [node] how often it has restarted; an event of an earlier life is stale
  readonly #facts = new Float64Array(FACT_NAMES.length); // [fact] how often it was emitted
  readonly #traffic: Traffic = {
    sent: 0,
    delivered: 0,
    lost: 0,
    dead: 0,
    inFlight: 0,
    bytesSent: 0,
    bytesLost: 0,
  };
  #now: Micros = 0;
  #handled = 0;
  #factsChanged = false;

  constructor(scenario: Scenario<M>) {
    const { n, seed, workload = [], checked = false } = scenario;
    this.n = n;
    this.inputs = workload.reduce((most, { input }) => Math.max(most, input + 1), 0);
    this.#scenario = scenario;
    this.#observers = scenario.observers ?? [];
    this.#headerBytes = scenario.headerBytes ?? DEFAULT_HEADER_BYTES;
    this.#period = scenario.rounds === undefined ? 0 : micros(scenario.rounds.periodMs);
    this.#up = new Uint8Array(n).fill(1);
    this.#life = new Int32Array(n);
    this.#payloads = new Payloads(checked);
    const streams = streamsOf(seed, n);
    this.#protocolDraws = streams.stream('protocol');
    this.#phaseDraws = streams.stream('phase');
    this.#partners = new Partners(scenario.overlay(streams), streams.stream('peers'));
    this.#transit = scenario.link(streams);
    this.#queue = new EventQueue(
      scenario.ties === 'random' ? chance(streams.stream('ties')) : undefined,
    );
    this.#protocol = scenario.protocol(this);
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
    assert(to >= 0 && to < this.n && to !== from, `node ${from} sent a message to node ${to}`);
    const transit = this.#transit;
    const copies = transit.copies === undefined ? 1 : transit.copies(from, to, this.#now);
    for (let i = 0; i < copies; i++) this.#sendCopy(from, to, message, bytes + this.#headerBytes);
  }

  at(node: NodeId, time: Micros, tag: number): void {
    this.#schedule(time, TIMER, node, this.#life[node], tag);
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
    this.#boot();
    const queue = this.#queue;
    let endedBy: Outcome['endedBy'] = 'quiet';
    while (queue.size > 0) {
      const slot = queue.pop();
      if (queue.time > this.#now && this.#stops()) endedBy = 'stop';
      else if (queue.time > horizon) endedBy = 'horizon';
      if (endedBy !== 'quiet') {
        this.#handBack(queue.time, slot);
        break;
      }
      this.#now = queue.time;
      this.#handle(slot);
    }
    return this.#outcome(endedBy);
  }

  /** Time 0, in this order: every node starts; then the faults, the inputs and the first rounds are scheduled. */
  #boot(): void {
    const { faults = [], workload = [], rounds } = this.#scenario;
    for (const { atMs, node, kind } of faults) {
      this.#schedule(micros(atMs), kind === 'crash' ? CRASH : RESTART, node, 0, 0);
    }
    for (const { atMs, node, input } of workload)
      this.#schedule(micros(atMs), INPUT, node, 0, input);
    if (rounds !== undefined && this.#protocol.onRound !== undefined) {
      for (let node = 0; node < this.n; node++) this.#scheduleRound(node, this.#phase(node));
    }
    if (this.#protocol.onStart === undefined) return;
    for (let node = 0; node < this.n; node++) this.#protocol.onStart(node);
  }

  #handle(slot: number): void {
    const { kind, node, from, word } = this.#events;
    const what = kind[slot];
    const where = node[slot];
    const origin = from[slot];
    const detail = word[slot];
    this.#events.remove(slot);
    this.#handled++;
    this.#hash.add(this.#now, what, where, detail ^ Math.imul(origin, 0x9e3779b1));
    if (what === MESSAGE) this.#deliver(where, origin, detail as M);
    else if (what === ROUND) this.#round(where, origin);
    else if (what === TIMER) this.#timer(where, origin, detail);
    else if (what === OBJECT) this.#deliver(where, origin, this.#payloads.take(detail));
    else if (what === INPUT) this.#input(where, detail);
    else this.#fault(where, what);
  }

  #deliver(node: NodeId, from: NodeId, message: M): void {
    if (this.#up[node] === 0) {
      this.#traffic.dead++;
      for (const observer of this.#observers) observer.onDead?.(this.#now, node, from, message);
      return;
    }
    this.#traffic.delivered++;
    for (const observer of this.#observers) observer.onMessage?.(this.#now, node, from, message);
    this.#protocol.onMessage?.(node, from, message);
  }

  #round(node: NodeId, life: number): void {
    if (this.#life[node] !== life || this.#up[node] === 0) return;
    this.#scheduleRound(node, this.#now + this.#period);
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

  #fault(node: NodeId, what: number): void {
    const kind = what === CRASH ? 'crash' : 'restart';
    if (this.#up[node] === (kind === 'restart' ? 1 : 0)) return; // it is so already
    this.#up[node] = kind === 'restart' ? 1 : 0;
    for (const observer of this.#observers) observer.onFault?.(this.#now, node, kind);
    if (kind === 'crash') return;
    this.#life[node]++;
    if (this.#scenario.rounds !== undefined && this.#protocol.onRound !== undefined) {
      this.#scheduleRound(node, this.#nextRound(node));
    }
    this.#protocol.onStart?.(node);
  }

  // ---- scheduling ----

  #sendCopy(from: NodeId, to: NodeId, message: M, bytes: number): void {
    const traffic = this.#traffic;
    const delay = this.#transit.delay(from, to, this.#now, bytes);
    traffic.sent++;
    traffic.bytesSent += bytes;
    for (const observer of this.#observers) {
      observer.onSend?.(this.#now, from, to, message, bytes, delay);
    }
    if (delay === LOST) {
      traffic.lost++;
      traffic.bytesLost += bytes;
      return;
    }
    const small = ((message as number) | 0) === message;
    const word = small ? (message as number) : this.#payloads.store(message);
    this.#schedule(this.#now + delay, small ? MESSAGE : OBJECT, to, from, word);
  }

  #schedule(time: Micros, kind: number, node: NodeId, from: number, word: number): void {
    // Also false for NaN; whole microseconds are the contract of links and timers.
    assert(
      time >= this.#now && Math.floor(time) === time,
      `event of kind ${kind} at time ${time}, now ${this.#now}`,
    );
    this.#queue.push(time, this.#events.add(kind, node, from, word));
  }

  #scheduleRound(node: NodeId, time: Micros): void {
    this.#schedule(time, ROUND, node, this.#life[node], 0);
  }

  /** In (0, period]. */
  #phase(node: NodeId): Micros {
    if (this.#scenario.rounds!.phase === 'synchronised') return this.#period;
    return 1 + this.#phaseDraws.below(node, this.#period);
  }

  /** After a restart: synchronised nodes keep the common beat, others take a new phase. */
  #nextRound(node: NodeId): Micros {
    if (this.#scenario.rounds!.phase === 'random') return this.#now + this.#phase(node);
    return (Math.floor(this.#now / this.#period) + 1) * this.#period;
  }

  // ---- the end ----

  #stops(): boolean {
    const { stop } = this.#scenario;
    if (stop === undefined || !this.#factsChanged) return false;
    this.#factsChanged = false;
    return stop(this.#facts, this.n, this.inputs);
  }

  /** The event popped last did not happen: it stays pending. */
  #handBack(time: Micros, slot: number): void {
    this.#queue.push(time, slot);
  }

  #outcome(endedBy: Outcome['endedBy']): Outcome {
    const traffic = this.#traffic;
    traffic.inFlight = traffic.sent - traffic.lost - traffic.delivered - traffic.dead;
    if (this.#scenario.checked === true) {
      const pending = this.#pendingMessages();
      assert(
        pending === traffic.inFlight,
        `${traffic.inFlight} messages missing, ${pending} pending`,
      );
    }
    return {
      end: this.#now,
      endedBy,
      events: this.#handled,
      hash: this.#hash.digest(),
      traffic,
      facts: this.#facts,
    };
  }

  #pendingMessages(): number {
    let messages = 0;
    while (this.#queue.size > 0) if (this.#events.kind[this.#queue.pop()] <= OBJECT) messages++;
    return messages;
  }
}

/** The streams of a run, by purpose; a purpose asked for again gets a number behind its name. */
function streamsOf(seed: string, n: number): Streams {
  const asked = new Map<string, number>();
  return {
    n,
    stream(purpose) {
      const times = (asked.get(purpose) ?? 0) + 1;
      asked.set(purpose, times);
      return new Stream(seed, times === 1 ? purpose : `${purpose}#${times}`, n);
    },
  };
}

/** Orders of chance for simultaneous events. */
const chance = (draws: Stream) => () => draws.draw(0);
