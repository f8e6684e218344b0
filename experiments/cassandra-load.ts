/** How old is the load that each Cassandra node believes of each other, and how wrong? */
import {
  at,
  type CellSummary,
  cassandraLink,
  cassandraSpread,
  clusterBytes,
  clusterEvents,
  experiment,
  type Finding,
  judge,
  loadedCluster,
  publishedAges,
  simulate,
} from '../src/index.ts';

const VERSION = '4.1';
const SEEDS = 3;
const FIRST_S = 2; // from the start to the first LOAD
const SPREAD_S = 20; // until all have heard it, and more
const SAMPLES = 20; // per interval
const FEWEST = 6; // runs of a cell whose findings are judged
const WORLD = 'WAN, 100 ms';
const AGES_S = Array.from({ length: 38 }, (_, i) => 2 * i);
/** E|X| of a normal variate with sd 1. */
const MEAN_NORMAL = Math.sqrt(2 / Math.PI);

interface Loads extends Record<string, string | number> {
  n: number;
  network: string;
  loss: number;
  interval_s: number;
}

const agesOf = (cell: Loads) => publishedAges(cassandraSpread(cell), cell.n, cell.interval_s);
const where = ({ n, network, loss, interval_s }: Loads) =>
  `n = ${n}, ${network}, loss ${loss}, every ${interval_s} s`;

/** When measuring begins and ends: an interval in which all publish, time to spread, and whole intervals. */
function timesOf({ interval_s }: Loads) {
  const fromMs = 1000 * (FIRST_S + interval_s + SPREAD_S);
  return { fromMs, untilMs: fromMs + 1000 * Math.max(interval_s, 20) };
}

function findingsOf({ cell, measures }: CellSummary<Loads>): Finding[] {
  const { n } = cell;
  if (n < 100) return []; // the theory of spread is one of many nodes
  if (measures.spread_s.count < FEWEST) return []; // nothing that so few runs say is sharp
  const ages = agesOf(cell);
  const delay = cassandraSpread(cell).meanDelay(n);
  // Of the delay, as in cassandra-convergence: 1/n of the law of large numbers, S/n of the calls at seeds.
  const slack = ((2 + SEEDS) / n) * delay;
  const base = { at: where(cell), basis: 'theory' as const };
  return [
    judge({
      ...base,
      quantity: 'what spreading adds to half the interval (s)',
      statistic: measures.spread_s,
      expected: delay,
      tolerance: slack,
      source: 'mean delay of news: exchanges on periodic clocks',
    }),
    judge({
      ...base,
      quantity: 'error of a random walk, sd 1 after a second',
      statistic: measures.error,
      expected: MEAN_NORMAL * ages.meanRoot,
      tolerance: (MEAN_NORMAL * slack) / (2 * ages.meanRoot),
      source: 'sqrt(2 / pi) E sqrt(age)',
    }),
    judge({
      ...base,
      quantity: 'oldest load in one view (s)',
      statistic: measures.oldest_s,
      expected: ages.oldest,
      // Delays also differ from news to news, by 0.6 / growth, which the law of the mean delay does not have.
      tolerance: slack + 0.6 / cassandraSpread(cell).growth,
      source: 'maximum of n - 1 ages',
    }),
    judge({
      ...base,
      quantity: 'share of loads on which two nodes differ',
      statistic: measures.disagree_frac,
      expected: ages.disagreement,
      tolerance: ((2 + SEEDS) / n) * ages.disagreement,
      source: 'integral of 2 p (1 - p) over the spread, by interval',
    }),
  ];
}

