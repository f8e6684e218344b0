/** A node of a Cassandra cluster is killed: when do the others say DOWN? By size, version, threshold and uptime. */
import {
  at,
  CASSANDRA_VERSIONS,
  type Cell,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  difference,
  type Estimate,
  experiment,
  type Finding,
  firstNodes,
  judge,
  killOne,
  largestOf,
  meansOfSilence,
  PERIOD_MS,
  STEADY_ROUNDING,
  STEADY_SPREAD,
  STEADY_TABLE,
  type Statistic,
  type SteadyRow,
  steadyCluster,
  steadyIdeal,
  steadySeeds,
  windowAtKill,
} from '../src/index.ts';

/** What is run: a cluster at rest; the prototype at rest, with one SYN per round for all targets or two; a kill. */
const REST = 'at rest';
const ONE = 'prototype, one SYN';
const TWO = 'prototype, two SYNs';
const KILL = 'kill';

interface Kill extends Cell {
  run: string;
  n: number;
  version: '4.1' | '5.0';
  threshold: number;
  uptime_s: number;
}

const UPTIME_S = 120;
const THRESHOLD = 8;
const BASE_N = 100;
const PERIOD_S = PERIOD_MS / 1000;
/** Of the whole table, the columns that arbitrate. */
const SHARP = ['interval_s', 'share_over_2s'] as const;
const STEADY = ['interval_s', 'p50_s', 'p90_s', 'p99_s', 'share_over_2s', 'upto_2s'] as const;
const KILLED = [
  ...[
    'first_s',
    'median_s',
    'mean_s',
    'last_s',
    'last_above_mean_s',
    'sd_s',
    'news_s',
    'news_sd_s',
  ],
  ...['window_s', 'window_sd_s', 'samples', 'wait_s', 'in_round', 'undetected', 'mistakes'],
] as const;
/** s since the kill. */
const SINCE = Array.from({ length: 101 }, (_, i) => i / 2);

const nothing = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, null]));
const isKill = ({ run }: Cell) => run === KILL;
const isBase = ({ version, threshold, uptime_s }: Kill) =>
  version === '5.0' && threshold === THRESHOLD && uptime_s === UPTIME_S;
/** Kills that others are varied from. */
const isUsual = ({ threshold, uptime_s }: Kill) => threshold === THRESHOLD && uptime_s === UPTIME_S;
/** Of the measured time at rest, so that each size has a few million intervals. */
const restSeconds = (n: number) => (n <= BASE_N ? 200 : n <= 300 ? 60 : 25);
const downOf = ({ version }: Kill) => (isCapped(version) ? 'down_capped_s' : 'down_uncapped_s');
const isCapped = (version: Kill['version']) => CASSANDRA_VERSIONS[version].maxIntervalMs !== null;

const REST_RUNS: Record<number, number> = { 3: 200, 10: 100, 30: 40, 100: 12, 300: 6, 1000: 3 };
const KILL_RUNS: Record<number, number> = { 3: 300, 10: 200, 30: 100, 100: 16, 300: 8, 1000: 4 };

