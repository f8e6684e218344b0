/** What a cell lacks of the precision that is asked for. */
import { shownColumns } from './columns.ts';
import type { CellSummary, Experiment, Measures, Statistic } from './model.ts';
import { type Precision, widthOf } from './precision.ts';
import { isShare, valuesOf } from './summary.ts';

/** What is asked of one cell, and not reached. */
export interface Unreached {
  readonly index: number; // of the cell
  readonly measure: string;
  readonly replicates: number;
  readonly mean: number | null;
  /** Half-width of its 95 % interval, in the measure's unit; null where there is no interval. */
  readonly half: number | null;
  /** What it was to be, in the same unit. */
  readonly asked: number;
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
    .map((measure) => {
      const { mean, ciLow, ciHigh } = measures[measure];
      const half = Math.max(ciHigh - mean, mean - ciLow);
      const ofMean = width.relative && !isShare(valuesOf(runs, measure));
      const asked = ofMean ? width.most * Math.abs(mean) : width.most;
      return { index, measure, replicates, mean, half, asked };
    })
    .filter(({ half, asked }) => !(half <= asked)) // NaN: there is no interval yet
    .map((of) => ({ ...of, mean: known(of.mean), half: known(of.half), asked: of.asked || 0 }));
}

/** Where nothing was counted or nothing is defined, no share of the mean can be reached. */
const isSeen = ({ count, min, max }: Statistic): boolean => count > 0 && (min !== 0 || max !== 0);

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