/** For an operator. */
function answerOf(summaries: readonly CellSummary<Loads>[]): string[] {
  const most = Math.max(...summaries.map(({ cell }) => cell.n));
  const of = (network: string, interval_s: number, loss = 0) =>
    at(summaries, { n: most, network, loss, interval_s })?.measures;
  const usual = of('LAN', 60);
  if (usual === undefined) return [];
  const wan = of(WORLD, 60);
  const s = (value: number) => `${value.toFixed(0)} s`;
  const pct = (value: number) => `${(100 * value).toFixed(0)} %`;
  const lines = [
    `The load that \`nodetool status\` shows of another node is ${s(usual.age_mean_s.mean)} old in the mean, and anything up to ${s(usual.age_max_s.max)} in a cluster of ${most} nodes in one datacentre: half of the 60 s between two broadcasts, and ${usual.spread_s.mean.toFixed(1)} s for the news to arrive.${wan ? ` With 100 ms one way between all nodes it is ${s(wan.age_mean_s.mean)}, at most ${s(wan.age_max_s.max)}.` : ''}`,
    `In a table of ${most} nodes the oldest line is ${s(usual.oldest_s.mean)} old, and two nodes asked at once show different values in ${pct(usual.disagree_frac.mean)} of the lines${wan ? ` (${pct(wan.disagree_frac.mean)} over the WAN)` : ''}.`,
    `A node that takes in 1 GB a minute is shown ${(usual.age_mean_s.mean / 60).toFixed(2)} GB too low in the mean, and up to ${(usual.age_max_s.max / 60).toFixed(2)} GB; where load goes up and down at random, the error is that of ${s((usual.error.mean / MEAN_NORMAL) ** 2)} of wandering.`,
  ];
  const often = of('LAN', 10);
  if (often) {
    lines.push(
      `With cassandra.broadcast_interval_ms = 10000 the mean age is ${s(often.age_mean_s.mean)} instead of ${s(usual.age_mean_s.mean)}: the ${often.spread_s.mean.toFixed(1)} s of gossip stay, so shorter intervals than that gain little. A network that is slower or loses messages only adds seconds: ages are made by the interval.`,
    );
  }
  return lines;
}

