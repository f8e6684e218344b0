/** A small experiment of this package's own, dealt out to shards: it is run at once, without threads. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plan, plan } from '../../../src/experiment/plan.ts';
import { findExperiment } from '../../../src/experiment/registry.ts';
import { executeShard, type ShareOptions } from '../../../src/experiment/runner.ts';
import { temporary } from './folders.ts';

/** 12 cells, 36 runs. */
export const smallPlan = async (): Promise<Plan> =>
  plan(await findExperiment('fanout'), {
    set: { n: ['8', '16', '32'], loss: ['0', '0.1'], fanout: ['1', '2'] },
    replicates: 3,
  });

/** A folder that the experiment of the plan may have below a root of its own. */
export const folderFor = (of: Plan): string => join(temporary(), of.experiment.name);

export async function runShards(
  of: Plan,
  count: number,
  out: string,
  options: Partial<ShareOptions> = {},
) {
  const results = [];
  for (let index = 1; index <= count; index++) {
    results.push(await executeShard(of, { index, count }, { out, ...options }));
  }
  return results;
}

/** File -> content of all results, without the runner's own corner. */
export const resultFiles = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file !== '.cells')
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'latin1')]),
  );

/** Paths of the cell files of a shard. */
export const cellFiles = (folder: string, corner: string): string[] =>
  readdirSync(join(folder, '.cells', corner))
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => join(folder, '.cells', corner, file));

export const copied = (folder: string): string => {
  const copy = join(temporary(), 'fanout');
  cpSync(folder, copy, { recursive: true });
  return copy;
};
