import { expect, test } from 'vitest';
import { filesOf } from '../../../bench/peers/files.ts';
import { goalOf, otherGoals } from '../../../bench/peers/goals.ts';
import type { Case, Compared, Program, Run } from '../../../bench/peers/model.ts';
import { summaries } from '../../../bench/peers/summary.ts';
import { caseTable } from '../../../bench/peers/table.ts';

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
    /priority_queue +4,000 +3 \[2, 5\] +4 +1\.5 \[1\.33, 4\] +150 +at least 2: met/,
  );
  expect(table).toMatch(
    /ladder, told +200 +0\.1 \[0\.1, 0\.1\] +0\.06 +150 +at least 0\.25: not met/,
  );
  expect(otherGoals(rows)).toEqual([
    'push, 1,000,000 nodes, takes 150 MB; goal: at most 200 MB, met.',
  ]);
});

test('without a program of ours nothing is divided', () => {
  expect(summaries({ ...compared, series: compared.series.slice(1) })).toEqual([]);
});

test('a process that took no time that can be counted has no ratio', () => {
  const idle = [series('hearsay', [run(1, 0)]), series('other', [run(1, 0)])];
  expect(summaries({ of: of(1e6), series: idle })[1].processRatio).toMatchObject({ missing: 1 });
});

test('runs, summaries, a record and figures are written', async () => {
  const outcomes = [{ ...compared, faults: [] }];
  const missing = [{ programs: 'SimPy', why: 'it is not installed.' }];
  const files = await filesOf({ size: 'full', rounds: 3, outcomes, summaries: rows, missing });
  expect(Object.keys(files)).toContain('figures/push-cost.svg');
  expect(Object.keys(files)).not.toContain('figures/hold-cost.svg');
  const lines = String(files['peers.csv']).split('\n');
  expect(lines[2]).toBe(
    'push,1000000,C++ priority_queue,ns per event,4000,3000,20000,3,2,5,2,4,1.5,1.33333,4,150',
  );
  expect(String(files['peers-runs.csv']).split('\n')).toHaveLength(11);
  expect(JSON.parse(String(files['peers.json']))).toMatchObject({
    programs: { 'hearsay (push)': 'hearsay 1' },
    missing,
  });
});
