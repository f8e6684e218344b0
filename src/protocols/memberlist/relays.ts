/**
 * Pings on behalf of others: the relay passes an ack on if it comes within the probe timeout, and otherwise says that it has
 * tried (NACK). Source: memberlist, net.go (handleIndirectPing).
 */
import type { Env, NodeId } from '../../engine/model.ts';
import { type MemberlistMessage, NACK, PING, RELAYED } from './messages.ts';
import type { Settings } from './options.ts';
import type { Packets } from './packets.ts';
import { RELAY_TIMEOUT, tagOf } from './timers.ts';

interface Relay {
  readonly asker: NodeId;
  readonly seq: number; // the asker's
}

export class Relays {
  readonly #env: Env<MemberlistMessage>;
  readonly #settings: Settings;
  readonly #packets: Packets;
  readonly #running: Map<number, Relay>[]; // [node] number of its ping -> for whom

  constructor(env: Env<MemberlistMessage>, settings: Settings, packets: Packets) {
    this.#env = env;
    this.#settings = settings;
    this.#packets = packets;
    this.#running = Array.from({ length: env.n }, () => new Map());
  }

  start(node: NodeId): void {
    this.#running[node].clear();
  }

  asked(node: NodeId, asker: NodeId, { seq, target }: MemberlistMessage, own: number): void {
    this.#running[node].set(own, { asker, seq });
    this.#packets.send(node, target, PING, own, target);
    const now = this.#env.now();
    const opens = this.#settings.openAt(node, now);
    const patience = Math.floor(this.#settings.healthRules.nackAfter * this.#settings.probeTimeout);
    this.#env.at(node, opens + patience, tagOf(RELAY_TIMEOUT, own));
  }

  /** Whether the ack was for a relayed ping. */
  acked(node: NodeId, own: number): boolean {
    const relay = this.#running[node].get(own);
    if (relay === undefined) return false;
    this.#running[node].delete(own);
    this.#packets.send(node, relay.asker, RELAYED, relay.seq, 0);
    return true;
  }

  timedOut(node: NodeId, own: number): void {
    const relay = this.#running[node].get(own);
    if (relay === undefined) return;
    this.#running[node].delete(own);
    if (this.#settings.nacks) this.#packets.send(node, relay.asker, NACK, relay.seq, 0);
  }
}
