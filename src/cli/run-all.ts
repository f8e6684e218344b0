/** Runs the experiments one after the other. A cell that fails ends its experiment, not the others. */
import { shown, UserError } from '../base/errors.ts';
import { writeClaims } from '../experiment/claims-table.ts';
import { CellsFailed, Interrupted, type RunResult } from '../experiment/result.ts';
import { execute } from '../experiment/runner.ts';
import { SharedThreads, type SharedWorkers } from '../experiment/workers.ts';
import { prepareToDraw } from '../report/render.ts';
import { finish } from './finish.ts';
import { interruptible } from './interrupt.ts';
import type { Job, Wish } from './prepare.ts';
import { progress } from './progress.ts';
import { say } from './terminal.ts';

export interface Ended {
  readonly results: readonly RunResult[];
  /** Sentences, one for each cell that failed. */
  readonly failures: readonly string[];
  readonly interrupted: boolean;
  /** Results roots of which claims.csv was rebuilt. */
  readonly roots: readonly string[];
}

/** `onResult` is told of each experiment as soon as its files are in place. */
export async function runAll(
  jobs: readonly Job[],
  { jobs: count, redis, fresh }: Pick<Wish, 'jobs' | 'redis' | 'fresh'>,
  onResult: (result: RunResult) => void,
): Promise<Ended> {
  const threads = await workersAt(redis, count);
  const { signal, release } = interruptible();
  try {
    return await runEach(jobs, { count, threads, fresh, signal }, onResult);
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

async function runEach(
  jobs: readonly Job[],
  manner: Manner,
  onResult: (result: RunResult) => void,
): Promise<Ended> {
  const results: RunResult[] = [];
  const failures: string[] = [];
  const roots = new Set<string>();
  let interrupted = false;
  for (const job of jobs) {
    try {
      const result = await runOne(job, manner);
      if (job.plan.request.sweep === undefined) {
        for (const sentence of writeClaims(job.root).damaged) say(`claims.csv: ${sentence}`);
        roots.add(job.root);
      }
      results.push(result);
      onResult(result);
    } catch (error) {
      if (!(error instanceof CellsFailed || error instanceof Interrupted)) throw placed(error, job);
      interrupted = error instanceof Interrupted;
      if (interrupted) break;
      failures.push(...failuresOf(error as CellsFailed));
    }
  }
  return { results, failures, interrupted, roots: [...roots] };
}

interface Manner {
  readonly count: number;
  readonly threads: SharedWorkers;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
}

async function runOne(job: Job, { count, threads, fresh, signal }: Manner): Promise<RunResult> {
  const { plan, folder, runs, events, seconds } = job;
  const start = Date.now();
  const before = 1 - events / plan.events; // share of the work
  const left_s = threads.inFlight === undefined ? seconds : Number.POSITIVE_INFINITY;
  const first = { done: plan.runs - runs, total: plan.runs, left_s };
  const bar = await progress(plan.experiment.name, first, signal);
  if (runs > 0 && plan.experiment.figures.length > 0) prepareToDraw();
  try {
    return await execute(plan, {
      jobs: count,
      threads,
      out: folder,
      signal,
      fresh,
      finish,
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
