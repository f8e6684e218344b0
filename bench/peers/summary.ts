/** What a comparison says: each program's cost, and how many times ours it is. */
import { type Statistic, statistic } from '../../src/base/statistics.ts';
import type { Case, Compared, Run } from './model.ts';
import { OURS } from './programs/index.ts';
import { workloadOf } from './workloads.ts';

export interface Summary {
  readonly of: Case;
  readonly program: string;
  readonly cost: Statistic; // of the part that is measured, in the workload's unit
  readonly process_s: Statistic; // CPU time of the whole process
  readonly peak_mb: Statistic;
  /** Of arrays, beside windows; only where it was reported. */
  readonly bytes_per_pair?: Statistic;
  /** Theirs divided by ours, round by round: above 1 ours takes less. */
  readonly costRatio: Statistic;
  readonly processRatio: Statistic;
}

export const cost = ({ workload }: Case, { cpu_s, units }: Run): number =>
  (cpu_s / units) * workloadOf(workload).scale;

/** Of each slice, where there are some. */
const costs = (of: Case, run: Run): number[] =>
  run.slices_s === undefined
    ? [cost(of, run)]
    : run.slices_s.map((cpu_s) => cost(of, { ...run, cpu_s: cpu_s * run.slices_s!.length }));

/** Null by nothing: a process that took less CPU time than can be counted. */
const quotient = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/** Empty where ours is not among the series: it failed, or did other work. */
export function summaries({ of, series }: Compared): Summary[] {
  const ours = series.find(({ program }) => program.name === OURS);
  if (ours === undefined) return [];
  return series.map(({ program, runs }) => {
    const over = (value: (run: Run) => number) => statistic(runs.map(value));
    const ratio = (value: (run: Run) => number) =>
      statistic(runs.map((run, round) => quotient(value(run), value(ours.runs[round]))));
    return {
      of,
      program: program.name,
      cost: statistic(runs.flatMap((run) => costs(of, run))),
      process_s: over((run) => run.process_s),
      peak_mb: over((run) => run.peak_mb),
      ...(runs[0].bytes_per_pair !== undefined && {
        bytes_per_pair: over((run) => run.bytes_per_pair!),
      }),
      costRatio: ratio((run) => cost(of, run)),
      processRatio: ratio((run) => run.process_s),
    };
  });
}
