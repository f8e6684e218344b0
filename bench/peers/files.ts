/** The comparison as texts: each run, the summaries, the goals, on what they were measured, and the figures. */
import { cpus, totalmem } from 'node:os';
import { csv, type Field, known } from '../../src/experiment/csv.ts';
import type { GitState } from '../../src/experiment/git-state.ts';
import { drawFigures } from '../../src/report/figures.ts';
import { rounded } from '../../src/report/numbers.ts';
import type { Outcome } from './compare.ts';
import { drawableOf, summariesForFigures } from './figures.ts';
import { goalOf, judged, verdict } from './goals.ts';
import type { Case, Missing, Run, Size } from './model.ts';
import { OURS } from './programs/index.ts';
import type { Summary } from './summary.ts';
import { workloadOf } from './workloads.ts';

export interface Comparison {
  readonly size: Size;
  readonly rounds: number;
  readonly outcomes: readonly Outcome[];
  readonly summaries: readonly Summary[];
  readonly missing: readonly Missing[];
  readonly vectors: string; // of the programs in C++
  readonly git: GitState | null;
}

/** File name -> content; of tables the first column is the workload. */
export const tablesOf = ({ summaries }: Comparison): Record<string, string> => ({
  'peers.csv': summariesCsv(summaries),
  'peers-goals.csv': goalsCsv(summaries),
});

export const figuresOf = ({
  summaries,
}: Comparison): Promise<Record<string, string | Uint8Array>> =>
  drawFigures(drawableOf(summaries), summariesForFigures(summaries));

const RUN = [
  'workload',
  'n',
  'program',
  'round',
  'part_cpu_s',
  'units',
  'process_cpu_s',
  'peak_mb',
  'check',
] as const;

/** The heading of the table of runs, or a line of it. */
export const runsHead = (): string => csv(RUN, []);
export const runLine = (of: Case, program: string, round: number, run: Run): string =>
  lineOf([
    of.workload,
    of.n,
    program,
    round + 1,
    run.cpu_s,
    run.units,
    run.process_s,
    run.peak_mb,
    JSON.stringify(run.check),
  ]);

const lineOf = (fields: readonly Field[]): string => {
  const text = csv([''], [fields]);
  return text.slice(text.indexOf('\n') + 1);
};

const SUMMARY: readonly (readonly [column: string, of: (row: Summary) => Field])[] = [
  ['workload', ({ of }) => of.workload],
  ['n', ({ of }) => of.n],
  ['program', ({ program }) => program],
  ['unit', ({ of }) => workloadOf(of.workload).costName],
  ['cost', ({ cost }) => number(cost.p50)],
  ['cost_min', ({ cost }) => number(cost.min)],
  ['cost_max', ({ cost }) => number(cost.max)],
  ['times_ours', ({ costRatio }) => number(costRatio.p50)],
  ['times_ours_min', ({ costRatio }) => number(costRatio.min)],
  ['times_ours_max', ({ costRatio }) => number(costRatio.max)],
  ['goal_at_least', (row) => number(goalOf(row) ?? Number.NaN)],
  ['process_cpu_s', ({ process_s }) => number(process_s.p50)],
  ['process_times_ours', ({ processRatio }) => number(processRatio.p50)],
  ['process_times_ours_min', ({ processRatio }) => number(processRatio.min)],
  ['process_times_ours_max', ({ processRatio }) => number(processRatio.max)],
  ['peak_mb', ({ peak_mb }) => number(peak_mb.p50)],
  ['bytes_per_pair', ({ bytes_per_pair }) => number(bytes_per_pair?.p50 ?? Number.NaN)],
  ['rounds', ({ peak_mb }) => peak_mb.count],
];

const summariesCsv = (summaries: readonly Summary[]): string =>
  csv(
    SUMMARY.map(([column]) => column),
    summaries.map((row) => SUMMARY.map(([, of]) => of(row))),
  );

const goalsCsv = (summaries: readonly Summary[]): string =>
  csv(
    ['workload', 'n', 'beside', 'what', 'goal', 'found', 'found_min', 'found_max', 'verdict'],
    judged(summaries).map(({ goal, program, target, found, met }) => [
      goal.workload,
      goal.n,
      program === OURS ? null : program,
      goal.what,
      target,
      number(found.p50),
      number(found.min),
      number(found.max),
      verdict(met),
    ]),
  );

const number = (value: number): Field => known(rounded(value));

/** Of each workload: on what it was measured, how often, and what was missing or wrong. */
export function recordsOf({ size, rounds, outcomes, missing, vectors, git }: Comparison) {
  const common = { size, rounds, machine: machine(), vectors, git, missing };
  const names = new Set(outcomes.map(({ of }) => of.workload));
  return Object.fromEntries(
    [...names].map((name) => {
      const its = outcomes.filter(({ of }) => of.workload === name);
      const programs = its.flatMap(({ series }) =>
        series.map(({ program }) => [program.name, program.version]),
      );
      const faults = its.flatMap((outcome) => outcome.faults);
      return [name, { ...common, programs: Object.fromEntries(programs), faults }];
    }),
  );
}

/** 'AMD EPYC, 2 cores, 24 GiB' */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
