/**
 * How time and memory grow with the population: `npm run bench:scaling`. Each population twice as large as the one before,
 * until the next is expected to take longer than the budget, or most of the memory. Then laws of growth, and a million.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { numberIn, oneOf, UserError } from '../../src/base/errors.ts';
import { csv } from '../../src/experiment/csv.ts';
import { DIST } from '../../src/experiment/package.ts';
import { columns } from '../../src/report/columns.ts';
import { drawFigures } from '../../src/report/figures.ts';
import { rounded, significant } from '../../src/report/numbers.ts';
import { machine } from '../peers/files.ts';
import { reasonIn } from '../peers/measure.ts';
import { drawableOf, type Row, summariesOf } from './figures.ts';
import { at, type Law, lawOf, type Shares, sharesAt, sharesOf } from './laws.ts';
import type { Took } from './run.ts';
import { type Workload, workloads } from './workloads.ts';

const MILLION = 1e6;
const MEMORY_SHARE = 0.6;
const LINE = 120; // characters
const MEASURES = ['cpu_s_per_simulated_s', 'memory_mb'] as const;

const USAGE = `npm run bench:scaling -- [--budget SECONDS] [--only WORKLOAD,...] [--out FOLDER]

CPU time and memory against the population, to the largest that fits; laws through them, and a million members.
  --budget   CPU seconds that a run may take; default 120, some twenty minutes in all
  --only     some of ${workloads.map(({ name }) => name).join(', ')}
  --out      default results/bench`;

function measured(name: string, n: number): Took | undefined {
  const words = [join(DIST, 'bench', 'scaling', 'run.js'), name, String(n)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout);
  console.error(`${name}, ${n}: ends here: ${reasonIn(stderr)}`);
  return undefined;
}

/** Populations that fit, in order. */
function rowsOf({ name, first, seconds }: Workload, budget: number): Row[] {
  const rows: Row[] = [];
  /** By how the last two grew, but at least in proportion. */
  const expected = (measure: (typeof MEASURES)[number]): number => {
    const last = rows.slice(-2).map((row) => ({ n: row.n, y: row[measure] }));
    const exponent = Math.max(1, lawOf(last)?.exponent ?? 1);
    return (last.at(-1)?.y ?? 0) * 2 ** exponent;
  };
  const fits = (): boolean =>
    expected('cpu_s_per_simulated_s') * seconds <= budget &&
    expected('memory_mb') <= (MEMORY_SHARE * totalmem()) / 1e6;
  for (let n = first; fits() && n <= 2 * MILLION; n *= 2) {
    const took = measured(name, n);
    if (took === undefined) break;
    const { cpu_s, base_mb, peak_mb, events } = took;
    const memory_mb = Math.max(0, peak_mb - base_mb);
    const row = { workload: name, n, cpu_s_per_simulated_s: cpu_s / seconds, memory_mb };
    rows.push({ ...row, peak_mb, events });
    console.error(`${name}, ${n}: ${significant(cpu_s, 3)} s, ${significant(peak_mb, 3)} MB`);
  }
  return rows;
}

interface Found {
  readonly workload: string;
  readonly measure: (typeof MEASURES)[number];
  readonly law: Law;
  readonly shares: Shares;
}

const lawsOf = (rows: readonly Row[]): Found[] =>
  workloads.flatMap(({ name }) =>
    MEASURES.flatMap((measure): Found[] => {
      const its = rows.filter(({ workload }) => workload === name);
      const points = its.map((row) => ({ n: row.n, y: row[measure] }));
      const [law, shares] = [lawOf(points), sharesOf(points)];
      if (law === undefined || shares === undefined) return [];
      return [{ workload: name, measure, law, shares }];
    }),
  );

const rowsCsv = (rows: readonly Row[]): string =>
  csv(
    ['workload', 'n', ...MEASURES, 'peak_mb', 'events'],
    rows.map((row) => [
      ...[row.workload, row.n, ...MEASURES.map((measure) => rounded(row[measure]))],
      ...[rounded(row.peak_mb), row.events],
    ]),
  );

const lawsCsv = (found: readonly Found[]): string =>
  csv(
    [
      ...['workload', 'measure', 'factor', 'exponent', 'off_ln', 'from_n', 'to_n', 'at_1e6'],
      ...['per_run', 'per_member', 'per_pair', 'shares_off_ln', 'shares_at_1e6'],
    ],
    found.map(({ workload, measure, law, shares }) => [
      ...[workload, measure, rounded(law.factor), rounded(law.exponent), rounded(law.off)],
      ...[law.from, law.to, rounded(at(law, MILLION))],
      ...[rounded(shares.run), rounded(shares.member), rounded(shares.pair)],
      ...[rounded(shares.off), rounded(sharesAt(shares, MILLION))],
    ]),
  );

const RIGHT = { align: 'right' } as const;

const lawTable = (found: readonly Found[]): string =>
  columns(
    [
      ...[{ title: 'workload' }, { title: 'measure' }],
      ...[
        { title: 'up to', ...RIGHT },
        { title: 'exponent', ...RIGHT },
      ],
      ...[
        { title: 'a million', ...RIGHT },
        { title: 'per member', ...RIGHT },
      ],
      ...[
        { title: 'per pair', ...RIGHT },
        { title: 'off by', ...RIGHT },
      ],
      { title: 'a million', ...RIGHT },
    ],
    found.map(({ workload, measure, law, shares }) => [
      ...[workload, measure, law.to.toLocaleString('en')],
      ...[significant(law.exponent, 3), significant(at(law, MILLION), 2)],
      ...[significant(shares.member, 2), significant(shares.pair, 2)],
      ...[`${significant(100 * Math.expm1(shares.off), 2)} %`],
      significant(sharesAt(shares, MILLION), 2),
    ]),
    LINE,
  );

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      budget: { type: 'string', default: '120' },
      only: { type: 'string', default: workloads.map(({ name }) => name).join(',') },
      out: { type: 'string', default: 'results/bench' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const budget = numberIn('bench:scaling', '--budget', Number(values.budget), 0, 1e6);
  const names = workloads.map(({ name }) => name);
  const wanted = values.only.split(',');
  for (const name of wanted) oneOf('bench:scaling', '--only', name, names);
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(values.out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  console.log(`${machine()}; Node ${process.version}; at most ${budget} s of CPU time a run\n`);
  const rows: Row[] = [];
  for (const workload of workloads.filter(({ name }) => wanted.includes(name))) {
    rows.push(...rowsOf(workload, budget));
    write('scaling.csv', rowsCsv(rows));
  }
  const found = lawsOf(rows);
  write('scaling-laws.csv', lawsCsv(found));
  const figures = await drawFigures(drawableOf(rows), summariesOf(rows));
  for (const [name, content] of Object.entries(figures)) write(name, content);
  console.log(lawTable(found));
  console.log(
    '\nMemory (MB) is what a run takes beside Node itself. First a million by the exponent of the three largest populations,\n' +
      'then by what each run, member and pair costs. Both are extrapolated where a million was not measured.',
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
