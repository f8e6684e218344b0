/** Cuts what is to be run into tasks: long enough that handing them out costs nothing, short enough to lose little. */
import type { PlannedCell } from './plan.ts';

/** About 0.2 s of work. The replicates of one task are lost if the process is killed within it. */
const MOST_EVENTS = 1_000_000;
const FEWEST_EVENTS = 50_000; // about 10 ms: handing out a task takes some 0.1 ms
const PER_WORKER = 8; // tasks at least, so that no worker waits long for the last one
const MOST_RUNS = 500; // for runs that claim to take next to no events

/** Some replicates of one cell. */
export interface Work {
  readonly planned: PlannedCell;
  readonly replicates: readonly number[];
}

/** Tasks in the order in which they are handed out: heavy runs first, so that none is left over at the end. */
export function tasksOf(pending: readonly Work[], workers: number): Work[] {
  const share = eventsOf(pending) / (PER_WORKER * workers);
  const events = Math.min(MOST_EVENTS, Math.max(FEWEST_EVENTS, share));
  const tasks = pending.flatMap((work) => cut(work, events));
  return tasks.sort((a, b) => b.planned.events - a.planned.events); // stable: else in grid order
}

/** About how many events all of it takes. */
export const eventsOf = (pending: readonly Work[]): number =>
  pending.reduce((sum, { planned, replicates }) => sum + planned.events * replicates.length, 0);

/** Pieces of at most so many events, if one run does not take more. */
export function cut({ planned, replicates }: Work, events: number): Work[] {
  const runs = Math.floor(events / Math.max(1, planned.events));
  const size = Math.min(MOST_RUNS, Math.max(1, runs));
  const tasks: Work[] = [];
  for (let first = 0; first < replicates.length; first += size) {
    tasks.push({ planned, replicates: replicates.slice(first, first + size) });
  }
  return tasks;
}