export default experiment<Kill>({
  name: 'cassandra-detection',
  question:
    'A Cassandra node dies (kill -9): how long until the median and the last of the others say DOWN?',
  claim:
    'A node says DOWN threshold ln 10 window means after its last news of the dead, at its next status check. The mean interval between news saturates with the size of the cluster, at 1.51 s, and at 1.15 s with a cap of 2 s on what is recorded: silence of 27.9 or 21.2 s at threshold 8. What still grows, with the logarithm of the size, is the way of the last news and how far the last node is behind the mean.',
  source:
    'Apache Cassandra 4.1 and 5.0, FailureDetector and Gossiper; the idealised steady state by a reference prototype',
  seed: 'cassandra-detection',
  axes: {
    run: 'at rest: an idealised healthy cluster, no latency; prototype: the same by a page of code of its own, with one SYN per round for all targets or a SYN for each; kill: the last node dies',
    n: 'nodes, of which 1 (of 3), 2 (of 10) or 3 are seeds',
    version: '4.1: intervals above 2 s are not recorded; 5.0: all are',
    threshold: 'phi_convict_threshold',
    uptime_s: 'age of the cluster at the kill, in s: all its windows begin with one sample of 2 s',
  },
  grid: {
    run: [REST, ONE, TWO, KILL],
    n: [3, 10, 30, 100, 300, 1000],
    version: ['4.1', '5.0'],
    threshold: [5, 8, 12],
    uptime_s: [30, 60, 120, 300, 600],
  },
  where(cell) {
    const { n, threshold, uptime_s } = cell;
    if (!isKill(cell)) return isBase(cell);
    if (threshold !== THRESHOLD) return n === BASE_N && uptime_s === UPTIME_S;
    return uptime_s === UPTIME_S || n === BASE_N || (uptime_s === 30 && n > 3 && n < 1000);
  },
  replicates: ({ run, n }) =>
    run === KILL
      ? KILL_RUNS[n]
      : run === REST
        ? REST_RUNS[n]
        : Math.max(n <= 300 ? 60 : 30, REST_RUNS[n]),
  quick: {
    grid: { n: [10, 30], threshold: [THRESHOLD], uptime_s: [30, UPTIME_S] },
    replicates: 4,
  },
  fixed: {
    intervalMs: PERIOD_MS,
    latencyMs: 0.5,
    latencyAtRestMs: 0,
    loss: 0,
    killed: 'the last node, no seed',
    firstSampleS: 2,
  },
  measures: {
    interval_s: 'mean interval between two reports to a detector',
    p50_s: 'median interval',
    p90_s: '90 % of the intervals are no longer',
    p99_s: '99 %',
    share_over_2s: 'share of the intervals above 2 s',
    upto_2s: 'mean of the others, s',
    first_s: 'from the kill until the first node says DOWN',
    median_s: 'until half of them have',
    last_s: 'until the last one',
    last_above_mean_s: 'last_s - mean_s',
    mean_s: 'mean of the nodes',
    sd_s: 'standard deviation of the detection time among the nodes',
    news_s: 'last news of the dead node, s after the kill, mean of the nodes',
    news_sd_s: 'its standard deviation among the nodes',
    news_last_s: 'the last news at the node that has it last (prototype)',
    window_s: 'mean of the window about the dead node, mean of the nodes',
    window_sd_s: 'its standard deviation among the nodes',
    samples: 'samples in that window',
    wait_s: 'from phi above the threshold until DOWN',
    in_round: 'share of the nodes for which that is above 0 and at most a round',
    undetected: 'nodes that never say DOWN',
    mistakes: 'convictions of nodes that are up',
    down_share: 'series: share of the nodes that say DOWN',
  },
  series: { down_share: { x: 'since_s', at: SINCE } },
  events: (cell) =>
    isKill(cell)
      ? clusterEvents(cell.n, cell.uptime_s + 4.5 * cell.threshold)
      : clusterEvents(cell.n, restSeconds(cell.n) + 20) / (cell.run === REST ? 1 : 5),
  bytes: ({ n }) => clusterBytes(n),
  run: (cell, seed) => (isKill(cell) ? kill(cell, seed) : rest(cell, seed)),
  findings: (summaries) => [
    ...summaries.filter(({ cell }) => cell.run === REST).flatMap(againstTable),
    ...summaries.flatMap((summary) => againstPrototype(summaries, summary)),
    ...summaries.filter(({ cell }) => isKill(cell)).flatMap((one) => ofKill(summaries, one)),
    ...always(summaries),
  ],
  answer,
  remarks: [
    "Reference table: at 10 and 30 nodes its mean intervals are 0.015 s shorter than ours. A page of code that shares nothing with the protocol has both numbers: the table's if the second SYN of a round is made anew once the first exchange is over, ours if one SYN, made before, goes to both targets, as Gossiper does. What a live node answers then does not reach the seed in the same round. Second SYNs go with S/L (1 - S/L) of the rounds: 17 % at 10 nodes, 10 % at 30, 3 % at 100, where the difference is within the spread.",
    'Why the mean saturates: of two nodes in an exchange at most one learns of a given third, and none where both know the same version of it. So there is less than one report per round and pair, and the share of ties is that of an epidemic wave, whose shape does not depend on the number of nodes.',
    "The table's quantiles seem to be upper edges of bins of 0.01 s, and are held against as such: the intervals have atoms at whole seconds, from one call of the observer's own to its next. Those of two rounds are just within the cap here; where a round takes some time they are above it.",
    'Silence until DOWN is threshold ln 10 window means. From the kill it takes longer: the last news leaves the victim half a round before the kill in the mean, takes its way through the cluster, and the check comes up to a round after phi has passed the threshold. The prototype gives the way of the last news.',
    'Window after an uptime T, no cap: (2 s + T + age of the last news) / (1 + number), where the intervals are counted from the first news of the subject. With the cap the samples are fewer, and their mean 1.15 s. Left open: the mean of ratios is not the ratio of means (relative variance of the window mean), and the last interval ends with the last news and not at random (half a sample).',
    'An uptime is that of the whole cluster here, all windows being as old as it. A restarted node in an old cluster has young windows about all others, and all others have one about it only if it was down.',
    'The last of n - 1 nodes: window mean, age of the last news and wait for the check as independent and normal. In truth the mean of a young window is skewed to the right (its number of samples varies below), so that the last node comes a little later than this.',
    'Nobody is convicted wrongly in these runs: without latency, loss and pauses the longest silence is far below the threshold.',
  ],
  figures: [
    {
      name: 'share',
      title: 'How many nodes say DOWN, after so long',
      caption:
        'Share of the others that say DOWN, threshold 8, cluster 120 s old; mean over the runs, band: 95 % confidence interval.',
      x: { field: 'since_s', title: 'since the kill (s)' },
      y: { field: 'down_share', title: 'share of the nodes' },
      color: { field: 'version', title: 'version' },
      facet: { field: 'n', title: 'nodes' },
      where: (cell) =>
        isKill(cell) && isUsual(cell as Kill) && [10, 100, 1000].includes(cell.n as number),
    },
    {
      name: 'last',
      title: 'The last node to say DOWN, by size',
      caption:
        'Threshold 8, cluster 120 s old; mean over the runs, band: 5 % to 95 % of them. Dashed: silence alone, 18.42 mean intervals of the reference table; the lower line with the cap of 4.1.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'last_s', title: 'last node says DOWN (s after the kill)' },
      color: { field: 'version', title: 'version' },
      band: 'quantiles',
      where: (cell) => isKill(cell) && isUsual(cell as Kill),
      references: [
        {
          label: 'silence alone',
          mark: 'line',
          at: (cell) => STEADY_TABLE[cell.n as number]?.[downOf(cell as Kill)] ?? null,
        },
      ],
    },
    {
      name: 'uptime',
      title: 'Young clusters take longer: the first sample of 2 s, and few samples',
      caption:
        '100 nodes, threshold 8: the last node to say DOWN; mean over the runs, band: 5 % to 95 % of them.',
      x: { field: 'uptime_s', title: 'age of the cluster (s)', scale: 'log' },
      y: { field: 'last_s', title: 'last node says DOWN (s after the kill)' },
      color: { field: 'version', title: 'version' },
      band: 'quantiles',
      where: ({ run, n, threshold }) => run === KILL && n === BASE_N && threshold === THRESHOLD,
    },
    {
      name: 'intervals',
      title: 'The mean interval between news of a node saturates',
      caption:
        'Idealised cluster at rest: no latency, no loss. Mean over the runs; band: 95 % confidence interval.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'interval_s', title: 'mean interval between reports (s)' },
      color: { field: 'run', title: 'by' },
      where: (cell) => !isKill(cell),
      references: [
        {
          label: 'reference table',
          mark: 'points',
          at: (cell) => STEADY_TABLE[cell.n as number]?.interval_s ?? null,
        },
      ],
    },
  ],
});

