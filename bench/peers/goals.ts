/** What hearsay aims for in these comparisons, and whether it is met. */
import type { Statistic } from '../../src/base/statistics.ts';
import { significant } from '../../src/report/numbers.ts';
import type { WorkloadName } from './model.ts';
import { OURS } from './programs/index.ts';
import type { Summary } from './summary.ts';

type Spread = Pick<Statistic, 'p50' | 'min' | 'max'>;

interface Goal {
  readonly workload: WorkloadName;
  readonly n: number;
  /** Beside whom; its vectors may stand behind a comma. Absent: a goal of ours alone. */
  readonly program?: string;
  /** What is measured, with its unit. */
  readonly what: string;
  readonly of: (row: Summary, all: readonly Summary[]) => Spread | undefined;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Of goals with the same word one is enough. */
  readonly either?: string;
}

export interface Judged {
  readonly goal: Goal;
  readonly program: string;
  readonly found: Spread;
  readonly target: string;
  readonly met: boolean;
}

const PART = 'their cost / ours';
const PROCESS = 'their whole process / ours';

/** Below 1 we may take more. */
const beside = (
  workload: WorkloadName,
  n: number,
  program: string,
  atLeast: number,
  more: Partial<Goal> = {},
): Goal => ({ workload, n, program, what: PART, of: (row) => row.costRatio, atLeast, ...more });

const alone = (
  workload: WorkloadName,
  n: number,
  what: string,
  of: Goal['of'],
  limit: Pick<Goal, 'atLeast' | 'atMost'>,
): Goal => ({ workload, n, what, of, ...limit });

const peakMb = (row: Summary): Spread => row.peak_mb;
const simulatedPerS = ({ cost: { p50, min, max } }: Summary): Spread => ({
  p50: 1 / p50,
  min: 1 / max,
  max: 1 / min,
});
/** Of the smallest and the largest number of pending events, the medians; each has its own rounds. */
const FEW = 1e5;
const MANY = 1e7;
const growth: Goal['of'] = (row, all) => {
  const few = all.find(
    ({ of, program }) => program === OURS && of.workload === 'hold' && of.n === FEW,
  );
  if (few === undefined) return undefined;
  return {
    p50: row.cost.p50 / few.cost.p50,
    min: row.cost.min / few.cost.max,
    max: row.cost.max / few.cost.min,
  };
};

const GOALS: readonly Goal[] = [
  beside('hold', 1e6, 'C++ priority_queue', 6),
  beside('hold', 1e6, 'npm flatqueue', 8),
  beside('hold', 1e6, 'npm tinyqueue', 30),
  beside('hold', 1e6, 'C++ ladder, told', 1 / 4),
  alone('hold', MANY, 'cost at 10,000,000 / cost at 100,000', growth, { atMost: 2 }),
  beside('push', 1e4, 'SimGrid, actors', 50),
  beside('push', 1e5, 'SimPy, callbacks', 60),
  beside('push', 1e5, 'ns-3, map', 4),
  beside('push', 1e5, 'PeerSim', 4),
  beside('push', 1e5, 'C++ priority_queue', 1.2),
  beside('push', 1e6, 'ns-3, map', 12),
  beside('push', 1e6, 'PeerSim', 12),
  beside('push', 1e6, 'C++ priority_queue', 2),
  beside('push', 1e6, 'C++ ladder, told', 1 / 4),
  alone('push', 1e6, 'peak MB', peakMb, { atMost: 200 }),
  ...[1e3, 1e4].flatMap((n) => [
    beside('runs', n, 'ns-3, map', 1),
    beside('runs', n, 'C++ priority_queue', 1),
  ]),
  beside('runs', 1e3, 'ns-3, map', 3, { what: PROCESS, of: (row) => row.processRatio }),
  beside('heartbeat', 1e4, 'PeerSim', 15),
  beside('heartbeat', 1e4, 'typed arrays', 15),
  beside('heartbeat', 1e4, 'C++ plain', 3),
  beside('heartbeat', 1e4, 'C++ tiled', 1 / 2.5),
  alone('heartbeat', 1e4, 'peak MB', peakMb, { atMost: 200 }),
  alone('heartbeat', 1e5, 's per simulated second', (row) => row.cost, { atMost: 15 }),
  alone('heartbeat', 1e5, 'peak MB', peakMb, { atMost: 1000 }),
  beside('merge', 1e4, 'typed arrays', 50, { either: 'merge' }),
  beside('merge', 1e4, 'C++ bytes', 1 / 4, { either: 'merge' }),
  beside('merge', 1e4, 'Map', 1000),
  alone('cassandra', 1e3, 'simulated seconds per s', simulatedPerS, { atLeast: 20 }),
  alone('cassandra', 1e3, 'bytes a pair beside its window', (row) => row.bytes_per_pair, {
    atMost: 40,
  }),
  alone('memberlist', 1e3, 'simulated seconds per s', simulatedPerS, { atLeast: 10 }),
  beside('workers', 3e3, 'hearsay, one worker', 1.75),
];

const concerns = ({ workload, n, program = OURS }: Goal, row: Summary): boolean =>
  row.of.workload === workload &&
  row.of.n === n &&
  (row.program === program || row.program.startsWith(`${program}, `));

/** The goals that were measured. */
export function judged(all: readonly Summary[]): Judged[] {
  const found = GOALS.flatMap((goal): Judged[] => {
    const row = all.find((candidate) => concerns(goal, candidate));
    const spread = row && goal.of(row, all);
    if (row === undefined || spread === undefined || Number.isNaN(spread.p50)) return [];
    const { atLeast = -Infinity, atMost = Infinity } = goal;
    const target =
      goal.atMost === undefined
        ? `at least ${significant(atLeast, 3)}`
        : `at most ${significant(atMost, 3)}`;
    const met = spread.p50 >= atLeast && spread.p50 <= atMost;
    return [{ goal, program: row.program, found: spread, target, met }];
  });
  const enough = (word: string) => found.some(({ goal, met }) => goal.either === word && met);
  return found.map((one) =>
    one.goal.either === undefined
      ? one
      : { ...one, target: `${one.target}, or the other`, met: enough(one.goal.either) },
  );
}

/** The least ratio of costs that is aimed for, if any. */
export const goalOf = (row: Summary): number | undefined =>
  GOALS.find((goal) => goal.what === PART && concerns(goal, row))?.atLeast;

export const verdict = (met: boolean): string => (met ? 'met' : 'not met');
