/**
 * News that a member passes on with its messages: of the updates that it has passed on fewest times, at most so many
 * a message, and each at most lambda ceil(ln(n + 1)) times. Source: Das, Gupta, Motivala 2002, section 4.1 and 5.
 */
import type { NodeId } from '../../engine/model.ts';

interface Buffer {
  readonly subjects: NodeId[];
  /** [place] how often it was passed on. */
  readonly passed: number[];
}

export class Updates {
  readonly #buffers: Buffer[]; // [node]
  readonly #most: number;

  /** @param most updates in a message */
  constructor(n: number, most: number) {
    this.#buffers = Array.from({ length: n }, () => ({ subjects: [], passed: [] }));
    this.#most = most;
  }

  /** There is news of the subject: it replaces what was known and begins anew. */
  add(node: NodeId, subject: NodeId): void {
    const { subjects, passed } = this.#buffers[node];
    const place = subjects.indexOf(subject);
    if (place < 0) {
      subjects.push(subject);
      passed.push(0);
    } else passed[place] = 0;
  }

  /** The subjects of which a message tells, which counts as passed on; ties go to what came first. */
  take(node: NodeId, limit: number): readonly NodeId[] {
    const { subjects, passed } = this.#buffers[node];
    if (subjects.length === 0) return NONE;
    const places =
      subjects.length <= this.#most ? subjects.map((_, place) => place) : this.#fewest(passed);
    const taken = places.map((place) => subjects[place]);
    for (const place of places) passed[place]++;
    for (let place = subjects.length - 1; place >= 0; place--) {
      if (passed[place] < limit) continue;
      subjects.splice(place, 1);
      passed.splice(place, 1);
    }
    return taken;
  }

  #fewest(passed: readonly number[]): number[] {
    const places = passed.map((_, place) => place);
    places.sort((a, b) => passed[a] - passed[b] || a - b);
    return places.slice(0, this.#most);
  }

  clear(node: NodeId): void {
    this.#buffers[node].subjects.length = 0;
    this.#buffers[node].passed.length = 0;
  }
}

const NONE: readonly NodeId[] = [];

/** How often an update is passed on, and for how many periods a suspicion lasts, in a group of n. */
export const logarithmic = (lambda: number, n: number): number =>
  Math.max(1, Math.ceil(lambda * Math.ceil(Math.log(n + 1))));
