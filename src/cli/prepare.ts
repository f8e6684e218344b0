/** From what was typed to what will be run: a plan, a folder and the part that is left, for each experiment. */
import { join } from 'node:path';
import { estimate } from '../experiment/estimate.ts';
import { remaining } from '../experiment/ledger.ts';
import { refuseIfTooLarge } from '../experiment/memory.ts';
import { paceFor } from '../experiment/pace.ts';
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
  /** Address of the server whose workers do it; undefined: threads here. */
  readonly redis: string | undefined;
  readonly fresh: boolean;
}

/** Refuses what cannot be run, before anything is. */
export async function prepare({ names, request, out, jobs, redis, fresh }: Wish): Promise<Job[]> {
  const planned = (await select(names)).map(({ experiment, quick }) =>
    plan(experiment, quick ? { ...request, quick } : request),
  );
  return readied(planned, { out, jobs, redis, fresh });
}

/** How much of each plan is left to run, and about how long that takes. */
export function readied(
  planned: readonly Plan[],
  { out, jobs, redis, fresh }: Pick<Wish, 'out' | 'jobs' | 'redis' | 'fresh'>,
): Job[] {
  const found = planned.map((of) => {
    const root = out ?? defaultRoot(of.request);
    const folder = join(root, of.experiment.name);
    if (redis === undefined) refuseIfTooLarge(of);
    const unfinished = remaining(of, folder);
    const { runs, events } = fresh ? of : unfinished;
    return { plan: of, root, folder, runs, events };
  });
  const nsPerEvent = paceFor(found.reduce((sum, { events }) => sum + events, 0));
  return found.map((job) => {
    const { seconds, bytes } = estimate(job.plan, jobs, nsPerEvent, job);
    return { ...job, seconds, bytes };
  });
}

/** Committed results are those of the full size with the experiment's own seed; nothing else goes there unasked. */
function defaultRoot({ quick, seed, replicates, set = {}, reference, sweep }: Request): string {
  if (sweep !== undefined) return join('results', 'sweeps');
  const changed = replicates !== undefined || Object.keys(set).length > 0;
  if (reference !== undefined) return join('results', 'custom');
  if (quick) return join('results', 'quick');
  const own = seed === undefined && !changed;
  return own ? 'results' : join('results', 'custom');
}
