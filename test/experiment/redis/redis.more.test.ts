/** Workers of a server, here as processes of this machine. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plan } from '../../../src/experiment/plan.ts';
import { loadBull } from '../../../src/experiment/redis/connection.ts';
import { PREFIX, QUEUE } from '../../../src/experiment/redis/parcel.ts';
import { CellsFailed, Interrupted } from '../../../src/experiment/result.ts';
import { execute } from '../../../src/experiment/runner.ts';
import { csvFiles, fixture, journalLines, temporary } from '../support/folders.ts';
import { kill, remotely, SERVER, type Server, startServer, startWorker } from '../support/redis.ts';

describe.skipIf(SERVER === undefined)('workers of a Redis server', () => {
  let server: Server;
  let workers: ChildProcess[];
  beforeAll(async () => {
    server = await startServer();
    workers = [startWorker(server.url), startWorker(server.url)];
  });
  afterAll(async () => {
    for (const worker of workers) await kill(worker);
    await server?.stop();
  });

  const ended = (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => 'well',
      (error) => error,
    );

  test('kill -9 costs a task its time; each run counts once; files are those of a run here', async () => {
    const slow = plan(await fixture('trouble'), { set: { how: ['slow'] }, replicates: 30 });
    const [here, out] = [temporary(), temporary()];
    let killed: Promise<void> | undefined;
    const onProgress = (done: number) => {
      if (done < 10) return;
      killed ??= kill(workers[0]).then(() => void workers.push(startWorker(server.url)));
    };
    await remotely(server.url, slow, { out, onProgress });
    await killed;
    expect(workers).toHaveLength(3);
    expect(journalLines(out)).toHaveLength(60);
    await execute(slow, { out: here });
    expect(csvFiles(out)).toEqual(csvFiles(here));
  });

  test('what fails in a worker fails its cell, and the worker goes on', async () => {
    const bad = plan(await fixture('trouble'), { set: { how: ['throw', 'exit', 'fine'] } });
    const error = await ended(remotely(server.url, bad));
    expect(error).toBeInstanceOf(CellsFailed);
    const { messages } = error as CellsFailed;
    expect(messages).toHaveLength(4);
    expect(messages[0]).toMatch(/how = throw, k = 1, replicate 1, .* failed: a planted error;/);
    expect(messages[3]).toMatch(/how = exit, k = 2, replicate 1, .* failed: its worker died: .*3/);
  });

  test('an interrupted run takes its tasks back', async () => {
    const slow = plan(await fixture('trouble'), { set: { how: ['slow'] }, replicates: 400 });
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    const error = await ended(remotely(server.url, slow, { signal: stop.signal, onProgress }));
    expect(error).toBeInstanceOf(Interrupted);
    const { Queue } = await loadBull();
    const queue = new Queue(QUEUE, { connection: { url: server.url }, prefix: PREFIX });
    expect(await queue.getWaitingCount()).toBe(0);
    await queue.close();
  });
});
