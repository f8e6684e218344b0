/** Time and memory against the population, a line per protocol. */
import { statistic } from '../../src/base/statistics.ts';
import type { CellSummary, Drawable } from '../../src/experiment/model.ts';

export interface Row {
  readonly workload: string;
  readonly n: number;
  readonly cpu_s_per_simulated_s: number;
  readonly memory_mb: number; // beside Node itself
  readonly peak_mb: number;
  readonly events: number;
}

const x = { field: 'n', title: 'members', scale: 'log' } as const;
const color = { field: 'workload', title: 'protocol' };

export const drawableOf = (rows: readonly Row[]): Drawable => ({
  name: 'scaling',
  grid: {
    workload: [...new Set(rows.map(({ workload }) => workload))],
    n: [...new Set(rows.map(({ n }) => n))].sort((a, b) => a - b),
  },
  measures: {
    cpu_s_per_simulated_s: 'CPU time per simulated second (s)',
    memory_mb: 'memory beside Node itself (MB)',
  },
  figures: [
    {
      ...{ name: 'scaling-time', title: 'What a simulated second costs', x, color },
      caption: 'CPU time of all threads; one run per point, start included.',
      y: { field: 'cpu_s_per_simulated_s', title: 'CPU s per simulated s', scale: 'log' },
      band: 'range',
    },
    {
      ...{ name: 'scaling-memory', title: 'What memory a run takes', x, color },
      caption: 'Most memory that was resident, less what Node took before; one run per point.',
      y: { field: 'memory_mb', title: 'memory (MB)', scale: 'log' },
      band: 'range',
    },
  ],
});

export const summariesOf = (rows: readonly Row[]): CellSummary[] =>
  rows.map(({ workload, n, cpu_s_per_simulated_s, memory_mb }) => ({
    cell: { workload, n },
    replicates: 1,
    measures: {
      cpu_s_per_simulated_s: statistic([cpu_s_per_simulated_s]),
      memory_mb: statistic([memory_mb]),
    },
    series: {},
  }));
