/** What an experiment's module must export: one sentence names the first thing that is missing or wrong. */
import { shown, UserError } from '../base/errors.ts';
import type { Experiment, Value } from './model.ts';

const TEXTS = ['name', 'question', 'claim', 'source', 'seed'] as const;
const FUNCTIONS = ['events', 'bytes', 'run', 'findings'] as const;
const TABLES = ['grid', 'quick', 'axes', 'measures', 'fixed'] as const;
const RESERVED = ['experiment', 'cell', 'replicate', 'seed']; // columns of rows.csv
const COLUMN = /^[a-z][a-z0-9_]*$/;

/** The exported value, if it is an experiment; otherwise a `UserError` naming the module. */
export function validated(exported: unknown, path: string): Experiment {
  const fail = (sentence: string): never => {
    throw new UserError(`experiment file ${path}: ${sentence}`);
  };
  if (!isTable(exported)) {
    return fail('its default export must be made by experiment({ ... }); there is none');
  }
  const missing = (field: string, kind: string) =>
    fail(`${field} must be ${kind}; got ${shown(exported[field])}`);
  for (const field of TEXTS) {
    if (typeof exported[field] !== 'string' || exported[field] === '') missing(field, 'a text');
  }
  for (const field of FUNCTIONS) {
    if (typeof exported[field] !== 'function') missing(field, 'a function');
  }
  for (const field of TABLES) if (!isTable(exported[field])) missing(field, 'an object');
  if (!Array.isArray(exported.figures)) missing('figures', 'a list');
  if (!['number', 'function'].includes(typeof exported.replicates)) {
    missing('replicates', 'a number or a function of the cell');
  }
  const experiment = exported as unknown as Experiment;
  const problem = problemIn(experiment);
  return problem === undefined ? experiment : fail(problem);
}

/** The first contradiction between the parts. */
function problemIn(experiment: Experiment): string | undefined {
  const { name, grid, quick, axes, measures, series = {} } = experiment;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return `name must be kebab-case; got ${shown(name)}`;
  if (!(quick.replicates >= 1)) return 'quick.replicates must be at least 1';
  for (const [axis, values] of [...Object.entries(grid), ...Object.entries(quick.grid ?? {})]) {
    if (!Object.hasOwn(grid, axis)) return `quick.grid has the axis ${axis}, which grid lacks`;
    if (!Object.hasOwn(axes, axis)) return `axes does not say what the axis ${axis} is`;
    const bad = badValues(values);
    if (bad !== undefined) return `grid.${axis} ${bad}`;
  }
  const orphan = Object.keys(series).find((column) => !Object.hasOwn(measures, column));
  if (orphan !== undefined) return `measures does not say what the series ${orphan} is`;
  const columns = [...Object.keys(grid), ...Object.keys(measures)];
  for (const [i, column] of columns.entries()) {
    if (!COLUMN.test(column)) return `column ${shown(column)} must be in snake_case`;
    if (RESERVED.includes(column)) return `column ${shown(column)} is a name of hearsay's own`;
    if (columns.indexOf(column) !== i) return `column ${shown(column)} is declared twice`;
  }
  return undefined;
}

function badValues(values: readonly Value[]): string | undefined {
  if (!Array.isArray(values) || values.length === 0) return 'must be a list of values, not empty';
  const simple = (value: Value) =>
    Number.isFinite(value) || typeof value === 'string' || typeof value === 'boolean';
  const odd = values.find((value) => !simple(value));
  return odd === undefined && values.every(simple)
    ? undefined
    : `must hold finite numbers, texts and booleans only; got ${shown(odd)}`;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
