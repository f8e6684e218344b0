/**
 * What ACK and ACK2 carry, flat: requests (digests) and deltas (endpoint states), as 32-bit numbers in a row. A delta
 * refers to a set of states in the book and the floor above which it takes them: nothing is copied.
 */
import type { NodeId } from '../../engine/model.ts';
import type { StatesBook } from './states-book.ts';

/** [request * 3] subject, generation, version: what is above it, please. A SYN is a row of these, too. */
export type Digests = readonly number[] | Int32Array;
export const DIGEST_WORDS = 3;

/** [delta * 5] subject, generation, heartbeat, number of the states, floor. */
export type Deltas = readonly number[] | Int32Array;
export const DELTA_WORDS = 5;

export interface Delta {
  subject: NodeId;
  generation: number;
  heartbeat: number;
  states: number;
  floor: number;
}

export const lengthOf = (deltas: Deltas): number => deltas.length / DELTA_WORDS;

/** Reads the i-th one into `into`, which it returns. */
export function deltaAt(deltas: Deltas, i: number, into: Delta): Delta {
  const from = i * DELTA_WORDS;
  into.subject = deltas[from];
  into.generation = deltas[from + 1];
  into.heartbeat = deltas[from + 2];
  into.states = deltas[from + 3];
  into.floor = deltas[from + 4];
  return into;
}

/** The highest version in it: of the heartbeat, or of a state that it carries. */
export function maxOf({ heartbeat, states, floor }: Delta, book: StatesBook): number {
  const max = book.max(states);
  return max > floor && max > heartbeat ? max : heartbeat;
}
