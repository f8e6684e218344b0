/** Runs a plan in memory: for questions whose answer is not a folder of tables. */
import type { Measures } from './model.ts';
import type { Plan } from './plan.ts';
import { runAll } from './pool.ts';
import { CellsFailed, Interrupted } from './result.ts';
import type { SharedThreads } from './workers.ts';

export interface MeasureOptions {
  readonly jobs: number;
  readonly threads?: SharedThreads;
  readonly signal?: AbortSignal;
  /** Replicates before this one are left out: they are known. Default 0. */
  readonly from?: number;
  readonly onProgress?: (runs: number) => void;
}

/** Measures of each run, [cell][replicate - from]. Throws `Interrupted`, `CellsFailed` or a `UserError`. */
export async function measured(plan: Plan, options: MeasureOptions): Promise<Measures[][]> {
  const { jobs, threads, signal, from = 0, onProgress } = options;
  const results: Measures[][] = plan.cells.map(() => []);
  const pending = plan.cells.map((planned) => ({
    planned,
    replicates: Array.from({ length: planned.replicates - from }, (_, i) => from + i),
  }));
  const failures = await runAll(plan, pending, {
    jobs,
    signal,
    threads,
    onDone({ planned, replicates }, ran) {
      ran.forEach(({ measures }, i) => {
        results[planned.index][replicates[i] - from] = measures;
      });
      onProgress?.(ran.length);
    },
  });
  if (signal?.aborted) throw new Interrupted(`${plan.experiment.name}: interrupted`);
  if (failures.length > 0) {
    const messages = failures.map(({ message }) => message);
    throw new CellsFailed(plan.experiment.name, plan.cells.length, messages);
  }
  return results;
}
