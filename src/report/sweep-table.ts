/** The cells of a sweep as a table for the terminal: what is varied, then what came out with its 95 % interval. */
import type { CellSummary, Experiment, Statistic } from '../experiment/model.ts';
import { type Column, columns, LINE } from './columns.ts';
import { significant, valueText, withInterval } from './numbers.ts';

const MOST_ROWS = 60;

export function sweepTable(
  experiment: Pick<Experiment, 'grid' | 'figures' | 'measures' | 'exposures'>,
  summaries: readonly CellSummary[],
  width: number = LINE,
): string {
  const axes = Object.keys(experiment.grid);
  const shown = experiment.figures.map(({ y }) => y.field);
  const shape: Column[] = [...axes, 'runs', ...shown].map((title) => ({ title, align: 'right' }));
  const rows = summaries
    .slice(0, MOST_ROWS)
    .map(({ cell, replicates, measures }) => [
      ...axes.map((axis) => valueText(cell[axis])),
      String(replicates),
      ...shown.map((name) => estimateText(measures[name])),
    ]);
  const legend = shown.map((name) => `${name}: ${experiment.measures[name]}`);
  const left = summaries.length - rows.length;
  return [
    columns(shape, rows, width),
    ...(left > 0 ? [`... and ${left} more cells, in summary.csv`] : []),
    '',
    ...legend,
  ].join('\n');
}

/** Of a rate that was never seen the interval has only an upper end. */
function estimateText({ mean, ciLow, ciHigh, missing, count }: Statistic): string {
  const text = withInterval(mean, ciLow, ciHigh);
  const bound = mean === 0 && ciHigh > 0 ? `0, below ${significant(ciHigh, 2)}` : text;
  return missing > 0 && count > 0 ? `${bound} (${count})` : bound;
}