export default experiment<Loads>({
  name: 'cassandra-load',
  question:
    'How stale is the load of the nodes that an operator sees in `nodetool status` of any of them?',
  claim:
    'A node publishes its load every 60 s and others hear of it after the delay of gossip, so the load that one believes of another is 30 s old in the mean, and the mean delay of news: 3 s at 300 nodes in a LAN. Nothing but the broadcast interval makes it much fresher.',
  source:
    'Apache Cassandra 3.11 to 5.0, LoadBroadcaster (cassandra.broadcast_interval_ms, 60 s); theory derived here (load-theory.ts)',
  seed: 'cassandra-load',
  axes: {
    n: 'nodes',
    network: 'one way: LAN 0.5 ms; two datacentres 50 ms between them; WAN 100 ms between any two',
    loss: 'probability that a message is lost',
    interval_s: 'from one publication of LOAD to the next (s)',
  },
  grid: {
    n: [10, 30, 100, 300],
    network: ['LAN', 'two datacentres, 50 ms', WORLD],
    loss: [0, 0.1],
    interval_s: [10, 60],
  },
  where({ network, loss, interval_s }) {
    if (loss > 0) return network === WORLD && interval_s === 60;
    return interval_s === 60 || network !== 'two datacentres, 50 ms';
  },
  replicates({ n }) {
    return n >= 300 ? 8 : n >= 100 ? 40 : 100;
  },
  quick: {
    grid: { n: [30, 100], network: ['LAN'], loss: [0], interval_s: [10, 60] },
    replicates: 12,
  },
  fixed: {
    version: VERSION,
    seeds: SEEDS,
    firstLoadS: FIRST_S,
    samplesPerInterval: SAMPLES,
    load: 'random walk, sd 1 after a second',
    overlay: 'complete',
    stage: 'takes no time',
  },
  measures: {
    age_mean_s: 'time since a believed value was published, mean over ordered pairs and times (s)',
    spread_s: 'the same less half the interval',
    age_p50_s: 'its median (s)',
    age_p99_s: 'its 99th percentile (s)',
    age_max_s: 'the oldest of all',
    error:
      '|believed - true|, mean over ordered pairs and times, of a random walk with sd 1 after a second',
    oldest_s: 'oldest value in the view of one node, mean over nodes and times (s)',
    disagree_frac: 'share of loads of which two nodes believe different values at a time',
    known_frac: 'share of ordered pairs with a value',
    younger_frac: 'series: share of believed values that are no older than that',
  },
  series: { younger_frac: { x: 'age', at: AGES_S } },
  events: (cell) => clusterEvents(cell.n, timesOf(cell).untilMs / 1000) * 1.3,
  bytes: ({ n }) => clusterBytes(n),
  run(cell, seed) {
    const { n, interval_s } = cell;
    const { scenario, view } = loadedCluster({
      ...{ n, seed, ...timesOf(cell) },
      options: {
        version: VERSION,
        seeds: Array.from({ length: SEEDS }, (_, i) => i),
        broadcastIntervalMs: 1000 * interval_s,
        loadSpreadMs: 1000 * interval_s,
        shortRun: true,
      },
      link: cassandraLink(cell),
      everyMs: (1000 * interval_s) / SAMPLES,
    });
    simulate(scenario);
    const { ages } = view;
    const inSeconds = (ms: number | null) => (ms === null ? null : ms / 1000);
    const mean = inSeconds(ages.meanMs());
    return {
      age_mean_s: mean,
      spread_s: mean === null ? null : mean - interval_s / 2,
      age_p50_s: inSeconds(ages.quantileMs(0.5)),
      age_p99_s: inSeconds(ages.quantileMs(0.99)),
      age_max_s: inSeconds(ages.maxMs()),
      error: view.meanError(),
      oldest_s: inSeconds(view.meanOldestMs()),
      disagree_frac: view.disagreement(),
      known_frac: ages.count / (ages.count + ages.missing),
      younger_frac: ages.curve(AGES_S.map((s) => 1000 * s)).map((share) => share ?? 0),
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer: answerOf,
  remarks: [
    'Mean age: a value is believed from its arrival to the arrival of the next one. It is replaced as much later as it came, so the mean is half the interval and one mean delay, whatever the law of the delay, as long as it is shorter than the interval.',
    'The interval is a fixed delay, from the end of one broadcast to the next; a broadcast takes no time here. Nodes publish at phases of their own, as in a cluster whose nodes were started at different times; after a start of all at once all lines of the table would be equally old.',
    'The line of the node that is asked is its own load, and current: it does not count here. Nor does the load of a node that is down, which stays what it was and ages without end.',
    "What LOAD says is the live size on disk when it was published. How fast that drifts is the cluster's own: a random walk has the error sqrt(2/pi) sigma E sqrt(age), steady growth the growth in an age.",
    'Samples are taken at the first timer of any node that is due. That node has then not gossiped for a second, which is its longest; its own beliefs are 1/n of all.',
    'The theory takes the beginning of each spread as it is in the mean. Delays differ from news to news by 0.6 / growth; means do not feel that, the oldest value does.',
  ],
  figures: [
    {
      name: 'ages',
      title: 'Age of the load that one node believes of another',
      caption:
        'Mean over pairs, times and runs, no loss; band: 95 % confidence interval; dashed: theory.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'age_mean_s', title: 'mean age (s)' },
      color: { field: 'network', title: 'network' },
      facet: { field: 'interval_s', title: 'broadcast interval (s)' },
      where: ({ loss }) => loss === 0,
      references: [
        {
          label: 'half the interval and the mean delay',
          mark: 'line',
          at: (cell) => (Number(cell.n) >= 30 ? agesOf(cell as Loads).mean : null),
        },
      ],
    },
    {
      name: 'law',
      title: 'How many of the loads are no older than that, 300 nodes',
      caption:
        'Share of believed values, mean over the runs; band: 5 % to 95 % of the runs. No loss.',
      x: { field: 'age', title: 'age (s)' },
      y: { field: 'younger_frac', title: 'share of believed loads' },
      color: { field: 'interval_s', title: 'interval (s)' },
      facet: { field: 'network', title: 'network' },
      where: ({ n, loss, network }) =>
        n === 300 && loss === 0 && network !== 'two datacentres, 50 ms',
      band: 'quantiles',
    },
    {
      name: 'differ',
      title: 'Share of loads on which two nodes differ at a time',
      caption:
        'Every 60 s, no loss; mean over the runs; band: 95 % confidence interval; dashed: theory.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'disagree_frac', title: 'share of loads' },
      color: { field: 'network', title: 'network' },
      where: ({ loss, interval_s }) => loss === 0 && interval_s === 60,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => (Number(cell.n) >= 30 ? agesOf(cell as Loads).disagreement : null),
        },
      ],
    },
  ],
});
