/**
 * What a gossip message carries: the node's list without the members whose news is T_fail old, or as much of it as may
 * be sent. A part always has the node's own entry; the others take turns by number, or are drawn without replacement.
 */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import type { HeartbeatTable } from '../../kernel/index.ts';

export interface ListOptions {
  /** Entries at most, the node's own included; Infinity: all. */
  readonly maxEntries: number;
  readonly entries: 'round-robin' | 'random';
  /** T_fail. */
  readonly fail: Micros;
}

export class Lists {
  readonly #env: Env<number>;
  readonly #table: HeartbeatTable;
  readonly #options: ListOptions;
  readonly #turn: Int32Array; // [node] whose turn it is in its next message
  readonly #chosen: Int32Array; // [i] subjects of the message that is being made

  constructor(env: Env<number>, table: HeartbeatTable, options: ListOptions) {
    this.#env = env;
    this.#table = table;
    this.#options = options;
    this.#turn = new Int32Array(env.n);
    this.#chosen = new Int32Array(env.n);
  }

  /** Makes the message; the caller releases it. */
  make(node: NodeId, now: Micros): number {
    const { maxEntries, entries, fail } = this.#options;
    if (maxEntries >= this.#env.n) return this.#table.snapshotFresh(node, now, fail - 1);
    const chosen = this.#chosen;
    chosen[0] = node;
    const others = maxEntries - 1;
    const count =
      entries === 'random' ? this.#draw(node, now, others) : this.#next(node, now, others);
    return this.#table.snapshotOf(node, chosen, 1 + count);
  }

  /** Those whose turn it is. */
  #next(node: NodeId, now: Micros, others: number): number {
    if (others === 0) return 0;
    // One more, since the node itself may be among them.
    const count = this.#fresh(node, this.#turn[node], others + 1, now);
    const chosen = Math.min(count, others);
    if (chosen > 0) this.#turn[node] = (this.#chosen[chosen] + 1) % this.#env.n;
    return chosen;
  }

  #draw(node: NodeId, now: Micros, others: number): number {
    const chosen = this.#chosen;
    const fresh = this.#fresh(node, 0, this.#env.n, now);
    const count = Math.min(others, fresh);
    for (let i = 0; i < count; i++) {
      const other = 1 + i + Math.floor(this.#env.draw(node) * (fresh - i));
      const drawn = chosen[other];
      chosen[other] = chosen[1 + i];
      chosen[1 + i] = drawn;
    }
    return count;
  }

  /** Lists others with news from subject `from` on, behind the node itself; returns how many. */
  #fresh(node: NodeId, from: NodeId, most: number, now: Micros): number {
    const picked = this.#table.pick(node, from, most, now, this.#options.fail - 1);
    const { listed } = this.#table;
    let count = 0;
    for (let i = 0; i < picked; i++) if (listed[i] !== node) this.#chosen[++count] = listed[i];
    return count;
  }
}
