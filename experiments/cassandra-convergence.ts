/** How long until a state change at one node is known everywhere in a Cassandra cluster, and is a ring delay enough? */
import {
  at,
  CASSANDRA_NETWORKS,
  type CellSummary,
  cassandraCluster,
  cassandraLink,
  cassandraSpread,
  clusterBytes,
  clusterEvents,
  completionPeriods,
  coverage,
  covered,
  experiment,
  type Finding,
  gossipBill,
  judge,
  publications,
  SUSPECTED,
  simulate,
} from '../src/index.ts';

const RING_DELAY_S = 30;
const WARM_MS = 10_000; // heartbeats are then as old as they ever are: ACKs have their usual size
const PUBLISH_MS = 5000; // news come up within so long
const NEWS = 20;
const HORIZON_MS = WARM_MS + PUBLISH_MS + 60_000;
const VERSION = '4.1';
const SEEDS = 3;
const WORLD = 'WAN, 100 ms';
const CURVE_S = Array.from({ length: 49 }, (_, i) => i / 4);
const NAMES = ['Test Cluster', 'org.apache.cassandra.dht.Murmur3Partitioner'];
const HEADER_BYTES = 40;

interface News extends Record<string, string | number> {
  n: number;
  network: string;
  loss: number;
  seeds: number;
}

/** Mean SYNs of a round at full health: who is a seed has one seed fewer. */
function synsOf({ n, seeds }: News): number {
  const live = n - 1;
  const of = (others: number) => 1 + (1 - others / live) * (others / live);
  return seeds === 0 ? 1 : (seeds * of(seeds - 1) + (n - seeds) * of(seeds)) / n;
}

/** Two texts with their lengths, the number of digests, and 15 bytes a digest. */
const synBytes = (n: number) =>
  HEADER_BYTES + NAMES.reduce((bytes, name) => bytes + 2 + name.length, 0) + 4 + 15 * n;

const SHARES = [
  { measure: 't50_s', quantity: 'half of the nodes know (s)', share: 0.5 },
  { measure: 't99_s', quantity: '99 % know (s)', share: 0.99 },
  { measure: 't100_s', quantity: 'all know (s)', share: 1 },
] as const;
const SPREAD = 'exchanges on periodic clocks: branching process, then law of large numbers';

const seconds = (cell: News, share: number) =>
  cassandraSpread(cell).timeTo(cell.n, Math.ceil(share * cell.n - 1e-9));

