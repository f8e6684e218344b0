/** Rows to one summary per cell. What a run leaves undefined (null, or not finite) is counted as missing. */
import { shareStatistic, statistic } from '../base/statistics.ts';
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
    measures: fromEntries(scalars, (column) =>
      ofScalars(byCell[index].map((run) => run[column] as number | boolean | null)),
    ),
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

const ofNumbers = (values: readonly (number | null)[]): Statistic =>
  statistic(values.map((value) => (Number.isFinite(value) ? value : null)));

const fromEntries = <T>(names: readonly string[], make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));
