/** From what was typed to what will be run: a plan, a folder and the part that is left, for each experiment. */
import { join } from 'node:path';
import { estimate } from '../experiment/estimate.ts';
import { remaining } from '../experiment/ledger.ts';
import { refuseIfTooLarge } from '../experiment/memory.ts';
import { paceFor } from '../experiment/pace.ts';
import { type Plan, plan, type Request } from '../experiment/plan.ts';
import { type Shard, shareOf, wholeOf } from '../experiment/share.ts';
import { select } from './select.ts';

export interface Job {
  readonly plan: Plan;
  /** What of it is to be run: all, or the share of a shard as a plan of its own. */
  readonly part: Plan;
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
  readonly shard?: Shard;
}

/** Refuses what cannot be run, before anything is. */
export async function prepare(wish: Wish): Promise<Job[]> {
  return readied(await planned(wish), wish);
}

/** How much of each plan is left to run, and about how long that takes. */
export function readied(
  plans: readonly Pick<Job, 'plan' | 'root'>[],
  { jobs, redis, fresh, shard }: Pick<Wish, 'jobs' | 'redis' | 'fresh' | 'shard'>,
): Job[] {
  const found = plans.map(({ plan, root }) => {
    const share = shard === undefined ? wholeOf(plan) : shareOf(plan, shard);
    const { plan: part } = share;
    const folder = join(root, plan.experiment.name);
    if (part.runs > 0 && redis === undefined) refuseIfTooLarge(part);
    const unfinished = remaining(share, folder);
    const { runs, events } = fresh ? part : unfinished;
    return { plan, part, root, folder, runs, events };
  });
  const nsPerEvent = paceFor(found.reduce((sum, { events }) => sum + events, 0));
  return found.map((job) => {
    const { seconds, bytes } = estimate(job.part, jobs, nsPerEvent, job);
    return { ...job, seconds, bytes };
  });
}

/** The plans of a wish, each with its results root; whether this machine can run them is another question. */
export async function planned({
  names,
  request,
  out,
}: Pick<Wish, 'names' | 'request' | 'out'>): Promise<Pick<Job, 'plan' | 'root'>[]> {
  return (await select(names)).map(({ experiment, quick }) => {
    const of = plan(experiment, quick ? { ...request, quick } : request);
    return { plan: of, root: out ?? defaultRoot(of.request) };
  });
}

/** Committed results are those of the full size with the experiment's own seed; nothing else goes there unasked. */
export function defaultRoot({
  quick,
  seed,
  replicates,
  set = {},
  reference,
  sweep,
}: Request): string {
  if (sweep !== undefined) return join('results', 'sweeps');
  const changed = replicates !== undefined || Object.keys(set).length > 0;
  if (reference !== undefined) return join('results', 'custom');
  if (quick) return join('results', 'quick');
  const own = seed === undefined && !changed;
  return own ? 'results' : join('results', 'custom');
}

/** The results root, where it is not the usual one of such a request. */
export const givenRoot = ({ plan, root }: Pick<Job, 'plan' | 'root'>): string | undefined =>
  root === defaultRoot(plan.request) ? undefined : root;