function rest({ run, n }: Kill, seed: string) {
  const options = { n, seeds: steadySeeds(n), seconds: restSeconds(n), seed };
  const measured =
    run === REST ? steadyCluster(options) : steadyIdeal(options, run === ONE ? 'one' : 'two');
  return {
    ...nothing([...KILLED, 'news_last_s']),
    ...measured,
    down_share: SINCE.map(() => NaN),
  };
}

function kill({ n, version, threshold, uptime_s }: Kill, seed: string) {
  const options = { version, threshold, seeds: firstNodes(steadySeeds(n)), shortRun: true };
  const { times, ...measured } = killOne({ n, options, uptimeS: uptime_s, seed });
  return {
    ...nothing([...STEADY, 'news_last_s']),
    ...measured,
    down_share: SINCE.map((since) => times.filter((time) => time <= since).length / (n - 1)),
  };
}

/** For who runs Cassandra. */
function answer(all: readonly CellSummary<Kill>[]): string[] {
  const found = (cell: Partial<Kill>) =>
    at(all, { run: KILL, threshold: THRESHOLD, uptime_s: UPTIME_S, ...cell })?.measures;
  const s = ({ mean }: Statistic) => `${mean.toFixed(1)} s`;
  const lines: string[] = [];
  for (const n of [10, 30, 100, 1000]) {
    const [capped, uncapped] = [found({ n, version: '4.1' }), found({ n, version: '5.0' })];
    if (capped === undefined || uncapped === undefined) continue;
    lines.push(
      `${n} nodes, phi_convict_threshold 8, up for two minutes: half of the nodes say DOWN ${s(capped.median_s)} after the kill in 4.1 and ${s(uncapped.median_s)} in 5.0, the last one after ${s(capped.last_s)} and ${s(uncapped.last_s)}.`,
    );
  }
  const [five, twelve] = [5, 12].map((threshold) =>
    found({ n: BASE_N, version: '5.0', threshold }),
  );
  if (five !== undefined && twelve !== undefined) {
    lines.push(
      `Threshold 5 makes that ${s(five.median_s)} (last ${s(five.last_s)}) for 100 nodes in 5.0, threshold 12 ${s(twelve.median_s)} (last ${s(twelve.last_s)}).`,
    );
  }
  const [young, old] = [30, 600].map((uptime_s) => found({ n: BASE_N, version: '5.0', uptime_s }));
  if (young !== undefined && old !== undefined) {
    lines.push(
      `A cluster that has just started is slower and less of one mind: with 100 nodes in 5.0 the last node needs ${s(young.last_s)} after 30 s of uptime and ${s(old.last_s)} after ten minutes (half of the nodes ${s(young.median_s)} and ${s(old.median_s)}).`,
    );
  }
  const [hundred, thousand] = [100, 1000].map((n) => found({ n, version: '5.0' }));
  const hundredCapped = found({ n: 100, version: '4.1' });
  if (hundred !== undefined && thousand !== undefined && hundredCapped !== undefined) {
    lines.push(
      `Ten times as many nodes, 1000 for 100, cost the median node ${(thousand.median_s.mean - hundred.median_s.mean).toFixed(1)} s in 5.0, the last news being longer on its way; the cap that is missing in 5.0 costs it ${(hundred.median_s.mean - hundredCapped.median_s.mean).toFixed(1)} s at 100 nodes. The 18 s of the vendors' guides hold for three nodes.`,
    );
  }
  return lines;
}

