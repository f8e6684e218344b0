/**
 * Recorded arrivals through a detector, at many levels in one pass: the state of a detector does not depend on the
 * level, so each arrival asks it for one expiry per level. All levels see the same arrivals: perfectly paired.
 * Suspicion is at the exact time. An arrival at the very instant of an expiry is in time.
 */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { type Fact, SUSPECTED, TRUSTED } from '../engine/model.ts';
import type { Detector } from './model.ts';

/** In the place of a sequence number: the subject began a new life, its numbers start again. No heartbeat by itself. */
export const NEW_LIFE = -Infinity;

export interface Arrivals {
  readonly times: Float64Array; // [arrival] us, ascending
  readonly pairs: Int32Array; // [arrival]
  readonly sequences: Float64Array; // [arrival] number of the heartbeat, or NEW_LIFE
}

/** Changes of mind in order of time; each pair's alternate, SUSPECTED first. Its first trust is silent. */
export interface Transitions {
  readonly level: number;
  readonly times: Float64Array; // [transition] us
  readonly pairs: Int32Array; // [transition]
  readonly facts: Uint8Array; // [transition] SUSPECTED or TRUSTED
}

interface Lists {
  readonly times: number[];
  readonly pairs: number[];
  readonly facts: Fact[];
}

/** Transitions up to and including `horizon`, for each level. The detector must be new, and serve all pairs. */
export function replay(
  arrivals: Arrivals,
  detector: Detector,
  levels: readonly number[],
  horizon: Micros,
): Transitions[] {
  const { times, pairs, sequences } = arrivals;
  const width = levels.length;
  const size = pairs.reduce((most, pair) => Math.max(most, pair + 1), 0);
  const state = new Uint8Array(size * width); // [pair * width + level] 0 before the first trust
  const deadlines = new Float64Array(size * width).fill(Infinity); // [pair * width + level] us
  const lists: Lists[] = levels.map(() => ({ times: [], pairs: [], facts: [] })); // [level]

  function change(at: number, time: Micros, pair: number, fact: Fact): void {
    const list = lists[at - pair * width];
    state[at] = fact;
    list.times.push(time);
    list.pairs.push(pair);
    list.facts.push(fact);
  }

  function hear(pair: number, now: Micros, sequence: number): void {
    for (let at = pair * width; at < (pair + 1) * width; at++) {
      if (state[at] === TRUSTED && deadlines[at] < now) change(at, deadlines[at], pair, SUSPECTED);
    }
    if (sequence === NEW_LIFE) {
      detector.forget(pair); // the old deadlines stand until it is heard
      return;
    }
    detector.heard(pair, now, sequence);
    for (let i = 0; i < width; i++) {
      const at = pair * width + i;
      const expiry = detector.expiry(pair, levels[i]);
      deadlines[at] = expiry;
      if (expiry <= now) {
        if (state[at] === TRUSTED) change(at, now, pair, SUSPECTED);
      } else if (state[at] === SUSPECTED) change(at, now, pair, TRUSTED);
      else state[at] = TRUSTED;
    }
  }

  for (let i = 0; i < times.length && times[i] <= horizon; i++) {
    assert(i === 0 || times[i] >= times[i - 1], `arrival ${i} is earlier than the one before`);
    hear(pairs[i], times[i], sequences[i]);
  }
  for (let at = 0; at < state.length; at++) {
    if (state[at] !== TRUSTED || deadlines[at] > horizon) continue;
    change(at, deadlines[at], Math.floor(at / width), SUSPECTED);
  }
  return lists.map((list, i) => inOrder(levels[i], list));
}

/** Suspicions are found when the next arrival of the pair is looked at, so the lists are in order per pair only. */
function inOrder(level: number, { times, pairs, facts }: Lists): Transitions {
  const order = Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b]); // stable
  return {
    level,
    times: Float64Array.from(order, (i) => times[i]),
    pairs: Int32Array.from(order, (i) => pairs[i]),
    facts: Uint8Array.from(order, (i) => facts[i]),
  };
}
