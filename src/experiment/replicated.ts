/** Runs a plan in memory, with as many replicates as its precision takes. */
import { type MeasureOptions, measured } from './measured.ts';
import type { Measures } from './model.ts';
import type { Plan } from './plan.ts';
import { type Settled, untilPrecise } from './until-precise.ts';

export interface Replicated extends Settled {
  /** [cell][replicate] */
  readonly runs: readonly (readonly Measures[])[];
}

/** `onProgress`: of so many runs, as far as is known, so many are done. Throws as `measured` does. */
export async function replicated(
  plan: Plan,
  options: Omit<MeasureOptions, 'from' | 'onProgress'> & {
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<Replicated> {
  const runs: Measures[][] = plan.cells.map(() => []);
  let done = 0;
  const settled = await untilPrecise(plan, async (stage) => {
    const from = Math.max(...runs.map((of) => of.length)); // of the cells that go on
    const added = await measured(stage, {
      ...options,
      from,
      onProgress(more) {
        done += more;
        options.onProgress?.(done, stage.runs);
      },
    });
    added.forEach((of, cell) => {
      runs[cell].push(...of);
    });
    return runs;
  });
  return { ...settled, runs };
}
