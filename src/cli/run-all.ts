/** Runs the experiments one after the other. A cell that fails ends its experiment, not the others. */
import { shown, UserError } from '../base/errors.ts';
import { writeClaims } from '../experiment/claims-table.ts';
import {
  CellsFailed,
  Interrupted,
  type RunResult,
  type ShareResult,
} from '../experiment/result.ts';
import { execute, executeShard, type ShareOptions } from '../experiment/runner.ts';
import type { Shard } from '../experiment/share.ts';
import { SharedThreads, type SharedWorkers } from '../experiment/workers.ts';
import { prepareToDraw } from '../report/render.ts';
import { finish } from './finish.ts';
import { interruptible } from './interrupt.ts';
import { givenRoot, type Job, type Wish } from './prepare.ts';
import { progress } from './progress.ts';
import { say } from './terminal.ts';

export interface Ended<Result = RunResult> {
  readonly results: readonly Result[];
  /** Sentences, one for each cell that failed. */
  readonly failures: readonly string[];
  readonly interrupted: boolean;
}

type Manner = Pick<Wish, 'jobs' | 'redis' | 'fresh'>;

/** `onResult` is told of each experiment as soon as its files are in place. */
export const runAll = (
  jobs: readonly Job[],
  manner: Manner,
  onResult: (result: RunResult) => void,
): Promise<Ended> =>
  eachOf(jobs, manner, async (job, options) => {
    if (job.runs > 0 && job.plan.experiment.figures.length > 0) prepareToDraw();
    const result = await execute(job.plan, { ...options, finish });
    if (claims(job))
      for (const sentence of writeClaims(job.root).damaged) say(`claims.csv: ${sentence}`);
    onResult(result);
    return result;
  });

/** Runs the share of a shard of each. */
export const runShares = (
  jobs: readonly Job[],
  manner: Manner,
  shard: Shard,
): Promise<Ended<ShareResult>> =>
  eachOf(jobs, manner, ({ plan }, options) => executeShard(plan, shard, options));

/** A sweep claims nothing. */
const claims = ({ plan }: Job): boolean => plan.request.sweep === undefined;

type RunOne<Result> = (job: Job, options: ShareOptions) => Promise<Result>;

async function eachOf<Result>(
  jobs: readonly Job[],
  { jobs: count, redis, fresh }: Manner,
  one: RunOne<Result>,
): Promise<Ended<Result>> {
  const threads = await workersAt(redis, count);
  const { signal, release } = interruptible();
  const results: Result[] = [];
  const failures: string[] = [];
  try {
    for (const job of jobs) {
      try {
        results.push(await watched(job, { jobs: count, threads, fresh, signal }, one));
      } catch (error) {
        if (error instanceof Interrupted) return { results, failures, interrupted: true };
        if (!(error instanceof CellsFailed)) throw placed(error, job);
        failures.push(...failuresOf(error));
      }
    }
    return { results, failures, interrupted: false };
  } finally {
    await threads.stop();
    release();
  }
}

/** Workers at that server, or else threads here. */
async function workersAt(redis: string | undefined, jobs: number): Promise<SharedWorkers> {
  if (redis === undefined) return new SharedThreads(jobs);
  const { redisWorkers } = await import('../experiment/redis/producer.ts');
  return redisWorkers(redis, say);
}

/** With a bar on the terminal. */
async function watched<Result>(
  job: Job,
  manner: Omit<ShareOptions, 'out'> & { readonly signal: AbortSignal },
  one: RunOne<Result>,
): Promise<Result> {
  const { plan, part, folder, runs, events } = job;
  const start = Date.now();
  const before = 1 - events / part.events; // share of the work
  const first = { done: part.runs - runs, total: part.runs };
  const bar = await progress(plan.experiment.name, first, manner.signal);
  try {
    return await one(job, {
      ...manner,
      out: folder,
      root: givenRoot(job),
      onWarning: bar.note,
      onProgress(done, total, _cell, share) {
        const elapsed_s = (Date.now() - start) / 1000;
        bar.update({ done, total, left_s: (elapsed_s * (1 - share)) / (share - before) });
      },
    });
  } finally {
    bar.stop();
  }
}

/** Says in which experiment something unexpected happened, and with which seed. */
function placed(error: unknown, { plan }: Job): unknown {
  if (error instanceof Error && !(error instanceof UserError))
    error.message += ` (experiment ${plan.experiment.name}, seed ${shown(plan.seed)})`;
  return error;
}

function failuresOf(error: CellsFailed): readonly string[] {
  say(error.message);
  for (const message of error.messages) say(`  ${message}`);
  return error.messages;
}
