/** Parts of a plan that are run in memory, and what they measured, measure by measure. */
import type { Experiment, Measures } from '../model.ts';
import type { Plan } from '../plan.ts';

/** Runs replicates from .. to-1 of some cells of the plan: [cell as asked for][replicate - from]. */
export type Ask = (
  plan: Plan,
  cells: readonly number[],
  from: number,
  to: number,
) => Promise<Measures[][]>;

/** The plan of some of its cells, with `to` replicates each. */
export function partOf(plan: Plan, cells: readonly number[], to: number): Plan {
  const kept = cells.map((index, i) => ({ ...plan.cells[index], index: i, replicates: to }));
  return {
    ...plan,
    cells: kept,
    runs: kept.length * to,
    events: kept.reduce((sum, { events }) => sum + events * to, 0),
    bytes: kept.reduce((most, { bytes }) => Math.max(most, bytes), 0),
  };
}

/** A value per replicate; null where it is undefined. */
export type Sample = readonly (number | boolean | null)[];

export const sampleOf = (runs: readonly Measures[], measure: string): Sample =>
  runs.map((run) => {
    const value = run[measure] as number | boolean | null;
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  });

/** What the experiment measures, without the columns that rates are counted over. */
export function measuresOf({ measures, exposures = {} }: Experiment): string[] {
  const over = Object.values(exposures);
  return Object.keys(measures).filter((name) => !over.includes(name));
}
