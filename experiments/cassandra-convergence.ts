/** A node says something new. When do all know it? */
import {
  at,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  constant,
  difference,
  experiment,
  type Finding,
  judge,
  lossy,
  spreadNews,
  spreadRate,
  synsPerRound,
} from '../src/index.ts';

const RING_DELAY_S = 30;
const NEWS = 10;
const DELAYS = Array.from({ length: 31 }, (_, i) => i / 2); // s
const MS = 1000;

interface Spread extends Record<string, number> {
  n: number;
  latency_ms: number;
  loss: number;
  seeds: number;
}

const BASE = { latency_ms: 0.5, loss: 0, seeds: 3 };
const isBase = ({ latency_ms, loss, seeds }: Spread) =>
  latency_ms === BASE.latency_ms && loss === BASE.loss && seeds === BASE.seeds;
/** One thing is varied at a time. */
const isWanted = (cell: Spread) =>
  isBase(cell) ||
  isBase({ ...cell, latency_ms: BASE.latency_ms }) ||
  isBase({ ...cell, loss: BASE.loss }) ||
  isBase({ ...cell, seeds: BASE.seeds });
const setting = ({ latency_ms, loss, seeds }: Spread) =>
  `latency ${latency_ms} ms, loss ${loss}, ${seeds} seeds`;

/** The growth between two sizes: what happens at the start and at the end is the same, and cancels. */
function growthFindings(summaries: readonly CellSummary<Spread>[]): Finding[] {
  return summaries.flatMap(({ cell, measures }) => {
    const larger = { 30: 100, 100: 300, 300: 1000 }[cell.n];
    const other = larger === undefined ? undefined : at(summaries, { ...cell, n: larger });
    if (other === undefined) return [];
    const lambda = spreadRate({ latency: cell.latency_ms / MS, loss: cell.loss });
    const expected = Math.log(other.cell.n / cell.n) / lambda;
    return [
      judge({
        quantity: 'growth of the time until half of the nodes know (s)',
        at: `n = ${cell.n} to ${other.cell.n}, ${setting(cell)}`,
        statistic: difference(other.measures.t50_s, measures.t50_s),
        expected,
        // Seeds are called more often, by S/n each, and a share of 1/n of the calls goes to who knows: of the smaller n.
        tolerance: expected * ((1 + cell.seeds) / cell.n),
        basis: 'theory',
        source:
          'branching process with two types: exponential growth at the rate lambda (cassandra-spread-theory.ts)',
      }),
    ];
  });
}

const synFinding = ({ cell, measures }: CellSummary<Spread>): Finding =>
  judge({
    quantity: 'SYNs per node and second',
    at: `n = ${cell.n}, ${setting(cell)}`,
    statistic: measures.syns_per_s,
    expected: synsPerRound(cell.n, cell.seeds),
    tolerance: 0.01, // the first and the last second of the run are no whole rounds
    basis: 'theory',
    source: 'Gossiper.maybeGossipToSeed: 1 + (1 - S/L) S/L',
  });

function ringDelayFindings({ cell, measures }: CellSummary<Spread>): Finding[] {
  return [
    judge({
      quantity: 'news that reached all within the ring delay, 30 s: share',
      at: `n = ${cell.n}, ${setting(cell)}`,
      statistic: measures.in_ring_delay,
      expected: 1,
      tolerance: 0,
      basis: 'theory',
      source: 'StorageService.RING_DELAY: 30 s, meant to be enough',
    }),
  ];
}

