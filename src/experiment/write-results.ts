/** The last step of a run: everything is summarised, judged and written at once. */
import { overall } from './claims.ts';
import { type Files, replaceFiles } from './folder.ts';
import type { GitState } from './git-state.ts';
import type { Plan } from './plan.ts';
import { recorded } from './record.ts';
import type { Row, RunResult } from './result.ts';
import { summarise } from './summary.ts';
import { tables } from './tables.ts';

/** Further files to write with the rest, by path in the folder: figures. */
export type Finish = (result: RunResult) => Promise<Files>;

export async function writeResults(
  plan: Plan,
  rows: readonly Row[],
  where: Pick<RunResult, 'folder' | 'reused' | 'ran' | 'paths' | 'unreached'>,
  git: GitState | null,
  finish?: Finish,
): Promise<RunResult> {
  const summaries = summarise(plan, rows);
  const findings = plan.experiment.findings(summaries);
  const verdict = overall(findings);
  const result = { plan, rows, summaries, findings, verdict, ...where, files: [] };
  const contents: Files = { ...tables(result), ...(await finish?.(result)) };
  const { files, obsolete } = recorded(result, contents, git);
  replaceFiles(where.folder, files, obsolete);
  return { ...result, files: Object.keys(files) };
}
