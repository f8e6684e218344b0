/** Rounds that a node could not hold when they came due (`Rounds.missed`). The beat: due + k * period. */
import type { Micros } from '../base/time.ts';
import type { Rounds } from './model.ts';

export type Missed = NonNullable<Rounds['missed']>;

/** The round after one that came due at `due` and is held only now, later than `due`. */
export const roundAfter = (due: Micros, now: Micros, period: Micros, missed: Missed): Micros =>
  missed === 'delay' ? now + period : due + beatsUntil(due, now, period) * period;

/** How many rounds are held now, for those that came due from `due` until now. */
export const roundsHeld = (due: Micros, now: Micros, period: Micros, missed: Missed): number =>
  missed === 'burst' ? beatsUntil(due, now, period) : 1;

/** Beats at `due`, due + period, ... that are not later than now. */
const beatsUntil = (due: Micros, now: Micros, period: Micros): number =>
  Math.floor((now - due) / period) + 1;
