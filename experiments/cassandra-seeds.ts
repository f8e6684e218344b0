/** The seeds of a Cassandra cluster: what they carry, how a cluster forms from nothing, and starts without any of them. */
import {
  at,
  type Cell,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  countSyns,
  difference,
  experiment,
  type Finding,
  formCluster,
  idealFormation,
  judge,
  type Measures,
  type Starter,
  type Statistic,
  Stream,
  startTimes,
  startWithoutSeeds,
  synLoad,
} from '../src/index.ts';

const LOAD = 'load';
const FORM = 'form';
const PROTOTYPE = 'form, prototype';
const APART = 'lists apart';
const SHARED = 'lists share one';
const BRIDGE = 'one node with both';
/** All seeds are down, and somebody starts. */
const LONELY: Record<string, Starter> = {
  'no seed up: new node': 'new',
  'no seed up: known node': 'known',
  'no seed up: seed by its own list': 'own seed',
  'no seed up: seed by all lists': 'seed of all',
};
const SPLIT = [APART, SHARED, BRIDGE];

interface Seeds extends Cell {
  run: string;
  n: number;
  seeds: number;
  seeds_first: boolean;
}

const VERSION = '4.1';
const LOAD_S = 60;
const SEEDS_FIRST_MS = 20_000;
const HORIZON_MS = 120_000;
const LONELY_N = 10;
const LONELY_SEEDS = 3;
/** Half of the nodes are on either side. */
const side = (node: number) => node % 2;

const isForm = ({ run }: Cell) => run === FORM || run === PROTOTYPE;
const MEASURED = [
  ...['seed_syns', 'other_syns', 'all_syns', 'half_s', 'all_s', 'met', 'across'],
  ...['gossip_s', 'syns', 'last_syn_s', 'met_before', 'healed_s'],
];
const NOTHING = Object.fromEntries(MEASURED.map((column) => [column, null]));

