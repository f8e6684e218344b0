/** Runs what a plan lacks: cut into tasks, on workers, or at once in this thread where that is quicker. */
import { Dispatch, type Failure } from './dispatch.ts';
import { Room, workersThatFit } from './memory.ts';
import type { Plan } from './plan.ts';
import { isOwn } from './registry.ts';
import type { Ran } from './result.ts';
import { eventsOf, tasksOf, type Work } from './tasks.ts';
import { here, SharedThreads, type SharedWorkers } from './workers.ts';

export interface PoolOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
  /** The results root, for the command that repeats what failed; undefined: the usual one. */
  readonly root?: string | undefined;
  /** Used, and left running. Default: threads for this plan alone. */
  readonly threads?: SharedWorkers | undefined;
  /** Something to tell the user that does not end the run. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
  /** Takes what came out of the first runs of a task: of all, unless one of them failed. */
  readonly onDone: (work: Work, ran: readonly Ran[]) => void;
}

/** Runs what is pending, and answers which cells failed. Returns early when the signal is aborted. */
export async function runAll(
  plan: Plan,
  pending: readonly Work[],
  { jobs, signal, root, threads, onWarning, onDone }: PoolOptions,
): Promise<Failure[]> {
  if (pending.length === 0) return [];
  const elsewhere = threads?.inFlight;
  const moment = elsewhere === undefined && isMoment(plan, pending);
  const most = moment ? 1 : (elsewhere ?? workersThatFit(plan, jobs));
  const tasks = tasksOf(pending, elsewhere === undefined ? most : WORKERS_ELSEWHERE);
  const lanes = Math.min(most, tasks.length);
  const room = elsewhere === undefined ? new Room(lanes) : new Room(0, Number.POSITIVE_INFINITY);
  const own = threads ?? new SharedThreads(lanes);
  const workers = moment ? here : await own.take(onWarning);
  const stop = () => void own.stop();
  signal?.addEventListener('abort', stop, { once: true });
  const dispatch = new Dispatch(plan, tasks, { workers, room, signal, root, onDone });
  try {
    await Promise.all(Array.from({ length: lanes }, () => dispatch.lane()));
    return dispatch.failures.sort((a, b) => a.index - b.index);
  } catch (error) {
    await own.stop(); // other lanes may be in the middle of a run
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await (threads ? threads.rest(plan.bytes) : own.stop());
  }
}

const WORKERS_ELSEWHERE = 32; // nobody knows how many: tasks are small enough for so many

const MOMENT_EVENTS = 500_000; // about 0.1 s: a worker takes as long to start
const MOMENT_BYTES = 50e6;

/** A module of the user's own may do anything, such as end the process: it is never run in the main thread. */
const isMoment = ({ modulePath, bytes }: Plan, pending: readonly Work[]): boolean =>
  isOwn(modulePath) && eventsOf(pending) <= MOMENT_EVENTS && bytes <= MOMENT_BYTES;
