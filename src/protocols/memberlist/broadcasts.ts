/**
 * News that a member passes on: first what it has sent fewest times, of that the longer first, of those the newest; each a
 * limited number of times. News of a name replaces older news of that name. Source: memberlist, queue.go.
 */
import { firstNotBelow } from '../../base/first-not-below.ts';
import type { NodeId } from '../../engine/model.ts';
import { ALIVE } from './members.ts';
import { ACCUSATION_BYTES, bytesOfNews, type News, NO_NEWS, PART_BYTES } from './messages.ts';

/** A member's refutations are queued under its address, all other news under the name of their subject. */
export const addressOf = (node: NodeId): number => -1 - node;

/** Ranks are sorted ascending: how often it was sent, whether it is short, and how old it is. */
const SENT_ONCE = 2 ** 44;
const SHORT = 2 ** 43;
const NEWEST = SHORT - 1;

interface Queue {
  readonly ranks: number[]; // [place] ascending
  readonly names: number[]; // [place]
  readonly news: News[]; // [place]
  number: number; // of the next; starts anew when the queue is empty
}

export class Broadcasts {
  readonly #queues: Queue[]; // [node]
  readonly #onQueued: (node: NodeId) => void;
  readonly #onFinished: (node: NodeId, news: News) => void;

  /** @param onFinished told of news that has been sent as often as it may, or was replaced. */
  constructor(
    n: number,
    onQueued: (node: NodeId) => void,
    onFinished: (node: NodeId, news: News) => void,
  ) {
    this.#queues = Array.from({ length: n }, () => ({ ranks: [], names: [], news: [], number: 0 }));
    this.#onQueued = onQueued;
    this.#onFinished = onFinished;
  }

  isEmpty(node: NodeId): boolean {
    return this.#queues[node].ranks.length === 0;
  }

  length(node: NodeId): number {
    return this.#queues[node].ranks.length;
  }

  queue(node: NodeId, name: number, news: News): void {
    const queue = this.#queues[node];
    const older = queue.names.indexOf(name);
    if (older >= 0) {
      const replaced = queue.news[older];
      remove(queue, older, 1);
      this.#onFinished(node, replaced);
    }
    insert(queue, NEWEST - queue.number++ + (news.status === ALIVE ? 0 : SHORT), name, news);
    this.#onQueued(node);
  }

  /** What rides on a packet with so much room; `limit`: how often news is sent at most. */
  take(node: NodeId, room: number, limit: number): readonly News[] {
    const queue = this.#queues[node];
    if (queue.ranks.length === 0) return NO_NEWS;
    const taken: News[] = [];
    const ranks: number[] = [];
    const names: number[] = [];
    let free = room - PART_BYTES;
    let kept = 0;
    let place = 0;
    for (; place < queue.ranks.length && free >= ACCUSATION_BYTES; place++) {
      const news = queue.news[place];
      const bytes = bytesOfNews(news);
      if (bytes <= free) {
        free -= bytes + PART_BYTES;
        taken.push(news);
        ranks.push(queue.ranks[place]);
        names.push(queue.names[place]);
      } else {
        queue.ranks[kept] = queue.ranks[place];
        queue.names[kept] = queue.names[place];
        queue.news[kept++] = news;
      }
    }
    remove(queue, kept, place - kept);
    this.#putBack(node, taken, ranks, names, limit);
    return taken;
  }

  clear(node: NodeId): void {
    remove(this.#queues[node], 0, this.#queues[node].ranks.length);
  }

  #putBack(node: NodeId, taken: News[], ranks: number[], names: number[], limit: number): void {
    const queue = this.#queues[node];
    for (let i = 0; i < taken.length; i++) {
      const rank = ranks[i] + SENT_ONCE;
      if (Math.floor(rank / SENT_ONCE) < limit) insert(queue, rank, names[i], taken[i]);
      else this.#onFinished(node, taken[i]);
    }
    if (queue.ranks.length === 0) queue.number = 0;
  }
}

function remove(queue: Queue, place: number, count: number): void {
  if (count === 0) return;
  queue.ranks.splice(place, count);
  queue.names.splice(place, count);
  queue.news.splice(place, count);
  if (queue.ranks.length === 0) queue.number = 0;
}

function insert(queue: Queue, rank: number, name: number, news: News): void {
  const place = firstNotBelow(queue.ranks, rank);
  queue.ranks.splice(place, 0, rank);
  queue.names.splice(place, 0, name);
  queue.news.splice(place, 0, news);
}
