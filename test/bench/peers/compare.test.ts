import { expect, test } from 'vitest';
import { compare } from '../../../bench/peers/compare.ts';
import type { Case, Program } from '../../../bench/peers/model.ts';
import { summaries } from '../../../bench/peers/summary.ts';
import { caseTable } from '../../../bench/peers/table.ts';

const of: Case = { workload: 'push', n: 1000, amount: 0 };

/** Prints a report with so much CPU time and so many events. */
const program = (name: string, cpu_s: number, events: number, more = {}): Program => ({
  name,
  workload: 'push',
  command: () => [
    'echo',
    JSON.stringify({ cpu_s, units: 1000, peak_mb: 5, check: { events, reached: 9 } }),
  ],
  exact: [],
  version: '1',
  ...more,
});
const broken = program('broken', 1, 1, { command: () => ['false'] });

test('programs that did equal work are compared; others are left out, with a sentence', async () => {
  const programs = [
    program('hearsay', 0.5, 100),
    program('slow', 1, 100),
    program('lazy', 0.1, 90),
    broken,
    program('slower', 2, 100, { slowFrom: 1000 }),
    program('slowest', 3, 100, { onceFrom: 1000 }),
    program('too small', 1, 100, { most: 999 }),
    program('elsewhere', 1, 100, { workload: 'hold' }),
  ];
  const said: string[] = [];
  const plan = { rounds: 3, proves: true, say: (line: string) => said.push(line) };
  const outcome = await compare(of, programs, plan);
  expect(said).toEqual([1, 2, 3].map((round) => `push, 1,000 nodes: round ${round} of 3`));
  expect(outcome.series.map(({ program: { name }, runs }) => [name, runs.length])).toEqual([
    ['hearsay', 3],
    ['slow', 3],
    ['slower', 2],
    ['slowest', 1],
  ]);
  expect(outcome.faults.map(({ program: name, why }) => [name, why])).toEqual([
    ['broken', 'it ended with code 1: it said nothing'],
    ['lazy', 'events is 90, and that of hearsay 100: they may differ by 1 %.'],
  ]);
  const rows = summaries(outcome);
  expect(rows[1]).toMatchObject({ program: 'slow', cost: { p50: 1e6 }, costRatio: { p50: 2 } });
  expect(caseTable(rows)).toMatch(/slow +1,000,000 +2 \[2, 2\]/);
});

test('a proof with the shared luck is held against those that share it', async () => {
  const shared = program('shared', 1, 100, { exact: ['events'] });
  const proof = { exact: ['events'], command: program('', 1, 101).command };
  const ours = program('hearsay', 1, 100, { proof });
  const plan = { rounds: 1, say: () => {} };
  const { faults } = await compare(of, [ours, shared], { ...plan, proves: true });
  expect(faults.map(({ program: name, why }) => [name, why])).toEqual([
    ['hearsay', 'events is 101, and that of shared 100: they must be equal.'],
  ]);
  expect((await compare(of, [ours, shared], { ...plan, proves: false })).faults).toEqual([]);
});
