/** From what was typed to what will be run: a plan, a folder and the part that is left, for each experiment. */
import { join } from 'node:path';
import { estimate, nanosecondsPerEvent, refuseIfTooLarge } from '../experiment/estimate.ts';
import { remaining } from '../experiment/ledger.ts';
import { type Plan, plan, type Request } from '../experiment/plan.ts';
import { select } from './select.ts';

export interface Job {
  readonly plan: Plan;
  /** The results root, in which each experiment has a folder of its own. */
  readonly root: string;
  readonly folder: string;
  /** What is left to run. */
  readonly runs: number;
  readonly events: number; // about
  readonly seconds: number; // about
  readonly bytes: number; // about
}

export interface Wish {
  readonly names: readonly string[];
  readonly request: Request;
  readonly out: string | undefined;
  readonly jobs: number;
  readonly fresh: boolean;
}

/** Refuses what cannot be run, before anything is. */
export async function prepare({ names, request, out, jobs, fresh }: Wish): Promise<Job[]> {
  const nsPerEvent = nanosecondsPerEvent();
  const planned = (await select(names)).map(({ experiment, quick }) =>
    plan(experiment, quick ? { ...request, quick } : request),
  );
  return planned.map((of) => {
    const root = out ?? defaultRoot(of.request);
    const folder = join(root, of.experiment.name);
    refuseIfTooLarge(of, jobs);
    const unfinished = remaining(of, folder);
    const left = fresh ? of : unfinished;
    const { seconds, bytes } = estimate(of, jobs, nsPerEvent, left);
    return { plan: of, root, folder, runs: left.runs, events: left.events, seconds, bytes };
  });
}

/** Committed results are those of the full size with the experiment's own seed; nothing else goes there unasked. */
function defaultRoot({ quick, seed, replicates, set = {} }: Request): string {
  if (quick) return join('results', 'quick');
  const own = seed === undefined && replicates === undefined && Object.keys(set).length === 0;
  return own ? 'results' : join('results', 'custom');
}
