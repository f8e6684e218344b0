/** A sweep as an experiment: its grid is what is varied, its run a replicate of the scenario file. */
import { basename, extname } from 'node:path';
import { UserError } from '../../../base/errors.ts';
import type { Cell, Experiment } from '../../model.ts';
import { ABOUT, NAMES, rangeOf } from '../about.ts';
import { bytesOf, eventsOf } from '../footprint.ts';
import { loadScenario } from '../load.ts';
import type { Group } from '../read.ts';
import { measure } from '../run.ts';
import { EXPOSURE, flat, TRACES, traced } from './columns.ts';
import { figuresOf, shownOf } from './figures.ts';
import { type SweepRequest, settingOf } from './model.ts';

/** Refuses what no cell can be made of; the sentence names the cell. */
export function sweepExperiment(request: SweepRequest): Experiment {
  const { file, text, set, over } = request;
  const scenarios = new Map<string, Group>(); // [cell as JSON]
  const scenarioOf = (cell: Cell): Group => {
    const key = JSON.stringify(cell);
    let scenario = scenarios.get(key);
    if (scenario === undefined) {
      const settings = over.map((axis) => settingOf(axis, cell[axis.column]));
      const typed = { from: set.length, option: '--over' };
      scenario = loadScenario(text, file, [...set, ...settings], typed).scenario;
      scenarios.set(key, scenario);
    }
    return scenario;
  };
  const first = scenarioOf(
    Object.fromEntries(over.map(({ column, values }) => [column, values[0]])),
  );
  const { about, seed } = first.values as { about?: string; seed: string };
  const observed = observedIn(over, scenarioOf);
  const rates = observed.filter((name) => NAMES[name].counted !== undefined);
  const columns = [
    ...observed.flatMap((name) => (rates.includes(name) ? [name, name + EXPOSURE] : [name])),
    ...(request.traces ? Object.keys(TRACES) : []),
  ];
  const shown = shownOf(request.measures, observed);
  return {
    name: nameOf(file, over.length > 0),
    question: `${about ?? 'A scenario of your own'}: ${over.length === 0 ? 'what happens?' : `what does it change to vary ${over.map(({ path }) => path).join(', ')}?`}`,
    claim: 'None: it is a question.',
    source: `${file}, a scenario of the user's`,
    seed,
    grid: Object.fromEntries(over.map(({ column, values }) => [column, values])),
    replicates: 1,
    quick: { replicates: 1 },
    axes: Object.fromEntries(
      over.map(({ column, path, suffix }) => [
        column,
        suffix === '' ? path : `${path}, in ${suffix}`,
      ]),
    ),
    measures: Object.fromEntries(columns.map((name) => [name, aboutOf(name)])),
    exposures: Object.fromEntries(rates.map((name) => [name, name + EXPOSURE])),
    fixed: {}, // all of it is in the request
    events: (cell) => eventsOf(scenarioOf(cell)),
    bytes: (cell) => bytesOf(scenarioOf(cell)),
    ranges: Object.fromEntries(observed.map((name) => [name, rangeOf(name)])),
    shown,
    run(cell, own) {
      const run = measure(scenarioOf(cell), own);
      return { ...flat(columns, run.measured), ...(request.traces ? traced(run) : {}) };
    },
    findings: () => [],
    figures: figuresOf(over, shown),
  };
}

/** cluster.yaml -> cluster-sweep: the folder of its results. */
const nameOf = (file: string, varied: boolean): string => {
  const words = basename(file, extname(file))
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['scenario'];
  return [...words, ...(varied ? ['sweep'] : [])].join('-');
};

const aboutOf = (column: string): string =>
  column.endsWith(EXPOSURE)
    ? `what ${column.slice(0, -EXPOSURE.length)} is counted over`
    : (ABOUT[column] ?? TRACES[column]);

/** All that any value of any axis lets be observed, in the order of `NAMES`. */
function observedIn(over: SweepRequest['over'], scenarioOf: (cell: Cell) => Group): string[] {
  const start: Cell = Object.fromEntries(over.map(({ column, values }) => [column, values[0]]));
  const cells = [
    start,
    ...over.flatMap(({ column, values }) => values.map((value) => ({ ...start, [column]: value }))),
  ];
  const meters = new Set<string>();
  for (const cell of cells) {
    for (const name of observedAt(cell, scenarioOf)) meters.add(name);
  }
  return Object.keys(NAMES).filter((name) => meters.has(NAMES[name].meter));
}

/** A combination that is refused is refused when it is planned, by its own sentence. */
function observedAt(cell: Cell, scenarioOf: (cell: Cell) => Group): readonly string[] {
  try {
    return scenarioOf(cell).values.observe as readonly string[];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
