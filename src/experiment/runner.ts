/** Runs a plan, or a shard's share of it: what is not finished yet is run. After all of a plan the results are written. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UserError, wholeNumber } from '../base/errors.ts';
import { CellFiles } from './cell-files.ts';
import { JOURNAL, openFolder } from './folder.ts';
import { gitState } from './git-state.ts';
import { Journal } from './journal.ts';
import { readKept } from './kept.ts';
import type { Keeper } from './kept-run.ts';
import { Ledger } from './ledger.ts';
import { refuseIfTooLarge } from './memory.ts';
import type { Cell } from './model.ts';
import type { Plan } from './plan.ts';
import { runAll } from './pool.ts';
import { CellsFailed, Interrupted, type Ran, type RunResult, type ShareResult } from './result.ts';
import { declarePlan } from './shard-plan.ts';
import { type Shard, type Share, shareOf, wholeOf } from './share.ts';
import { untilPrecise } from './until-precise.ts';
import type { SharedWorkers } from './workers.ts';
import { type Finish, writeResults } from './write-results.ts';

export interface ShareOptions {
  /** Worker threads; default: as many as the machine runs at once. */
  readonly jobs?: number;
  /** Threads of one's own, or workers elsewhere, for several experiments; they are left running. */
  readonly threads?: SharedWorkers;
  /** The experiment's folder. */
  readonly out: string;
  /** The results root, for the command that repeats what failed; undefined: the usual one. */
  readonly root?: string | undefined;
  readonly signal?: AbortSignal;
  /** Runs everything again, whatever is finished. */
  readonly fresh?: boolean;
  /** `done` of `total` runs, the cell worked on last, and how much of the estimated work is done. */
  readonly onProgress?: (done: number, total: number, cell: Cell, progress: number) => void;
  /** Something to tell the user that does not end the run. */
  readonly onWarning?: (sentence: string) => void;
}

export interface ExecuteOptions extends ShareOptions {
  readonly finish?: Finish;
}

export const defaultJobs = (): number => availableParallelism();

/** Throws `Interrupted`, `CellsFailed` or a `UserError`; results are written only if everything is complete. */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<RunResult> {
  checkJobs(options);
  refuseIfTooLargeHere(plan, options);
  const folder = openFolder(options.out, plan.experiment.name);
  try {
    const git = gitState(); // meanwhile
    const known = runsKept(options);
    const journal = new Journal(join(folder.path, JOURNAL));
    let ran = 0;
    const { plan: settled, unreached } = await untilPrecise(plan, async (stage) => {
      const share = wholeOf(stage);
      const ledger = new Ledger(share, known);
      ran += stage.runs - ledger.finished;
      await runMissing(share, ledger, journal, options);
      return ledger.measures();
    });
    const all = new Ledger(wholeOf(settled), known);
    const where = { folder: folder.path, reused: settled.runs - ran, ran, unreached };
    const result = { ...where, paths: all.paths };
    return await writeResults(settled, all.rows(), result, await git, options.finish);
  } finally {
    folder.release();
  }
}

/** Runs one share of a plan and keeps it in the folder, for `collect`. Throws what `execute` does. */
export async function executeShard(
  whole: Plan,
  shard: Shard,
  options: ShareOptions,
): Promise<ShareResult> {
  refusePrecision(whole);
  const share = shareOf(whole, shard);
  const { plan } = share;
  checkJobs(options);
  if (plan.runs > 0) refuseIfTooLargeHere(plan, options);
  const folder = openFolder(options.out, plan.experiment.name, shard);
  try {
    declarePlan(whole, folder);
    const ledger = new Ledger(share, runsKept(options));
    const reused = ledger.finished;
    await runMissing(share, ledger, new CellFiles(folder.corner), options);
    return { plan, shard, folder: folder.path, reused, ran: plan.runs - reused };
  } finally {
    folder.release();
  }
}

function checkJobs({ jobs }: ShareOptions): void {
  if (jobs !== undefined) wholeNumber('run', '--jobs', jobs, 1, 1024);
}

/** Workers elsewhere look after their own memory. */
function refuseIfTooLargeHere(plan: Plan, { threads }: ShareOptions): void {
  if (threads?.inFlight === undefined) refuseIfTooLarge(plan);
}

/** How many replicates a cell takes is known only when all of them are looked at together. */
function refusePrecision({ experiment: { name }, request: { precision } }: Plan): void {
  if (precision !== undefined)
    throw new UserError(
      `${name}: --shard needs a number of replicates; give --replicates in place of --precision`,
    );
}

function runsKept({ out, fresh, onWarning }: ShareOptions): Map<string, Ran> {
  const { runs, damaged } = readKept(out);
  for (const sentence of damaged) onWarning?.(sentence);
  return fresh ? new Map() : runs;
}

async function runMissing(share: Share, ledger: Ledger, keeper: Keeper, options: ShareOptions) {
  const { signal, root, threads, onProgress, onWarning, jobs = defaultJobs() } = options;
  const { plan } = share;
  const throwIfAborted = () => {
    if (!signal?.aborted) return;
    throw new Interrupted(
      `${plan.experiment.name}: interrupted after ${ledger.finished} of ${plan.runs} runs`,
    );
  };
  throwIfAborted();
  const failures = await runAll(plan, ledger.missing(), {
    jobs,
    signal,
    root,
    threads,
    onWarning,
    onDone(work, ran) {
      ledger.add(work, ran, keeper);
      onProgress?.(ledger.finished, plan.runs, work.planned.cell, ledger.progress);
    },
  }).finally(() => keeper.settled());
  if (ledger.finished < plan.runs) throwIfAborted();
  if (failures.length > 0) {
    const messages = failures.map(({ message }) => message);
    throw new CellsFailed(plan.experiment.name, plan.cells.length, messages);
  }
}
