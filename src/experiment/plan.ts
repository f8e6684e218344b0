/** A plan: an experiment with everything resolved that decides its results, before anything runs. */
import { shown, UserError, wholeNumber } from '../base/errors.ts';
import { type Axes, cellText, product } from './grid.ts';
import type { Cell, Experiment } from './model.ts';
import { checkPrecision, type Precision, sizesOf } from './precision.ts';
import { modulePathOf, referenced } from './registry.ts';
import type { SweepRequest } from './scenario/sweep/model.ts';
import { type Settings, withSettings } from './settings.ts';

const MOST_CELLS = 1_000_000;

export interface PlannedCell {
  /** Its place in grid order, from 0. */
  readonly index: number;
  readonly cell: Cell;
  /** Replicates 0 .. replicates-1 are run. */
  readonly replicates: number;
  /** About how many events and bytes one run takes. */
  readonly events: number;
  readonly bytes: number;
}

/** What the user asked for; what is absent is the experiment's own. */
export interface Request {
  readonly quick?: boolean;
  readonly seed?: string;
  readonly replicates?: number;
  /** Instead of replicates: each cell gets as many as it takes. The plan has those of the first look. */
  readonly precision?: Precision;
  readonly set?: Settings;
  /** A folder of measurements to hold it against. */
  readonly reference?: string;
  /** The scenario file and its axes, if it is a sweep. */
  readonly sweep?: SweepRequest;
}

export interface Plan {
  readonly experiment: Experiment;
  readonly modulePath: string;
  readonly size: 'full' | 'quick' | 'custom';
  readonly request: Request;
  readonly seed: string;
  readonly axes: Axes;
  readonly cells: readonly PlannedCell[]; // grid order, the last axis fastest
  readonly runs: number;
  readonly events: number; // of all runs, about
  readonly bytes: number; // of the largest run, about
}

export function plan(own: Experiment, request: Request = {}): Plan {
  const experiment = referenced(own, request.reference);
  const { name, grid, quick } = experiment;
  const { set = {}, precision, seed = experiment.seed } = request;
  if (typeof seed !== 'string' || seed === '') {
    throw new UserError(`${name}: the seed must be a text that is not empty; got ${shown(seed)}`);
  }
  if (precision !== undefined) checkPrecision(experiment, precision);
  const replicates = precision === undefined ? request.replicates : sizesOf(precision)[0];
  if (replicates !== undefined) wholeNumber(name, 'replicates', replicates, 1, 1e9);
  const sized = request.quick ? ({ ...grid, ...quick.grid } as Axes) : grid;
  const axes = withSettings(experiment, sized, set);
  const declared = request.quick ? quick.replicates : experiment.replicates;
  const custom =
    replicates !== undefined || Object.keys(set).length > 0 || request.reference !== undefined;
  const size = custom ? 'custom' : request.quick ? 'quick' : 'full';
  return resolve(experiment, { request, size, seed, axes }, replicates ?? declared);
}

/** The plan over given axes; `replicates` for all cells, by cell, or in grid order. */
export function resolve(
  experiment: Experiment,
  decided: Pick<Plan, 'request' | 'size' | 'seed' | 'axes'>,
  replicates: Experiment['replicates'] | readonly number[],
): Plan {
  const { name, where = () => true } = experiment;
  const size = Object.values(decided.axes).reduce((cells, values) => cells * values.length, 1);
  if (size > MOST_CELLS) {
    throw new UserError(
      `${name}: the grid has ${size} cells; give fewer values (at most ${MOST_CELLS} cells)`,
    );
  }
  const cells = product(decided.axes)
    .filter((cell) => where(cell))
    .map(planned);
  if (cells.length === 0) {
    throw new UserError(
      `${name}: no cell of the grid is left; this experiment leaves out all of them`,
    );
  }
  function planned(cell: Cell, index: number): PlannedCell {
    const where = `${name}: cell ${cellText(cell)}`;
    const count = typeof replicates === 'function' ? replicates(cell) : listed(replicates, index);
    return {
      index,
      cell,
      replicates: wholeNumber(where, 'replicates', count, 1, 1e9),
      events: guess(experiment.events(cell)),
      bytes: guess(experiment.bytes(cell)),
    };
  }
  return {
    experiment,
    modulePath: modulePathOf(experiment),
    ...decided,
    cells,
    runs: cells.reduce((sum, { replicates }) => sum + replicates, 0),
    events: cells.reduce((sum, { replicates, events }) => sum + replicates * events, 0),
    bytes: cells.reduce((most, { bytes }) => Math.max(most, bytes), 0),
  };
}

const listed = (replicates: number | readonly number[], index: number): number =>
  typeof replicates === 'number' ? replicates : replicates[index];

/** Estimates of values that `run` will refuse may be nonsense; the refusal is the sentence to show. */
const guess = (estimate: number): number => Math.max(0, estimate || 0);
