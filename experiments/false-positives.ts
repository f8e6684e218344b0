/** How often does heartbeat gossip suspect a live node, and what do patience and bandwidth buy? */
import {
  at,
  type Cell,
  type CellSummary,
  complete,
  constant,
  experiment,
  type Finding,
  faults,
  type Gossip,
  heartbeat,
  judge,
  lastNewsRound,
  lossy,
  mistakesPerPeriod,
  PERIOD_MS,
  qos,
  simulate,
  uncalled,
} from '../src/index.ts';

const PERIODS_PER_HOUR = 3_600_000 / PERIOD_MS;
const WARM_UP = 60; // periods: far more than a heartbeat needs to reach all
const EXACT = 20; // nodes: up to there the theory is exact
const IN_STEP = 'in step';

interface Patience extends Record<string, string | number> {
  phase: string;
  n: number;
  fanout: number;
  loss: number;
  fail_periods: number;
}

/** As long as there is something to count: mistakes are rare where T_fail is long. */
function nodeHours({ n, fanout, fail_periods }: Patience): number {
  if (n <= 8) return 50;
  if (fail_periods < 4 + 6 / fanout) return 4;
  return n > 100 ? 20 : 40;
}
const pairPeriods = (cell: Patience) => nodeHours(cell) * PERIODS_PER_HOUR * (cell.n - 1);
const replicates = ({ n }: Patience) => (n === 2 ? 120 : n === 8 ? 40 : 20);

/** A theory, worked out once for a group. */
function once<T>(work: (gossip: Gossip) => T): (cell: Patience) => T {
  const done = new Map<string, T>();
  return ({ n, fanout, loss }) => {
    const key = `${n}/${fanout}/${loss}`;
    if (!done.has(key)) done.set(key, work({ n, fanout, loss }));
    return done.get(key)!;
  };
}

const rateOf = once(mistakesPerPeriod);
const lastNewsOf = once(lastNewsRound);

/** Judged at rounds: a part of a period comes to nothing. */
const failRounds = ({ fail_periods }: Patience) => Math.floor(fail_periods);
/** Mistakes per pair and period. */
const expectedRate = (cell: Patience) => rateOf(cell)(failRounds(cell));
const perNodeHour = (cell: Patience) => expectedRate(cell) * (cell.n - 1) * PERIODS_PER_HOUR;
const inStep = ({ phase }: Cell) => phase === IN_STEP;
const where = ({ n, fanout, loss, fail_periods }: Patience) =>
  `n = ${n}, fanout ${fanout}, loss ${loss}, T_fail ${fail_periods} periods`;

/**
 * Held against theory where it applies, T_fail being no shorter than the time that news takes, and where this many runs
 * expect enough mistakes to tell 5 % apart; pairs err together.
 */
function rateFinding({ cell, measures }: CellSummary<Patience>): Finding[] {
  const expected = expectedRate(cell) * PERIODS_PER_HOUR;
  const counted = expectedRate(cell) * pairPeriods(cell) * replicates(cell);
  if (counted < (cell.n === 2 ? 5000 : 300 * cell.n)) return [];
  if (failRounds(cell) < lastNewsOf(cell)) return [];
  const exact = cell.n <= EXACT;
  return [
    judge({
      quantity: exact ? 'mistakes per pair-hour, small group' : 'mistakes per pair-hour',
      at: where(cell),
      statistic: measures.per_pair_hour,
      expected,
      tolerance: (exact ? 0.02 : 0.05) * expected,
      basis: 'theory',
      source: 'P(T_{h+1} - T_h > m), see the remarks',
    }),
  ];
}

