/** The comparison as tables for the terminal: one per case, a row per program. */
import type { Statistic } from '../../src/base/statistics.ts';
import { type Column, columns, filled } from '../../src/report/columns.ts';
import { significant } from '../../src/report/numbers.ts';
import type { Fault } from './compare.ts';
import { goalOf, type Judged, verdict } from './goals.ts';
import type { Missing } from './model.ts';
import { OURS } from './programs/index.ts';
import type { Summary } from './summary.ts';
import { caseName, workloadOf } from './workloads.ts';

const LINE = 120; // characters
/** Below ten ticks of the clock that counts CPU time, a ratio says little. */
const LEAST_S = 0.1;

export const LEGEND = filled(
  'Medians over the rounds, [smallest, largest]. CPU time, user and system, of all threads. "Part" is the simulation alone, as each program measures it; "process" the whole process, its start included. "Times ours": theirs divided by ours, round by round; above 1 we take less. The CPU time of a process is known to 0.01 s: it is divided from 0.1 s on. Programs that take long have fewer rounds, as stands there. A queue that is "told" knows beforehand how many events there will be and how far ahead.',
  LINE,
).join('\n');

/** The summaries of one case. */
export function caseTable(rows: readonly Summary[]): string {
  const [{ of }] = rows;
  const right = (title: string): Column => ({ title, align: 'right' });
  const shape: Column[] = [
    { title: 'program' },
    right(`part: ${workloadOf(of.workload).costName}`),
    right('times ours'),
    right('process: s'),
    right('times ours'),
    right('peak MB'),
    right('rounds'),
    { title: 'goal' },
  ];
  const table = columns(shape, rows.map(rowOf), LINE);
  return `${caseName(of)}\n\n${table}\n`;
}

const rowOf = (row: Summary): string[] => [
  row.program,
  significant(row.cost.p50, 3),
  row.program === OURS ? '' : spread(row.costRatio),
  significant(row.process_s.p50, 3),
  row.program === OURS || row.process_s.p50 < LEAST_S ? '' : spread(row.processRatio),
  significant(row.peak_mb.p50, 3),
  String(row.peak_mb.count),
  goalText(row),
];

/** '4.1 [3.9, 4.4]' */
const spread = ({ p50, min, max }: Pick<Statistic, 'p50' | 'min' | 'max'>): string =>
  `${significant(p50, 3)} [${significant(min, 3)}, ${significant(max, 3)}]`;

function goalText(row: Summary): string {
  const goal = goalOf(row);
  if (goal === undefined) return '';
  return `at least ${significant(goal, 3)}: ${verdict(row.costRatio.p50 >= goal)}`;
}

/** All goals that were measured, a row each. */
export function goalTable(all: readonly Judged[]): string {
  const shape: Column[] = [
    { title: 'case' },
    { title: 'beside' },
    { title: 'what' },
    { title: 'found', align: 'right' },
    { title: 'goal' },
    { title: 'verdict' },
  ];
  const rows = all.map(({ goal: { workload, n, what }, program, found, target, met }) => [
    `${workload}, ${n.toLocaleString('en')}`,
    program === OURS ? '' : program,
    what,
    spread(found),
    target,
    verdict(met),
  ]);
  return `Goals\n\n${columns(shape, rows, LINE)}\n`;
}

export const missingText = (missing: readonly Missing[]): string[] =>
  missing.map(({ programs, why }) => `Without ${programs}: ${why}`);

export const faultText = ({ of, program, why }: Fault): string =>
  `${caseName(of)}: ${program} is left out: ${why}`;
