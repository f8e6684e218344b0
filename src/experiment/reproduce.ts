/** Runs what a results folder records again, elsewhere, and compares every table and figure byte by byte. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunJson } from './folder.ts';
import { sha256 } from './keys.ts';
import type { Plan } from './plan.ts';
import { isInside, readPlain } from './record.ts';
import { damagedField, isTable, planOf } from './recorded-plan.ts';
import { type ExecuteOptions, execute } from './runner.ts';

/** One file: the SHA-256 of what lies in the folder and of what came out now; null where there is no such file. */
export interface Comparison {
  readonly file: string;
  readonly same: boolean;
  readonly expected: string | null;
  readonly found: string | null;
}

export type ReproduceOptions = Omit<ExecuteOptions, 'out' | 'fresh'>;

/** Changes nothing in the folder. A `UserError` if it holds no results, or if run.json is damaged. */
export async function reproduce(
  folder: string,
  options: ReproduceOptions = {},
): Promise<Comparison[]> {
  const { plan, hashes } = await readResults(folder);
  const elsewhere = mkdtempSync(join(tmpdir(), 'hearsay-'));
  try {
    const { files } = await execute(plan, { ...options, out: elsewhere, fresh: true });
    const made = files
      .map((file) => file.replace(/\.gz$/, ''))
      .filter((file) => file !== 'run.json');
    const names = [...new Set([...Object.keys(hashes), ...made])];
    return names.map((file) => compare(folder, elsewhere, file, hashes[file]));
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** The recorded plan, without running it. */
export async function recordedPlan(folder: string): Promise<Plan> {
  return (await readResults(folder)).plan;
}

/** The same only if the folder's file, what came out now and the hash in run.json all agree. */
function compare(folder: string, elsewhere: string, file: string, hash: string): Comparison {
  const hashOf = (root: string) => {
    const content = readPlain(root, file);
    return content === undefined ? null : sha256(content);
  };
  const expected = hashOf(folder);
  const found = hashOf(elsewhere);
  return { file, same: expected !== null && expected === found && found === hash, expected, found };
}

async function readResults(folder: string) {
  const path = join(folder, 'run.json');
  const record = readRunJson(folder);
  const plan = await planOf(record, path, folder);
  const { files } = record;
  if (!isTable(files) || !Object.entries(files).every(isFile))
    throw damagedField(record, path, 'files', 'hashes by file');
  return { plan, hashes: files as Record<string, string> };
}

const isFile = ([file, hash]: [string, unknown]): boolean =>
  isInside(file) && typeof hash === 'string';
