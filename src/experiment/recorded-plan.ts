/** A plan as it is written into a record (run.json, and plan.json of shards), and read back from there. */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve as resolvePath, sep } from 'node:path';
import { shown, UserError } from '../base/errors.ts';
import { type Axes, product } from './grid.ts';
import type { Experiment } from './model.ts';
import { type Plan, type Request, resolve } from './plan.ts';
import { findExperiment, isOwn, loadModule, referenced, sweepOf } from './registry.ts';

/** What a plan is made again from, by the code that made it. */
export interface PlanRecord {
  readonly experiment: string;
  /** A user's own module, as seen from the folder; null for one of this package's experiments. */
  readonly module: string | null;
  readonly size: Plan['size'];
  readonly seed: string;
  readonly request: Request;
  readonly axes: Axes;
  /** One number if it is the same in every cell, else one per cell in grid order. */
  readonly replicates: number | readonly number[];
}

/** As it is recorded in a folder. */
export function planRecord(plan: Plan, folder: string): PlanRecord {
  const { experiment, modulePath, size, seed, request, axes, cells } = plan;
  const module = isOwn(modulePath) ? null : relative(folder, modulePath).split(sep).join('/');
  const [first] = cells;
  const same = cells.every(({ replicates }) => replicates === first.replicates);
  const replicates = same ? first.replicates : cells.map((cell) => cell.replicates);
  return { experiment: experiment.name, module, size, seed, request, axes, replicates };
}

/**
 * @param path of the file that holds the record, for sentences
 * @param folder from which the module of a user is seen
 */
export async function planOf(
  record: Readonly<Record<string, unknown>>,
  path: string,
  folder: string,
): Promise<Plan> {
  const damaged = (field: string, expected: string) => damagedField(record, path, field, expected);
  const { seed, axes, replicates, request = {}, size } = record;
  if (typeof record.experiment !== 'string') throw damaged('experiment', 'a name');
  if (typeof seed !== 'string' || seed === '') throw damaged('seed', 'a text');
  if (!isAxes(axes)) throw damaged('axes', 'a list of values for each axis');
  if (!isSize(size)) throw damaged('size', 'full, quick or custom');
  if (!isTable(request)) throw damaged('request', 'an object');
  const counts = typeof replicates === 'number' ? replicates : (replicates as number[]);
  const { reference, sweep } = request as Request;
  const experiment = sweep
    ? await sweepOf(sweep)
    : referenced(await recordedExperiment(record, path, folder), reference);
  const cells = sameAxes(dirname(path), experiment, axes);
  if (!isCounts(counts, cells))
    throw damaged('replicates', `a number, or one for each of ${cells} cells`);
  const decided = { request: request as Request, size, seed, axes };
  return resolve(experiment, decided, counts);
}

export const damagedField = (
  record: Readonly<Record<string, unknown>>,
  path: string,
  field: string,
  expected: string,
): UserError =>
  new UserError(
    `${path} is damaged: ${field} must be ${expected}; got ${shown(JSON.stringify(record[field]))}`,
  );

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

async function recordedExperiment(
  { experiment, module }: Readonly<Record<string, unknown>>,
  path: string,
  folder: string,
): Promise<Experiment> {
  if (typeof module !== 'string') return findExperiment(experiment as string);
  const modulePath = resolvePath(folder, module);
  if (existsSync(modulePath)) return loadModule(modulePath);
  throw new UserError(
    `${path} names the experiment file ${module}, which is not there; put it back to reproduce`,
  );
}

export const isTable = (value: unknown): value is Record<string, unknown> =>
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

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;

const isCounts = (value: unknown, cells: number): value is number | number[] =>
  isCount(value) || (Array.isArray(value) && value.length === cells && value.every(isCount));
