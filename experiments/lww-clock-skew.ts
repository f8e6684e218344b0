/** How many writes does last write wins lose when clocks disagree, and which stamps do not? */
import {
  at,
  type Cell,
  type CellSummary,
  type DeliveryName,
  type Estimate,
  experiment,
  type Finding,
  faults,
  judge,
  lostByRace,
  lwwPairs,
  lwwRegisters,
  pairWrong,
  type ResolutionName,
  type Statistic,
  shadowed,
  wrongOfNext,
} from '../src/index.ts';

interface Skewed extends Cell {
  workload: 'pairs' | 'poisson';
  delivery: DeliveryName;
  resolution: ResolutionName;
  skew_ms: number;
  interval_ms: number;
}

const PAIRS = 1000; // of a run
const PAIR_SKEW_MS = 100; // of the pairs in the figure
const PAIR_GAPS_MS = [10, 50, 100, 150, 200, 250, 300];
const NODES = 20;
const KEYS = 4;
const COUNTED = 200; // writes to a register
const LATENCY_MS = 5;
const PAIR_LATENCY_MS = 1;
const SHOWN_MS = 100; // interval at which resolutions are compared
const WARM_UP_SD = 5; // in standard deviations of a clock: two clocks are further apart once in 5000
const MOST_RUNS = 120; // of 20 nodes
const FEWEST_RUNS = 20; // of few, the standard error is too uncertain for a verdict

/** Measures of a workload that goes on. */
const NOT_OF_PAIRS = {
  ...{ shadowed_law_frac: null, shadowed_less_law_frac: null, siblings_per_read: null },
  ...{ divergent_frac: null, held_frac: null, clock_sd_ms: null, metadata_bytes: null },
};
const COUNTERS: readonly ResolutionName[] = ['lamport', 'hybrid'];
const isPair = ({ workload }: Skewed) => workload === 'pairs';

function isRun(cell: Skewed): boolean {
  const { delivery, resolution, skew_ms, interval_ms } = cell;
  if (isPair(cell)) {
    if (delivery !== 'at-once' || resolution === 'dotted') return false;
    if (!PAIR_GAPS_MS.includes(interval_ms)) return false;
    if (resolution !== 'wall-clock') return skew_ms === PAIR_SKEW_MS;
    return skew_ms === 0 || (skew_ms >= 10 && interval_ms <= 3 * skew_ms);
  }
  if (![10, SHOWN_MS, 1000].includes(interval_ms)) return false;
  if (delivery === 'causal') return interval_ms === SHOWN_MS;
  return resolution === 'wall-clock' || (resolution === 'hybrid' && skew_ms === 0);
}

const registerOf = ({ skew_ms, interval_ms }: Skewed) => ({
  intervalMs: interval_ms,
  skewMs: skew_ms,
  nodes: NODES,
  latencyMs: LATENCY_MS,
});
/** What wall clocks lose at once, or true clocks by races. */
const lawOf = (cell: Skewed): number =>
  cell.skew_ms === 0 ? lostByRace(registerOf(cell)) : shadowed(registerOf(cell));
const pairOf = ({ skew_ms, interval_ms }: Skewed) => ({ gapMs: interval_ms, skewMs: skew_ms });

