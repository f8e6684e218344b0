/** Heartbeat nodes by hand: their messages wait until a test says which arrives, and their lists can be looked into. */
import { expect } from 'vitest';
import type { Fact, NodeId, Protocol } from '../../../src/engine/model.ts';
import type { HeartbeatTable } from '../../../src/kernel/index.ts';
import { groundOf, heartbeatOn } from '../../../src/protocols/heartbeat/heartbeat.ts';
import { kindOf } from '../../../src/protocols/heartbeat/messages.ts';
import type { HeartbeatOptions } from '../../../src/protocols/heartbeat/options.ts';
import { RecordingEnv } from '../../support/recording-env.ts';

interface Letter {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: number;
}

export class HeartbeatStage extends RecordingEnv<number> {
  readonly table: HeartbeatTable;
  readonly post: Letter[] = [];
  readonly timers: [node: NodeId, time: number, tag: number][] = [];
  readonly #protocol: Required<Protocol<number>>;

  constructor(n: number, options: HeartbeatOptions) {
    super({ n });
    const ground = groundOf(n);
    this.table = ground.table;
    this.#protocol = heartbeatOn(ground, options)(this) as Required<Protocol<number>>;
  }

  override send(from: NodeId, to: NodeId, message: number, bytes = 0): void {
    this.#protocol.holds.retain(message);
    this.post.push({ from, to, message });
    this.bytes.push(bytes);
  }

  override at(node: NodeId, time: number, tag: number): void {
    this.timers.push([node, time, tag]);
  }

  start(...nodes: NodeId[]): void {
    for (const node of nodes) this.#protocol.onStart(node);
  }

  /** The node's round, with these partners. */
  round(node: NodeId, ...partners: NodeId[]): void {
    this.partners.push(...partners);
    this.#protocol.onRound(node);
  }

  timer(node: NodeId, tag: number): void {
    this.#protocol.onTimer(node, tag);
  }

  /** The oldest message arrives, and must be of that kind. */
  arrives(kind: number): void {
    const { from, to, message } = this.post.shift()!;
    expect(kindOf(message)).toBe(kind);
    this.#protocol.onMessage(to, from, message);
    this.#protocol.holds.release(message);
  }

  /** A round of `from` whose message arrives at once. */
  gossip(from: NodeId, to: NodeId): void {
    this.round(from, to);
    this.arrives(0);
  }

  /** These facts, and no others of the same nodes; then the record is empty. */
  expectFacts(...facts: [Fact, NodeId, NodeId][]): void {
    for (const [fact, node, about] of facts) this.expectFact(fact, node, about);
    const whose = new Set(facts.map(([, node]) => `n${node}`));
    expect(this.record.filter((fact) => whose.has(fact.split(' ')[1]))).toEqual([]);
    this.clear();
  }
}
