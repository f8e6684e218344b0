/**
 * The first whole microsecond at which a detector suspects: a closed form gives a guess, which rounding may have put a
 * little off; the search makes it exact by the detector's own `suspicion`, so that the two can never disagree.
 */
import type { Micros } from '../base/time.ts';
import { type Detector, suspects } from './model.ts';

/** 142 years: what is later never happens. */
const NEVER: Micros = 2 ** 52;

/** The first time from `from` on at which `pair` is suspected at `level`; `guess` need not be whole or near. */
export function crossing(
  detector: Detector,
  pair: number,
  level: number,
  from: Micros,
  guess: number,
): Micros {
  if (suspects(detector, detector.suspicion(pair, from), level)) return from;
  if (!(guess < NEVER)) return Infinity;
  let not = from; // not suspected yet
  let yet = Math.max(from + 1, Math.ceil(guess)); // suspected, once the loops have run
  if (suspects(detector, detector.suspicion(pair, yet), level)) {
    for (let step = 1; yet - step > not; step *= 2) {
      if (!suspects(detector, detector.suspicion(pair, yet - step), level)) not = yet - step;
      else yet -= step;
    }
  } else {
    for (let step = 1; ; step *= 2) {
      not = yet;
      yet += step;
      if (yet > NEVER) return Infinity;
      if (suspects(detector, detector.suspicion(pair, yet), level)) break;
    }
  }
  while (yet - not > 1) {
    const middle = Math.floor((not + yet) / 2);
    if (suspects(detector, detector.suspicion(pair, middle), level)) yet = middle;
    else not = middle;
  }
  return yet;
}
