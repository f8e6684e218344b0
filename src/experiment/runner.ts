/** Runs a plan: what the journal lacks is run, then everything is summarised, judged and written at once. */
import { availableParallelism } from 'node:os';
import { wholeNumber } from '../base/errors.ts';
import { overall } from './claims.ts';
import { type Files, openFolder, replaceFiles } from './folder.ts';
import { type GitState, gitState } from './git-state.ts';
import { Journal } from './journal.ts';
import { Ledger } from './ledger.ts';
import { refuseIfTooLarge } from './memory.ts';
import type { Cell } from './model.ts';
import type { Plan } from './plan.ts';
import { runAll } from './pool.ts';
import { recorded } from './record.ts';
import { CellsFailed, Interrupted, type Row, type RunResult } from './result.ts';
import { summarise } from './summary.ts';
import { tables } from './tables.ts';
import { untilPrecise } from './until-precise.ts';
import type { SharedWorkers } from './workers.ts';

export interface ExecuteOptions {
  /** Worker threads; default: as many as the machine runs at once. */
  readonly jobs?: number;
  /** Threads of one's own, or workers elsewhere, for several experiments; they are left running. */
  readonly threads?: SharedWorkers;
  /** The experiment's folder. */
  readonly out: string;
  readonly signal?: AbortSignal;
  /** Runs everything again, whatever the journal holds. */
  readonly fresh?: boolean;
  /** `done` of `total` runs, the cell worked on last, and the share of the estimated work that is done. */
  readonly onProgress?: (done: number, total: number, cell: Cell, share: number) => void;
  /** Something to tell the user that does not end the run. */
  readonly onWarning?: (sentence: string) => void;
  /** Further files to write with the rest, by path in the folder: figures. */
  readonly finish?: (result: RunResult) => Promise<Files>;
}

export const defaultJobs = (): number => availableParallelism();

/** Throws `Interrupted`, `CellsFailed` or a `UserError`; results are written only if everything is complete. */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<RunResult> {
  const jobs = wholeNumber('run', '--jobs', options.jobs ?? defaultJobs(), 1, 1024);
  if (options.threads?.inFlight === undefined) refuseIfTooLarge(plan);
  const folder = openFolder(options.out, plan.experiment.name);
  try {
    const journal = new Journal(folder.journal, options.fresh);
    if (journal.damaged > 0) {
      options.onWarning?.(
        `${folder.journal}: ${journal.damaged} damaged line(s) ignored; their runs are done again`,
      );
    }
    const git = gitState(); // meanwhile
    let ran = 0;
    const settled = await untilPrecise(plan, async (stage) => {
      const ledger = new Ledger(stage, journal);
      ran += stage.runs - ledger.finished;
      await runMissing(stage, ledger, jobs, options);
      return ledger.measures();
    });
    const all = new Ledger(settled.plan, journal);
    const reused = settled.plan.runs - ran;
    const { unreached } = settled;
    const where = { folder: folder.path, reused, ran, paths: all.paths, unreached };
    return await write(settled.plan, all.rows(), where, await git, options);
  } finally {
    folder.release();
  }
}

async function runMissing(plan: Plan, ledger: Ledger, jobs: number, options: ExecuteOptions) {
  const { signal, threads, onProgress, onWarning } = options;
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
    threads,
    onWarning,
    onDone(work, ran) {
      ledger.add(work, ran);
      onProgress?.(ledger.finished, plan.runs, work.planned.cell, ledger.share);
    },
  });
  if (ledger.finished < plan.runs) throwIfAborted();
  if (failures.length > 0) {
    const messages = failures.map(({ message }) => message);
    throw new CellsFailed(plan.experiment.name, plan.cells.length, messages);
  }
}

async function write(
  plan: Plan,
  rows: Row[],
  where: Pick<RunResult, 'folder' | 'reused' | 'ran' | 'paths' | 'unreached'>,
  git: GitState | null,
  { finish }: ExecuteOptions,
): Promise<RunResult> {
  const summaries = summarise(plan, rows);
  const findings = plan.experiment.findings(summaries);
  const result = {
    plan,
    rows,
    summaries,
    findings,
    verdict: overall(findings),
    ...where,
    files: [],
  };
  const contents: Files = { ...tables(result), ...(await finish?.(result)) };
  const { files, obsolete } = recorded(result, contents, git);
  replaceFiles(where.folder, files, obsolete);
  return { ...result, files: Object.keys(files) };
}
