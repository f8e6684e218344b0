/** Adds replicates to the cells of a plan, each until it is precise enough; what decides is the seed alone. */
import type { Measures } from './model.ts';
import { type Plan, resolve } from './plan.ts';
import { levelOf, sizesOf } from './precision.ts';
import { summaryOf } from './summary.ts';
import { lackingIn, type Unreached } from './unreached.ts';

export interface Settled {
  /** With as many replicates in each cell as it took. */
  readonly plan: Plan;
  readonly unreached: readonly Unreached[];
}

/**
 * All cells are looked at after the same numbers of replicates; those that lack precision go on to the next one.
 * @param run runs a plan as far as it is not known, and answers all its measures, [cell][replicate].
 */
export async function untilPrecise(
  plan: Plan,
  run: (stage: Plan) => Promise<readonly (readonly Measures[])[]>,
): Promise<Settled> {
  const { experiment, request } = plan;
  const precision = request.precision;
  if (precision === undefined) {
    await run(plan);
    return { plan, unreached: [] };
  }
  const sizes = sizesOf(precision);
  const level = levelOf(precision);
  let counts: readonly number[] = plan.cells.map(() => sizes[0]);
  for (let look = 0; ; look++) {
    const stage = resolve(experiment, plan, counts);
    const runs = await run(stage);
    const lacking = stage.cells
      .filter(({ replicates }) => replicates === sizes[look])
      .map((of) => ({ of, summary: summaryOf(experiment, of, runs[of.index], level) }))
      .map(({ of, summary }) => lackingIn(experiment, precision, of.index, summary, runs[of.index]))
      .filter((list) => list.length > 0);
    if (lacking.length === 0 || look === sizes.length - 1)
      return { plan: stage, unreached: lacking.flat() };
    const goesOn = new Set(lacking.map(([{ index }]) => index));
    counts = counts.map((count, index) => (goesOn.has(index) ? sizes[look + 1] : count));
  }
}
