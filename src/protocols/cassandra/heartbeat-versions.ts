/**
 * Heartbeats and highest versions. As heartbeats and states of an endpoint share one counter, its heartbeat nearly always
 * is the highest version: whatever is not so is written down beside it.
 */
import type { NodeId } from '../../engine/model.ts';

export class HeartbeatVersions {
  readonly #n: number;
  readonly #max: Int32Array; // [pair] highest version of heartbeat and states
  readonly #behind: Map<NodeId, number>[]; // [node] subject -> its heartbeat, where that is not the highest version

  constructor(n: number, max: Int32Array) {
    this.#n = n;
    this.#max = max;
    this.#behind = Array.from({ length: n }, () => new Map());
  }

  of(pair: number): number {
    return this.#behind[this.#nodeOf(pair)].get(pair % this.#n) ?? this.#max[pair];
  }

  /** Whether all that the node knows are the highest versions. */
  areHighest(node: NodeId): boolean {
    return this.#behind[node].size === 0;
  }

  /** A row of heartbeats, where `max` is that of highest versions. */
  rowOf(node: NodeId, max: Int32Array): Int32Array {
    if (this.areHighest(node)) return max;
    const row = max.slice();
    for (const [subject, heartbeat] of this.#behind[node]) row[subject] = heartbeat;
    return row;
  }

  /** @param states the highest version of these. */
  set(pair: number, heartbeat: number, states: number): void {
    const behind = this.#behind[this.#nodeOf(pair)];
    this.#max[pair] = Math.max(heartbeat, states);
    if (heartbeat < states) behind.set(pair % this.#n, heartbeat);
    else if (behind.size > 0) behind.delete(pair % this.#n);
  }

  clear(node: NodeId): void {
    this.#behind[node].clear();
  }

  #nodeOf(pair: number): NodeId {
    return Math.floor(pair / this.#n);
  }
}
