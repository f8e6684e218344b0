/** Where runs are run makes no difference: in this thread, on threads, or on those that another experiment has used. */
import { expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan.ts';
import { findExperiment } from '../../src/experiment/registry.ts';
import { execute } from '../../src/experiment/runner.ts';
import { SharedThreads } from '../../src/experiment/workers.ts';
import { fixture, temporary } from './support/folders.ts';

const set = { n: ['1000'], loss: ['0'], fanout: ['2'] };

test('runs that take a moment are run here, with the same measures as on threads', async () => {
  const fanout = await findExperiment('fanout');
  const threads = new SharedThreads(1);
  const of = (replicates: number) =>
    execute(plan(fanout, { set, replicates }), { out: temporary(), threads });
  try {
    const few = await of(2);
    expect(threads.started).toBe(false);
    const many = await of(400);
    expect(threads.started).toBe(true);
    expect(many.rows.slice(0, 2)).toEqual(few.rows);
  } finally {
    await threads.stop();
  }
});

test('the modules of users are never run here', async () => {
  const threads = new SharedThreads(1);
  await execute(plan(await fixture('trouble'), { quick: true }), { out: temporary(), threads });
  expect(threads.started).toBe(true);
  await threads.stop();
});

test('one experiment after the other uses the same threads', async () => {
  const threads = new SharedThreads(2);
  const pushSmall = await fixture('push-small');
  const run = async () =>
    (await execute(plan(pushSmall), { out: temporary(), jobs: 2, threads })).rows;
  const first = await run();
  const before = await threads.take();
  expect(await run()).toEqual(first);
  expect(await threads.take()).toBe(before);
  await threads.stop();
  expect(await run()).toEqual(first); // they start again
  await threads.stop();
});
