/** What `hearsay list` shows, as data and as text. */

import { type DetectorKind, detectorKinds } from '../detectors/registry.ts';
import { estimate } from '../experiment/estimate.ts';
import type { Experiment } from '../experiment/model.ts';
import { nanosecondsPerEvent } from '../experiment/pace.ts';
import { type Plan, plan } from '../experiment/plan.ts';
import { loadExperiments } from '../experiment/registry.ts';
import { defaultJobs } from '../experiment/runner.ts';
import { suites } from '../experiment/suites.ts';
import { type ProtocolEntry, protocols } from '../protocols/registry.ts';
import { type Column, columns, type Row } from '../report/columns.ts';
import { everyDigit } from '../report/numbers.ts';
import { colorsOf } from './colors.ts';
import { widthOf } from './terminal.ts';
import { count, duration } from './wording.ts';

interface Size {
  readonly cells: number;
  readonly runs: number;
  readonly seconds: number; // about
}

interface ExperimentRow {
  readonly name: string;
  readonly question: string;
  readonly claim: string;
  readonly source: string;
  readonly seed: string;
  readonly axes: Experiment['axes'];
  readonly grid: Experiment['grid'];
  readonly measures: Experiment['measures'];
  readonly full: Size;
  readonly quick: Size;
}

interface SuiteRow {
  readonly name: string;
  readonly about: string;
  readonly quick: boolean;
  readonly experiments: readonly string[] | 'all';
}

export async function experimentRows(): Promise<ExperimentRow[]> {
  const nsPerEvent = nanosecondsPerEvent();
  const size = (of: Plan): Size => ({
    cells: of.cells.length,
    runs: of.runs,
    seconds: Number(estimate(of, defaultJobs(), nsPerEvent).seconds.toPrecision(2)),
  });
  return (await loadExperiments()).map((experiment) => {
    const { name, question, claim, source, seed, axes, grid, measures } = experiment;
    const sizes = { full: size(plan(experiment)), quick: size(plan(experiment, { quick: true })) };
    return { name, question, claim, source, seed, axes, grid, measures, ...sizes };
  });
}

export const suiteRows = (): SuiteRow[] =>
  Object.entries(suites).map(([name, { about, quick, experiments }]) => ({
    name,
    about,
    quick,
    experiments,
  }));

interface ProtocolRow extends Omit<ProtocolEntry, 'make'> {
  readonly name: string;
}

export const protocolRows = (): ProtocolRow[] =>
  Object.entries(protocols).map(([name, { make: _, ...entry }]) => ({ name, ...entry }));

interface DetectorRow extends Omit<DetectorKind, 'make' | 'forPeriod' | 'levels'> {
  readonly name: string;
  readonly levels: readonly number[]; // for heartbeats every second
}

export const detectorRows = (): DetectorRow[] =>
  Object.entries(detectorKinds).map(([name, { make: _, forPeriod: __, levels, ...kind }]) => ({
    name,
    ...kind,
    levels: levels(1000),
  }));

export function experimentsText(rows: readonly ExperimentRow[]): string {
  const { bold } = colorsOf(process.stdout);
  const sizeText = ({ runs, seconds }: Size) => `${count(runs, 'run')}, ${duration(seconds)}`;
  const shape: Column[] = [
    { title: 'experiment', paint: bold },
    { title: 'claim', wraps: true },
    { title: 'source', wraps: true },
    { title: 'full' },
    { title: 'quick' },
  ];
  const texts = rows.flatMap(({ name, claim, source, full, quick }, i) => [
    ...(i > 0 ? [shape.map(() => '')] : []), // a line between experiments
    [name, claim, source, sizeText(full), sizeText(quick)],
  ]);
  return columns(shape, texts, widthOf(process.stdout));
}

export function suitesText(rows: readonly SuiteRow[]): string {
  const { bold } = colorsOf(process.stdout);
  const shape: Column[] = [
    { title: 'suite', paint: bold },
    { title: 'what', wraps: true },
    { title: 'experiments', wraps: true },
  ];
  const texts = rows.map(({ name, about, experiments }) => [
    name,
    about,
    experiments === 'all' ? 'every one' : experiments.join(', '),
  ]);
  return columns(shape, texts, widthOf(process.stdout));
}

export function protocolsText(rows: readonly ProtocolRow[]): string {
  const shape: Column[] = [
    { title: 'option' },
    { title: 'default', align: 'right' },
    { title: 'what', wraps: true },
  ];
  const texts = rows.flatMap(({ name, about, source, options }): Row[] => [
    `${name}: ${about} (${source})`,
    ...Object.entries(options).map(([option, { default: value, about: what }]) => [
      `  ${option}`,
      String(value),
      what,
    ]),
  ]);
  return columns(shape, texts, widthOf(process.stdout));
}

export function detectorsText(rows: readonly DetectorRow[]): string {
  const shape: Column[] = [
    { title: 'option' },
    { title: 'default', align: 'right' },
    { title: 'what', wraps: true },
  ];
  const texts = rows.flatMap(({ name, about, source, level, levels, defaults, options }): Row[] => [
    `${name}: ${about} (${source})`,
    ...Object.entries(options).map(([option, what]) => [
      `  ${option}`,
      String(defaults[option]),
      what,
    ]),
    ['  levels', '', `${level}: ${levels.map(everyDigit).join(', ')}`],
  ]);
  return columns(shape, texts, widthOf(process.stdout));
}