const where = ({ n, network, loss, seeds }: News) =>
  `n = ${n}, ${network}, loss ${loss}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;

function findingsOf({ cell, measures }: CellSummary<News>): Finding[] {
  const { n, seeds, network, loss } = cell;
  const base = { at: where(cell), basis: 'theory' as const };
  const findings: Finding[] = [];
  if (seeds <= SEEDS && (n === 100 || n === 1000 || (n === 30 && seeds === 0))) {
    for (const { measure, quantity, share } of SHARES) {
      if (measure === 't99_s' && n < 1000) continue; // one node short of all
      const expected = seconds(cell, share);
      findings.push(
        judge({
          ...base,
          quantity,
          statistic: measures[measure],
          expected,
          // The law of large numbers leaves out 1/n; seeds call for up to S/n more exchanges than the theory has.
          tolerance: ((2 + seeds) / n) * expected,
          source: SPREAD,
        }),
      );
    }
  }
  if (network === 'LAN' && loss === 0 && n >= 100) {
    findings.push(
      judge({
        ...base,
        quantity: 'SYNs per node and round',
        statistic: measures.syns_per_round,
        expected: synsOf(cell),
        tolerance: 0,
        source: '1 + (1 - S/L) S/L, a seed having S - 1 others',
      }),
    );
  }
  if (seeds === SEEDS && network === 'LAN' && loss === 0) {
    findings.push(
      judge({
        ...base,
        quantity: 'bytes of a SYN',
        statistic: measures.syn_bytes,
        expected: synBytes(n),
        tolerance: 0,
        source: 'GossipDigestSyn, 15 B for each endpoint and port, 40 B of headers',
      }),
    );
  }
  return findings;
}

/** By how much news is later with ten times the nodes: what is left of the beginning cancels. */
function slopes(summaries: readonly CellSummary<News>[]): Finding[] {
  return Object.keys(CASSANDRA_NETWORKS).flatMap((network) => {
    const of = (n: number) => at(summaries, { n, network, loss: 0, seeds: SEEDS });
    const [few, many] = [of(100), of(1000)];
    if (few === undefined || many === undefined) return [];
    const { growth } = cassandraSpread(many.cell);
    const [a, b] = [many.measures.t50_s, few.measures.t50_s];
    return judge({
      quantity: 'half know: 1000 nodes later than 100 by (s)',
      at: network,
      statistic: { ours: a.mean - b.mean, se: Math.hypot(a.se, b.se), count: a.count },
      expected: Math.log(10) / growth,
      tolerance: ((2 + SEEDS) / 100) * few.measures.t50_s.mean, // of the smaller cluster
      basis: 'theory',
      source: 'ln 10 / r, where the determinant of the branching process is 0 at r',
    });
  });
}

/** A run that did not reach all by its end has no slowest news, so that both are needed. */
function ringDelay(summaries: readonly CellSummary<News>[]): Finding[] {
  if (summaries.length === 0) return [];
  const common = { at: 'all settings', basis: 'theory' as const };
  return [
    judge({
      ...common,
      quantity: 'share of runs whose news reached all nodes, in the worst setting',
      statistic: { ours: leastReached(summaries), se: 0 },
      expected: 1,
      tolerance: 0,
      source: 'gossip reaches all with probability 1',
    }),
    judge({
      ...common,
      quantity: 'slowest news until all know, within the ring delay (s)',
      statistic: { ours: slowest(summaries).measures.worst_s.max, se: 0 },
      expected: RING_DELAY_S / 2,
      tolerance: RING_DELAY_S / 2,
      range: true,
      source: 'StorageService.RING_DELAY, 30 s: from 0 to that',
    }),
  ];
}

const leastReached = (summaries: readonly CellSummary<News>[]) =>
  Math.min(...summaries.map(({ measures }) => measures.reached.mean));

const slowest = (summaries: readonly CellSummary<News>[]) =>
  summaries.reduce((a, b) => (b.measures.worst_s.max > a.measures.worst_s.max ? b : a));

/** Whether the ring delay was enough, and by how much. */
function safety(summaries: readonly CellSummary<News>[]): string {
  if (leastReached(summaries) < 1) {
    return `The ring delay of ${RING_DELAY_S} s is not safe in all settings: in some runs news had not reached all nodes a minute after the publication.`;
  }
  const { cell, measures } = slowest(summaries);
  const worst = measures.worst_s.max;
  const left = RING_DELAY_S - worst;
  const news = summaries.reduce(
    (sum, one) => sum + one.measures.worst_s.count * Math.min(NEWS, one.cell.n),
    0,
  );
  const slow = `the slowest of ${news} changes in all settings was everywhere after ${worst.toFixed(1)} s (${where(cell)}), ${Math.abs(left).toFixed(1)} s`;
  return left > 0
    ? `The ring delay of ${RING_DELAY_S} s is safe there as far as gossip goes: ${slow} before the end of the delay.`
    : `The ring delay of ${RING_DELAY_S} s is not safe in all settings: ${slow} too late.`;
}

/** For an operator. */
function answerOf(summaries: readonly CellSummary<News>[]): string[] {
  const most = Math.max(...summaries.map(({ cell }) => cell.n));
  const healthy = (network: string) =>
    at(summaries, { n: most, network, loss: 0, seeds: SEEDS })?.measures;
  const lan = healthy('LAN');
  const wan = healthy(WORLD);
  if (lan === undefined || wan === undefined) return [];
  const s = (value: number) => `${value.toFixed(1)} s`;
  const lines = [
    `In a cluster of ${most} nodes in one datacentre a state change (schema, NORMAL, LEAVING, LEFT, load) is known to half of the nodes after ${s(lan.t50_s.mean)}, to 99 % after ${s(lan.t99_s.mean)} and to the last one after ${s(lan.t100_s.mean)} in the mean, ${s(lan.worst_s.max)} at worst; with 100 ms one way between all nodes it is ${s(wan.t50_s.mean)}, ${s(wan.t99_s.mean)} and ${s(wan.t100_s.mean)}, ${s(wan.worst_s.max)} at worst.`,
    safety(summaries),
  ];
  const lossy = at(summaries, { n: most, network: WORLD, loss: 0.1, seeds: SEEDS });
  if (lossy) {
    const left = most * cassandraSpread(lossy.cell).unaware(most, RING_DELAY_S);
    lines.push(
      `Even if a tenth of the messages is lost on that WAN, the last node knows after ${s(lossy.measures.t100_s.mean)} in the mean and ${s(lossy.measures.worst_s.max)} at worst; by theory the chance that any node is still without the news at the end of the delay is ${left < 1e-6 ? 'less than one in a million' : left.toPrecision(1)}.`,
    );
  }
  lines.push(
    `Ten times as many nodes cost ${s(Math.log(10) / cassandraSpread(datacentre(most)).growth)} more in one datacentre, for news grows by the factor ${Math.exp(cassandraSpread(datacentre(most)).growth).toFixed(1)} each second. What eats the margin is not the network but a node that does not gossip: a pause, or a gossip stage that is behind, delays it by as much as it lasts.`,
    `The price: ${Math.round(lan.bytes_per_s.mean / 1000)} kB/s sent by each of ${most} nodes, day and night, ${Math.round(lan.syn_bytes.mean / 1000)} kB of it a SYN with a digest of each node; it grows with the square of the cluster in all. More seeds hardly make it faster.`,
  );
  return lines;
}
const datacentre = (n: number) => ({ n, network: 'LAN', loss: 0 });

export default experiment<News>({
  name: 'cassandra-convergence',
  question:
    'How long until a state change at one node has reached 50, 99 and 100 % of a Cassandra cluster: is the ring delay of 30 s safe at 1000 nodes over a WAN?',
  claim:
    'One exchange a second and node makes news grow by the factor 5 a second in a datacentre, not 7.4 as on Poisson clocks: who learns it by its own call waits a second for the next one. So it takes 1.4 s more for ten times as many nodes; the end is short, as each node calls once a second. At 1000 nodes all know after some 6 s, with 100 ms one way and a tenth of the messages lost after some 10 s: a third of the ring delay.',
  source:
    'Apache Cassandra 4.1, Gossiper.GossipTask; StorageService.RING_DELAY; theory derived here (exchange-growth.ts)',
  seed: 'cassandra-convergence',
  axes: {
    n: 'nodes',
    network:
      'one way: LAN 0.5 ms; two datacentres 50 ms between them; WAN 100 ms between any two, constant or exponential in the mean',
    loss: 'probability that a message is lost',
    seeds: 'seeds, the same list for all',
  },
  grid: {
    n: [10, 30, 100, 300, 1000],
    network: Object.keys(CASSANDRA_NETWORKS),
    loss: [0, 0.1, 0.3],
    seeds: [0, 1, SEEDS, 10, 30],
  },
  where({ n, network, loss, seeds }) {
    if (seeds !== SEEDS) return network === 'LAN' && loss === 0 && 3 * seeds <= n;
    return loss === 0 || network === WORLD || (network === 'LAN' && loss === 0.1);
  },
  replicates: ({ n }) => (n >= 1000 ? 6 : n >= 300 ? 16 : n >= 100 ? 60 : 200),
  quick: {
    grid: { n: [30, 100], network: ['LAN', WORLD], loss: [0], seeds: [0, SEEDS] },
    replicates: 16,
  },
  fixed: {
    version: VERSION,
    news: NEWS,
    warmUpMs: WARM_MS,
    publishedWithinMs: PUBLISH_MS,
    overlay: 'complete',
    stage: 'takes no time',
  },
  measures: {
    reached: 'whether all news reached all nodes by the end',
    t50_s: 'from the publication until half of the nodes know, mean over the news of a run',
    t99_s: 'until 99 % know',
    t100_s: 'until all know',
    mean_s: 'until another node knows, mean over nodes and news',
    worst_s: 'until all know, of the slowest news of a run',
    syns_per_round: 'SYNs that a node sends in a round',
    syn_bytes: 'bytes of a SYN, headers included',
    bytes_per_s: 'bytes that a node sends per second, headers included',
    downs: 'pairs of which one convicted the other',
    known_frac: 'series: share of nodes that know, so long after the publication',
  },
  series: { known_frac: { x: 'seconds', at: CURVE_S } },
  events: ({ n }) => clusterEvents(n, 24),
  bytes: ({ n }) => clusterBytes(n),
  run(cell, seed) {
    const { n, seeds } = cell;
    const count = Math.min(NEWS, n);
    const heard = coverage({ n, rumours: count });
    const bill = gossipBill(WARM_MS - PUBLISH_MS, WARM_MS);
    const { facts } = simulate({
      ...cassandraCluster(
        n,
        HORIZON_MS,
        {
          version: VERSION,
          seeds: Array.from({ length: seeds }, (_, i) => i),
          shortRun: true,
        },
        cassandraLink(cell),
      ),
      seed,
      workload: publications({
        ...{ n, seed, count },
        fromMs: WARM_MS,
        untilMs: WARM_MS + PUBLISH_MS,
      }),
      stop: covered,
      observers: [heard, bill],
    });
    const news = Array.from({ length: count }, (_, i) => i);
    const reached = news.every((i) => heard.heard(i) === n);
    const over = (delay: (i: number) => number | null) =>
      news.reduce((sum, i) => sum + (delay(i) ?? 0), 0) / count / 1000;
    const after = (share: number) => (reached ? over((i) => heard.timeTo(share, i)) : null);
    const curves = news.map((i) =>
      heard.curve(
        CURVE_S.map((s) => 1000 * s),
        i,
      ),
    );
    const rounds = n * (PUBLISH_MS / 1000);
    return {
      reached,
      t50_s: after(0.5),
      t99_s: after(0.99),
      t100_s: after(1),
      mean_s: (over((i) => heard.meanDelay(i)) * n) / (n - 1), // who publishes it has it at once
      worst_s: reached ? Math.max(...news.map((i) => heard.timeTo(1, i) ?? 0)) / 1000 : null,
      syns_per_round: bill.syns / rounds,
      syn_bytes: bill.synBytes / bill.syns,
      bytes_per_s: bill.bytes / rounds,
      downs: facts[SUSPECTED],
      known_frac: CURVE_S.map((_, at) => curves.reduce((sum, curve) => sum + curve[at], 0) / count),
    };
  },
  findings: (summaries) => [
    ...summaries.flatMap(findingsOf),
    ...slopes(summaries),
    ...ringDelay(summaries),
  ],
  answer: answerOf,
  remarks: [
    'The pure-birth chain with rate 2 k (n - k) / (n - 1) that analyses use is one of Poisson clocks. Cassandra calls each second by the clock. At the beginning that is slower: whoever learned the news from an ACK has just called, and its next call is a second away; the growth rate r solves (1/r - 1)^2 = 1 / (r (e^r - 1)) without latency and loss: 1.63 a second instead of 2. At the end it is quicker: once nearly all know, the next call of each node that does not settles it within a second, while on Poisson clocks some would wait long. The second figure shows both.',
    'Latency: news moves in the ACK (a round trip after the SYN) and in the ACK2 (one and a half). Loss: an ACK needs two messages to arrive and an ACK2 three.',
    'The theory has no seeds. Their extra SYNs are S/n of all and go to S nodes only; the tolerance allows for them, and for 1/n, which a law of large numbers leaves out. At 10 nodes it does not hold.',
    'Loss here is messages that vanish. Gossip speaks TCP, where a lost packet shows as delay: a retransmission after 200 ms or more, which holds up all that is sent after it on that connection. Of exchanges that last less than a second that costs less than a loss of all of them, so what is shown here is the harder case.',
    'Clocks: rounds are exactly 1000 ms apart here, for the run time of a round is added to the delay, and it is taken as nothing; a real one takes a millisecond or so. So is the work on the gossip stage: its queue is another experiment.',
    'A change that is published while its node is not yet known to all, or while the cluster is partitioned, is not covered: the ring delay counts from the publication.',
  ],
  figures: [
    {
      name: 'nodes',
      title: 'Time until the last node knows',
      caption:
        'Mean over the news and the runs; band: 95 % confidence interval; dashed: theory. 3 seeds, no loss.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_s', title: 'time until all know (s)' },
      color: { field: 'network', title: 'network' },
      where: ({ loss, seeds }) => loss === 0 && seeds === SEEDS,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => (Number(cell.n) >= 30 ? seconds(cell as News, 1) : null),
        },
      ],
    },
    {
      name: 'clocks',
      title:
        'Cassandra against Poisson clocks: time until the last node knows in a LAN without seeds',
      caption:
        'Mean over the news and the runs; band: 95 % confidence interval. Dashed: theory of periodic clocks, and the pure-birth chain of Poisson clocks.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_s', title: 'time until all know (s)' },
      where: ({ network, loss, seeds }) => network === 'LAN' && loss === 0 && seeds === 0,
      references: [
        {
          label: 'periodic clocks',
          mark: 'line',
          at: (cell) => (Number(cell.n) >= 30 ? seconds(cell as News, 1) : null),
        },
        {
          label: 'Poisson clocks',
          mark: 'line',
          // Each pair meets twice as often as by push alone.
          at: (cell) => completionPeriods({ n: Number(cell.n) }, 'poisson') / 2,
        },
      ],
    },
    {
      name: 'curve',
      title: 'The way of a state change through 1000 nodes',
      caption:
        'Share of nodes that know, mean over the news and the runs; band: 5 % to 95 % of the runs. 3 seeds.',
      x: { field: 'seconds', title: 'time since the publication (s)' },
      y: { field: 'known_frac', title: 'share of nodes that know' },
      color: { field: 'network', title: 'network' },
      facet: { field: 'loss', title: 'loss' },
      where: ({ n, loss, seeds }) => n === 1000 && seeds === SEEDS && (loss === 0 || loss === 0.1),
      band: 'quantiles',
    },
    {
      name: 'traffic',
      title: 'What gossip costs: bytes that a node sends per second',
      caption:
        'At rest, LAN, 3 seeds, headers included; dashed: the SYN alone, 15 B for each node.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'bytes_per_s', title: 'bytes per node and second', scale: 'log' },
      where: ({ network, loss, seeds }) => network === 'LAN' && loss === 0 && seeds === SEEDS,
      references: [
        {
          label: 'SYNs',
          mark: 'line',
          at: (cell) => synsOf(cell as News) * synBytes(Number(cell.n)),
        },
      ],
    },
  ],
});
