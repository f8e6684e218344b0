/** Runs what a results folder records again, elsewhere, and compares every table and figure byte by byte. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { shown, UserError } from '../base/errors.ts';
import { readRunJson } from './folder.ts';
import { type Axes, product } from './grid.ts';
import { sha256 } from './keys.ts';
import type { Experiment } from './model.ts';
import { type Plan, type Request, resolve } from './plan.ts';
import { isInside, readPlain } from './record.ts';
import { findExperiment, loadModule, referenced, sweepOf } from './registry.ts';
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
  const { plan, hashes } = await readRecord(folder);
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
  return (await readRecord(folder)).plan;
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

async function readRecord(folder: string) {
  const record = readRunJson(folder);
  const damaged = (field: string, expected: string) =>
    new UserError(
      `${join(folder, 'run.json')} is damaged: ${field} must be ${expected}; got ${shown(JSON.stringify(record[field]))}`,
    );
  const { seed, axes, replicates, files, request = {}, size } = record;
  if (typeof record.experiment !== 'string') throw damaged('experiment', 'a name');
  if (typeof seed !== 'string' || seed === '') throw damaged('seed', 'a text');
  if (!isAxes(axes)) throw damaged('axes', 'a list of values for each axis');
  if (!isTable(files) || !Object.entries(files).every(isFile))
    throw damaged('files', 'hashes by file');
  if (!isSize(size)) throw damaged('size', 'full, quick or custom');
  if (!isTable(request)) throw damaged('request', 'an object');
  const counts = typeof replicates === 'number' ? replicates : (replicates as number[]);
  const { reference, sweep } = request as Request;
  const experiment = sweep
    ? await sweepOf(sweep)
    : referenced(await recordedExperiment(folder, record), reference);
  const cells = sameAxes(folder, experiment, axes);
  if (!isCounts(counts, cells))
    throw damaged('replicates', `a number, or one for each of ${cells} cells`);
  const decided = { request: request as Request, size, seed, axes };
  return { plan: resolve(experiment, decided, counts), hashes: files as Record<string, string> };
}

/** How many cells the recorded axes have now. */
function sameAxes(
  folder: string,
  { name, grid, where = () => true }: Experiment,
  axes: Axes,
): number {
  const now = Object.keys(grid).join(', ');
  const then = Object.keys(axes).join(', ');
  if (now === then) return product(axes).filter((cell) => where(cell)).length;
  throw new UserError(
    `${folder}: recorded with the axes ${then}, but ${name} now has ${now}; run it again, or reproduce it with the recorded commit`,
  );
}

async function recordedExperiment(folder: string, { experiment, module }: Record<string, unknown>) {
  if (typeof module !== 'string') return findExperiment(experiment as string);
  const path = resolvePath(folder, module);
  if (existsSync(path)) return loadModule(path);
  throw new UserError(
    `${join(folder, 'run.json')} names the experiment file ${module}, which is not there; put it back to reproduce`,
  );
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAxes = (value: unknown): value is Axes =>
  isTable(value) &&
  Object.values(value).every(
    (values) =>
      Array.isArray(values) &&
      values.length > 0 &&
      values.every((of) => typeof of === typeof values[0] && isValue(of)),
  );

const isValue = (value: unknown): boolean =>
  Number.isFinite(value) || typeof value === 'string' || typeof value === 'boolean';

const isSize = (value: unknown): value is Plan['size'] =>
  value === 'full' || value === 'quick' || value === 'custom';

const isFile = ([file, hash]: [string, unknown]): boolean =>
  isInside(file) && typeof hash === 'string';

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;

const isCounts = (value: unknown, cells: number): value is number | number[] =>
  isCount(value) || (Array.isArray(value) && value.length === cells && value.every(isCount));
