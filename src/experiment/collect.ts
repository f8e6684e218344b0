/** Gathers what shards have finished, and writes the results that a run of the whole plan would have written. */
import { join } from 'node:path';
import { JOURNAL, openFolder } from './folder.ts';
import { gitState } from './git-state.ts';
import { Journal } from './journal.ts';
import { type Kept, readKept } from './kept.ts';
import { Ledger } from './ledger.ts';
import { missingText } from './missing-text.ts';
import { Incomplete, type RunResult } from './result.ts';
import { holdsShards, planOfShards } from './shard-plan.ts';
import { wholeOf } from './share.ts';
import { type Finish, writeResults } from './write-results.ts';

export interface CollectOptions {
  /** The experiment's folder: shards are in it, and the results go there. */
  readonly out: string;
  /** Further folders of the experiment, such as copies from other machines; they are not changed. */
  readonly from?: readonly string[];
  readonly onWarning?: (sentence: string) => void;
  readonly finish?: Finish;
}

/** Throws `Incomplete` if runs are missing; what was gathered is kept in the folder all the same. */
export async function collect(options: CollectOptions): Promise<RunResult> {
  const { out, from = [], onWarning, finish } = options;
  const plan = await planOfShards([out, ...from].filter(holdsShards));
  const folder = openFolder(out, plan.experiment.name);
  try {
    const git = gitState(); // meanwhile
    const here = readKept(out);
    const elsewhere = from.map(readKept);
    for (const { damaged } of [here, ...elsewhere]) {
      for (const sentence of damaged) onWarning?.(sentence);
    }
    const ledger = new Ledger(wholeOf(plan), here.runs);
    const journal = new Journal(join(out, JOURNAL));
    for (const { runs } of elsewhere) ledger.adopt(runs, journal);
    if (ledger.finished < plan.runs) {
      const unused = unusedOf([here, ...elsewhere], ledger);
      throw new Incomplete(missingText(plan, ledger.missing(), [out, ...from], unused));
    }
    const where = { folder: folder.path, reused: plan.runs, ran: 0, unreached: [] };
    const result = { ...where, paths: ledger.paths };
    return await writeResults(plan, ledger.rows(), result, await git, finish);
  } finally {
    folder.release();
  }
}

/** How many runs were found that are none of the plan's. */
const unusedOf = (kept: readonly Kept[], { finished }: Ledger): number =>
  new Set(kept.flatMap(({ runs }) => [...runs.keys()])).size - finished;
