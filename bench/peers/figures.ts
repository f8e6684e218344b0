/** For each workload of several sizes two figures: cost against n, memory against n, a line per program. */
import type { CellSummary, Drawable, Figure } from '../../src/experiment/model.ts';
import type { Summary } from './summary.ts';
import { type Workload, workloads } from './workloads.ts';

const COST = 'cost';
const MEMORY = 'peak_mb';
const CAPTION = 'CPU time, user and system, all threads, of the simulation alone.';

export function drawableOf(summaries: readonly Summary[]): Drawable {
  const distinct = <T>(values: readonly T[]) => [...new Set(values)];
  const hasSizes = ({ name }: Workload) =>
    distinct(summaries.filter(({ of }) => of.workload === name).map(({ of }) => of.n)).length > 1;
  return {
    name: 'peers',
    grid: {
      workload: workloads.map(({ name }) => name),
      program: distinct(summaries.map(({ program }) => program)),
      n: distinct(summaries.map(({ of }) => of.n)),
    },
    measures: { [COST]: 'CPU time per unit', [MEMORY]: 'peak resident memory (MB)' },
    figures: workloads
      .filter(hasSizes)
      .flatMap((workload) => [
        figure(workload, 'cost', COST, `CPU time, ${workload.costName}`, CAPTION),
        figure(workload, 'memory', MEMORY, 'peak memory (MB)', 'Of the whole process.'),
      ]),
  };
}

const figure = (
  { name, title, things }: Workload,
  what: string,
  field: string,
  axis: string,
  caption: string,
): Figure => ({
  name: `${name}-${what}`,
  title,
  caption: `${caption} Runs in turn, round after round. Bands: smallest to largest.`,
  x: { field: 'n', title: things, scale: 'log' },
  y: { field, title: axis, scale: 'log' },
  color: { field: 'program', title: 'program' },
  where: ({ workload }) => workload === name,
  band: 'range',
});

export const summariesForFigures = (summaries: readonly Summary[]): CellSummary[] =>
  summaries.map(({ of, program, cost, peak_mb }) => ({
    cell: { workload: of.workload, program, n: of.n },
    replicates: cost.count,
    measures: { [COST]: cost, [MEMORY]: peak_mb },
    series: {},
  }));
