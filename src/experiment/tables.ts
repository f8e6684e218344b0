/** The CSV files of a result, by file name. */
import { gzipSync } from 'node:zlib';
import { scalarColumns } from './columns.ts';
import { csv, type Field, known } from './csv.ts';
import type { Files } from './folder.ts';
import type { CellSummary, Experiment, Finding, Statistic } from './model.ts';
import type { Row, RunResult } from './result.ts';

const MOST_PLAIN_BYTES = 2_000_000; // what is larger is compressed: results are kept in git

export function tables({ plan, rows, summaries, findings }: Omit<RunResult, 'files'>): Files {
  const { experiment } = plan;
  return {
    ...file('rows.csv', rowTable(experiment, rows)),
    'summary.csv': summaryTable(experiment, summaries),
    ...(Object.keys(experiment.series ?? {}).length > 0
      ? file('series.csv', seriesTable(experiment, summaries))
      : {}),
    ...(plan.request.sweep === undefined ? { 'findings.csv': findingsTable(findings) } : {}),
  };
}

const file = (name: string, text: string): Files =>
  Buffer.byteLength(text) > MOST_PLAIN_BYTES
    ? { [`${name}.gz`]: compressed(text) }
    : { [name]: text };

/** One line per run. Series are not in it. */
export function rowTable(experiment: Experiment, rows: readonly Row[]): string {
  const axes = Object.keys(experiment.grid);
  const measures = scalarColumns(experiment);
  return csv(
    ['experiment', 'cell', 'replicate', 'seed', ...axes, ...measures],
    rows.map(({ index, cell, replicate, seed, measures: values }) => [
      experiment.name,
      index,
      replicate,
      seed,
      ...axes.map((axis) => cell[axis]),
      ...measures.map((measure) => values[measure] as Field),
    ]),
  );
}

const QUANTILES = ['min', 'p05', 'p25', 'p50', 'p75', 'p95', 'max'] as const;

/** Long form: one line per cell and measure. */
export function summaryTable(experiment: Experiment, summaries: readonly CellSummary[]): string {
  const axes = Object.keys(experiment.grid);
  const head = ['cell', ...axes, 'replicates', 'measure'];
  const numbers = ['count', 'missing', 'mean', 'sd', 'se', 'ci_low', 'ci_high', ...QUANTILES];
  const rows = summaries.flatMap(({ cell, replicates, measures }, index) =>
    Object.entries(measures).map(([measure, of]): Field[] => [
      index,
      ...axes.map((axis) => cell[axis]),
      replicates,
      measure,
      ...[of.count, of.missing, of.mean, of.sd, of.se, of.ciLow, of.ciHigh].map(known),
      ...QUANTILES.map((quantile) => known(of[quantile])),
    ]),
  );
  return csv([...head, ...numbers], rows);
}

/** Long form: one line per cell, series and point. */
function seriesTable(experiment: Experiment, summaries: readonly CellSummary[]): string {
  const axes = Object.keys(experiment.grid);
  const points = (index: number, { cell, series }: CellSummary, name: string): Field[][] =>
    series[name].map((of: Statistic, i) => [
      index,
      ...axes.map((axis) => cell[axis]),
      name,
      experiment.series![name].at[i],
      ...[of.mean, of.se, of.ciLow, of.ciHigh, of.p05, of.p50, of.p95].map(known),
    ]);
  return csv(
    ['cell', ...axes, 'series', 'x', 'mean', 'se', 'ci_low', 'ci_high', 'p05', 'p50', 'p95'],
    summaries.flatMap((summary, index) =>
      Object.keys(summary.series).flatMap((name) => points(index, summary, name)),
    ),
  );
}

const FINDING_COLUMNS = [
  ['quantity', 'at', 'ours', 'se', 'ci_low', 'ci_high', 'expected', 'tolerance', 'z'],
  ['basis', 'source', 'verdict', 'note'],
].flat();

export function findingsTable(findings: readonly Finding[]): string {
  return csv(
    FINDING_COLUMNS,
    findings.map((of) => [
      ...[of.quantity, of.at],
      ...[of.ours, of.se, of.ciLow, of.ciHigh, of.expected, of.tolerance, of.z].map(known),
      ...[of.basis, of.source, of.verdict, of.note ?? null],
    ]),
  );
}

/** gzip whose bytes depend on nothing but the content: no time in the header (zlib's default), no operating system. */
function compressed(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255; // RFC 1952: operating system unknown
  return bytes;
}
