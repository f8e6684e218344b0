/**
 * An `Env` without an engine: it records what a protocol does, and hands it the partners and the luck that a test
 * chooses. Each `expect...` takes what it expects off the record, so that `expectNothing` means "and nothing else".
 */
import { expect } from 'vitest';
import { type Micros, micros } from '../../src/base/time.ts';
import {
  type Env,
  FACT_NAMES,
  type Fact,
  type NodeId,
  type Protocol,
  type ProtocolFactory,
} from '../../src/engine/model.ts';

export class RecordingEnv<M> implements Env<M> {
  readonly n: number;
  readonly inputs: number;
  /** What the protocol did, in order, as text; taken off by the expectations. */
  readonly record: string[] = [];
  /** The partners that `peer` and `peers` hand out next. */
  readonly partners: NodeId[] = [];
  /** What `draw` gives next. */
  readonly draws: number[] = [];
  readonly bytes: number[] = []; // [send] payload of every message sent
  #now: Micros = 0;

  constructor({ n = 4, inputs = 1 } = {}) {
    this.n = n;
    this.inputs = inputs;
  }

  now(): Micros {
    return this.#now;
  }

  /** Every node's clock is the simulation's. */
  clock(): Micros {
    return this.#now;
  }

  /** Nobody is slow. */
  waiting(): number {
    return 0;
  }

  /** Lets time pass, so that what was heard before is known. */
  pass(ms = 1): void {
    this.#now += micros(ms);
  }

  peer(): NodeId {
    return this.#next(this.partners, 'partner');
  }

  peers(_node: NodeId, count: number): Int32Array {
    return Int32Array.from({ length: count }, () => this.peer());
  }

  draw(): number {
    return this.#next(this.draws, 'draw');
  }

  send(from: NodeId, to: NodeId, message: M, bytes = 0): void {
    this.record.push(sending(from, to, message));
    this.bytes.push(bytes);
  }

  at(node: NodeId, time: Micros, tag: number): void {
    this.record.push(`timer ${tag} of n${node} at ${time}`);
  }

  emit(fact: Fact, node: NodeId, about = 0): void {
    this.record.push(reporting(fact, node, about));
  }

  expectSent(from: NodeId, to: NodeId, ...messages: M[]): void {
    for (const message of messages) this.#take(sending(from, to, message));
  }

  expectFact(fact: Fact, node: NodeId, about = 0): void {
    this.#take(reporting(fact, node, about));
  }

  expectNothing(): void {
    expect(this.record).toEqual([]);
  }

  /** Forgets what was recorded so far. */
  clear(): void {
    this.record.length = 0;
  }

  #take(what: string): void {
    const index = this.record.indexOf(what);
    expect(index, `expected: ${what}; recorded: ${this.record.join(', ') || 'nothing'}`).not.toBe(
      -1,
    );
    this.record.splice(index, 1);
  }

  #next(queue: number[], what: string): number {
    const next = queue.shift();
    if (next === undefined) throw new Error(`the protocol asked for a ${what} too many`);
    return next;
  }
}

const sending = (from: NodeId, to: NodeId, message: unknown) =>
  `n${from} -> n${to} ${JSON.stringify(message)}`;

const reporting = (fact: Fact, node: NodeId, about: number) =>
  `${FACT_NAMES[fact]} n${node} ${about}`;

/** A protocol on a recording environment. */
export function onStage<M>(
  factory: ProtocolFactory<M>,
  options: { n?: number; inputs?: number } = {},
): { env: RecordingEnv<M>; protocol: Required<Protocol<M>> } {
  const env = new RecordingEnv<M>(options);
  return { env, protocol: factory(env) as Required<Protocol<M>> };
}
