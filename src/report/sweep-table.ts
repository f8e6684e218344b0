/** The cells of a sweep as a table for the terminal: what is varied, then what came out with its 95 % interval. */
import { shownColumns } from '../experiment/columns.ts';
import type { CellSummary, Experiment, Statistic } from '../experiment/model.ts';
import { type Column, columns, LINE } from './columns.ts';
import { estimateText } from './estimate-text.ts';
import { valueText } from './numbers.ts';

const MOST_ROWS = 60;

export function sweepTable(
  experiment: Pick<Experiment, 'grid' | 'figures' | 'measures' | 'shown'>,
  summaries: readonly CellSummary[],
  width: number = LINE,
): string {
  const axes = Object.keys(experiment.grid);
  const shown = shownColumns(experiment);
  const shape: Column[] = [...axes, 'runs', ...shown].map((title) => ({ title, align: 'right' }));
  const rows = summaries
    .slice(0, MOST_ROWS)
    .map(({ cell, replicates, measures }) => [
      ...axes.map((axis) => valueText(cell[axis])),
      String(replicates),
      ...shown.map((name) => statisticText(measures[name])),
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

/** With the runs in which it is defined, where that is not all. */
function statisticText({ mean, ciLow, ciHigh, missing, count }: Statistic): string {
  const text = estimateText(mean, ciLow, ciHigh);
  return missing > 0 && count > 0 ? `${text} (${count})` : text;
}
