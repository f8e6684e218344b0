/**
 * News that has arrived and waits for the member's worker: alive messages first, and of each kind the newest first. It
 * matters after a stall, when much arrives at once. Source: memberlist, net.go (packetHandler).
 */
import type { NodeId } from '../../engine/model.ts';
import { ALIVE } from './members.ts';
import type { News } from './messages.ts';

const DEPTH = 1024; // HandoffQueueDepth; what comes beyond is dropped

export class Inbox {
  readonly #high: News[][]; // [node] alive
  readonly #low: News[][]; // [node] suspect, dead

  constructor(n: number) {
    this.#high = Array.from({ length: n }, () => []);
    this.#low = Array.from({ length: n }, () => []);
  }

  isEmpty(node: NodeId): boolean {
    return this.#high[node].length === 0 && this.#low[node].length === 0;
  }

  add(node: NodeId, news: News): void {
    const queue = news.status === ALIVE ? this.#high[node] : this.#low[node];
    if (queue.length < DEPTH) queue.push(news);
  }

  next(node: NodeId): News | undefined {
    return this.#high[node].pop() ?? this.#low[node].pop();
  }

  clear(node: NodeId): void {
    this.#high[node].length = 0;
    this.#low[node].length = 0;
  }
}