// ---- findings ----

const QUANTITIES: Record<keyof SteadyRow, string> = {
  interval_s: 'at rest: mean interval (s)',
  p50_s: 'at rest: median interval (s)',
  p90_s: 'at rest: p90 of the intervals (s)',
  p99_s: 'at rest: p99 of the intervals (s)',
  share_over_2s: 'at rest: share above 2 s',
  upto_2s: 'at rest: mean of those up to 2 s (s)',
  down_uncapped_s: 'at rest: silence until DOWN at 8, no cap (s)',
  down_capped_s: 'at rest: silence until DOWN at 8, cap (s)',
};

/** Where second SYNs are frequent enough to show. */
const TABLE_NOTE =
  'the table makes the second SYN of a round anew, Cassandra sends the same to both targets: see the remarks';

const scaledBy = ({ mean, se, sd, count }: Statistic, factor: number) => ({
  ours: factor * mean,
  se: factor * se,
  sd: factor * sd,
  count,
});

/**
 * The table's numbers are rounded, and each is one draw: where it names no spread, below 50 nodes, it is taken to be a
 * run like one of ours, within two of our standard deviations between runs.
 */
function againstTable({ cell, measures }: CellSummary<Kill>): Finding[] {
  const { n } = cell;
  const silence = meansOfSilence(THRESHOLD);
  const ours: Record<string, ReturnType<typeof scaledBy>> = {
    down_uncapped_s: scaledBy(measures.interval_s, silence),
    down_capped_s: scaledBy(measures.upto_2s, silence),
  };
  for (const column of STEADY) ours[column] = scaledBy(measures[column], 1);
  return Object.entries(QUANTITIES).map(([key, quantity]) => {
    const column = key as keyof SteadyRow;
    const scale = column.startsWith('down') ? silence : 1;
    const spread = n >= 50 ? scale * STEADY_SPREAD : 2 * ours[column].sd;
    return judge({
      quantity,
      at: `n = ${n}`,
      statistic: ours[column],
      expected: STEADY_TABLE[n][column],
      tolerance: STEADY_ROUNDING[column] + spread,
      basis: 'published',
      source: 'reference prototype: rounded, and one draw of the phases for small n',
      ...(n === 10 || n === 30 ? { note: TABLE_NOTE } : {}),
    });
  });
}

