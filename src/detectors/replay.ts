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

/** Recorded arrivals, in columns. */
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

/** A change of mind at `levels[level]`. Each pair's come in order; those of different pairs do not. */
export type OnChange = (level: number, pair: number, time: Micros, fact: Fact) => void;

/**
 * Told after each heartbeat, for each level in turn: if nothing more were heard, the pair would be suspected at
 * `expiry`. That is `now` where it is overdue all the same, Infinity where it never would be.
 */
export type OnExpiry = (level: number, pair: number, now: Micros, expiry: Micros) => void;

/**
 * Every change of mind up to and including `horizon`, at each level. The detector must be new, and serve all pairs.
 * @param onExpiry what a crash after any heartbeat would have cost.
 */
export function walk(
  arrivals: Arrivals,
  detector: Detector,
  levels: readonly number[],
  horizon: Micros,
  onChange: OnChange,
  onExpiry?: OnExpiry,
): void {
  const { times, pairs, sequences } = arrivals;
  const width = levels.length;
  const size = pairs.reduce((most, pair) => Math.max(most, pair + 1), 0);
  const state = new Uint8Array(size * width); // [pair * width + level] 0 before the first trust
  const deadlines = new Float64Array(size * width).fill(Infinity); // [pair * width + level] us

  function change(at: number, time: Micros, pair: number, fact: Fact): void {
    state[at] = fact;
    onChange(at - pair * width, pair, time, fact);
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
      if (onExpiry !== undefined) onExpiry(i, pair, now, expiry);
      if (expiry <= now) {
        if (state[at] === TRUSTED) change(at, now, pair, SUSPECTED);
      } else if (state[at] === SUSPECTED) change(at, now, pair, TRUSTED);
      else state[at] = TRUSTED;
    }
  }

  for (let i = 0; i < times.length && times[i] <= horizon; i++) {
    if (i > 0 && times[i] < times[i - 1])
      assert(false, `arrival ${i} is earlier than the one before`);
    hear(pairs[i], times[i], sequences[i]);
  }
  for (let at = 0; at < state.length; at++) {
    if (state[at] !== TRUSTED || deadlines[at] > horizon) continue;
    change(at, deadlines[at], Math.floor(at / width), SUSPECTED);
  }
}

interface Lists {
  readonly times: number[];
  readonly pairs: number[];
  readonly facts: Fact[];
}

/** The same as lists in order of time, one for each level. */
export function replay(
  arrivals: Arrivals,
  detector: Detector,
  levels: readonly number[],
  horizon: Micros,
  onExpiry?: OnExpiry,
): Transitions[] {
  const lists: Lists[] = levels.map(() => ({ times: [], pairs: [], facts: [] })); // [level]
  const note: OnChange = (level, pair, time, fact) => {
    lists[level].times.push(time);
    lists[level].pairs.push(pair);
    lists[level].facts.push(fact);
  };
  walk(arrivals, detector, levels, horizon, note, onExpiry);
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