/** The late tail: how much one more period of patience buys, where the theory says that the tail has begun. */
function slopeFinding(
  { cell, measures }: CellSummary<Patience>,
  all: readonly CellSummary<Patience>[],
): Finding[] {
  const longer = at(all, { ...cell, fail_periods: cell.fail_periods + 2 });
  if (longer === undefined) return [];
  const expected = -Math.log(uncalled(cell));
  const local = Math.log(expectedRate(cell) / expectedRate(longer.cell)) / 2;
  const counted = expectedRate(longer.cell) * pairPeriods(longer.cell) * replicates(cell);
  if (Math.abs(local / expected - 1) > 0.02 || counted < 1500) return [];
  const [short, long] = [measures.per_pair_hour, longer.measures.per_pair_hour];
  return [
    judge({
      quantity: 'late tail: fall of log rate per period of T_fail',
      at: `${where(cell)} and ${longer.cell.fail_periods}`,
      statistic: {
        ours: Math.log(short.mean / long.mean) / 2,
        se: Math.hypot(short.se / short.mean, long.se / long.mean) / 2,
        count: short.count,
      },
      expected,
      tolerance: 0.05 * expected,
      basis: 'theory',
      source: 'nobody calls a node: (1 - fanout (1 - loss)/(n - 1))^(n - 1) per period',
    }),
  ];
}

/** Suspicion comes T_fail after the last news, and that takes its time to arrive. */
function detectionFinding({ cell, measures }: CellSummary<Patience>): Finding[] {
  if (expectedRate(cell) > 1e-3) return []; // where live nodes are often suspected, dead ones are too, before they die
  const expected = (failRounds(cell) + lastNewsOf(cell) - 0.5) * PERIOD_MS;
  return [
    judge({
      quantity: 'T_D, mean (ms)',
      at: where(cell),
      statistic: measures.detect_ms,
      expected,
      tolerance: 0.2 * PERIOD_MS,
      basis: 'theory',
      source: 'T_fail + delay of the last news - 1/2 period',
    }),
  ];
}

/** One after the other, a period apart, in the middle between rounds. */
const crashes = (n: number) => Math.ceil(n / 20);

