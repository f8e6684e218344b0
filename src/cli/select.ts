/** The names on the command line -> experiments: a suite, an experiment, or the path of a module of one's own. */
import { UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Experiment } from '../experiment/model.ts';
import { experimentNames, findExperiment, loadExperiment } from '../experiment/registry.ts';
import { suites } from '../experiment/suites.ts';

export interface Selected {
  readonly experiment: Experiment;
  /** Every suite that named it runs the small size, and nobody named it itself. */
  quick: boolean;
}

/** Each experiment once, in the order named. */
export async function select(names: readonly string[]): Promise<Selected[]> {
  const known = experimentNames();
  const selected: Selected[] = [];
  for (const name of names) {
    const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
    const members = suite
      ? await Promise.all(membersOf(suite.experiments, known).map(loadExperiment))
      : [await one(name, known)];
    for (const experiment of members) {
      const before = selected.find((other) => other.experiment.name === experiment.name);
      if (before && before.experiment !== experiment)
        throw new UserError(
          `run: two of the experiments are called ${experiment.name}; run them apart, each with its own --out`,
        );
      const quick = suite?.quick ?? false;
      if (!before) selected.push({ experiment, quick });
      else if (!quick) before.quick = false;
    }
  }
  return selected;
}

const membersOf = (members: readonly string[] | 'all', known: readonly string[]) =>
  members === 'all' ? known : members.filter((name) => known.includes(name));

async function one(name: string, known: readonly string[]): Promise<Experiment> {
  if (known.includes(name)) return loadExperiment(name);
  if (/[\\/]|\.[mc]?[jt]s$/.test(name)) return findExperiment(name);
  const names = [...Object.keys(suites), ...known];
  throw new UserError(
    `run: there is no experiment or suite "${name}".${didYouMean(name, names)} Known: ${names.join(', ')}; or give the path of your own .mjs module`,
  );
}
