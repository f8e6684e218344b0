/**
 * Where happenings stand on the time line of a viewer. All that a node does at an instant takes no time in a run, and could
 * not be told apart; so what comes later at a node, or came of something, is drawn a step of two nanoseconds later (Lamport's
 * clock, CACM 21(7), 1978, with the simulated time as its least value). What has no duration is drawn one nanosecond long:
 * with a gap between them, slices do not touch where a viewer adds start and duration and rounds.
 */
import { type Chronicle, NO_CAUSE } from '../../metrics/chronicle/index.ts';

const STEP = 2;

export class Timeline {
  readonly #chronicle: Chronicle;
  readonly #last: Float64Array; // [node] nanoseconds
  readonly #when: Float64Array; // [i] nanoseconds

  constructor(chronicle: Chronicle, from: number) {
    this.#chronicle = chronicle;
    this.#last = new Float64Array(chronicle.n).fill(from * 1000);
    this.#when = new Float64Array(chronicle.length);
  }

  /** Of the happening i, in nanoseconds. */
  place(i: number): number {
    const { at, node, cause } = this.#chronicle;
    const after = cause[i] === NO_CAUSE ? 0 : this.#when[cause[i]] + STEP;
    return (this.#when[i] = this.step(node[i], Math.max(at[i] * 1000, after)));
  }

  /** The next moment at the node that is not before `least`. */
  step(node: number, least = 0): number {
    return (this.#last[node] = Math.max(this.#last[node] + STEP, least));
  }
}

/** Nanoseconds as the microseconds of the format, with three decimals. */
export const microText = (ns: number): string =>
  `${Math.floor(ns / 1000)}.${String(ns % 1000).padStart(3, '0')}`;
