/** What a plan will take, before it starts: how many runs, about how long, how much memory. */
import { availableMemory, memoryOf } from './memory.ts';
import type { Plan } from './plan.ts';

export interface Estimate {
  readonly runs: number;
  readonly seconds: number;
  readonly bytes: number;
}

/** `pending`: what is left of the plan after a resume; default all of it. */
export function estimate(
  plan: Plan,
  jobs: number,
  nsPerEvent: number,
  pending: { readonly runs: number; readonly events: number } = plan,
  available: number = availableMemory(),
): Estimate {
  const { runs, events } = pending;
  const heaviest = plan.cells.reduce((most, cell) => Math.max(most, cell.events), 0);
  const seconds = (Math.max(events / jobs, runs > 0 ? heaviest : 0) * nsPerEvent) / 1e9;
  // Workers wait where their runs together would not fit.
  const one = memoryOf(plan, 1);
  const bytes = Math.max(one, Math.min(available, memoryOf(plan, Math.min(jobs, runs))));
  return { runs, seconds, bytes };
}