export default experiment<Skewed>({
  name: 'lww-clock-skew',
  question:
    'How many writes does last write wins lose when clocks disagree, and which stamps do not?',
  claim:
    'Of two writes g apart, the second of which has seen the first, the first wins with probability 1 - Phi(g / (s sqrt 2)) where clocks are off by s. On a register written r times a second it is worse than that: a write from a clock that is ahead rules until true time has caught up, and for r s well above 1 nearly all writes are lost but those of the fastest clock. Lamport and hybrid clocks never order a write before one that its node has seen; they lose what true clocks lose, updates that race. Dotted version vectors lose nothing: they keep siblings.',
  source:
    'laws derived in lww-theory.ts; Lamport 1978; Kulkarni et al. 2014; Preguiça et al. 2012; Apache Cassandra',
  seed: 'lww-clock-skew',
  axes: {
    workload:
      'pairs: one write and, some time later, another by a node that has seen it, constant latency 1 ms; poisson: updates of 4 registers by 20 nodes, exponential latency of mean 5 ms',
    delivery: 'a write is applied at once when it comes, or after all that happened before it',
    resolution:
      'which write wins: arrival (the last to come), wall-clock (last write wins as in Cassandra), lamport, hybrid; dotted: all that none has seen',
    skew_ms: 'standard deviation of a clock, ms; normal, and it stays',
    interval_ms: 'between writes to one register, ms: of a pair exactly, else in the mean',
  },
  grid: {
    workload: ['pairs', 'poisson'],
    delivery: ['at-once', 'causal'],
    resolution: ['arrival', 'wall-clock', 'lamport', 'hybrid', 'dotted'],
    skew_ms: [0, 1, 10, 100, 1000],
    interval_ms: [...PAIR_GAPS_MS, 1000],
  },
  where: isRun,
  replicates: replicatesOf,
  quick: {
    grid: {
      resolution: ['wall-clock', 'hybrid', 'dotted'],
      skew_ms: [0, 100],
      interval_ms: [100],
    },
    replicates: 4,
  },
  fixed: {
    pairs: PAIRS,
    pairLatencyMs: PAIR_LATENCY_MS,
    nodes: NODES,
    registers: KEYS,
    writesCounted: KEYS * COUNTED,
    latencyMs: LATENCY_MS,
    broadcast: 'by mail to every replica, nothing lost',
  },
  measures: {
    writes: 'writes counted: of pairs the second ones',
    shadowed_frac:
      'share of the writes that lose at once to what their own node held: a wrong winner',
    shadowed_law_frac: 'the same by theory, for the clocks of the run',
    shadowed_less_law_frac: 'the difference of the two',
    lost_frac: 'share of the updates that are in no value at the end, mean over nodes',
    unordered_frac: 'share that is lost though no value at the end contains one that raced with it',
    siblings_per_read: 'values beyond the first that a read finds',
    divergent_frac: 'share of the registers that nodes do not agree on at the end',
    held_frac: 'share of the applications that had to wait for earlier writes',
    clock_sd_ms: 'standard deviation of the clocks of a run, ms',
    metadata_bytes: 'what a copy of a write carries for order and resolution, bytes',
  },
  events: (cell) => (isPair(cell) ? 500 * PAIRS : 60 * NODES * KEYS * COUNTED),
  bytes: () => 60e6,
  run(cell, seed) {
    const { delivery, resolution, skew_ms, interval_ms } = cell;
    const layer = { delivery, resolution };
    if (isPair(cell)) {
      const pairs = lwwPairs({
        ...{ seed, layer, pairs: PAIRS, gapMs: interval_ms, skewMs: skew_ms },
        latencyMs: PAIR_LATENCY_MS,
      });
      return { ...NOT_OF_PAIRS, ...pairs };
    }
    return lwwRegisters({
      ...{ seed, layer, nodes: NODES, keys: KEYS, counted: COUNTED },
      ...{ intervalMs: interval_ms, latencyMs: LATENCY_MS },
      warmUpMs: WARM_UP_SD * skew_ms + 20 * LATENCY_MS,
      clocks: faults.clocks({ skewMs: faults.normalSkew(skew_ms) }),
    });
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'A clock here is that of whoever stamps the write: in Cassandra the coordinator, or the client where its driver sends timestamps, as most do. What counts is how far the clocks of those are apart, and that of a phone counts as much as that of a server. Stamps are microseconds here; those of coordinators are whole milliseconds: lww-ties.',
    'Wrong winners are writes that lose at once, at their own origin, to a value that was there: 1 - Phi(g / (s sqrt 2)) for two writes alone. On a register the one ahead stays, so that a write has to beat all that have come before it. At r s = 1 that gives 0.35 where each two writes in succession give 0.27, and at r s = 100 it is 0.93 against 0.47: of 20 clocks the fastest writes alone.',
    'A write that has not come yet cannot shadow: where clocks are off by less than the latency most wrong orders are between writes that race, and count there. So the law lies below the diamonds at 1 ms.',
    'The law is held against each run for the clocks that it drew; the mean over clocks, which 20 nodes leave uncertain by a tenth, is the integral.',
    'Lost without a race counts strictly: a lost update counts only if no value at the end contains one that raced with it, so that on a busy register it is less than wrong winners are.',
    'Arrival shadows nothing and loses no more than logical clocks do, but nothing makes replicas agree: the registers whose last two writes raced differ between nodes at the end.',
    'Hybrid and Lamport clocks are right about writes that the stamping node has applied, and here every node has every register. A coordinator that is no replica learns no stamp from a blind write: it must read first, or be told.',
    'Pairs at different gaps share their random numbers, so that their differences from the closed form go together.',
  ],
  figures: [
    {
      name: 'pairs',
      title: 'The earlier write wins',
      caption: `The second node has seen the first write; clocks off by 100 ms (standard deviation). Band: 95 % confidence interval; dashed: 1 - Phi(g / (s sqrt 2)). Lamport, hybrid and arrival lie on 0.`,
      x: { field: 'interval_ms', title: 'from the first write to the second (ms)' },
      y: { field: 'shadowed_frac', title: 'wrong winners (share of pairs)' },
      color: { field: 'resolution', title: 'resolution' },
      where: ({ workload, skew_ms }) => workload === 'pairs' && skew_ms === PAIR_SKEW_MS,
      references: [
        {
          label: 'closed form',
          mark: 'line',
          at: (cell) =>
            cell.resolution === 'wall-clock' ? pairWrong(pairOf(cell as Skewed)) : null,
        },
      ],
    },
    {
      name: 'register',
      title: 'A busy register is worse than its pairs',
      caption:
        'Last write wins by wall clock, 20 nodes: writes that lose at once to what their node held. Band: 95 % confidence interval; dashed: the law of all writes that had come; diamonds: what each two writes in succession would give if they were alone and came at once.',
      x: { field: 'skew_ms', title: 'standard deviation of clocks (ms)', scale: 'log' },
      y: { field: 'shadowed_frac', title: 'lost to an earlier write (share)', scale: 'log' },
      color: { field: 'interval_ms', title: 'mean interval (ms)' },
      where: ({ workload, delivery, resolution, skew_ms }) =>
        workload === 'poisson' &&
        delivery === 'at-once' &&
        resolution === 'wall-clock' &&
        skew_ms !== 0,
      references: [
        { label: 'law', mark: 'line', at: (cell) => shadowed(registerOf(cell as Skewed)) },
        {
          label: 'each two in succession, no latency',
          mark: 'points',
          at: (cell) => wrongOfNext(registerOf(cell as Skewed)),
        },
      ],
    },
    {
      name: 'lost',
      title: 'Updates lost, by the stamp that decides',
      caption:
        'One update of a register in 100 ms, 20 nodes, latency 5 ms, causal delivery. Band: 95 % confidence interval. Arrival, Lamport and hybrid, on one line, lose what races; dotted version vectors nothing.',
      x: { field: 'skew_ms', title: 'standard deviation of clocks (ms)', scale: 'log' },
      y: { field: 'lost_frac', title: 'lost updates (share)' },
      color: { field: 'resolution', title: 'resolution' },
      where: ({ workload, delivery, skew_ms }) =>
        workload === 'poisson' && delivery === 'causal' && skew_ms !== 0,
    },
  ],
});

