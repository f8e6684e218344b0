/** What a cell lacks of the precision that is asked for. */
import { shownColumns } from './columns.ts';
import type { CellSummary, Experiment, Measures, Statistic } from './model.ts';
import { type Precision, type Width, widthOf } from './precision.ts';
import { isShare, valuesOf } from './summary.ts';

/** What is asked of one cell, and not reached. */
export interface Unreached {
  readonly index: number; // of the cell
  readonly measure: string;
  readonly replicates: number;
  readonly mean: number | null;
  /** Half-width of its 95 % interval, in the measure's unit; null where there is no interval. */
  readonly half: number | null;
}

/** What a cell lacks; empty if it may stop. */
export function lackingIn(
  experiment: Experiment,
  precision: Precision,
  index: number,
  { replicates, measures }: CellSummary,
  runs: readonly Measures[],
): Unreached[] {
  const width = widthOf(precision);
  const names =
    precision.measures.length > 0
      ? precision.measures
      : shownColumns(experiment).filter(
          (name) => isSeen(measures[name]) && (!width.isDuration || name.endsWith('_ms')),
        );
  return names
    .filter((name) => !isReached(width, measures[name], isShare(valuesOf(runs, name))))
    .map((measure) => {
      const { mean } = measures[measure];
      const half = halfOf(measures[measure]);
      const known = (value: number) => (Number.isFinite(value) ? value : null);
      return { index, measure, replicates, mean: known(mean), half: known(half) };
    });
}

/** Where nothing was counted or nothing is defined, no share of the mean can be reached. */
const isSeen = ({ count, min, max }: Statistic): boolean => count > 0 && (min !== 0 || max !== 0);

const halfOf = ({ mean, ciLow, ciHigh }: Statistic): number =>
  Math.max(ciHigh - mean, mean - ciLow);

function isReached({ most, relative }: Width, of: Statistic, share: boolean): boolean {
  return halfOf(of) <= (relative && !share ? most * Math.abs(of.mean) : most);
}
