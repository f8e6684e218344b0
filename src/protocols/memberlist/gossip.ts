/**
 * The gossip loop: at each tick some random members get a packet of news each, as long as there is news. Suspects are among
 * them, and those dead not long ago, so that they may refute. A loop without news need not tick.
 * Source: memberlist, state.go (gossip).
 */
import { type Env, NOBODY, type NodeId } from '../../engine/model.ts';
import type { Broadcasts } from './broadcasts.ts';
import type { Members } from './members.ts';
import { GOSSIP, type MemberlistMessage } from './messages.ts';
import type { Settings } from './options.ts';
import type { Packets } from './packets.ts';
import type { Ticker } from './ticker.ts';
import { GOSSIP_SENT, GOSSIP_TICK, tagOf } from './timers.ts';

export class GossipLoop {
  readonly #env: Env<MemberlistMessage>;
  readonly #settings: Settings;
  readonly #members: Members;
  readonly #broadcasts: Broadcasts;
  readonly #packets: Packets;
  readonly #ticker: Ticker;
  readonly #nextTick: Float64Array; // [node] armed for; NaN: not armed
  readonly #left: Int32Array; // [node * fanout + i] whom it still has to send to when its packet has left
  readonly #leftCount: Int32Array; // [node] how many; -1: it does not wait
  readonly #waitsSince: Float64Array; // [node]

  constructor(parts: {
    env: Env<MemberlistMessage>;
    settings: Settings;
    members: Members;
    broadcasts: Broadcasts;
    packets: Packets;
    ticker: Ticker;
  }) {
    const { n } = parts.env;
    this.#env = parts.env;
    this.#settings = parts.settings;
    this.#members = parts.members;
    this.#broadcasts = parts.broadcasts;
    this.#packets = parts.packets;
    this.#ticker = parts.ticker;
    this.#nextTick = new Float64Array(n).fill(Number.NaN);
    this.#left = new Int32Array(n * parts.settings.gossipNodes);
    this.#leftCount = new Int32Array(n).fill(-1);
    this.#waitsSince = new Float64Array(n);
  }

  start(node: NodeId): void {
    this.#nextTick[node] = Number.NaN;
    this.#leftCount[node] = -1;
  }

  /** There is news: the next tick will find it, the one of this very moment is over. */
  arm(node: NodeId): void {
    if (!Number.isNaN(this.#nextTick[node]) || this.#leftCount[node] >= 0) return;
    this.#nextTick[node] = this.#ticker.after(node, this.#env.now());
    this.#env.at(node, this.#nextTick[node], tagOf(GOSSIP_TICK));
  }

  tick(node: NodeId): void {
    if (this.#nextTick[node] !== this.#env.now()) return; // it has come already
    this.#nextTick[node] = Number.NaN;
    this.#gossip(node);
  }

  /**
   * A probe's deadline falls on a tick, as it does at a score of 0. The loop comes first, since its ticker was there first;
   * where no time passes while things are done, either may.
   */
  race(node: NodeId): void {
    const now = this.#env.now();
    if (this.#leftCount[node] >= 0 || this.#ticker.after(node, now - 1) !== now) return;
    if (!this.#settings.races || this.#env.draw(node) < 0.5) this.tick(node);
    else if (Number.isNaN(this.#nextTick[node])) {
      this.#nextTick[node] = now;
      this.#env.at(node, now, tagOf(GOSSIP_TICK));
    }
  }

  /** A packet that had to wait has left: on with the others. A tick that was missed meanwhile is kept. */
  sent(node: NodeId): void {
    const count = this.#leftCount[node];
    const missed = this.#ticker.after(node, this.#waitsSince[node]) <= this.#env.now();
    this.#leftCount[node] = -1;
    const first = node * this.#settings.gossipNodes;
    this.#sendAll(node, this.#left.slice(first, first + count), count);
    if (missed && this.#leftCount[node] < 0) this.#gossip(node);
  }

  #gossip(node: NodeId): void {
    if (this.#broadcasts.isEmpty(node)) return;
    const { gossipNodes, gossipToTheDead } = this.#settings;
    const targets = this.#members.choose(node, gossipNodes, NOBODY, gossipToTheDead);
    this.#sendAll(node, targets, this.#members.found);
  }

  #sendAll(node: NodeId, targets: Int32Array, count: number): void {
    const now = this.#env.now();
    for (let i = 0; i < count; i++) {
      const news = this.#packets.newsFor(node, GOSSIP);
      if (news.length === 0) break;
      this.#packets.sendWith(node, targets[i], { kind: GOSSIP, seq: 0, target: NOBODY, news });
      const opens = this.#settings.openAt(node, now);
      if (opens === now) continue;
      const first = node * this.#settings.gossipNodes;
      this.#leftCount[node] = count - i - 1;
      for (let j = i + 1; j < count; j++) this.#left[first + j - i - 1] = targets[j];
      this.#waitsSince[node] = now;
      this.#env.at(node, opens, tagOf(GOSSIP_SENT));
      return;
    }
    if (!this.#broadcasts.isEmpty(node)) this.arm(node);
  }
}