export default experiment<Patience>({
  name: 'false-positives',
  question:
    'How often does heartbeat gossip suspect a live node, and what do patience and bandwidth buy?',
  claim:
    'Late in the tail each period of T_fail divides the mistakes by exp(fanout (1 - loss)), at any n: nobody has called the observer. Before that, for about log(n) / log(1 + fanout (1 - loss)) periods, it divides them by 1 + fanout (1 - loss) only: the observer was among the first to hear.',
  source:
    'P(T_{h+1} - T_h > m), derived in the remarks from the push epidemic of Demers et al. 1987',
  seed: 'false-positives',
  axes: {
    phase: 'rounds in step, as in the theory, or each node with a phase of its own, as in reality',
    n: 'nodes',
    fanout: 'partners per period',
    loss: 'probability that a message is lost',
    fail_periods: 'T_fail in periods of 1000 ms',
  },
  grid: {
    phase: [IN_STEP, 'random'],
    n: [2, 8, 32, 100, 316, 1000],
    fanout: [1, 2, 3],
    loss: [0, 0.3],
    fail_periods: [4, 6, 8, 10, 12, 14, 16],
  },
  where: ({ phase, n, fanout, loss, fail_periods }) => {
    if (n === 100) return (phase === IN_STEP || loss === 0) && fail_periods <= 8 + 8 / fanout;
    if (phase !== IN_STEP || fanout > 1) return false;
    if (n === 2) return loss === 0.3 && fail_periods <= 6;
    if (n === 8) return fail_periods === 6 || fail_periods === 8;
    return loss === 0 && [6, 8, 12].includes(fail_periods);
  },
  replicates,
  quick: {
    grid: {
      phase: [IN_STEP],
      n: [32, 100],
      fanout: [1, 2],
      loss: [0, 0.3],
      fail_periods: [5, 6],
    },
    replicates: 6,
  },
  fixed: {
    exchange: 'push',
    entries: 'all',
    cleanupMs: 'never',
    overlay: 'complete',
    latencyMs: 1,
    periodMs: PERIOD_MS,
    warmUpPeriods: WARM_UP,
    nodeHours:
      '50 where n is at most 8; else 4 where T_fail is below 4 + 6 / fanout periods; else 20 where n is above 100; else 40',
    crashes: 'n / 20 nodes at the end, for the detection time',
  },
  measures: {
    mistakes: 'suspicions of live nodes that began',
    node_hours: 'time for which nodes were watched for mistakes, summed over nodes',
    per_node_hour: 'mistakes per hour and observer',
    upper_per_node_hour:
      'upper end of the 95 % Poisson interval: what is left possible where none was seen',
    per_pair_hour: 'mistakes per hour, observer and subject (1 / E(T_MR))',
    mistake_ms: 'mean duration of a mistake (T_M)',
    accuracy_frac: 'share of time in which a live node is trusted (P_A)',
    detect_ms: 'from a crash to its last suspicion, mean over observers (T_D)',
    detect_last_ms: 'the same, last observer',
    bytes_per_node_s: 'bytes that a node sends per second, headers included',
  },
  events: (cell) => (nodeHours(cell) * PERIODS_PER_HOUR + 160 * cell.n) * (8 + cell.n / 60),
  bytes: ({ n }) => 5_000_000 + 150 * n * n,
  run: (cell, seed) => {
    const { phase, n, fanout, loss, fail_periods } = cell;
    const periods = Math.ceil((nodeHours(cell) * PERIODS_PER_HOUR) / n);
    const end = (WARM_UP + periods + 0.5) * PERIOD_MS;
    const last = end + (fail_periods + crashes(n) + 60) * PERIOD_MS;
    const live = qos({ n, startMs: WARM_UP * PERIOD_MS, endMs: end });
    const dead = qos({ n, startMs: end, endMs: last });
    const victims = Array.from({ length: crashes(n) }, (_, i) => n - 1 - i);
    const { traffic } = simulate({
      seed,
      n,
      protocol: heartbeat({ fanout, failMs: fail_periods * PERIOD_MS, cleanupMs: Infinity }),
      link: lossy(loss, constant({ ms: 1 })),
      overlay: complete,
      rounds: { periodMs: PERIOD_MS, phase: phase === IN_STEP ? 'synchronised' : 'random' },
      faults: faults.faults(
        ...victims.map((node, i) => faults.crash({ nodes: [node], atMs: end + i * PERIOD_MS })),
      ),
      horizonMs: last,
      observers: [live, dead],
    });
    const quality = live.quality();
    const { detection } = dead.quality();
    return {
      mistakes: quality.mistakes,
      node_hours: quality.nodeHours,
      per_node_hour: quality.perNodeHour.perHour,
      upper_per_node_hour: quality.perNodeHour.ciHigh,
      per_pair_hour: quality.perPairHour.perHour,
      mistake_ms: quality.mistakeDuration.meanMs,
      accuracy_frac: quality.queryAccuracy,
      detect_ms: detection.meanMs,
      detect_last_ms: detection.lastMs,
      bytes_per_node_s: traffic.bytesSent / n / (last / 1000),
    };
  },
  findings: (summaries) => {
    const theirs = summaries.filter(({ cell }) => inStep(cell));
    return [
      ...theirs.flatMap(rateFinding),
      ...theirs.flatMap((summary) => slopeFinding(summary, summaries)),
      ...theirs.flatMap(detectionFinding),
    ];
  },
  remarks: [
    'Derivation: let T_h be the round in which an observer first hears heartbeat h of a subject, or a later one. It errs after the news of round T_h if T_(h+1) - T_h > m, T_fail being m periods; and there is one h per period. So mistakes per pair and period = P(T_(h+1) - T_h > m). h and h + 1 are two rumours on the same calls; how many know each is a Markov chain, which is followed exactly up to 20 nodes, and beyond them, once more than 20 know, by its means, which costs 1 to 2 %. All these probabilities sum to 1 over m, since there is one h per period: tested.',
    'Two tails. Nobody calls the observer: (1 - fanout (1 - loss)/(n - 1))^(n - 1) per period, about exp(-f), f = fanout (1 - loss). Or the observer was among the first k to hear h, with probability k/n, and h + 1 needs log(n/k)/log(1 + f) periods to grow so far: of m such periods the probability is (1 + f)^-m, which falls more slowly, since log(1 + f) < f, but ends where k = 1. A source whose own calls are all lost falls as loss^fanout, never more slowly than exp(-f). So the mistakes of a pair fall by 1 + f per period for the time that a heartbeat takes to reach all, and by exp(f) after it.',
    'n = 2: intervals between news are geometric, (1 - loss) loss^m per period, as in Chen, Toueg and Aguilera 2002 without delays; the same in step and out of step.',
    'Out of step mistakes are rarer, by a factor of 3 to 5 at fanout 1 and of 14 at fanout 2 and T_fail 8 periods: news goes on within a period, so a heartbeat grows by exp(f) per period, not by 1 + f, and T_fail is judged half a period late in the mean. The late tail falls at the same rate.',
    'Detection: the last heartbeat that a crashed node tells spreads without it, so it starts with fanout nodes, not fanout + 1, and with loss it may be an earlier one. n / 20 nodes crash one after the other: the last ones are heard of 0.1 periods later than by the theory, because fewer nodes call.',
    'Who suspects a member does not gossip its entry. The theory leaves that out. It counts where T_fail is shorter than the time that news takes: who was among the first to hear a heartbeat then suspects its subject, and keeps it from others who still wait for it. That makes 7 % more mistakes at n = 100 and T_fail 4 periods, 8 % at n = 1000 and 6 periods; with T_fail no shorter than that time it is 1 to 2 %.',
    'Pairs do not err alone: an observer that nobody calls suspects many at once. The Poisson bounds are too narrow for that; the intervals over runs are not.',
  ],
  figures: [
    {
      name: 'timeout',
      title: 'What patience buys: live nodes suspected, 100 nodes in step',
      caption: 'Mean over the runs; band: 95 % confidence interval; dashed: P(T_(h+1) − T_h > m).',
      x: { field: 'fail_periods', title: 'T_fail (periods)' },
      y: { field: 'per_node_hour', title: 'mistakes per node and hour', scale: 'log' },
      color: { field: 'fanout', title: 'fanout' },
      facet: { field: 'loss', title: 'loss' },
      where: ({ phase, n }) => phase === IN_STEP && n === 100,
      references: [{ label: 'theory', mark: 'line', at: (cell) => perNodeHour(cell as Patience) }],
    },
    {
      name: 'phase',
      title: 'In step or each at its own time: 100 nodes without loss',
      caption: 'Mean over the runs; band: 95 % confidence interval.',
      x: { field: 'fail_periods', title: 'T_fail (periods)' },
      y: { field: 'per_node_hour', title: 'mistakes per node and hour', scale: 'log' },
      color: { field: 'phase', title: 'rounds' },
      facet: { field: 'fanout', title: 'fanout' },
      where: ({ n, loss }) => n === 100 && loss === 0,
    },
    {
      name: 'size',
      title: 'Larger groups need more patience: fanout 1, no loss, in step',
      caption: 'Mean over the runs; band: 95 % confidence interval; dashed: theory.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'per_node_hour', title: 'mistakes per node and hour', scale: 'log' },
      color: { field: 'fail_periods', title: 'T_fail (periods)' },
      where: ({ phase, fanout, loss, fail_periods }) =>
        phase === IN_STEP &&
        fanout === 1 &&
        loss === 0 &&
        [6, 8, 12].includes(Number(fail_periods)),
      references: [{ label: 'theory', mark: 'line', at: (cell) => perNodeHour(cell as Patience) }],
    },
    {
      name: 'trade-off',
      title: 'What bandwidth buys: detection time against mistakes, 100 nodes in step',
      caption:
        'Means over the runs, one point for each T_fail from 4 to 16 periods, with 95 % confidence intervals.',
      x: { field: 'detect_ms', title: 'detection time (ms)' },
      y: { field: 'per_node_hour', title: 'mistakes per node and hour', scale: 'log' },
      color: { field: 'fanout', title: 'fanout' },
      facet: { field: 'loss', title: 'loss' },
      where: ({ phase, n }) => phase === IN_STEP && n === 100,
    },
  ],
});
