/** Finds experiments: those of this package by name, and a user's own by the path of a module. */
import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, shown, UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Experiment } from './model.ts';
import { DIST } from './package.ts';
import type { SweepRequest } from './scenario/sweep/model.ts';
import { validated } from './validate.ts';

const EXPERIMENTS = join(DIST, 'experiments');
const SWEEP = join(DIST, 'src', 'experiment', 'scenario', 'sweep', 'experiment.js');

/** Experiment -> the module that exports it, from which workers load it. */
const modulePaths = new WeakMap<Experiment, string>();

/**
 * The names of this package's experiments, sorted. Each is the only one of a file of that name (a test holds us to it), so
 * that one experiment is found without loading the others.
 */
export function experimentNames(): string[] {
  if (!existsSync(EXPERIMENTS)) {
    throw new UserError('hearsay: the experiments are not built; run npm run build first');
  }
  const files = readdirSync(EXPERIMENTS).filter((file) => file.endsWith('.js'));
  return files.map((file) => file.slice(0, -'.js'.length)).sort();
}

/** One of this package's experiments; the name must be one of `experimentNames`. */
export const loadExperiment = (name: string): Promise<Experiment> =>
  loadModule(join(EXPERIMENTS, `${name}.js`));

/** This package's experiments, by name. */
export const loadExperiments = (): Promise<Experiment[]> =>
  Promise.all(experimentNames().map(loadExperiment));

/** One of this package's experiments by name, or the experiment that a .js or .mjs module exports. */
export async function findExperiment(nameOrPath: string): Promise<Experiment> {
  if (looksLikePath(nameOrPath)) return loadModule(resolve(nameOrPath));
  const known = experimentNames();
  if (known.includes(nameOrPath)) return loadExperiment(nameOrPath);
  throw new UserError(
    `there is no experiment ${shown(nameOrPath)}.${didYouMean(nameOrPath, known)} ` +
      `Known: ${known.join(', ')}; or give the path of your own .mjs module`,
  );
}

export function modulePathOf(experiment: Experiment): string {
  const path = modulePaths.get(experiment);
  assert(path !== undefined, `experiment ${experiment.name} was not loaded by the registry`);
  return path;
}

/** The experiment held against measurements in that folder, if one is given. */
export function referenced(experiment: Experiment, folder: string | undefined): Experiment {
  if (folder === undefined) return experiment;
  const { name, withReference } = experiment;
  if (withReference === undefined)
    throw new UserError(
      `${name} is held against nothing that was measured elsewhere, so --reference means nothing to it`,
    );
  const path = modulePathOf(experiment);
  const made = validated(withReference(folder), path);
  modulePaths.set(made, path);
  return made;
}

/** A sweep over a scenario file as an experiment. A `UserError` if the file or an axis says something wrong. */
export async function sweepOf(request: SweepRequest): Promise<Experiment> {
  const { sweepExperiment } = await import('./scenario/sweep/experiment.ts'); // with it come all protocols
  const made = validated(sweepExperiment(request), request.file);
  modulePaths.set(made, SWEEP);
  return made;
}

/** Whether the module is one of this package's own experiments, or its sweep over the user's scenario. */
export const isOwn = (modulePath: string): boolean =>
  modulePath === SWEEP || modulePath.startsWith(EXPERIMENTS + sep);

/** The experiment that a module exports by default. */
export async function loadModule(path: string): Promise<Experiment> {
  assert(isAbsolute(path), `module path ${path} is not absolute`);
  if (!existsSync(path)) throw new UserError(`there is no experiment file ${shown(path)}`);
  const exported: unknown = await importDefault(path);
  const experiment = validated(exported, path);
  modulePaths.set(experiment, path);
  return experiment;
}

async function importDefault(path: string): Promise<unknown> {
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(path).href)).default;
  } catch (error) {
    throw new UserError(
      `experiment file ${path} cannot be loaded: ${error instanceof Error ? error.message : error}`,
    );
  }
}

const looksLikePath = (text: string): boolean => /[\\/]|\.m?js$/.test(text);
