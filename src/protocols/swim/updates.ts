/**
 * News that a member passes on with its messages: of the updates that it has passed on fewest times, at most so many
 * a message, and each at most lambda ceil(ln(n + 1)) times. Source: Das, Gupta, Motivala 2002, section 4.1 and 5.
 */
import { firstNotBelow } from '../../base/first-not-below.ts';
import type { NodeId } from '../../engine/model.ts';

/**
 * In a rank, above the number of the update among those that came to the member: how often it was passed on. A rank is exact
 * below 2^53, that is for two million times; lambda is at most 1000.
 */
const PASSED = 2 ** 32;

interface Buffer {
  readonly ranks: number[]; // [place] ascending
  readonly subjects: NodeId[]; // [place]
  came: number; // updates, so far
}

export class Updates {
  readonly #buffers: Buffer[]; // [node]
  readonly #most: number;

  /** @param most updates in a message */
  constructor(n: number, most: number) {
    this.#buffers = Array.from({ length: n }, () => ({ ranks: [], subjects: [], came: 0 }));
    this.#most = most;
  }

  /** There is news of the subject: it replaces what was known and begins anew. */
  add(node: NodeId, subject: NodeId): void {
    const buffer = this.#buffers[node];
    const place = buffer.subjects.indexOf(subject);
    if (place < 0) {
      insert(buffer, buffer.came++, subject);
      return;
    }
    const number = buffer.ranks[place] % PASSED;
    buffer.ranks.splice(place, 1);
    buffer.subjects.splice(place, 1);
    insert(buffer, number, subject);
  }

  /**
   * The subjects of which a message tells, which counts as passed on; ties go to what came first. Where all of them fit,
   * they are told in the order in which they came.
   */
  take(node: NodeId, limit: number): readonly NodeId[] {
    const buffer = this.#buffers[node];
    const { ranks, subjects } = buffer;
    if (subjects.length === 0) return NONE;
    const fits = subjects.length <= this.#most;
    const taken = subjects.slice(0, this.#most);
    const ranksOfTaken = ranks.slice(0, this.#most);
    putBack(buffer, taken, ranksOfTaken, limit * PASSED);
    return fits ? inOrderOfComing(taken, ranksOfTaken) : taken;
  }

  clear(node: NodeId): void {
    keep(this.#buffers[node], 0);
  }
}

const NONE: readonly NodeId[] = [];

function inOrderOfComing(subjects: NodeId[], ranks: readonly number[]): readonly NodeId[] {
  const numbers = ranks.map((rank) => rank % PASSED);
  if (numbers.every((number, i) => i === 0 || numbers[i - 1] < number)) return subjects;
  const places = numbers.map((_, place) => place).sort((a, b) => numbers[a] - numbers[b]);
  return places.map((place) => subjects[place]);
}

/** The first of the buffer have been passed on once more: they move behind what was passed on less; `end` and more are dropped. */
function putBack(buffer: Buffer, taken: NodeId[], ranksOfTaken: number[], end: number): void {
  const { ranks, subjects } = buffer;
  let read = taken.length;
  let write = 0;
  for (let i = 0; i < taken.length; i++) {
    const rank = ranksOfTaken[i] + PASSED;
    if (rank >= end) break; // so are those behind it
    for (; read < ranks.length && ranks[read] < rank; read++, write++) {
      ranks[write] = ranks[read];
      subjects[write] = subjects[read];
    }
    ranks[write] = rank;
    subjects[write++] = taken[i];
  }
  for (; read < ranks.length; read++, write++) {
    ranks[write] = ranks[read];
    subjects[write] = subjects[read];
  }
  while (write > 0 && ranks[write - 1] >= end) write--;
  keep(buffer, write);
}

function keep({ ranks, subjects }: Buffer, count: number): void {
  ranks.length = count;
  subjects.length = count;
}

/** Nothing else has this rank. */
function insert({ ranks, subjects }: Buffer, rank: number, subject: NodeId): void {
  const place = firstNotBelow(ranks, rank);
  ranks.splice(place, 0, rank);
  subjects.splice(place, 0, subject);
}

/** How often an update is passed on, and for how many periods a suspicion lasts, in a group of n. */
export const logarithmic = (lambda: number, n: number): number =>
  Math.max(1, Math.ceil(lambda * Math.ceil(Math.log(n + 1))));