/** Trials of which a share p gives 3 standard errors of a twentieth of it, with a quarter to spare. */
const trialsFor = (p: number): number => (1.25 * 3600 * (1 - p)) / p;

function replicatesOf(cell: Skewed): number {
  const { delivery, resolution, skew_ms } = cell;
  if (!isPair(cell)) {
    const isLaw = delivery === 'at-once' && resolution === 'wall-clock';
    return isLaw && trialsFor(lawOf(cell)) <= MOST_RUNS * KEYS * COUNTED ? MOST_RUNS : 40;
  }
  if (resolution !== 'wall-clock' || skew_ms === 0) return 4;
  return Math.max(4, Math.ceil(trialsFor(pairWrong(pairOf(cell))) / PAIRS));
}

// ---- findings ----

const whereOf = ({ workload, delivery, resolution, skew_ms, interval_ms }: Skewed) =>
  workload === 'pairs'
    ? `${resolution}, s = ${skew_ms} ms, g = ${interval_ms} ms`
    : `${resolution}, ${delivery}, s = ${skew_ms} ms, every ${interval_ms} ms`;

/** Not once in any run. */
const never = (quantity: string, cell: Skewed, share: number, source: string): Finding =>
  judge({
    ...{ quantity, at: whereOf(cell), statistic: { ours: share, se: 0 }, source },
    ...{ expected: 0, tolerance: 0, basis: 'theory' },
  });