/** The whole protocol against a page of code that shares none with it, and that page against the table. */
function againstPrototype(
  all: readonly CellSummary<Kill>[],
  summary: CellSummary<Kill>,
): Finding[] {
  const { cell, measures } = summary;
  const { n, run } = cell;
  const other = at(all, { run: ONE, n })?.measures;
  return SHARP.flatMap((column) => {
    const base = { at: `n = ${n}`, quantity: `${run}: ${QUANTITIES[column].slice(9)}` };
    if (run === TWO) {
      const table = { expected: STEADY_TABLE[n][column], basis: 'published' as const };
      const spread = n >= 50 ? STEADY_SPREAD : 2 * measures[column].sd;
      const tolerance = STEADY_ROUNDING[column] + spread;
      const source = 'reference prototype: rounded, and one draw of the phases for small n';
      return judge({ ...base, ...table, tolerance, statistic: measures[column], source });
    }
    if (run !== REST || other === undefined) return [];
    const statistic = together(measures[column], other[column]);
    const expected = other[column].mean;
    const source = 'a prototype of its own: one SYN per round for all its targets';
    const quantity = `${base.quantity}, whole protocol`;
    return judge({ ...base, quantity, expected, tolerance: 0, statistic, basis: 'theory', source });
  });
}

/** Ours, held against another estimate: the errors of both. */
const together = (ours: Statistic, other: Statistic): Estimate => ({
  ...difference(ours, other),
  ours: ours.mean,
});

