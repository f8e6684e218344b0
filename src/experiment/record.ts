/**
 * run.json: what made these results, with every default resolved, and a hash of each file. No wall time, no machine, no
 * absolute path: the same run on the same commit and Node writes the same bytes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { commandOf } from './command.ts';
import { type Files, readRunJson } from './folder.ts';
import type { GitState } from './git-state.ts';
import { sha256 } from './keys.ts';
import { packageVersion } from './package.ts';
import { levelOf, type Precision, sizesOf } from './precision.ts';
import { planRecord } from './recorded-plan.ts';
import type { RunResult } from './result.ts';
import type { Unreached } from './unreached.ts';
import { RESULTS_VERSION } from './version.ts';

const GZ = '.gz';

/** The files with run.json as the last, and files of an earlier run that must go. */
export function recorded(
  result: Omit<RunResult, 'files'>,
  contents: Files,
  git: GitState | null,
): { files: Files; obsolete: string[] } {
  const hashes: Record<string, string> = {}; // of what is not compressed, under its name then
  for (const [file, content] of Object.entries(contents)) {
    hashes[plainName(file)] = sha256(file.endsWith(GZ) ? gunzipSync(content) : content);
  }
  const record = `${JSON.stringify({ ...recordOf(result, git), files: hashes }, null, 2)}\n`;
  const files = { ...contents, 'run.json': record };
  const before = existsSync(join(result.folder, 'run.json'))
    ? readRunJson(result.folder).files
    : {};
  const obsolete = Object.keys({ ...(before as object), 'rows.csv': '' })
    .flatMap((file) => [file, file + GZ])
    .filter((file) => isInside(file) && !Object.hasOwn(files, file));
  return { files, obsolete };
}

/** The content of a recorded file, not compressed; undefined if it is not there. */
export function readPlain(folder: string, file: string): Uint8Array | undefined {
  const path = join(folder, file);
  if (existsSync(path)) return readFileSync(path);
  return existsSync(path + GZ) ? gunzipSync(readFileSync(path + GZ)) : undefined;
}

/** A damaged run.json must not have us delete or read files elsewhere. */
export const isInside = (file: string): boolean =>
  !file.startsWith('/') && !file.split(/[\\/]/).includes('..');

const plainName = (file: string): string => (file.endsWith(GZ) ? file.slice(0, -GZ.length) : file);

function recordOf(
  { plan, verdict, folder, summaries, paths, unreached }: Omit<RunResult, 'files'>,
  git: GitState | null,
) {
  const { experiment } = plan;
  const { module, size, seed, request, axes, replicates } = planRecord(plan, folder);
  return {
    experiment: experiment.name,
    module,
    question: experiment.question,
    claim: experiment.claim,
    source: experiment.source,
    verdict,
    command: commandOf(plan),
    size,
    seed,
    request,
    axes,
    replicates,
    ...(request.precision === undefined ? {} : precisionOf(request.precision, unreached)),
    cells: plan.cells.length,
    runs: plan.runs,
    fixed: experiment.fixed,
    table_paths: paths, // results are the same on each
    columns: { ...experiment.axes, ...experiment.measures },
    series: experiment.series ?? {},
    ...(experiment.answer === undefined ? {} : { answer: experiment.answer(summaries) }),
    remarks: experiment.remarks ?? [],
    hearsay: packageVersion(),
    results_version: RESULTS_VERSION,
    git,
    node: process.version,
  };
}

/** Intervals of that level hold with 95 % at whichever look a cell stopped. */
const precisionOf = (precision: Precision, unreached: readonly Unreached[]) => ({
  precision: { ...precision, looks: sizesOf(precision), level: levelOf(precision), unreached },
});
