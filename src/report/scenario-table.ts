/** What replicates of a scenario measured: a table for the terminal, and the runs as CSV. */
import { csv, type Field } from '../experiment/csv.ts';
import {
  ABOUT,
  type Estimate,
  type Measure,
  type Replicate,
} from '../experiment/scenario/index.ts';
import { type Column, columns, LINE } from './columns.ts';
import { significant, withInterval } from './numbers.ts';

const SHAPE: Column[] = [
  { title: 'measure' },
  { title: 'mean [95 % CI]', align: 'right' },
  { title: 'runs', align: 'right' },
  { title: 'what', wraps: true },
];

export function scenarioTable(
  estimates: Readonly<Record<string, Estimate>>,
  width: number = LINE,
): string {
  const rows = Object.entries(estimates).map(([name, { value, low, high, runs }]) => [
    name,
    value === null || low === null || high === null
      ? significant(value)
      : withInterval(value, low, high),
    String(runs),
    ABOUT[name],
  ]);
  return columns(SHAPE, rows, width);
}

export function scenarioCsv(runs: readonly Replicate[]): string {
  const names = Object.keys(runs[0].measured);
  const rows = runs.map(({ replicate, seed, hash, measured }) => [
    ...[replicate, seed, hash],
    ...names.map((name) => fieldOf(measured[name])),
  ]);
  return csv(['replicate', 'seed', 'hash', ...names], rows);
}

/** Of a count, its rate. */
const fieldOf = (value: Measure): Field =>
  typeof value === 'object' && value !== null
    ? value.per === 0
      ? null
      : value.count / value.per
    : value;