/** Of a kill, from the prototype's intervals and its last news. */
function expectedOf(all: readonly CellSummary<Kill>[], cell: Kill) {
  const ideal = at(all, { run: ONE, n: cell.n })?.measures;
  if (ideal === undefined) return undefined;
  const { samples, meanS } = windowAtKill(
    cell.uptime_s,
    {
      meanS: ideal.interval_s.mean,
      shareBeyond: ideal.share_over_2s.mean,
      meanWithinS: ideal.upto_2s.mean,
      newsS: ideal.news_s.mean,
    },
    isCapped(cell.version),
  );
  const detectedS = meansOfSilence(cell.threshold) * meanS + ideal.news_s.mean + PERIOD_S / 2;
  return { samples, windowS: meanS, detectedS, news: ideal.news_s };
}

function ofKill(
  all: readonly CellSummary<Kill>[],
  { cell, measures }: CellSummary<Kill>,
): Finding[] {
  const { n, version, threshold, uptime_s } = cell;
  const expected = expectedOf(all, cell);
  if (expected === undefined) return [];
  const base = {
    at: `n = ${n}, ${version}, threshold ${threshold}, after ${uptime_s} s`,
    basis: 'theory' as const,
  };
  const means = meansOfSilence(threshold);
  // A mean of ratios is not the ratio of means, and where the last interval ends is not up to chance.
  const leftOpen =
    (measures.window_sd_s.mean / measures.window_s.mean) ** 2 + 0.5 / expected.samples;
  const findings = [
    judge({
      ...base,
      quantity: 'kill: T_D, mean of the nodes (s)',
      statistic: together(measures.mean_s, expected.news),
      expected: expected.detectedS,
      tolerance: leftOpen * means * expected.windowS,
      source: 'threshold ln 10 window means after the last news, and half a round until the check',
    }),
  ];
  if (n === BASE_N && threshold === THRESHOLD) {
    findings.push(
      judge({
        ...base,
        quantity: 'kill: mean of the window (s)',
        statistic: measures.window_s,
        expected: expected.windowS,
        tolerance: leftOpen * expected.windowS,
        source: '(2 s + intervals) / (1 + their number)',
      }),
    );
  }
  if (uptime_s === UPTIME_S && threshold === THRESHOLD) {
    const { last_above_mean_s, window_sd_s, news_sd_s } = measures;
    const sd = Math.hypot(means * window_sd_s.mean, news_sd_s.mean, PERIOD_S / Math.sqrt(12));
    findings.push(
      judge({
        ...base,
        quantity: 'kill: T_D of the last node, above the mean (s)',
        statistic: last_above_mean_s,
        expected: largestOf(n - 1) * sd,
        tolerance: PERIOD_S / 2,
        source:
          'the largest of n - 1 normal variates: windows, last news and the wait for the check',
      }),
    );
  }
  return findings;
}

/** What must hold of each node of each kill. */
function always(all: readonly CellSummary<Kill>[]): Finding[] {
  const kills = all.filter(({ cell }) => isKill(cell));
  if (kills.length === 0) return [];
  const runs = kills.reduce((sum, { replicates }) => sum + replicates, 0);
  const worst = (column: string, of: (values: number[]) => number) => ({
    ours: of(kills.map(({ measures }) => measures[column].mean)),
    se: 0,
    count: runs,
  });
  const least = (values: number[]) => Math.min(...values);
  const most = (values: number[]) => Math.max(...values);
  return [
    ['in_round', 'kill: share of nodes that say DOWN within a round of phi > threshold', 1, least],
    ['undetected', 'kill: nodes that never say DOWN', 0, most],
    ['mistakes', 'kill: convictions of nodes that are up', 0, most],
  ].map(([column, quantity, expected, of]) =>
    judge({
      quantity: quantity as string,
      at: `the worst of ${kills.length} cells`,
      statistic: worst(column as string, of as typeof least),
      expected: expected as number,
      tolerance: 0,
      basis: 'theory',
      source: 'FailureDetector.interpret at each status check, one per round',
    }),
  );
}
