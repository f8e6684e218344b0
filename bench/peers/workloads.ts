/** What is compared: three workloads, their sizes, and what of a run must be equal. */
import type { Case, Size, WorkloadName } from './model.ts';

export interface Workload {
  readonly name: WorkloadName;
  readonly title: string;
  /** What n counts. */
  readonly things: string;
  /** What a program's cost is divided by. */
  readonly unit: string;
  /** A cost in seconds per unit is shown times this, as `costName`. */
  readonly scale: number;
  readonly costName: string;
  /** What every program counts, with luck of its own or not: the same within 1 %. */
  readonly counts: readonly string[];
  readonly cases: (size: Size) => readonly Case[];
}

const HOLDS = { full: 2_000_000, quick: 500_000 };
/** A simulated second: every event, a timer too, is taken at least once, and what a queue puts off is paid. */
const HOLDS_PER_EVENT = 2.5;
/**
 * Nodes -> simulated seconds. So long that the mean heartbeat, which is what the mean age leaves of them, is known to a
 * third of a percent: ages differ by about a second between subjects and between nodes, on average over n of either.
 */
const SECONDS = { full: { 1000: 60, 10000: 20 }, quick: { 300: 40, 1000: 20 } };

export const workloads: readonly Workload[] = [
  {
    name: 'hold',
    title: 'Event queue: take the next event, put it back',
    things: 'pending events',
    unit: 'hold',
    scale: 1e9,
    costName: 'ns per hold',
    counts: [],
    cases: (size) =>
      (size === 'full' ? [1e5, 1e6, 1e7] : [1e4, 1e5]).map((n) => ({
        workload: 'hold',
        n,
        amount: Math.max(HOLDS[size], HOLDS_PER_EVENT * n),
      })),
  },
  {
    name: 'push',
    title: 'Push epidemic: ten rounds of two messages each',
    things: 'nodes',
    unit: 'event',
    scale: 1e9,
    costName: 'ns per event',
    counts: ['events', 'reached'],
    cases: (size) =>
      (size === 'full' ? [1e4, 1e5, 1e6] : [1e3, 3e3]).map((n) => ({
        workload: 'push',
        n,
        amount: 0,
      })),
  },
  {
    name: 'heartbeat',
    title: 'Heartbeat gossip with full tables',
    things: 'nodes',
    unit: 'simulated second',
    scale: 1,
    costName: 's per simulated second',
    counts: ['events', 'merges', 'mean'],
    cases: (size) =>
      Object.entries(SECONDS[size]).map(([n, amount]) => ({
        workload: 'heartbeat',
        n: Number(n),
        amount,
      })),
  },
];

export const workloadOf = (name: WorkloadName): Workload =>
  workloads.find((workload) => workload.name === name)!;

/** 'push, 100,000 nodes'. */
export const caseName = ({ workload, n }: Case): string =>
  `${workload}, ${n.toLocaleString('en')} ${workloadOf(workload).things}`;
