/** What replicates of a scenario measured: a table for the terminal, and the runs as CSV. */
import { csv, type Field } from '../experiment/csv.ts';
import { ABOUT, type Estimate, type Replicate } from '../experiment/scenario/index.ts';
import { type Column, columns, LINE } from './columns.ts';
import { estimateText } from './estimate-text.ts';
import { significant } from './numbers.ts';

/** @param quantiles a column for each; what the measures are stands below then. */
export function scenarioTable(
  estimates: Readonly<Record<string, Estimate>>,
  quantiles: readonly number[] = [],
  width: number = LINE,
): string {
  const beside = quantiles.length === 0;
  const shape: Column[] = [
    { title: 'measure' },
    { title: 'mean [95 % CI]', align: 'right' },
    ...quantiles.map((p): Column => ({ title: `${quantileName(p)} [95 % CI]`, align: 'right' })),
    { title: 'runs', align: 'right' },
    ...(beside ? [{ title: 'what', wraps: true }] : []),
  ];
  const rows = Object.entries(estimates).map(([name, estimate]) => [
    name,
    meanText(estimate),
    ...quantiles.map((p) => quantileText(estimate.quantiles?.[p])),
    String(estimate.runs),
    ...(beside ? [ABOUT[name]] : []),
  ]);
  const legend = Object.keys(estimates).map((name) => `${name}: ${ABOUT[name]}`);
  return [columns(shape, rows, width), ...(beside ? [] : ['', ...legend])].join('\n');
}

const meanText = ({ value, low, high }: Estimate): string =>
  value === null || low === null || high === null
    ? significant(value)
    : estimateText(value, low, high);

/** An end for which there are too few runs is a dash. */
const quantileText = (of: NonNullable<Estimate['quantiles']>[string] | undefined): string =>
  of === undefined
    ? '–'
    : `${significant(of.value)} [${significant(of.low)}, ${significant(of.high)}]`;

/** 0.99 is p99, 0.999 is p99.9. */
const quantileName = (p: number): string => `p${Number((100 * p).toPrecision(12))}`;

/** @param measures columns to show; empty: all. */
export function scenarioCsv(runs: readonly Replicate[], measures: readonly string[] = []): string {
  const all = Object.keys(runs[0].measured);
  const names = measures.length === 0 ? all : all.filter((name) => measures.includes(name));
  const rows = runs.map(({ replicate, seed, hash, measured }) => [
    ...[replicate, seed, hash],
    ...names.map((name) => measured[name] as Field),
  ]);
  return csv(['replicate', 'seed', 'hash', ...names], rows);
}