export default experiment<Spread>({
  name: 'cassandra-convergence',
  question: 'A Cassandra node publishes a change. When do half, 99 % and all of the nodes know it?',
  claim:
    'News grows by a factor of e^1.63 = 5.1 a second, whatever the size, so that each tenfold cluster takes 1.4 s longer; the last ones follow within little more than a round. The ring delay of 30 s is far from it.',
  source: 'Gossiper.GossipTask; StorageService.RING_DELAY; growth derived here',
  seed: 'cassandra-convergence',
  axes: {
    n: 'nodes',
    latency_ms: 'one way, ms',
    loss: 'share of messages lost, without TCP',
    seeds: 'seeds, the same for all',
  },
  grid: { n: [10, 30, 100, 300, 1000], latency_ms: [0.5, 100], loss: [0, 0.05], seeds: [1, 3, 10] },
  where: (cell) => cell.seeds < cell.n && isWanted(cell),
  replicates: ({ n }) => (n === 1000 ? 4 : n === 300 ? 12 : 60),
  quick: { grid: { n: [10, 30, 100], loss: [0], latency_ms: [0.5], seeds: [3] }, replicates: 4 },
  fixed: { version: '4.1', news_per_run: NEWS },
  measures: {
    t50_s: 'from publication until half of the nodes know, s; mean over the news of a run',
    t99_s: 'until 99 % know, s',
    t100_s: 'until all know, s',
    worst_s: 'the slowest news of the run: until all knew, s',
    in_ring_delay: 'share of the news that reached all within 30 s',
    syns_per_s: 'SYNs sent per node and second',
    syn_bytes: 'bytes of a SYN, header included',
    bytes_per_s: 'bytes sent per node and second, headers included',
    informed_frac: 'series: share of nodes that know, so long after publication',
  },
  series: { informed_frac: { x: 'delay_s', at: DELAYS } },
  events: ({ n }) => clusterEvents(n, 8 * NEWS + 42),
  bytes: ({ n }) => clusterBytes(n),
  run({ n, latency_ms, loss, seeds }, seed) {
    const link = constant({ ms: latency_ms });
    const { spread, ...bill } = spreadNews({
      n,
      news: NEWS,
      link: loss > 0 ? lossy(loss, link) : link,
      options: {
        version: '4.1',
        shortRun: true,
        seeds: Array.from({ length: seeds }, (_, i) => i),
      },
      seed,
    });
    const all = Array.from({ length: NEWS }, (_, i) => i);
    const times = (share: number) => all.map((i) => seconds(spread.timeTo(share, i)));
    const last = times(1);
    const curves = all.map((i) =>
      spread.curve(
        DELAYS.map((s) => MS * s),
        i,
      ),
    );
    return {
      t50_s: mean(times(0.5)),
      t99_s: mean(times(0.99)),
      t100_s: mean(last),
      worst_s: last.includes(null) ? null : Math.max(...(last as number[])),
      in_ring_delay: last.filter((s) => s !== null && s <= RING_DELAY_S).length / NEWS,
      syns_per_s: bill.synsPerSecond,
      syn_bytes: bill.synBytes,
      bytes_per_s: bill.bytesPerSecond,
      informed_frac: DELAYS.map((_, k) => mean(curves.map((curve) => curve[k])) ?? 0),
    };
  },
  findings: (summaries) => [
    ...growthFindings(summaries),
    ...summaries.flatMap(ringDelayFindings),
    ...summaries.filter(({ cell }) => cell.loss === 0 && cell.latency_ms === 0.5).map(synFinding),
  ],
  answer,
  figures: [
    {
      name: 'time-to-all',
      title: 'Until all nodes know a change',
      caption: 'Three seeds, no loss. Bands: 95 % interval of the mean.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_s', title: 'all know after (s)' },
      color: { field: 'latency_ms', title: 'one way (ms)' },
      where: ({ loss, seeds }) => loss === 0 && seeds === 3,
    },
    {
      name: 'informed',
      title: 'Share of the nodes that know a change',
      caption: 'Three seeds, 0.5 ms one way, no loss. Bands: 95 % interval of the mean.',
      x: { field: 'delay_s', title: 'since it was published (s)' },
      y: { field: 'informed_frac', title: 'share of nodes' },
      color: { field: 'n', title: 'nodes' },
      where: (cell) => isBase(cell as Spread),
    },
  ],
  remarks: [
    'On Poisson clocks, as most analyses have them, news would grow by e^2 a second. With a fixed delay between rounds it is e^1.63: whoever has got the news by its own call does not call again for a second. At the end that is an advantage: who still lacks the news calls within a second, too.',
    'Messages that are lost are lost here. Cassandra speaks TCP, where a loss of 5 % shows as a delay of some 200 ms now and then.',
    'A new node with a BOOT status, a schema and a drain all travel like this. What takes longer is an UP after it (an echo) and whatever listeners do on the gossip stage (cassandra-gossip-stage).',
  ],
});

const seconds = (ms: number | null) => (ms === null ? null : ms / MS);

/** null if one of them is. */
function mean(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum / values.length;
}

function answer(summaries: readonly CellSummary<Spread>[]): string[] {
  const largest = summaries.reduce((best, next) => (next.cell.n > best.cell.n ? next : best)).cell
    .n;
  const of = (change: Partial<Spread>) =>
    at(summaries, { ...BASE, n: largest, ...change })?.measures;
  const near = of({});
  const far = of({ latency_ms: 100 });
  const lines: string[] = [];
  const told = (name: string, measures: typeof near) => {
    if (measures === undefined) return;
    lines.push(
      `${largest} nodes, ${name}: half of them know a change after ${measures.t50_s.mean.toFixed(1)} s, 99 % after ${measures.t99_s.mean.toFixed(1)} s, all after ${measures.t100_s.mean.toFixed(1)} s.`,
    );
  };
  told('one datacentre', near);
  told('100 ms one way', far);
  told('5 % of messages lost', of({ loss: 0.05 }));
  const worst = Math.max(...summaries.map(({ measures }) => measures.worst_s.max));
  lines.push(
    `The slowest of all news in all settings took ${worst.toFixed(1)} s; the ring delay of ${RING_DELAY_S} s is ${(RING_DELAY_S / worst).toFixed(1)} times that.`,
  );
  if (near !== undefined) {
    lines.push(
      `Gossip costs each of ${largest} nodes ${(near.bytes_per_s.mean / 1000).toFixed(0)} kB/s out, and as much in; a SYN is ${(near.syn_bytes.mean / 1000).toFixed(1)} kB. More seeds change next to nothing.`,
    );
  }
  return lines;
}
