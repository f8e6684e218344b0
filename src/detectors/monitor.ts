/**
 * Turns suspicion into transitions: a pure state machine, for a protocol and for a replay.
 * - At the exact time: after each `heard`, wake up at `deadline(pair)` and `check`. A timer that finds `deadline(pair)`
 *   is not `now` is stale, for something was heard in between (compare with ===, times are whole).
 * - Polled: `check` at the times at which the real system looks. Where that also trusts only when it looks, feed the
 *   detector itself and leave `heard` out.
 * A pair begins unknown, and the first trust is silent; so a transition is always a change of mind. Ask only about
 * pairs that were heard of. A heartbeat that arrives exactly at the deadline is in time if it is handled first; else the
 * pair is suspected and trusted again in the same instant, a mistake that lasts 0.
 */
import type { Micros } from '../base/time.ts';
import { type Fact, SUSPECTED, TRUSTED } from '../engine/model.ts';
import { type Detector, suspects } from './model.ts';

/** No change of mind. */
export const NO_TRANSITION = 0;

/** SUSPECTED, TRUSTED, or NO_TRANSITION. */
export type Transition = Fact;

/** Which pairs are suspected, and when that changes. */
export interface Monitor {
  readonly bytesPerPair: number; // its own, beside the detector's
  heard(pair: number, now: Micros, sequence: number): Transition;
  check(pair: number, now: Micros): Transition;
  /** When a trusted pair will be suspected if nothing more is heard; Infinity if never, or if it is not trusted. */
  deadline(pair: number): Micros;
  suspected(pair: number): boolean;
  /** The subject is dropped: unknown again, also to the detector. For a new life of it use the detector's `forget`. */
  forget(pair: number): void;
}

const UNKNOWN = 0;

/** A monitor of that detector at that level. */
export function monitor(detector: Detector, pairs: number, level: number): Monitor {
  const state = new Uint8Array(pairs); // [pair] UNKNOWN, TRUSTED or SUSPECTED
  const deadlines = new Float64Array(pairs).fill(Infinity); // [pair] us

  function suspect(pair: number): Transition {
    deadlines[pair] = Infinity;
    if (state[pair] !== TRUSTED) return NO_TRANSITION;
    return (state[pair] = SUSPECTED);
  }

  function trust(pair: number): Transition {
    const before = state[pair];
    state[pair] = TRUSTED;
    return before === SUSPECTED ? TRUSTED : NO_TRANSITION;
  }

  return {
    bytesPerPair: 9,
    heard(pair, now, sequence) {
      detector.heard(pair, now, sequence);
      const expiry = detector.expiry(pair, level);
      if (expiry <= now) return suspect(pair); // overdue all the same: it came too late
      deadlines[pair] = expiry;
      return trust(pair);
    },
    check(pair, now) {
      const suspicious = suspects(detector, detector.suspicion(pair, now), level);
      return suspicious ? suspect(pair) : trust(pair);
    },
    deadline: (pair) => deadlines[pair],
    suspected: (pair) => state[pair] === SUSPECTED,
    forget(pair) {
      detector.forget(pair);
      state[pair] = UNKNOWN;
      deadlines[pair] = Infinity;
    },
  };
}