const findingsOf = (summary: CellSummary<Skewed>): Finding[] =>
  isPair(summary.cell) ? ofPairs(summary) : ofRegisters(summary);

function ofPairs({ cell, replicates, measures }: CellSummary<Skewed>): Finding[] {
  const { resolution, skew_ms } = cell;
  const { shadowed_frac: wrong, lost_frac: lost } = measures;
  if (COUNTERS.includes(resolution) || skew_ms === 0) {
    return [
      never('pairs: wrong winners (share)', cell, wrong.mean, 'the stamp is above what was seen'),
    ];
  }
  const trials = replicates * PAIRS;
  const expected = pairWrong(pairOf(cell));
  if (resolution !== 'wall-clock' || trials < 0.99 * trialsFor(expected)) return [];
  const p = wrong.mean;
  const binomial: Estimate = { ours: p, se: Math.sqrt((p * (1 - p)) / trials) };
  return [
    judge({
      ...{ quantity: 'pairs: wrong winners (share)', at: whereOf(cell), statistic: binomial },
      ...{ expected, tolerance: 0, basis: 'theory', source: '1 - Phi(g / (s sqrt 2))' },
    }),
    never(
      'pairs: second writes lost at a replica and not at their origin (share)',
      cell,
      lost.mean - p,
      'a wrong winner is the same everywhere',
    ),
  ];
}

function ofRegisters(summary: CellSummary<Skewed>): Finding[] {
  const { cell, measures } = summary;
  const { delivery, resolution, skew_ms } = cell;
  const findings: Finding[] = [];
  const { lost_frac, unordered_frac, shadowed_frac } = measures;
  const isOrdered = COUNTERS.includes(resolution) || skew_ms === 0;
  if (resolution === 'dotted') {
    return [never('registers: updates lost (share)', cell, lost_frac.mean, 'siblings are kept')];
  }
  if (resolution === 'arrival') return [];
  if (isOrdered) {
    const source = 'stamps agree with happened-before';
    findings.push(never('registers: wrong winners (share)', cell, shadowed_frac.mean, source));
    if (delivery === 'causal') {
      findings.push(
        never('registers: lost without a race (share)', cell, unordered_frac.mean, source),
      );
    }
  }
  return [...findings, ...byLaw(summary), ...byRace(summary)];
}

/** The law holds for clocks that are known: their luck is taken off, and the mean over clocks put in its place. */
function byLaw({ cell, replicates, measures }: CellSummary<Skewed>): Finding[] {
  const { delivery, resolution, skew_ms } = cell;
  if (delivery !== 'at-once' || resolution !== 'wall-clock' || skew_ms === 0) return [];
  const expected = lawOf(cell);
  if (replicates < FEWEST_RUNS || replicates * KEYS * COUNTED < trialsFor(expected)) return [];
  const { mean, se, count } = measures.shadowed_less_law_frac;
  return [
    judge({
      quantity: 'registers: wrong winners (share)',
      at: whereOf(cell),
      statistic: { ours: expected + mean, se, count },
      ...{ expected, tolerance: 0, basis: 'theory' },
      source: 'against all writes that had come; derived in lww-theory.ts',
      note: 'the difference of each run from the law for its clocks, added to the mean of the law',
    }),
  ];
}

