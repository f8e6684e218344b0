/**
 * An experiment is data plus one pure function: a claim with its source, a grid of parameters, replicates,
 * `run(cell, seed) -> measures`, the published values it is held against, and figures.
 */

import type { Statistic } from '../base/statistics.ts';

export type { Statistic };

/** A value of an axis. */
export type Value = string | number | boolean;

/** One point of the grid: the value of every axis. */
export type Cell = Readonly<Record<string, Value>>;

/**
 * What one run measured, a value per column. `null`: undefined in this run (time to full coverage where it was never
 * reached); such a run stays in the rows and is counted in the summary as missing. A list belongs to a series.
 */
export type Measures = Readonly<Record<string, number | boolean | null | readonly number[]>>;

/** What all replicates of a cell have shown. */
export interface CellSummary<C extends Cell = Cell> {
  readonly cell: C;
  readonly replicates: number;
  readonly measures: Readonly<Record<string, Statistic>>;
  /** [series name] one statistic per point. */
  readonly series: Readonly<Record<string, readonly Statistic[]>>;
}

/** What became of a claim; the rule is in claims.ts. */
export type Verdict = 'reproduced' | 'not reproduced' | 'inconclusive';

/** Ours beside a published or theoretical value. */
export interface Finding {
  readonly quantity: string; // 'residue'
  readonly at: string; // 'k = 2, push'
  readonly ours: number;
  readonly se: number;
  readonly ciLow: number;
  readonly ciHigh: number;
  readonly expected: number;
  readonly tolerance: number; // absolute: rounding of print, and what the theory leaves open
  readonly z: number; // (ours - expected) / se; NaN where se is 0
  readonly basis: 'published' | 'theory'; // a printed number, or a closed form
  readonly source: string; // 'Demers et al. 1987, table 1'
  readonly verdict: Verdict;
  /** Why it differs, or what the comparison leaves out. */
  readonly note?: string;
}

/** A line or points drawn beside ours. */
export interface Reference {
  readonly label: string;
  /** Value at a cell of the figure, which also holds the place along a series or a measured x; null where there is none. */
  readonly at: (cell: Cell) => number | null;
  /** Where x is a measure: the place of a point along it. */
  readonly x?: (cell: Cell) => number | null;
  /** 'line': a theory's curve. 'points': published values. */
  readonly mark: 'line' | 'points';
}

/** A figure, as data: what is drawn over what. */
export interface Figure {
  readonly name: string; // file name without ending
  readonly title: string;
  readonly caption: string; // says what bands are
  readonly x: {
    readonly field: string;
    readonly title: string;
    readonly scale?: 'linear' | 'log' | 'log2';
  };
  readonly y: { readonly field: string; readonly title: string; readonly scale?: 'linear' | 'log' };
  /** x is an axis of the grid; or the index of series `y.field`, at `series[y.field].at`. */
  readonly color?: { readonly field: string; readonly title: string };
  readonly facet?: { readonly field: string; readonly title: string };
  readonly where?: (cell: Cell) => boolean;
  /** 'ci': mean and its 95 % interval. 'quantiles': mean, 5 % to 95 % of the runs. 'range': median, smallest to largest
   *  of the runs. 'none': the mean alone, as of a single value. Default 'ci'. */
  readonly band?: 'ci' | 'quantiles' | 'range' | 'none';
  readonly references?: readonly Reference[];
  /** Columns of a paper that it takes. Default: one, and two with facets. */
  readonly width?: 'one' | 'two';
  /** False: points stand alone. Default: those of one colour are joined by a line, but over an axis of names. */
  readonly joined?: boolean;
}

/** All that is known of an experiment. Made by `experiment({ ... })`, and checked when it is loaded. */
export interface Experiment {
  readonly name: string; // kebab-case, also its folder in results/
  readonly question: string; // as a reader would ask it
  readonly claim: string;
  readonly source: string;
  readonly seed: string; // the default master seed
  readonly grid: Readonly<Record<string, readonly Value[]>>;
  /** Leaves out the cells for which it is false. */
  readonly where?: (cell: Cell) => boolean;
  readonly replicates: number | ((cell: Cell) => number);
  /** The small size: axes that replace those of `grid`, and replicates. */
  readonly quick: {
    readonly grid?: Readonly<Record<string, readonly Value[]>>;
    readonly replicates: number;
  };
  /** Axis -> what it is, with its unit. */
  readonly axes: Readonly<Record<string, string>>;
  /** Column -> what it is, with its unit; the order of columns in rows.csv, which leaves out series. */
  readonly measures: Readonly<Record<string, string>>;
  /** Of the measures, those that are lists: series -> its x: name of the x column, and the points. */
  readonly series?: Readonly<
    Record<string, { readonly x: string; readonly at: readonly number[] }>
  >;
  /** Measure that is a rate -> measure that it is counted over: its interval is at least as wide as Poisson's. */
  readonly exposures?: Readonly<Record<string, string>>;
  /** Measure -> between which ends it lies by its nature: its interval is cut there. */
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Measures that matter first: of a sweep's table, and of --precision. Default: those of the figures. */
  readonly shown?: readonly string[];
  /** Fixed parameters, recorded in run.json. */
  readonly fixed: Readonly<Record<string, Value>>;
  /** About how many events a run handles, and how many bytes it takes: for the estimate before the start. */
  readonly events: (cell: Cell) => number;
  readonly bytes: (cell: Cell) => number;
  readonly run: (cell: Cell, seed: string) => Measures;
  readonly findings: (summaries: readonly CellSummary[]) => readonly Finding[];
  /** The question answered in plain words for who runs the system, with the numbers of this run: under the findings. */
  readonly answer?: (summaries: readonly CellSummary[]) => readonly string[];
  /** What differs from the source and why: printed under the findings. */
  readonly remarks?: readonly string[];
  readonly figures: readonly Figure[];
  /** The same against measurements in a folder of the user's. A `UserError` if it holds no such, or broken ones. */
  readonly withReference?: (folder: string) => Experiment;
}

/** What figures need to know: cells and their summaries may come from elsewhere than a run. */
export type Drawable = Pick<Experiment, 'name' | 'grid' | 'measures' | 'series' | 'figures'>;

/** The parts of an experiment that know the type of its cells. */
interface Typed<C extends Cell> {
  readonly grid: { readonly [Axis in keyof C]: readonly C[Axis][] };
  readonly where?: (cell: C) => boolean;
  readonly replicates: number | ((cell: C) => number);
  readonly quick: {
    readonly grid?: { readonly [Axis in keyof C]?: readonly C[Axis][] };
    readonly replicates: number;
  };
  readonly events: (cell: C) => number;
  readonly bytes: (cell: C) => number;
  readonly run: (cell: C, seed: string) => Measures;
  readonly findings: (summaries: readonly CellSummary<C>[]) => readonly Finding[];
  readonly answer?: (summaries: readonly CellSummary<C>[]) => readonly string[];
}

/** Declares an experiment whose cells are of type C: `experiment<{ n: number }>({ ... })`. */
export const experiment = <C extends Cell>(
  declaration: Omit<Experiment, keyof Typed<C>> & Typed<C>,
): Experiment => declaration as unknown as Experiment;