export default experiment<Seeds>({
  name: 'cassandra-seeds',
  question:
    'How many seeds does a Cassandra cluster need, what do they carry, and what happens if their lists differ or all of them are down when a node starts?',
  claim:
    'A seed gets about two SYNs a second where any other node gets one. From nothing a cluster forms by push alone, as who knows nobody learns nothing by calling a seed; it matters less how many seeds there are than that they are up first. Lists with nothing in common make two clusters for good, one name in common makes one. Without any seed a new node gives up after 60 s, one that knows peers from its disk asks those after 5 s, and a seed goes on alone after 30 s.',
  source: 'Apache Cassandra 4.1, Gossiper (doShadowRound, GossipTask, maybeGossipToSeed)',
  seed: 'cassandra-seeds',
  axes: {
    run: 'load: all up; form: from nothing, by a cluster or a page of code of its own; lists: two sides with a seed each, that have nothing, a third seed, or one node in common; no seed up: who starts then',
    n: 'nodes',
    seeds: 'in the list of every node; of either side where lists differ',
    seeds_first: 'seeds start 20 s before the others; else all within a second',
  },
  grid: {
    run: [LOAD, FORM, PROTOTYPE, ...SPLIT, ...Object.keys(LONELY)],
    n: [10, 30, 100, 300],
    seeds: [1, 2, 3, 10],
    seeds_first: [false, true],
  },
  where({ run, n, seeds, seeds_first }) {
    if (run === LOAD) return !seeds_first && n !== 30;
    if (isForm({ run })) return seeds < n && (n < 300 || seeds === 3) && n !== 30;
    if (run in LONELY) return n === LONELY_N && seeds === LONELY_SEEDS && !seeds_first;
    return seeds === 1 && !seeds_first && (n === 10 || n === 30);
  },
  replicates: ({ run, n }) =>
    run === LOAD || run === FORM
      ? ({ 10: 200, 100: 40, 300: 12 }[n] ?? 20)
      : run === PROTOTYPE
        ? ({ 10: 400, 100: 100, 300: 20 }[n] ?? 20)
        : 30,
  quick: { grid: { n: [10, 30], seeds: [1, 3] }, replicates: 4 },
  fixed: { version: VERSION, latencyMs: 0.5, loss: 0, intervalMs: 1000, bootstrapS: 30 },
  measures: {
    seed_syns: 'SYNs per second that arrive at a seed, mean of the seeds',
    other_syns: 'at another node',
    all_syns: 'mean of all',
    half_s: 'from the start of the last node until half of all views are UP',
    all_s: 'until all see all UP',
    met: 'share of the views that are UP after 120 s, or when all are',
    across: 'the same of views across the two sides',
    gossip_s: 'from the start of the lone node until its gossip begins; missing: it gives up',
    syns: 'SYNs that it sends before, to all whom it asks',
    last_syn_s: 'the last of them',
    met_before: 'share of those that are up that it sees UP before a seed is back',
    healed_s: 'from the return of a seed until it sees all UP',
  },
  events: ({ run, n }) =>
    run === PROTOTYPE ? n * n * 20 : clusterEvents(n, run === LOAD ? LOAD_S : 40),
  bytes: ({ n }) => clusterBytes(n),
  run,
  findings: (summaries) => [
    ...summaries.filter(({ cell }) => cell.run === LOAD).flatMap(load),
    ...summaries.filter(({ cell }) => cell.run === FORM).flatMap((one) => form(summaries, one)),
    ...summaries.filter(({ cell }) => SPLIT.includes(cell.run)).flatMap(split),
    ...summaries.filter(({ cell }) => cell.run in LONELY).flatMap(lonely),
  ],
  answer,
  remarks: [
    'Who knows nobody calls a seed each round and learns nothing by it: a SYN that names its sender alone is answered with nothing about others, which travel in the SYNs of those who know them. So a cluster forms by push, and takes 2 ln n + O(1) rounds, where the news of a restart takes about ln n.',
    'All within a second is slower by some 5 s than with seeds up first: a node that asks while its seeds are not up, or are starting, too, asks again after 5 s. With one seed all that start before it wait so; with more of them each waits that has not heard from all seeds, and of the seeds the last to start is the only one that has.',
    'More seeds make it no faster: pushes begin at S nodes instead of one, which saves ln S rounds, but the seeds must first tell each other what each has heard.',
    'A lone seed with an empty disk has nobody to ask and begins at once (Gossiper.doShadowRound).',
    'Lists apart stay apart because a node calls whom it knows and its seeds, and no one else. Where they share a seed, that node knows both sides after the first rounds.',
    'A seed that went on alone calls its seeds in each round, as it knows nobody: it is found by the first of them that comes back, and by all who have it on their own lists before that.',
    'The prototype forms without messages that take time, echoes, shadow rounds that fail and changes of status.',
  ],
  figures: [
    {
      name: 'load',
      title: 'SYNs that arrive at a seed',
      caption:
        'All up; mean over the runs, band: 5 % to 95 % of them. Dashed: the closed form. Any other node gets one a second.',
      x: { field: 'seeds', title: 'seeds', scale: 'log' },
      y: { field: 'seed_syns', title: 'SYNs per second' },
      color: { field: 'n', title: 'nodes' },
      band: 'quantiles',
      where: ({ run: of }) => of === LOAD,
      references: [
        {
          label: 'closed form',
          mark: 'line',
          at: ({ n, seeds }) => synLoad({ n: n as number, seeds: seeds as number }).seed,
        },
      ],
    },
    {
      name: 'form',
      title: 'A cluster forms from nothing: until all see all UP',
      caption:
        'From the start of the last node; facets: whether the seeds start 20 s before the others or all start within a second; mean over the runs, band: 95 % confidence interval.',
      x: { field: 'seeds', title: 'seeds', scale: 'log' },
      y: { field: 'all_s', title: 'all see all UP (s)' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'seeds_first', title: 'seeds first' },
      where: ({ run: of, n }) => of === FORM && n !== 300,
    },
  ],
});

