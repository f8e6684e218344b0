/** When a node's rounds are: the k-th at phase + k * period, with the phase in (0, period]. */
import type { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import type { NodeId, Rounds } from './model.ts';

export class Beat {
  readonly period: Micros;
  readonly #inStep: boolean;
  readonly #draws: Stream;

  constructor({ periodMs, phase }: Rounds, draws: Stream) {
    this.period = micros(periodMs);
    this.#inStep = phase === 'synchronised';
    this.#draws = draws;
  }

  /** The first round of a node that starts now: on the common beat, or by a phase of its own. */
  first(node: NodeId, now: Micros): Micros {
    if (this.#inStep) return (Math.floor(now / this.period) + 1) * this.period;
    return now + 1 + this.#draws.below(node, this.period);
  }
}
