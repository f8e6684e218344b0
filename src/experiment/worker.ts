/**
 * In a worker thread, here or on another machine: some runs of one cell. Answers are values, also for errors, since an error's own properties
 * do not survive the way back.
 */
import { pathToFileURL } from 'node:url';
import { shown } from '../base/errors.ts';
import { preferKernel } from '../kernel/kernel.ts';
import { pathsTaken } from '../kernel/paths.ts';
import type { Cell, Experiment, Measures } from './model.ts';
import type { Ran } from './result.ts';
import type { SweepRequest } from './scenario/sweep/model.ts';

export interface Task {
  readonly modulePath: string;
  /** Folder of measurements that the experiment is held against, if not its own. */
  readonly reference?: string | undefined;
  /** The experiment is a sweep over a scenario file. */
  readonly sweep?: SweepRequest | undefined;
  readonly cell: Cell;
  readonly seeds: readonly string[]; // one run each
  /** About how many bytes one run takes. */
  readonly bytes: number;
}

export interface Answer {
  /** The first runs of the task; all of them, unless there is an error. */
  readonly ran: readonly Ran[];
  readonly error?: { readonly message: string; readonly byUser: boolean };
}

preferKernel(process.env.HEARSAY_KERNEL); // 'ts' or 'wasm', to compare the two; results are the same

export default async function work(task: Task): Promise<Answer> {
  const ran: Ran[] = [];
  try {
    const experiment = await experimentOf(task);
    for (const seed of task.seeds) {
      pathsTaken(); // what a run that failed left
      const measures = declared(experiment, experiment.run(task.cell, seed));
      ran.push({ measures, paths: pathsTaken() });
    }
    return { ran };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { ran, error: { message: error.message, byUser: error.name === 'UserError' } };
  }
}

/** Sweeps of the last tasks: each has the scenarios of its cells, read once. */
const sweeps = new Map<string, Experiment>();
const MOST_SWEEPS = 8;

async function experimentOf({ modulePath, reference, sweep }: Task): Promise<Experiment> {
  if (sweep !== undefined) return sweepFor(sweep);
  const module = await import(/* @vite-ignore */ pathToFileURL(modulePath).href);
  const own: Experiment = module.default;
  return reference === undefined ? own : own.withReference!(reference);
}

async function sweepFor(request: SweepRequest): Promise<Experiment> {
  const { sweepExperiment } = await import('./scenario/sweep/experiment.ts');
  const key = JSON.stringify(request);
  const known = sweeps.get(key);
  if (known !== undefined) return known;
  if (sweeps.size === MOST_SWEEPS) sweeps.clear();
  const made = sweepExperiment(request);
  sweeps.set(key, made);
  return made;
}

/** The measures in the declared order, if they are what the experiment declares. */
function declared(experiment: Experiment, measures: Measures): Measures {
  const { series = {} } = experiment;
  const wanted = Object.keys(experiment.measures);
  const stray = Object.keys(measures).find((column) => !wanted.includes(column));
  if (stray !== undefined) throw new Error(`run measured ${stray}, which is not declared`);
  const ordered: Record<string, Measures[string]> = {};
  for (const column of wanted) {
    const value = measures[column];
    const points = series[column]?.at.length;
    const right =
      points === undefined
        ? value === null || typeof value === 'number' || typeof value === 'boolean'
        : Array.isArray(value) && value.length === points;
    const expected = points === undefined ? 'a number, boolean or null' : `a list of ${points}`;
    if (!right) throw new Error(`run must measure ${column} as ${expected}; got ${shown(value)}`);
    ordered[column] = value;
  }
  return ordered;
}