function run(cell: Seeds, seed: string): Measures {
  const { run: what, n, seeds, seeds_first } = cell;
  const seedsFirstMs = seeds_first ? SEEDS_FIRST_MS : 0;
  if (what === LOAD) {
    const measured = countSyns({ n, seeds, version: VERSION, seconds: LOAD_S, seed });
    return { ...NOTHING, ...measured };
  }
  if (what in LONELY) {
    const measured = startWithoutSeeds({
      ...{ n, seeds, starter: LONELY[what], version: VERSION, seed },
    });
    return { ...NOTHING, ...measured };
  }
  const startsMs = startTimes(n, seeds, seedsFirstMs, seed);
  if (what === PROTOTYPE) {
    const draws = new Stream(seed, 'prototype', 1);
    const starts = startsMs.map((ms) => ms / 1000);
    const all = idealFormation({ n, seeds, starts, draw: () => draws.draw(0) });
    return { ...NOTHING, all_s: all - Math.max(...starts) };
  }
  const lists = what === FORM ? Array.from({ length: seeds }, (_, i) => i) : listsOf(what, n);
  const options = { version: VERSION, seeds: lists, shortRun: true } as const;
  const isSplit = what !== FORM;
  const base = { n, options, startsMs, horizonMs: HORIZON_MS, seed };
  return { ...NOTHING, ...formCluster(isSplit ? { ...base, side } : base) };
}

/** Nodes 0 and 1 are the seeds of their sides. */
const listsOf = (what: string, n: number) => (node: number) => {
  const own = side(node);
  if (what === SHARED) return [own, 2];
  return what === BRIDGE && node === n - 1 ? [0, 1] : [own];
};

/** For who runs Cassandra. */
function answer(all: readonly CellSummary<Seeds>[]): string[] {
  const found = (cell: Partial<Seeds>) => at(all, { seeds_first: false, ...cell })?.measures;
  const s = ({ mean }: Statistic) => `${mean.toFixed(1)} s`;
  const lines: string[] = [];
  for (const n of [100, 30, 10]) {
    const [one, three] = [1, 3].map((seeds) => found({ run: LOAD, n, seeds }));
    if (one === undefined || three === undefined) continue;
    lines.push(
      `${n} nodes: a seed gets ${three.seed_syns.mean.toFixed(2)} SYNs a second where there are three of them (${one.seed_syns.mean.toFixed(2)} where it is the only one), any other node ${three.other_syns.mean.toFixed(2)}. Seeds are no bottleneck.`,
    );
    break;
  }
  for (const n of [10, 100, 300]) {
    const [together, first] = [false, true].map((seeds_first) =>
      found({ run: FORM, n, seeds: 3, seeds_first }),
    );
    if (together === undefined || first === undefined) continue;
    lines.push(
      `${n} nodes from nothing, three seeds: all see all UP ${s(first.all_s)} after the last start if the seeds were up before, ${s(together.all_s)} if all start within a second. Start the seeds first.`,
    );
  }
  const [apart, shared, bridge] = SPLIT.map((what) => found({ run: what, n: 10, seeds: 1 }));
  if (apart !== undefined && shared !== undefined && bridge !== undefined) {
    lines.push(
      `Two halves whose seed lists have nothing in common stay two clusters (${(100 * apart.across.mean).toFixed(0)} % of the pairs across meet). One common seed makes them one after ${s(shared.all_s)}, and so does a single node with both lists, after ${s(bridge.all_s)}.`,
    );
  }
  const [known, own] = ['known node', 'seed by its own list'].map((who) =>
    found({ run: `no seed up: ${who}`, n: LONELY_N }),
  );
  if (known !== undefined && own !== undefined) {
    lines.push(
      `With all seeds down a new node gives up after 60 s and does not start; one that was in the cluster before asks the peers on its disk and gossips after ${s(known.gossip_s)}. A seed with an empty disk goes on alone after ${s(own.gossip_s)}, a cluster of one until a seed is back, and has joined ${s(own.healed_s)} after that.`,
    );
  }
  return lines;
}

