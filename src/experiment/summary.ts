/** Rows to one summary per cell. What a run leaves undefined (null, or not finite) is counted as missing. */
import { LEVEL, poissonInterval, shareStatistic, statistic, sum } from '../base/statistics.ts';
import { scalarColumns } from './columns.ts';
import type { CellSummary, Experiment, Measures, Statistic } from './model.ts';
import type { Plan, PlannedCell } from './plan.ts';
import { levelOf } from './precision.ts';
import type { Row } from './result.ts';

type Scalar = number | boolean | null;

/** One summary per cell, in cell order. */
export function summarise(plan: Plan, rows: readonly Row[]): CellSummary[] {
  const byCell: Measures[][] = plan.cells.map(() => []); // [cell][replicate]
  for (const row of rows) byCell[row.index].push(row.measures);
  const { precision } = plan.request;
  const level = precision === undefined ? LEVEL : levelOf(precision);
  return plan.cells.map((of) => summaryOf(plan.experiment, of, byCell[of.index], level));
}

/** @param runs [replicate] what was measured; @param level of the intervals. */
export function summaryOf(
  experiment: Experiment,
  { cell, replicates }: Pick<PlannedCell, 'cell' | 'replicates'>,
  runs: readonly Measures[],
  level: number,
): CellSummary {
  const { series = {} } = experiment;
  return {
    cell,
    replicates,
    measures: fromEntries(scalarColumns(experiment), (column) =>
      ofColumn(experiment, column, runs, level),
    ),
    series: fromEntries(Object.keys(series), (column) =>
      series[column].at.map((_, point) =>
        ofNumbers(
          runs.map((run) => (run[column] as readonly number[])[point]),
          level,
        ),
      ),
    ),
  };
}

function ofColumn(
  { exposures = {}, ranges = {} }: Experiment,
  column: string,
  runs: readonly Measures[],
  level: number,
): Statistic {
  const values = valuesOf(runs, column);
  const own = isShare(values)
    ? shareStatistic(values as (boolean | null)[], level)
    : ofNumbers(values as (number | null)[], level);
  const exposure = exposures[column];
  const wide = exposure === undefined ? own : ofRate(own, values, valuesOf(runs, exposure), level);
  return ranges[column] === undefined ? wide : cut(wide, ranges[column]);
}

export const valuesOf = (runs: readonly Measures[], column: string): readonly Scalar[] =>
  runs.map((run) => run[column] as Scalar);

/** A column is one of shares if any run gave a boolean. */
export const isShare = (values: readonly Scalar[]): boolean =>
  values.some((value) => typeof value === 'boolean');

/**
 * The wider of two intervals: Student's over runs, since what is gossiped comes in bursts, wider than Poisson's law; and
 * Garwood's of all that was counted, since a few counts tell Student's too little, and none nothing.
 */
function ofRate(
  statistic: Statistic,
  rates: readonly Scalar[],
  exposures: readonly Scalar[],
  level: number,
): Statistic {
  const exposure = sum(exposures.map(Number));
  const count = Math.round(sum(rates.map((rate, i) => Number(rate) * Number(exposures[i]))));
  if (!(exposure > 0)) return statistic;
  const { low, high } = poissonInterval(count, level);
  const { ciLow, ciHigh } = count === 0 ? { ciLow: 0, ciHigh: 0 } : statistic;
  return {
    ...statistic,
    ciLow: Math.min(ciLow, low / exposure), // NaN of one run: there is no scatter to see bursts by
    ciHigh: Math.max(ciHigh, high / exposure),
  };
}

const cut = (of: Statistic, [low, high]: readonly [number, number]): Statistic => ({
  ...of,
  ciLow: Math.max(low, of.ciLow),
  ciHigh: Math.min(high, of.ciHigh),
});

const ofNumbers = (values: readonly (number | null)[], level: number): Statistic =>
  statistic(
    values.map((value) => (Number.isFinite(value) ? value : null)),
    level,
  );

const fromEntries = <T>(names: readonly string[], make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));
