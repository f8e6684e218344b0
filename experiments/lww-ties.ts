/** Two writes in one millisecond: which one wins where stamps are whole milliseconds? */
import {
  at,
  type Cell,
  type CellSummary,
  experiment,
  type Finding,
  judge,
  lwwPairs,
  type OperationKind,
  pairWrong,
  type Tie,
} from '../src/index.ts';

interface Tied extends Cell {
  stamps: 'milliseconds' | 'microseconds';
  pair: 'write then write' | 'delete then write' | 'write then delete';
  skew_ms: number;
  gap_ms: number;
}

const PAIRS = 1000; // of a run
const LATENCY_MS = 0.05;
const STEP_MS = { milliseconds: 1, microseconds: 0.001 };
const TIES: Record<Tied['pair'], Tie> = {
  'write then write': 'values',
  'delete then write': 'the earlier is a tombstone',
  'write then delete': 'the later is a tombstone',
};

/** In microseconds no two stamps are ever the same here: the closed form is that of exact clocks. */
const expectedOf = ({ stamps, pair, skew_ms, gap_ms }: Tied): number =>
  pairWrong({
    ...{ gapMs: gap_ms, skewMs: skew_ms, tie: TIES[pair] },
    stepMs: stamps === 'milliseconds' ? STEP_MS.milliseconds : 0,
  });

export default experiment<Tied>({
  name: 'lww-ties',
  question:
    'Two writes to a register within a millisecond, the second of which has seen the first: which one wins where stamps are whole milliseconds?',
  claim:
    'Two true clocks show the same millisecond with probability 1 - g / 1 ms. Then the greater value wins, which is the earlier one in half of the cases, and a tombstone wins against any value: a write right after a delete is lost whenever they share a millisecond, a delete never is. Stamps in microseconds have no ties to speak of; what is left is the skew.',
  source:
    'Apache Cassandra, ClientState.getTimestamp and Cells.reconcile; derived in lww-theory.ts',
  seed: 'lww-ties',
  axes: {
    stamps: 'what a clock is read in; by the coordinators of Cassandra whole milliseconds',
    pair: 'kinds of the two, the earlier first',
    skew_ms: 'standard deviation of a clock, ms; normal, and it stays',
    gap_ms: 'from the first write to the second, ms',
  },
  grid: {
    stamps: ['milliseconds', 'microseconds'],
    pair: ['write then write', 'delete then write', 'write then delete'],
    skew_ms: [0, 1],
    gap_ms: [0.2, 0.4, 0.6, 0.8],
  },
  where: ({ stamps, pair }) => stamps === 'milliseconds' || pair === 'write then write',
  replicates: (cell) => Math.max(8, Math.ceil(trialsFor(expectedOf(cell)) / PAIRS)),
  quick: { grid: { skew_ms: [0], gap_ms: [0.2] }, replicates: 8 },
  fixed: { pairs: PAIRS, latencyMs: LATENCY_MS, valueBits: 32 },
  measures: {
    writes: 'pairs',
    shadowed_frac: 'share of the pairs in which the second one loses at its own node',
    lost_frac: 'share in which it is lost, mean over the replicas',
    unordered_frac: 'share in which it is lost and nothing raced with it',
  },
  events: () => 500 * PAIRS, // 14, and what observers do
  bytes: () => 20e6,
  run({ stamps, pair, skew_ms, gap_ms }, seed) {
    return lwwPairs({
      ...{ seed, pairs: PAIRS, gapMs: gap_ms, skewMs: skew_ms, latencyMs: LATENCY_MS },
      kinds: pair.split(' then ') as [OperationKind, OperationKind],
      layer: { resolution: 'wall-clock', resolutionUs: STEP_MS[stamps] * 1000 },
    });
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'Values are drawn at random. In a real table the greater value wins by its bytes, so that it is not chance: of a flag that is set and cleared within a millisecond, the same one of the two always wins.',
    'Between values skew hides the step: with clocks off by 1 ms and writes 0.2 ms apart, 0.448 are lost in steps and 0.444 without. A tombstone still wins its ties: 0.58 of the writes after it are lost, and 0.31 of the deletes after a write.',
    'Coordinators of Cassandra read whole milliseconds in every version, to this day (currentTimeMillis() * 1000); most drivers send stamps of their own in microseconds, where the platform has them, and those count.',
    'A value with a time to live wins ties as a tombstone does, against values without one (CASSANDRA-14592).',
    'A node never gives the same stamp twice: of two writes within a millisecond at one node the second one is stamped a microsecond later. Ties are between nodes.',
  ],
  figures: [
    {
      name: 'ties',
      title: 'The second of two writes in a millisecond loses',
      caption:
        'Stamps in whole milliseconds. Band: 95 % confidence interval; dashed: closed forms.',
      x: { field: 'gap_ms', title: 'from the first write to the second (ms)' },
      y: { field: 'shadowed_frac', title: 'second write loses (share)' },
      color: { field: 'pair', title: 'the two' },
      facet: { field: 'skew_ms', title: 'clocks off by (ms)' },
      where: ({ stamps }) => stamps === 'milliseconds',
      references: [{ label: 'closed form', mark: 'line', at: (cell) => expectedOf(cell as Tied) }],
    },
  ],
});

/** Trials of which a share p gives 3 standard errors of a twentieth of it, with a quarter to spare. */
function trialsFor(p: number): number {
  return p === 0 ? 0 : (1.25 * 3600 * (1 - p)) / p;
}

function findingsOf({ cell, replicates, measures }: CellSummary<Tied>): Finding[] {
  const { stamps, pair, skew_ms, gap_ms } = cell;
  const expected = expectedOf(cell);
  const trials = replicates * PAIRS;
  if (trials < 0.99 * trialsFor(expected)) return [];
  const p = measures.shadowed_frac.mean;
  return [
    judge({
      quantity: `${pair}: the second one loses (share)`,
      at: `${stamps}, s = ${skew_ms} ms, g = ${gap_ms} ms`,
      statistic: { ours: p, se: Math.sqrt((p * (1 - p)) / trials) },
      ...{ expected, tolerance: 0, basis: 'theory' },
      source: stamps === 'milliseconds' ? 'a tie with probability 1 - d / 1 ms' : 'no ties',
    }),
  ];
}

function answer(all: readonly CellSummary<Tied>[]): string[] {
  const share = (cell: Partial<Tied>) => {
    const found = at(all, { skew_ms: 0, gap_ms: 0.2, ...cell });
    return found && `${(100 * found.measures.shadowed_frac.mean).toFixed(0)} %`;
  };
  const coarse = (pair: Tied['pair']) => share({ stamps: 'milliseconds', pair });
  return [
    `A second write by another node 0.2 ms after the first, true clocks, whole milliseconds: lost in ${coarse('write then write')} of the cases; in ${coarse('delete then write')} if the first was a delete; a delete after a write in ${coarse('write then delete')}. In microseconds: ${share({ stamps: 'microseconds', pair: 'write then write' })}.`,
  ];
}
