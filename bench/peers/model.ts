/** The words of the comparison: workloads, programs that do them, runs, and what is missing on this machine. */
import type { Report } from './ours/report.ts';

export type WorkloadName =
  | 'hold'
  | 'push'
  | 'runs'
  | 'heartbeat'
  | 'merge'
  | 'cassandra'
  | 'memberlist'
  | 'workers';

/** 'quick': under a minute, to see that it works. 'full': to measure. */
export type Size = 'full' | 'quick';

/** One comparison: a workload at one size. */
export interface Case {
  readonly workload: WorkloadName;
  readonly n: number; // pending events, nodes, or entries
  readonly amount: number; // holds, runs or simulated seconds; 0 where a run goes on until nothing is left to happen
  /** At most so many rounds: it takes long. */
  readonly rounds?: number;
}

/** The words of a command: the program, then its arguments. */
export type Command = readonly string[];

export interface Program {
  readonly name: string;
  readonly workload: WorkloadName;
  readonly command: (of: Case) => Command;
  /** Larger cases are left out: they take too long, or too much memory. */
  readonly most?: number;
  /** From so many on a run takes so long that it has two rounds only, the first ones. */
  readonly slowFrom?: number;
  /** The same, with one round only. */
  readonly onceFrom?: number;
  /** What it computes exactly as all others do that say so; of the rest only the counts agree, about. */
  readonly exact: readonly string[];
  /** With luck of its own: the same program with the luck of the others, which must compute exactly the same. */
  readonly proof?: { readonly exact: readonly string[]; readonly command: (of: Case) => Command };
  /** Of what it is built on: 'SimPy 3.0.11'. */
  readonly version: string;
}

export interface Missing {
  readonly programs: string;
  /** A sentence: what is not there, and what brings it. */
  readonly why: string;
}

/** What a program said of a run, and the CPU time of its whole process, start to end. */
export interface Run extends Report {
  readonly process_s: number;
}

/** The runs of one program in one case. */
export interface Series {
  readonly program: Program;
  readonly runs: readonly Run[]; // [round]
}

export interface Compared {
  readonly of: Case;
  readonly series: readonly Series[]; // ours first
}