function byRace({ cell, replicates, measures }: CellSummary<Skewed>): Finding[] {
  const { delivery, resolution, skew_ms } = cell;
  if (delivery !== 'at-once' || resolution !== 'wall-clock' || skew_ms !== 0) return [];
  const expected = lawOf(cell);
  if (replicates < FEWEST_RUNS || replicates * KEYS * COUNTED < trialsFor(expected)) return [];
  return [
    judge({
      quantity: 'registers, true clocks: updates lost (share)',
      at: whereOf(cell),
      statistic: measures.lost_frac,
      expected,
      tolerance: 0.5 / COUNTED, // the two ends of a register's chain
      basis: 'theory',
      source: 'the chain of what the last update builds on; derived in lww-theory.ts',
    }),
  ];
}

// ---- for who runs a store ----

function answer(all: readonly CellSummary<Skewed>[]): string[] {
  const found = (cell: Partial<Skewed>) => at(all, cell)?.measures;
  const frac = ({ mean }: Statistic) =>
    mean === 0 ? 'none' : `${(100 * mean).toPrecision(mean < 0.1 ? 2 : 3)} %`;
  const lines: string[] = [];
  const pair = { workload: 'pairs', resolution: 'wall-clock', skew_ms: PAIR_SKEW_MS } as const;
  for (const interval_ms of [100, 300]) {
    const wrong = found({ ...pair, interval_ms });
    if (wrong === undefined) continue;
    lines.push(
      `Clocks off by 100 ms (standard deviation), and a write that comes ${interval_ms} ms after another which its node has seen: the earlier one wins in ${frac(wrong.shadowed_frac)} of the cases, at every replica, and nobody is told.`,
    );
  }
  const busy = { workload: 'poisson', delivery: 'at-once', resolution: 'wall-clock' } as const;
  for (const interval_ms of [1000, 100, 10]) {
    const of = (skew_ms: number) => found({ ...busy, interval_ms, skew_ms });
    const known = [1, 10, 100, 1000].flatMap((skew_ms) => {
      const measures = of(skew_ms);
      return measures === undefined
        ? []
        : [`${frac(measures.lost_frac)} with clocks off by ${skew_ms} ms`];
    });
    const exact = of(0);
    if (exact === undefined || known.length === 0) continue;
    lines.push(
      `A register updated every ${interval_ms} ms: last write wins loses ${frac(exact.lost_frac)} of the updates with true clocks, by races; ${known.join(', ')}.`,
    );
  }
  const causal = { workload: 'poisson', delivery: 'causal' } as const;
  const worst = found({ ...causal, skew_ms: 1000 }) === undefined ? 100 : 1000;
  const stamps = (resolution: ResolutionName) => found({ ...causal, resolution, skew_ms: worst });
  const wall = stamps('wall-clock');
  const logical = stamps('hybrid');
  const kept = stamps('dotted');
  if (wall !== undefined && logical !== undefined && kept !== undefined) {
    lines.push(
      `One update in ${SHOWN_MS} ms, clocks off by ${worst} ms: wall clocks lose ${frac(wall.lost_frac)}; hybrid logical clocks ${frac(logical.lost_frac)}, all by races and none that had been seen; dotted version vectors ${frac(kept.lost_frac)}, for ${kept.siblings_per_read.mean.toFixed(3)} siblings per read and ${kept.metadata_bytes.mean.toFixed(0)} bytes of metadata where wall clocks take ${wall.metadata_bytes.mean.toFixed(0)} (84 of both are the vector of causal delivery).`,
    );
  }
  const racing = found({ ...busy, interval_ms: 10, skew_ms: 0 });
  if (racing !== undefined) {
    lines.push(
      `Without causal delivery, true clocks lose ${frac(racing.unordered_frac)} of the updates of a register updated every 10 ms without a race in that register: its client had seen a later write, of another register or through another node, but not yet this one.`,
    );
  }
  return lines;
}
