/** Cuts what is to be run into tasks: long enough that handing them out costs nothing, short enough to lose little. */
import type { PlannedCell } from './plan.ts';

/** About 0.2 s of work. The replicates of one task are lost if the process is killed within it. */
const TASK_EVENTS = 1_000_000;
const MOST_RUNS = 500; // for runs that claim to take next to no events

/** Some replicates of one cell. */
export interface Work {
  readonly planned: PlannedCell;
  readonly replicates: readonly number[];
}

/** Tasks in the order in which they are handed out: heavy runs first, so that none is left over at the end. */
export function tasksOf(pending: readonly Work[]): Work[] {
  const tasks = pending.flatMap(cut);
  return tasks.sort((a, b) => b.planned.events - a.planned.events); // stable: else in grid order
}

function cut({ planned, replicates }: Work): Work[] {
  const runs = Math.floor(TASK_EVENTS / Math.max(1, planned.events));
  const size = Math.min(MOST_RUNS, Math.max(1, runs));
  const tasks: Work[] = [];
  for (let first = 0; first < replicates.length; first += size) {
    tasks.push({ planned, replicates: replicates.slice(first, first + size) });
  }
  return tasks;
}
