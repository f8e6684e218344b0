/** A meter of a run: what it observes, and what it measured after it. */
import type { Observer, Outcome } from '../../engine/model.ts';
import type { Run } from './build.ts';
import type { Group } from './read.ts';

/** A rate is a count over an exposure. */
export interface Count {
  readonly count: number;
  readonly per: number;
}
export type Measure = number | boolean | null | Count;
export type Measured = Readonly<Record<string, Measure>>;

export interface Meter {
  readonly observer: Observer;
  readonly measure: (outcome: Outcome) => Measured;
}

export type MeterOf = (scenario: Group, run: Run) => Meter;

/** null where any of them is, or there is none. */
export const meanOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length < values.length || known.length === 0
    ? null
    : known.reduce((sum, x) => sum + x, 0) / known.length;
};

export const over = (count: number, all: number): number | null => (all === 0 ? null : count / all);
