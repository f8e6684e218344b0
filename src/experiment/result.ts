/** What a finished run of an experiment hands on: to its tables, to its figures, to the command line. */
import type { Cell, CellSummary, Finding, Measures, Verdict } from './model.ts';
import type { Plan } from './plan.ts';
import type { Shard } from './share.ts';
import type { Unreached } from './unreached.ts';

/** What comes out of one run. */
export interface Ran {
  readonly measures: Measures;
  /** Which its tables took (kernel/paths.ts); undefined in a journal from before they were told. */
  readonly paths?: readonly string[];
}

/** One run. */
export interface Row {
  /** Place of the cell in grid order. */
  readonly index: number;
  readonly cell: Cell;
  readonly replicate: number;
  readonly seed: string;
  readonly measures: Measures;
}

export interface RunResult {
  readonly plan: Plan;
  readonly rows: readonly Row[]; // cell order, then replicate order
  readonly summaries: readonly CellSummary[]; // cell order
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** Which tables took in any of the runs, in order. */
  readonly paths: readonly string[];
  readonly folder: string;
  /** How many runs were finished before, and how many were run now. */
  readonly reused: number;
  readonly ran: number;
  /** What of the precision asked for was not reached with the most replicates; empty where none was asked for. */
  readonly unreached: readonly Unreached[];
  /** Files written, relative to the folder. */
  readonly files: readonly string[];
}

/** What a shard has finished. */
export interface ShareResult {
  /** As if there were no more than the share. */
  readonly plan: Plan;
  readonly shard: Shard;
  readonly folder: string;
  /** How many runs were finished before, and how many were run now. */
  readonly reused: number;
  readonly ran: number;
}

/** The user or a signal ended the run; what is finished is kept. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Some cells could not be finished; the runs of the others are kept, and no results were written. */
export class CellsFailed extends Error {
  override name = 'CellsFailed';
  readonly messages: readonly string[]; // [cell that failed] a sentence with the command that repeats it

  constructor(experiment: string, cells: number, messages: readonly string[]) {
    super(
      `${experiment}: ${messages.length} of ${cells} cells failed, so no results were written (finished runs are kept)`,
    );
    this.messages = messages;
  }
}

/** Shards were gathered, and some runs are missing; no results were written. */
export class Incomplete extends Error {
  override name = 'Incomplete';
}
