/**
 * When a node's rounds are: the k-th at phase + k * period, with the phase in (0, period], or on a Poisson clock. And
 * what becomes of rounds that a node could not hold when they came due (`Rounds.missed`).
 */
import { exponentialQuantile } from '../base/quantiles.ts';
import type { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import type { NodeId, Rounds } from './model.ts';

export class Beat {
  readonly #period: Micros;
  readonly #phase: Rounds['phase'];
  readonly #missed: NonNullable<Rounds['missed']>;
  readonly #draws: Stream;

  constructor({ periodMs, phase, missed = 'skip' }: Rounds, draws: Stream) {
    this.#period = micros(periodMs);
    this.#phase = phase;
    this.#missed = missed;
    this.#draws = draws;
  }

  /** The first round of a node that starts now: on the common beat, or by a phase or clock of its own. */
  first(node: NodeId, now: Micros): Micros {
    if (this.#phase === 'synchronised') {
      return (Math.floor(now / this.#period) + 1) * this.#period;
    }
    if (this.#phase === 'poisson') return now + this.#gap(node);
    return now + 1 + this.#draws.below(node, this.#period);
  }

  /** The round after one that came due at `due` and is held now. */
  next(node: NodeId, due: Micros, now: Micros): Micros {
    if (this.#phase === 'poisson') return now + this.#gap(node);
    if (due === now || this.#missed === 'delay') return now + this.#period;
    return due + this.#beatsUntil(due, now) * this.#period;
  }

  /** How many rounds are held now, for those that came due from `due` until now. */
  held(due: Micros, now: Micros): number {
    if (due === now || this.#missed !== 'burst' || this.#phase === 'poisson') return 1;
    return this.#beatsUntil(due, now);
  }

  /** Beats at `due`, due + period, ... that are not later than now. */
  #beatsUntil(due: Micros, now: Micros): number {
    return Math.floor((now - due) / this.#period) + 1;
  }

  /** At least a microsecond, so that time goes on. */
  #gap(node: NodeId): Micros {
    return Math.max(1, Math.round(exponentialQuantile(this.#draws.draw(node), this.#period)));
  }
}
