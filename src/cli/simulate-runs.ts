/** The runs of `hearsay simulate`: on threads, with progress, and what is shown of them. */
import { refuseIfTooLarge } from '../experiment/memory.ts';
import type { Plan } from '../experiment/plan.ts';
import type { Precision } from '../experiment/precision.ts';
import { type Replicated, replicated } from '../experiment/replicated.ts';
import { defaultJobs } from '../experiment/runner.ts';
import { estimatesOf, loadScenario, replicatesOf } from '../experiment/scenario/index.ts';
import { sweepPlan } from '../experiment/scenario/sweep/plan.ts';
import { filled } from '../report/columns.ts';
import { unreachedText } from '../report/precision-text.ts';
import { scenarioCsv, scenarioTable } from '../report/scenario-table.ts';
import { codeOf } from './asking.ts';
import { drawCurve } from './draw-curve.ts';
import { interruptible } from './interrupt.ts';
import { progress } from './progress.ts';
import { print, say, widthOf } from './terminal.ts';
import { DONE } from './verb.ts';
import { commandLine, count } from './wording.ts';

export interface SimulateWish {
  readonly file: string;
  readonly text: string;
  readonly set: readonly string[];
  /** One of the two. */
  readonly replicates: number | undefined;
  readonly precision: Precision | undefined;
  readonly measures: readonly string[];
  readonly quantiles: readonly number[];
  readonly seed: string | undefined;
  readonly jobs: number | undefined;
  readonly format: string;
  /** A curve below the table. */
  readonly draw: boolean;
}

/** Resolves to the exit code. */
export async function simulateRuns(wish: SimulateWish): Promise<number> {
  const plan = await sweepPlan({ ...wish, traces: true });
  refuseIfTooLarge(plan);
  const least = wish.precision === undefined ? '' : 'at least ';
  say(`seed ${plan.seed}, ${least}${count(plan.runs, 'run')}`);
  try {
    show(wish, plan, await onThreads(plan, wish.jobs ?? defaultJobs()));
  } catch (error) {
    return codeOf('simulate', error);
  }
  say(`again: ${again(wish, plan)}`);
  return DONE;
}

async function onThreads(plan: Plan, jobs: number): Promise<Replicated> {
  const { signal, release } = interruptible();
  const start = Date.now();
  const first = { done: 0, total: plan.runs };
  const bar = await progress(plan.experiment.name, first, signal);
  try {
    return await replicated(plan, {
      ...{ jobs, signal },
      onProgress(done, total) {
        const elapsed_s = (Date.now() - start) / 1000;
        bar.update({ done, total, left_s: (elapsed_s * (total - done)) / done });
      },
    });
  } finally {
    bar.stop();
    release();
  }
}

function show(wish: SimulateWish, { seed }: Plan, { plan, runs: cells, unreached }: Replicated) {
  const { precision, format, measures, quantiles } = wish;
  const runs = replicatesOf(seed, cells[0]);
  if (format === 'csv') return print(scenarioCsv(runs, measures).trimEnd());
  const { estimates, zeros } = estimatesOf(plan, cells[0], quantiles);
  const lacking =
    precision === undefined ? '' : unreachedText(precision, unreached, plan.cells.length);
  if (format === 'json') {
    const { written: scenario } = loadScenario(wish.text, wish.file, wish.set);
    const reached = precision && { ...precision, reached: unreached.length === 0, unreached };
    const data = { seed, scenario, replicates: runs.length, precision: reached, estimates, runs };
    print(JSON.stringify(data, null, 2));
  } else {
    const width = widthOf(process.stdout);
    const shown = Object.entries(estimates).filter(
      ([name]) => measures.length === 0 || measures.includes(name),
    );
    const under = zeros.filter(({ measure }) => shown.some(([name]) => name === measure));
    print(scenarioTable(Object.fromEntries(shown), quantiles, width));
    for (const { sentence } of under) print(filled(sentence, width).join('\n'));
    if (wish.draw) drawCurve(wish, seed, runs.length);
  }
  if (lacking !== '') say(lacking);
}

function again(
  { file, set, precision, measures, quantiles, format, draw }: SimulateWish,
  plan: Plan,
) {
  const size =
    precision === undefined
      ? ['--replicates', String(plan.runs)]
      : [
          ...['--precision', precision.within, '--min-replicates', String(precision.least)],
          ...['--max-replicates', String(precision.most)],
        ];
  return commandLine([
    ...['simulate', file],
    ...set.flatMap((setting) => ['--set', setting]),
    ...size,
    ...measures.flatMap((name) => ['--measure', name]),
    ...(quantiles.length > 0 ? ['--quantiles', quantiles.join(',')] : []),
    ...['--seed', plan.seed],
    ...(format === 'table' ? [] : ['--format', format]),
    ...(draw ? ['--draw'] : []),
  ]);
}
