/** What is compared: the workloads, their sizes, and what of a run must be equal. */
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
 * third of a percent: ages differ by about a second between subjects and between nodes, on average over n of either;
 * and that most of the time all know all.
 */
const SECONDS = { full: { 1000: 60, 10000: 15, 100000: 15 }, quick: { 300: 40, 1000: 20 } };
const HEARTBEAT_ROUNDS: Readonly<Record<string, number>> = { 100000: 1 };
/** Nodes -> runs that are measured. As many again divided by WARM_SHARE go before. */
const RUNS = { full: { 1000: 950, 10000: 20 }, quick: { 300: 100, 1000: 20 } };
/** A window of Cassandra has 1000 samples, and is full after so many simulated seconds at 1000 nodes. */
const FULL_WINDOW_S = 1800;

const casesOf = (
  workload: WorkloadName,
  amounts: Readonly<Record<string, number>>,
  rounds: Readonly<Record<string, number>> = {},
): readonly Case[] =>
  Object.entries(amounts).map(([n, amount]) => ({
    workload,
    n: Number(n),
    amount,
    ...(n in rounds && { rounds: rounds[n] }),
  }));

const perEvent = { unit: 'event', scale: 1e9, costName: 'ns per event' };
const perSecond = { unit: 'simulated second', scale: 1, costName: 's per simulated second' };

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
    ...perEvent,
    counts: ['events', 'reached'],
    cases: (size) =>
      casesOf('push', size === 'full' ? { 1e4: 0, 1e5: 0, 1e6: 0 } : { 1e3: 0, 3e3: 0 }),
  },
  {
    name: 'runs',
    title: 'Many push epidemics in one process, once it is warm',
    things: 'nodes a run',
    ...perEvent,
    counts: ['events', 'reached'],
    cases: (size) => casesOf('runs', RUNS[size]),
  },
  {
    name: 'heartbeat',
    title: 'Heartbeat gossip with full tables',
    things: 'nodes',
    ...perSecond,
    counts: ['events', 'merges', 'stale', 'mean'],
    cases: (size) => casesOf('heartbeat', SECONDS[size], HEARTBEAT_ROUNDS),
  },
  {
    name: 'merge',
    title: 'Merging rows of heartbeats, half of the entries newer',
    things: 'entries',
    unit: 'entry',
    scale: 1e9,
    costName: 'ns per entry',
    counts: [],
    cases: (size) => casesOf('merge', size === 'full' ? { 10000: 4000 } : { 1000: 20000 }),
  },
  {
    name: 'cassandra',
    title: 'Cassandra with full arrival windows: five slices of a run',
    things: 'nodes',
    ...perSecond,
    counts: [],
    cases: (size) =>
      size === 'full'
        ? [{ workload: 'cassandra', n: 1000, amount: FULL_WINDOW_S + 100, rounds: 1 }]
        : [{ workload: 'cassandra', n: 30, amount: FULL_WINDOW_S + 100 }],
  },
  {
    name: 'memberlist',
    title: 'memberlist in a LAN, all members well',
    things: 'members',
    ...perSecond,
    counts: [],
    cases: (size) => casesOf('memberlist', size === 'full' ? { 1000: 300 } : { 100: 300 }),
  },
  {
    name: 'workers',
    title: 'An experiment on worker threads: wall time',
    things: 'nodes a run',
    unit: 'experiment',
    scale: 1,
    costName: 's of wall time',
    counts: ['rows'],
    cases: (size) => casesOf('workers', size === 'full' ? { 3000: 1000 } : { 1000: 60 }),
  },
];

export const workloadOf = (name: WorkloadName): Workload =>
  workloads.find((workload) => workload.name === name)!;

/** 'push, 100,000 nodes'. */
export const caseName = ({ workload, n }: Case): string =>
  `${workload}, ${n.toLocaleString('en')} ${workloadOf(workload).things}`;
