/** Which folders are reproduced, and what is shown of each. */

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { sum } from '../base/statistics.ts';
import { estimate } from '../experiment/estimate.ts';
import { readRunJson } from '../experiment/folder.ts';
import { refuseIfTooLarge } from '../experiment/memory.ts';
import { paceFor } from '../experiment/pace.ts';
import { packageVersion } from '../experiment/package.ts';
import type { Plan } from '../experiment/plan.ts';
import { recordedPlan } from '../experiment/reproduce.ts';
import { CellsFailed, Interrupted } from '../experiment/result.ts';
import { defaultJobs } from '../experiment/runner.ts';
import { SharedThreads } from '../experiment/workers.ts';
import { type Column, columns } from '../report/columns.ts';
import { colorsOf } from './colors.ts';
import { type Compared, compareFolder } from './compare-folder.ts';
import { interruptible } from './interrupt.ts';
import { print, say, widthOf } from './terminal.ts';
import { DONE, FAILED, INTERRUPTED } from './verb.ts';
import { count, duration } from './wording.ts';

export interface ReproduceWish {
  readonly names: readonly string[];
  readonly root: string;
  readonly jobs?: number;
  readonly json: boolean;
}

/** Resolves to the exit code. */
export async function reproduceFolders(wish: ReproduceWish): Promise<number> {
  const { jobs = defaultJobs(), json } = wish;
  const folders = foldersOf(wish);
  const plans: Plan[] = [];
  for (const folder of folders) plans.push(await recordedPlan(folder));
  for (const plan of plans) refuseIfTooLarge(plan);
  for (const folder of folders) sayIfRecordedElsewhere(folder);
  const seconds = secondsOf(plans, jobs);
  say(`seeds ${plans.map(({ seed }) => seed).join(', ')}`);
  say(
    `${count(folders.length, 'experiment')}, about ${duration(seconds)} on ${count(jobs, 'thread')}`,
  );
  const compared: Compared[] = [];
  const { signal, release } = interruptible();
  const threads = new SharedThreads(jobs);
  try {
    for (const [i, folder] of folders.entries()) {
      const found = await compareFolder(folder, {
        name: plans[i].experiment.name,
        jobs,
        threads,
        signal,
      });
      compared.push(...found);
    }
  } catch (error) {
    return endedBy(error);
  } finally {
    await threads.stop();
    release();
  }
  print(json ? JSON.stringify(compared, null, 2) : textOf(compared, folders.length));
  return compared.every(({ same }) => same) ? DONE : FAILED;
}

/** Bytes are promised for one version of hearsay and one major version of Node. */
function sayIfRecordedElsewhere(folder: string): void {
  const { hearsay, node } = readRunJson(folder);
  const major = (version: unknown) => String(version).replace(/^v/, '').split('.')[0];
  if (hearsay === packageVersion() && major(node) === major(process.version)) return;
  say(
    `${folder} was recorded with hearsay ${hearsay} on Node ${node}; this is ${packageVersion()} on ${process.version}`,
  );
}

function endedBy(error: unknown): number {
  if (error instanceof Interrupted) {
    say('interrupted; nothing was changed');
    return INTERRUPTED;
  }
  if (!(error instanceof CellsFailed)) throw error;
  for (const sentence of [error.message, ...error.messages]) say(sentence);
  return FAILED;
}

function secondsOf(plans: readonly Plan[], jobs: number): number {
  const nsPerEvent = paceFor(sum(plans.map(({ events }) => events)));
  return sum(plans.map((plan) => estimate(plan, jobs, nsPerEvent).seconds));
}

/** Every folder of the root that holds results, or those that are named; a name with a slash is a folder itself. */
function foldersOf({ names, root }: ReproduceWish): string[] {
  const entries = existsSync(root) ? readdirSync(root).sort() : [];
  const known = entries.filter((name) => existsSync(join(root, name, 'run.json')));
  if (names.length === 0 && known.length === 0)
    throw new UserError(`reproduce: ${root} holds no results; hearsay run writes them`);
  const wanted = names.length > 0 ? names : known;
  return wanted.map((name) => {
    const folder = /[\\/]/.test(name) ? name : join(root, name);
    if (existsSync(join(folder, 'run.json'))) return folder;
    throw new UserError(
      `reproduce: there are no results of "${name}" in ${root}.${didYouMean(name, known)} Known: ${known.join(', ') || 'none'}`,
    );
  });
}

function textOf(compared: readonly Compared[], experiments: number): string {
  const { green, red } = colorsOf(process.stdout);
  const shape: Column[] = [
    { title: 'experiment' },
    { title: 'file' },
    { title: '', paint: (text) => (text === 'same' ? green(text) : red(text)) },
  ];
  const rows = compared.map(({ folder, file, same }) => [
    basename(folder),
    file,
    same ? 'same' : 'differs',
  ]);
  const different = compared.filter(({ same }) => !same);
  const verdict =
    different.length === 0
      ? 'all the same'
      : `${different.length} ${different.length === 1 ? 'differs' : 'differ'}`;
  return [
    columns(shape, rows, widthOf(process.stdout)),
    '',
    ...different.map(({ why }) => why),
    `${count(compared.length, 'file')} in ${count(experiments, 'experiment')}: ${verdict}`,
  ].join('\n');
}