// ---- findings ----

const theory = 'theory' as const;

function load({ cell, measures }: CellSummary<Seeds>): Finding[] {
  const expected = synLoad(cell);
  const one = (column: string, quantity: string, value: number): Finding[] =>
    Number.isNaN(value)
      ? []
      : [
          judge({
            ...{ quantity, expected: value, basis: theory },
            at: `n = ${cell.n}, ${cell.seeds} ${cell.seeds === 1 ? 'seed' : 'seeds'}`,
            statistic: measures[column],
            tolerance: 1 / LOAD_S, // a round more or less in the time that is counted
            source: '1 from live endpoints; S/L of those whose live target was no seed',
          }),
        ];
  return [
    ...one('seed_syns', 'SYNs a second at a seed', expected.seed),
    ...one('other_syns', 'SYNs a second at another node', expected.other),
  ];
}

function form(all: readonly CellSummary<Seeds>[], { cell, measures }: CellSummary<Seeds>) {
  const ideal = at(all, { ...cell, run: PROTOTYPE });
  if (ideal === undefined) return [];
  const { ours, se, count } = difference(measures.all_s, ideal.measures.all_s);
  const expected = ideal.measures.all_s.mean;
  return [
    judge({
      quantity: 'from nothing: all see all UP, from the last start (s)',
      at: `n = ${cell.n}, ${cell.seeds} seeds${cell.seeds_first ? ', up first' : ''}`,
      statistic: { ours: ours + expected, se, count: count ?? measures.all_s.count },
      expected,
      // Left out: messages and echoes take time, so that what arrives within a call goes out with the next round only.
      tolerance: 0.5,
      basis: theory,
      source: 'prototype: push once a second; shadow rounds asked again after 5 s',
    }),
  ];
}

function split({ cell, measures }: CellSummary<Seeds>): Finding[] {
  const isApart = cell.run === APART;
  return [
    judge({
      quantity: 'pairs across the sides that meet (share)',
      at: `${cell.run}, n = ${cell.n}`,
      statistic: measures.across,
      expected: isApart ? 0 : 1,
      tolerance: 0,
      basis: theory,
      source: isApart ? 'nobody has a name of the other side' : 'one node has names of both sides',
    }),
  ];
}

function lonely({ cell, measures, replicates }: CellSummary<Seeds>): Finding[] {
  const who = LONELY[cell.run];
  const one = (quantity: string, statistic: Statistic, expected: number, source: string) =>
    judge({ quantity, at: cell.run, statistic, expected, tolerance: 1e-3, basis: theory, source });
  const { gossip_s, syns, last_syn_s, met_before } = measures;
  const met = one(
    'peers seen UP before a seed is back (share)',
    met_before,
    who === 'known' || who === 'seed of all' ? 1 : 0,
    'peers on disk, or peers that have it on their lists',
  );
  if (who === 'new') {
    return [
      one('SYNs before it gives up', syns, 13 * cell.seeds, 'each seed at 0, 5, ... 60 s'),
      one('the last of them (s)', last_syn_s, 60, 'given up in the 61st second'),
      judge({
        quantity: 'runs in which it gossips all the same',
        at: cell.run,
        statistic: { ours: gossip_s.count, se: 0, count: replicates },
        expected: 0,
        tolerance: 0,
        basis: theory,
        source: 'no seed, and nobody on disk',
      }),
      met,
    ];
  }
  const [time, source] =
    who === 'known'
      ? [5 + 0.001, 'from the second time on peers on disk are asked; one round trip']
      : [31, 'a seed goes on alone in the 31st second'];
  return [one('gossip begins (s)', gossip_s, time, source), met];
}
