/**
 * In a worker thread: some runs of one cell. Answers are values, also for errors, since an error's own properties
 * do not survive the way back.
 */
import { pathToFileURL } from 'node:url';
import { shown } from '../base/errors.ts';
import { preferKernel } from '../kernel/kernel.ts';
import type { Cell, Experiment, Measures } from './model.ts';

export interface Task {
  readonly modulePath: string;
  /** Folder of measurements that the experiment is held against, if not its own. */
  readonly reference?: string | undefined;
  readonly cell: Cell;
  readonly seeds: readonly string[]; // one run each
}

export interface Answer {
  /** Of the first runs of the task; of all of them, unless there is an error. */
  readonly measures: readonly Measures[];
  readonly error?: { readonly message: string; readonly byUser: boolean };
}

preferKernel(process.env.HEARSAY_KERNEL); // 'ts' or 'wasm', to compare the two; results are the same

export default async function work(task: Task): Promise<Answer> {
  const measures: Measures[] = [];
  try {
    const module = await import(/* @vite-ignore */ pathToFileURL(task.modulePath).href);
    const own: Experiment = module.default;
    const { reference } = task;
    const experiment = reference === undefined ? own : own.withReference!(reference);
    for (const seed of task.seeds) {
      measures.push(declared(experiment, experiment.run(task.cell, seed)));
    }
    return { measures };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { measures, error: { message: error.message, byUser: error.name === 'UserError' } };
  }
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
