/** What takes the workers of a server longer to get over. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plan } from '../../../src/experiment/plan.ts';
import { loadBull } from '../../../src/experiment/redis/connection.ts';
import { modulePathOf } from '../../../src/experiment/registry.ts';
import type { CellsFailed } from '../../../src/experiment/result.ts';
import { execute } from '../../../src/experiment/runner.ts';
import { changedFixture, fixture, journalLines, temporary } from '../support/folders.ts';
import { kill, remotely, SERVER, type Server, startServer, startWorker } from '../support/redis.ts';

describe.skipIf(SERVER === undefined)('workers of a Redis server', () => {
  let server: Server;
  let workers: ChildProcess[] = [];
  beforeAll(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    for (const worker of workers) await kill(worker);
    workers = [];
  });
  afterAll(() => server?.stop());

  function worker(): ChildProcess {
    workers.push(startWorker(server.url));
    return workers[workers.length - 1];
  }

  test('a run that takes one worker down after the other fails its cell; the others are finished', async () => {
    const deadly = await changedFixture('trouble', (text) =>
      text.replace("throw new Error('a planted error')", "process.kill(process.pid, 'SIGKILL')"),
    );
    let deaths = 0;
    const revive = () => {
      const next = worker();
      next.on('exit', (_, signal) => {
        if (signal !== 'SIGKILL' || done) return;
        deaths++;
        revive();
      });
    };
    let done = false;
    revive();
    const out = temporary();
    const error: CellsFailed = await remotely(
      server.url,
      plan(deadly, { set: { how: ['throw', 'fine'], k: ['1'] }, replicates: 2 }),
      { out },
    ).catch((thrown) => thrown);
    done = true;
    expect(error.messages).toHaveLength(1);
    expect(error.messages[0]).toMatch(
      /how = throw, k = 1, replicate 1, .* failed: its worker died: each worker that took it died/,
    );
    expect(deaths).toBe(8); // four by both replicates, then four by the second alone
    expect(journalLines(out)).toHaveLength(3);
  });

  test('a worker that was frozen answers late, and its answer does not count twice', async () => {
    const slow = plan(await fixture('trouble'), { set: { how: ['slow'] }, replicates: 60 });
    const frozen = worker();
    worker();
    const out = temporary();
    const onProgress = (done: number) => {
      if (done === 10) frozen.kill('SIGSTOP');
      if (done === 80) frozen.kill('SIGCONT');
    };
    await remotely(server.url, slow, { out, onProgress });
    expect(journalLines(out)).toHaveLength(120);
    expect(frozen.exitCode).toBeNull();
  });

  test('tasks that the server has lost are handed out again', async () => {
    const slow = plan(await fixture('trouble'), { set: { how: ['slow'] }, replicates: 30 });
    const { Redis } = await loadBull();
    const client = new Redis(server.url);
    worker();
    const out = temporary();
    let lost: Promise<unknown> | undefined;
    const onProgress = (done: number) => {
      if (done >= 5) lost ??= client.flushall();
    };
    await remotely(server.url, slow, { out, onProgress });
    expect(await lost).toBe('OK');
    expect(journalLines(out)).toHaveLength(60);
    client.disconnect();
  });

  test('a module that has changed is refused with a sentence, until the worker is started again', async () => {
    const mine = await changedFixture('trouble', (text) => text);
    worker();
    const of = plan(mine, { quick: true });
    await remotely(server.url, of);
    appendFileSync(modulePathOf(mine), '\n');
    const heard: string[] = [];
    const onWarning = (sentence: string) => {
      heard.push(sentence);
      if (/ refuses a task: .*trouble\.mjs has changed since/.test(sentence)) worker();
    };
    expect(await remotely(server.url, of, { onWarning })).toMatchObject({ ran: 2 });
    expect(workers, heard.join('\n')).toHaveLength(2);
  });

  test('several runs share the workers', async () => {
    worker();
    const [trouble, push] = await Promise.all([fixture('trouble'), fixture('push-small')]);
    const [one, other] = [plan(trouble, { set: { how: ['fine'] } }), plan(push)];
    const ran = await Promise.all([one, other].map((of) => remotely(server.url, of)));
    for (const [i, of] of [one, other].entries())
      expect(ran[i].rows).toEqual((await execute(of, { out: temporary() })).rows);
  });

  test('who waits without a worker is told so; the run begins when one comes', async () => {
    const of = plan(await fixture('trouble'), { quick: true });
    const heard: string[] = [];
    const onWarning = (sentence: string) => {
      if (heard.push(sentence) === 1) worker();
    };
    await remotely(server.url, of, { onWarning });
    expect(heard[0]).toBe(
      `no worker is connected to ${server.url}; hearsay worker --redis ${server.url} starts one`,
    );
  });

  test('a worker that is asked to end does so', async () => {
    const child = worker();
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
