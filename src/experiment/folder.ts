/** A folder of results: whose it is, the runner's own corner in it, and files that appear all at once. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { shown, UserError } from '../base/errors.ts';
import { lock, refuseIfLocked } from './lock.ts';
import type { Shard } from './share.ts';

/** The runner's own: what is finished, locks, files not yet in place. Not part of the results. */
export const CELLS = '.cells';

/** Runs finished on one machine, within the folder. */
export const JOURNAL: string = join(CELLS, 'journal.jsonl');

/** What shards are shards of, within the folder. */
export const PLAN: string = join(CELLS, 'plan.json');

export interface Folder {
  readonly path: string;
  /** Where this session keeps what it finishes: `.cells`, or a shard's corner in it. */
  readonly corner: string;
  release(): void;
}

/**
 * Makes the folder ours, or a shard's corner of it, and locks it. A `UserError` if the folder holds something else, is
 * damaged or not writable, or if others are at work who would be disturbed: shards disturb one another not.
 */
export function openFolder(path: string, experiment: string, shard?: Shard): Folder {
  checkFolder(path, experiment);
  const cells = join(path, CELLS);
  const corner = shard === undefined ? cells : join(cells, cornerOf(shard));
  try {
    mkdirSync(corner, { recursive: true });
    const release = lock(corner);
    try {
      const others = shard === undefined ? shardCorners(path) : [''];
      for (const other of others) refuseIfLocked(join(cells, other));
    } catch (error) {
      release();
      throw error;
    }
    return { path, corner, release };
  } catch (error) {
    throw error instanceof UserError ? error : notWritable(path, error);
  }
}

const cornerOf = ({ index, count }: Shard): string => `${index}-of-${count}`;

/** Names of the corners of shards, within `.cells`. */
export function shardCorners(path: string): string[] {
  const cells = join(path, CELLS);
  const entries = existsSync(cells) ? readdirSync(cells, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory() && /^\d+-of-\d+$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** A `UserError` unless the folder is absent, empty, or holds results (finished or not) of this experiment. */
export function checkFolder(path: string, experiment: string): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    throw new UserError(`output folder ${path} is a file; choose another --out`);
  }
  if (existsSync(join(path, 'run.json'))) {
    const { experiment: owner } = readRunJson(path);
    if (owner === experiment) return;
    throw new UserError(
      `output folder ${path} holds results of ${shown(owner)}, not of ${experiment}; choose another --out`,
    );
  }
  const [strange] = readdirSync(path).filter((file) => file !== CELLS);
  if (strange === undefined || [JOURNAL, PLAN].some((own) => existsSync(join(path, own)))) return;
  throw new UserError(
    `output folder ${path} has no run.json but holds ${shown(strange)}, so it is not hearsay's; choose another --out`,
  );
}

/** The object in run.json, its fields not yet checked. */
export function readRunJson(folder: string): Record<string, unknown> {
  const path = join(folder, 'run.json');
  if (!existsSync(path))
    throw new UserError(`${folder} holds no results: there is no run.json in it`);
  return readRecord(path);
}

/** The object in a file that names an experiment: a record of results, or of what shards are shards of. */
export function readRecord(path: string): Record<string, unknown> {
  const damaged = (what: string) =>
    new UserError(`${path} is damaged: ${what}; restore it, or move the folder away and run again`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw damaged('it is not JSON');
  }
  if (typeof content !== 'object' || content === null || !('experiment' in content)) {
    throw damaged('it does not name an experiment');
  }
  return content as Record<string, unknown>;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes the files beside their places, then moves all into place in the order given, then removes `obsolete`. */
export function replaceFiles(folder: string, files: Files, obsolete: readonly string[]): void {
  const fresh = join(folder, CELLS, 'new');
  try {
    rmSync(fresh, { recursive: true, force: true });
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(fresh, file)), { recursive: true });
      writeFileSync(join(fresh, file), content);
    }
    for (const file of Object.keys(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      renameSync(join(fresh, file), join(folder, file));
    }
    for (const file of obsolete) rmSync(join(folder, file), { force: true });
    rmSync(fresh, { recursive: true, force: true });
  } catch (error) {
    throw notWritable(folder, error);
  }
}

export const notWritable = (path: string, error: unknown): UserError =>
  new UserError(
    `${path} cannot be written: ${error instanceof Error ? error.message : error}; make room or choose another --out`,
  );
