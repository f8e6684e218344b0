/** A Redis or Valkey server of the test's own, on a free port of this machine, and workers as processes. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../../../src/experiment/package.ts';
import type { Plan } from '../../../src/experiment/plan.ts';
import { redisWorkers } from '../../../src/experiment/redis/producer.ts';
import { type ExecuteOptions, execute } from '../../../src/experiment/runner.ts';
import { temporary } from './folders.ts';

/** The program, if the machine has one. */
export const SERVER = ['redis-server', 'valkey-server'].find(
  (program) => spawnSync(program, ['--version']).status === 0,
);
if (SERVER === undefined) console.warn('no redis-server or valkey-server here: tests are skipped');

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startServer(more: readonly string[] = []): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-redis-'));
  const port = await freePort();
  const words = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--dir',
    folder,
    ...more,
  ];
  const child = spawn(SERVER!, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of child.stdout) if (String(text).includes('eady to accept')) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await kill(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A worker for one task at once that counts as dead after a second and a half. */
export function startWorker(url: string): ChildProcess {
  const program = `
    import { serve } from ${JSON.stringify(`${DIST}/src/experiment/redis/serve.js`)};
    const stop = new AbortController();
    process.on('SIGTERM', () => stop.abort());
    const tell = (sentence) => console.log(sentence);
    await serve(${JSON.stringify(url)}, { jobs: 1, signal: stop.signal, tell, lockMs: 1500 });`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Ends it at once. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? address!.port : 0;
}

/** Runs a plan on the workers of that server. */
export async function remotely(url: string, of: Plan, options: Partial<ExecuteOptions> = {}) {
  const threads = await redisWorkers(url);
  try {
    return await execute(of, { out: temporary(), threads, ...options });
  } finally {
    await threads.stop();
  }
}
