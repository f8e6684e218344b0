import { expect, test } from 'vitest';
import { estimate } from '../../src/experiment/estimate.ts';
import type { Plan } from '../../src/experiment/plan.ts';
import { plan } from '../../src/experiment/plan.ts';
import { loadExperiments } from '../../src/experiment/registry.ts';
import { suites } from '../../src/experiment/suites.ts';
import { tasksOf } from '../../src/experiment/tasks.ts';
import { fixture } from './support/folders.ts';

const NS = 100; // per event

/** As if each cell took this many events, and one run so many bytes. */
const sized = (of: Plan, events: number[], bytes: number): Plan => {
  const cells = of.cells
    .slice(0, events.length)
    .map((c, i) => ({ ...c, events: events[i], bytes }));
  const total = cells.reduce((sum, c) => sum + c.events * c.replicates, 0);
  const runs = cells.reduce((sum, c) => sum + c.replicates, 0);
  return { ...of, cells, events: total, runs, bytes };
};

test('the time is that of all events over the workers, but not less than that of the heaviest run', async () => {
  const small = sized(plan(await fixture('push-small')), [1e6, 1e6], 0); // 5 replicates each
  expect(estimate(small, 1, NS).seconds).toBeCloseTo(1);
  expect(estimate(small, 2, NS).seconds).toBeCloseTo(0.5);
  expect(estimate(small, 100, NS).seconds).toBeCloseTo(0.1);
  expect(estimate(small, 2, NS, { runs: 0, events: 0 }).seconds).toBe(0);
});

test('the memory is that of the runs that go on at once', async () => {
  const small = sized(plan(await fixture('push-small')), [1, 1], 1e9);
  const bytes = (jobs: number, available = 1e12) =>
    estimate(small, jobs, NS, small, available).bytes;
  expect(bytes(3) - bytes(2)).toBe(1e9 + 40e6);
  expect(bytes(50)).toBe(bytes(10)); // 10 runs in all
  expect(bytes(3, 2.5e9)).toBe(2.5e9); // of the three one waits
});

test('tasks hold every replicate once, heavy runs first, none much longer than 0.2 s', async () => {
  const of = sized(plan(await fixture('push-small')), [10, 3e5, 5e6], 0);
  const pending = of.cells.map((planned) => ({
    planned,
    replicates: Array.from({ length: 1200 }, (_, replicate) => replicate),
  }));
  const tasks = tasksOf(pending, 2);
  const events = tasks.map(({ planned }) => planned.events);
  expect(events).toEqual([...events].sort((a, b) => b - a));
  for (const { planned, replicates } of tasks) {
    expect(replicates.length === 1 || replicates.length * planned.events <= 1e6).toBe(true);
  }
  for (const { planned, replicates } of pending) {
    const found = tasks
      .filter((task) => task.planned === planned)
      .flatMap((task) => task.replicates);
    expect(found).toEqual(replicates);
  }
});

test('a sweep that is soon done is cut into enough tasks for all workers', async () => {
  const of = sized(plan(await fixture('push-small')), [1000], 0);
  const work = { planned: of.cells[0], replicates: Array.from({ length: 1200 }, (_, r) => r) };
  expect(tasksOf([work], 2)).toHaveLength(16);
  expect(tasksOf([{ ...work, replicates: [0, 1, 2] }], 2)).toHaveLength(1); // not worth cutting
});

test('every suite names experiments that exist', async () => {
  const known = (await loadExperiments()).map(({ name }) => name);
  expect(known).toEqual([...known].sort());
  for (const { experiments } of Object.values(suites)) {
    expect(known).toEqual(expect.arrayContaining(experiments === 'all' ? [] : [...experiments]));
  }
});
