/** Rows to one summary per cell. What a run leaves undefined (null, or not finite) is counted as missing. */
import { poissonInterval, shareStatistic, statistic, sum } from '../base/statistics.ts';
import { scalarColumns } from './columns.ts';
import type { CellSummary, Measures, Statistic } from './model.ts';
import type { Plan } from './plan.ts';
import type { Row } from './result.ts';

/** One summary per cell, in cell order. */
export function summarise(plan: Plan, rows: readonly Row[]): CellSummary[] {
  const { series = {} } = plan.experiment;
  const scalars = scalarColumns(plan.experiment);
  const byCell: Measures[][] = plan.cells.map(() => []); // [cell][replicate]
  for (const row of rows) byCell[row.index].push(row.measures);
  return plan.cells.map(({ cell, replicates, index }) => ({
    cell,
    replicates,
    measures: fromEntries(scalars, (column) => {
      const exposure = plan.experiment.exposures?.[column];
      const statistic = ofScalars(valuesOf(byCell[index], column));
      return exposure === undefined
        ? statistic
        : ofRate(statistic, valuesOf(byCell[index], exposure));
    }),
    series: fromEntries(Object.keys(series), (column) =>
      series[column].at.map((_, point) =>
        ofNumbers(byCell[index].map((run) => (run[column] as readonly number[])[point])),
      ),
    ),
  }));
}

/** A column is one of shares if any run gave a boolean. */
function ofScalars(values: readonly (number | boolean | null)[]): Statistic {
  return values.some((value) => typeof value === 'boolean')
    ? shareStatistic(values as (boolean | null)[])
    : ofNumbers(values as (number | null)[]);
}

const valuesOf = (runs: readonly Measures[], column: string) =>
  runs.map((run) => run[column] as number | boolean | null);

/** Counts of what is gossiped come in bursts, wider than Poisson's law, so the interval over runs stays Student's; but runs
 *  in which nothing was counted say by Poisson's how much there may be. */
function ofRate(statistic: Statistic, exposures: readonly (number | boolean | null)[]): Statistic {
  if (statistic.max !== 0) return statistic;
  const exposure = sum(exposures.map(Number));
  return exposure > 0
    ? { ...statistic, ciHigh: poissonInterval(0, 0.95).high / exposure }
    : statistic;
}

const ofNumbers = (values: readonly (number | null)[]): Statistic =>
  statistic(values.map((value) => (Number.isFinite(value) ? value : null)));

const fromEntries = <T>(names: readonly string[], make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));
