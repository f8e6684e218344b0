/**
 * The summaries of a run, read back from summary.csv and series.csv: figures can then be drawn anew without running
 * anything. Numbers are written with all their digits, so what comes back is what was summarised. A series keeps
 * neither the counts nor the extremes of its points: `min` is then p05 and `max` p95.
 */
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../base/errors.ts';
import type { CellSummary, Statistic } from './model.ts';
import type { Plan } from './plan.ts';
import { readPlain } from './record.ts';

type Line = Readonly<Record<string, string>>;

/**
 * One summary per cell of the plan, in cell order. A `UserError` if a file is not there or lacks a cell.
 * @param missingOf series -> share of its runs that have no value, at a point that has some; absent: none
 */
export function storedSummaries(
  folder: string,
  { cells, experiment }: Plan,
  missingOf: Readonly<Record<string, number>> = {},
): CellSummary[] {
  const measures = byCell(linesOf(folder, 'summary.csv'));
  const series = experiment.series ? byCell(linesOf(folder, 'series.csv')) : new Map();
  return cells.map(({ cell, index }) => {
    const lines = measures.get(index) ?? [];
    const [first] = lines;
    if (first === undefined)
      throw new UserError(
        `${join(folder, 'summary.csv')}: expected cell ${index}; it is not there`,
      );
    const replicates = Number(first.replicates);
    return {
      cell,
      replicates,
      measures: Object.fromEntries(lines.map((line) => [line.measure, statisticOf(line)])),
      series: seriesOf(series.get(index) ?? [], replicates, missingOf),
    };
  });
}

function linesOf(folder: string, file: string): Line[] {
  const content = readPlain(folder, file);
  if (content === undefined) throw new UserError(`${folder} has no ${file}; run it again`);
  return parse(Buffer.from(content), { columns: true });
}

function byCell(lines: readonly Line[]): Map<number, Line[]> {
  const cells = new Map<number, Line[]>();
  for (const line of lines) {
    const cell = Number(line.cell);
    const own = cells.get(cell);
    if (own === undefined) cells.set(cell, [line]);
    else own.push(line);
  }
  return cells;
}

/** Missing is NaN. */
const numberOf = (text: string): number => (text === '' ? Number.NaN : Number(text));

const statisticOf = (line: Line): Statistic => ({
  count: Number(line.count),
  missing: Number(line.missing),
  mean: numberOf(line.mean),
  sd: numberOf(line.sd),
  se: numberOf(line.se),
  ciLow: numberOf(line.ci_low),
  ciHigh: numberOf(line.ci_high),
  min: numberOf(line.min),
  p05: numberOf(line.p05),
  p25: numberOf(line.p25),
  p50: numberOf(line.p50),
  p75: numberOf(line.p75),
  p95: numberOf(line.p95),
  max: numberOf(line.max),
});

function seriesOf(
  lines: readonly Line[],
  replicates: number,
  missingOf: Readonly<Record<string, number>>,
): Record<string, Statistic[]> {
  const series: Record<string, Statistic[]> = {};
  for (const line of lines) {
    const at = statisticOf({ ...line, sd: '', p25: '', p75: '', min: line.p05, max: line.p95 });
    const missing = line.mean === '' ? replicates : replicates * (missingOf[line.series] ?? 0);
    series[line.series] ??= [];
    series[line.series].push({ ...at, missing, count: replicates - missing });
  }
  return series;
}
