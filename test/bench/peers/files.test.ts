import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figuresOf, tablesOf } from '../../../bench/peers/files.ts';
import { goalOf, judged } from '../../../bench/peers/goals.ts';
import { Ledger } from '../../../bench/peers/ledger.ts';
import type { Case, Compared, Program, Run } from '../../../bench/peers/model.ts';
import { summaries } from '../../../bench/peers/summary.ts';
import { caseTable, goalTable } from '../../../bench/peers/table.ts';

const of = (n: number): Case => ({ workload: 'push', n, amount: 0 });
const run = (cpu_s: number, process_s: number): Run => ({
  cpu_s,
  process_s,
  units: 1e6,
  peak_mb: 150,
  check: { events: 1 },
});
const series = (name: string, runs: readonly Run[]) => ({
  program: { name, version: `${name} 1` } as Program,
  runs,
});
const compared: Compared = {
  of: of(1e6),
  series: [
    series('hearsay', [run(1, 2), run(2, 3), run(4, 5)]),
    series('C++ priority_queue', [run(3, 3), run(4, 4), run(20, 20)]),
    series('C++ ladder, told', [run(0.1, 0.05), run(0.2, 0.06), run(0.4, 0.07)]),
  ],
};
const rows = summaries(compared);

test('ratios are of runs of one round, and their median counts', () => {
  expect(rows[1].costRatio).toMatchObject({ p50: 3, min: 2, max: 5 });
  expect(rows[1].cost.p50).toBeCloseTo(4000); // ns per event
});

test('the table says whether a goal is met, and divides no process that is too short', () => {
  expect(rows.map(goalOf)).toEqual([undefined, 2, 0.25]);
  const table = caseTable(rows);
  expect(table).toMatch(
    /priority_queue +4,000 +3 \[2, 5\] +4 +1\.5 \[1\.33, 4\] +150 +3 +at least 2: met/,
  );
  expect(table).toMatch(
    /ladder, told +200 +0\.1 \[0\.1, 0\.1\] +0\.06 +150 +3 +at least 0\.25: not met/,
  );
  const goals = judged(rows).map(({ goal, target, met }) => [goal.what, target, met]);
  expect(goals).toEqual([
    ['their cost / ours', 'at least 2', true],
    ['their cost / ours', 'at least 0.25', false],
    ['peak MB', 'at most 200', true],
  ]);
  expect(goalTable(judged(rows))).toMatch(/peak MB +150 \[150, 150\] +at most 200 +met/);
});

test('of two goals of which one is enough, both are met if one is; vectors may stand in a name', () => {
  const merge = summaries({
    of: { workload: 'merge', n: 1e4, amount: 1 },
    series: [
      series('hearsay', [run(1, 1)]),
      series('typed arrays', [run(60, 60)]),
      series('C++ bytes, AVX2', [run(0.1, 0.1)]),
    ],
  });
  expect(judged(merge).map(({ program, target, met }) => [program, target, met])).toEqual([
    ['typed arrays', 'at least 50, or the other', true],
    ['C++ bytes, AVX2', 'at least 0.25, or the other', true],
  ]);
});

test('without a program of ours nothing is divided', () => {
  expect(summaries({ ...compared, series: compared.series.slice(1) })).toEqual([]);
});

test('a process that took no time that can be counted has no ratio', () => {
  const idle = [series('hearsay', [run(1, 0)]), series('other', [run(1, 0)])];
  expect(summaries({ of: of(1e6), series: idle })[1].processRatio).toMatchObject({ missing: 1 });
});

const comparison = {
  size: 'full' as const,
  rounds: 3,
  outcomes: [{ ...compared, faults: [] }],
  summaries: rows,
  missing: [{ programs: 'SimPy', why: 'it is not installed.' }],
  vectors: 'AVX2',
  git: null,
};

test('summaries and goals are tables; a workload of one size has no figure', async () => {
  const lines = tablesOf(comparison)['peers.csv'].split('\n');
  expect(lines[2]).toBe(
    'push,1000000,C++ priority_queue,ns per event,4000,3000,20000,3,2,5,2,4,1.5,1.33333,4,150,,3',
  );
  expect(tablesOf(comparison)['peers-goals.csv']).toContain(
    'push,1000000,,peak MB,at most 200,150,150,150,met\n',
  );
  expect(await figuresOf(comparison)).toEqual({});
  const smaller = { ...compared, of: of(1e5) };
  const both = { ...comparison, summaries: [...rows, ...summaries(smaller)] };
  expect(Object.keys(await figuresOf(both))).toContain('figures/push-cost.svg');
}, 20_000);

test('an interrupted comparison keeps its runs, and what was measured of other workloads stays', () => {
  const out = mkdtempSync(join(tmpdir(), 'hearsay-ledger-'));
  const text = (name: string) => readFileSync(join(out, name), 'utf8');
  try {
    const first = new Ledger(out, ['push']);
    const [, { program, runs }] = compared.series;
    first.run(compared.of, program, 0, runs[0]);
    expect(text('peers-runs.csv').split('\n')[1]).toMatch(
      /^push,1000000,C\+\+ priority_queue,1,3,1000000,3,150,/,
    );
    first.tables(comparison);
    new Ledger(out, ['hold']).tables({ ...comparison, outcomes: [], summaries: [] });
    expect(text('peers-runs.csv').split('\n')).toHaveLength(3);
    expect(text('peers.csv')).toBe(tablesOf(comparison)['peers.csv']);
    expect(JSON.parse(text('peers.json'))).toMatchObject({
      push: { vectors: 'AVX2', programs: { hearsay: 'hearsay 1' }, faults: [] },
    });
    new Ledger(out, ['push']);
    expect(text('peers-runs.csv').split('\n')).toHaveLength(2);
  } finally {
    rmSync(out, { recursive: true });
  }
});
