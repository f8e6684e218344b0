/**
 * What one of several machines does of a plan. Cells are cut into pieces, so that a heavy cell does not fall to one
 * machine alone, and dealt out in turn, the heavy pieces first. The plan alone decides: shards know nothing of one another.
 */
import type { Plan, PlannedCell } from './plan.ts';
import { cut, eventsOf, type Work } from './tasks.ts';

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export interface Share {
  readonly whole: Plan;
  /** The plan as if there were no more than this share: its cells, runs, events and bytes. */
  readonly plan: Plan;
  readonly work: readonly Work[]; // grid order, each cell once
}

const PER_SHARD = 8; // pieces at least: shards then differ by at most an eighth of their work, or by one run

/** Everything. */
export function wholeOf(plan: Plan): Share {
  return { whole: plan, plan, work: plan.cells.map(allOf) };
}

/** Empty if there are more shards than runs. */
export function shareOf(plan: Plan, { index, count }: Shard): Share {
  const work = joined(dealt(plan, count).filter((_, place) => ownerOf(place, count) === index));
  return { whole: plan, plan: narrowed(plan, work), work };
}

/** Which of so many shards have any of the work to do, in order. */
export function shardsWith(work: readonly Work[], plan: Plan, count: number): number[] {
  const wanted = new Map(work.map((of) => [of.planned, new Set(of.replicates)]));
  const found = new Set<number>();
  for (const [place, { planned, replicates }] of dealt(plan, count).entries()) {
    const some = wanted.get(planned);
    if (some && replicates.some((of) => some.has(of))) found.add(ownerOf(place, count));
  }
  return [...found].sort((a, b) => a - b);
}

/** All pieces, in the order in which they are dealt out. */
function dealt(plan: Plan, count: number): Work[] {
  const most = plan.events / (PER_SHARD * count); // events of a piece
  return plan.cells
    .flatMap((planned) => cut(allOf(planned), most))
    .sort((a, b) => eventsOf([b]) - eventsOf([a])); // stable: else in grid order
}

const ownerOf = (place: number, count: number): number => (place % count) + 1;

const allOf = (planned: PlannedCell): Work => ({
  planned,
  replicates: Array.from({ length: planned.replicates }, (_, replicate) => replicate),
});

/** The pieces of a cell together, in grid order. */
function joined(pieces: readonly Work[]): Work[] {
  const found = new Map<PlannedCell, number[]>();
  for (const { planned, replicates } of pieces) {
    const others = found.get(planned);
    if (others === undefined) found.set(planned, [...replicates]);
    else for (const replicate of replicates) others.push(replicate);
  }
  return [...found]
    .map(([planned, replicates]) => ({ planned, replicates: replicates.sort((a, b) => a - b) }))
    .sort((a, b) => a.planned.index - b.planned.index);
}

function narrowed(plan: Plan, work: readonly Work[]): Plan {
  const cells = work.map(({ planned, replicates }) => ({
    ...planned,
    replicates: replicates.length,
  }));
  return {
    ...plan,
    cells,
    runs: cells.reduce((sum, { replicates }) => sum + replicates, 0),
    events: eventsOf(work),
    bytes: cells.reduce((most, { bytes }) => Math.max(most, bytes), 0),
  };
}
