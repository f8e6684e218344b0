import { describe, expect, test } from 'vitest';
import { measureSuite, suiteTable } from '../../bench/harness.ts';
import { runBench, suites } from '../../bench/index.ts';
import type { Result, Suite } from '../../bench/suite.ts';

/** A suite of one task, whose iterations give these results in turn. */
function suiteGiving(results: readonly Result[]): Suite {
  let next = 0;
  const run = () => results[next++ % results.length];
  const tasks = () => [{ name: 'a task', prepare: () => run }];
  return { name: 'made up', goal: 'a goal.', nonGoals: 'much.', unit: 'unit', tasks };
}

describe.each(suites)('bench $name', (suite) => {
  test('computes the same in every iteration, and in every run', async () => {
    const results = async () =>
      (await measureSuite(suite, 'smoke')).map(({ task, hash, units }) => ({ task, hash, units }));
    const first = await results();
    expect(first.length).toBeGreaterThan(0);
    expect(await results()).toEqual(first);
  });
});

test('the ladder and the heap let the same events leave at the same times', async () => {
  const queue = suites.find(({ name }) => name === 'queue')!;
  const hashes = new Map<string, string[]>(); // by law and population
  for (const { task, hash } of await measureSuite(queue, 'smoke')) {
    const [, ...load] = task.split(', ');
    hashes.set(load.join(), [...(hashes.get(load.join()) ?? []), hash]);
  }
  expect(hashes.size).toBe(6);
  for (const [ladder, heap] of hashes.values()) expect(heap).toBe(ladder);
});

test('the table has a row per task, with its time and its result', async () => {
  const suite = suiteGiving([{ units: 1000, hash: 'beef' }]);
  const [measure] = await measureSuite(suite, 'smoke');
  expect(measure).toMatchObject({ task: 'a task', units: 1000, hash: 'beef', iterations: 2 });
  const table = suiteTable(suite, [{ ...measure, nsPerUnit: 40, margin: 1.25 }]);
  expect(table).toContain('made up: a goal.');
  expect(table).toMatch(/a task +40 +25,000,000 +1\.3 % +2 +beef/);
});

test('an iteration that computes something else stops the suite with a sentence', async () => {
  const suite = suiteGiving([
    { units: 1000, hash: 'beef' },
    { units: 1000, hash: 'dead' },
  ]);
  await expect(measureSuite(suite, 'smoke')).rejects.toThrow(
    "bench made up: every iteration of 'a task' must compute the same; got beef (1000 units), then dead",
  );
});

test('a task that throws stops the suite with its own error', async () => {
  const suite: Suite = {
    ...suiteGiving([]),
    tasks: () => [
      {
        name: 'a task',
        prepare: () => () => {
          throw new Error('out of luck');
        },
      },
    ],
  };
  await expect(measureSuite(suite, 'smoke')).rejects.toThrow('out of luck');
});

test('only the suites that are named run, under a line that says where', async () => {
  const written: string[] = [];
  await runBench({ only: ['draws'], size: 'smoke', write: (text) => written.push(text) });
  expect(written).toHaveLength(2);
  expect(written[0]).toContain(`Node ${process.version}`);
  expect(written[1]).toMatch(/^draws: /);
});

test('an unknown suite is refused with the name that was meant', async () => {
  const run = runBench({ only: ['queu'], size: 'smoke', write: () => {} });
  await expect(run).rejects.toThrow(
    'bench: expected a suite (queue, draws, broadcast, merge, heartbeat, detectors, sweep); got "queu". Did you mean queue?',
  );
});
