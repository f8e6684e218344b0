/** Seeds of a Cassandra cluster: how many, what they are called, and what if lists differ or all of them are down. */
import {
  at,
  type CassandraVersionName,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  constant,
  experiment,
  type Fault,
  type FaultPlan,
  type Finding,
  JOINED,
  judge,
  lastGossipsS,
  meanCallsPerRound,
  type Observer,
  openCluster,
  SUSPECTED,
  seedCalls,
  simulate,
  TRUSTED,
} from '../src/index.ts';

const LATENCY_MS = 0.5;
/** The kind of a SYN among the messages, and the tag of a round among the timers. */
const SYN = 0;
const ROUND = 0;
const DOWN_AT_S = 5; // the seeds of a cluster that runs
const START_AT_S = 10; // then a node starts
const BACK_AT_S = 60; // the seeds that a new seed has missed
const GAP_S = 2; // between starts that are one by one
const WARM_UP_S = 10;

const SCENES = {
  load: 'a cluster that runs',
  together: 'all start from nothing within 1 s',
  'one by one': 'all start from nothing, a node every 2 s, seeds first',
  disjoint: 'together, but even and odd nodes have lists without a common seed',
  overlap: 'the same, but one seed is in both lists',
  'one entry': 'disjoint, but one node also lists one seed of the other side',
  'new node': 'all seeds are down, a node with an empty disk starts',
  'known node': 'all seeds are down, a node that knows the cluster from its disk starts',
  'new seed':
    'all other seeds are down, a seed with an empty disk starts, which only its own list names; they return 50 s later',
} as const;
type Scene = keyof typeof SCENES;
const FROM_NOTHING: readonly Scene[] = [
  'together',
  'one by one',
  'disjoint',
  'overlap',
  'one entry',
];
const SPLIT: readonly Scene[] = ['disjoint', 'overlap', 'one entry'];
const LATE: readonly Scene[] = ['new node', 'known node', 'new seed'];

interface Seeding extends Record<string, string | number> {
  scene: Scene;
  n: number;
  seeds: number;
  version: CassandraVersionName;
}

const BASE = { n: 30, seeds: 3, version: '4.1' } as const;

function horizonS({ scene, n }: Seeding): number {
  if (scene === 'load') return WARM_UP_S + 300;
  if (scene === 'one by one') return n * GAP_S + 20;
  if (scene === 'together') return 40;
  return 90;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** The list of each node. A split gives even nodes the seeds 0, 2, 4, ... and odd ones 1, 3, 5, ... */
function listsOf({ scene, n, seeds }: Seeding) {
  const own = range(seeds);
  if (scene === 'new seed') {
    const old = range(seeds - 1);
    return (node: number) => (node === n - 1 ? [...old, node] : old); // nobody else lists it yet
  }
  if (!SPLIT.includes(scene)) return own;
  const ofSide = (side: number) => own.map((i) => 2 * i + side);
  return (node: number) => {
    const list = ofSide(node % 2);
    if (scene === 'overlap' && node % 2 === 1) return [0, ...list.slice(1)];
    if (scene === 'one entry' && node === n - 1 - (n % 2)) return [...list, 0];
    return list;
  };
}

/** Who starts and stops when. */
function plan(cell: Seeding): FaultPlan {
  const { scene, n, seeds } = cell;
  const who = n - 1;
  const absent = (node: number): Fault => ({ atMs: 0, node, kind: 'absent' });
  const change = (atS: number, node: number, kind: 'crash' | 'restart'): Fault => ({
    atMs: atS * 1000,
    node,
    kind,
  });
  return (streams) => {
    const draws = streams.stream('faults');
    if (scene === 'load') return [];
    if (FROM_NOTHING.includes(scene)) {
      const startS = (node: number) =>
        (scene === 'one by one' ? node * GAP_S : 0) + draws.draw(node);
      const starts = range(n).map((node) => change(startS(node), node, 'restart'));
      return [...range(n).map(absent), ...starts.sort((a, b) => a.atMs - b.atMs)];
    }
    const fallen = range(scene === 'new seed' ? seeds - 1 : seeds);
    return [
      ...(scene === 'known node' ? [] : [absent(who)]),
      ...fallen.map((seed) => change(DOWN_AT_S, seed, 'crash')),
      ...(scene === 'known node' ? [change(DOWN_AT_S, who, 'crash')] : []),
      change(START_AT_S, who, 'restart'),
      ...(scene === 'new seed' ? fallen.map((seed) => change(BACK_AT_S, seed, 'restart')) : []),
    ];
  };
}

interface Census extends Observer {
  /** us: first round of each node, less a second. */
  readonly gossips: Float64Array;
  /** us: when all knew all, and had all up. */
  all(): { known: number; up: number };
  /** [node] pairs with another side that know each other, at the end or when the seeds came back. */
  across(): { before: number; end: number };
}

/** Who knows whom and has whom up, of pairs and of those across: of different sides, or with the node that starts. */
function census(cell: Seeding): Census {
  const { n, scene } = cell;
  const gossips = new Float64Array(n).fill(Number.NaN);
  const knows = new Uint8Array(n * n);
  const isAcross = SPLIT.includes(scene)
    ? (a: number, b: number) => a % 2 !== b % 2
    : (a: number, b: number) => a === n - 1 || b === n - 1;
  const from = LATE.includes(scene) ? START_AT_S * 1e6 : 0;
  let [known, up, across, before] = [0, 0, 0, 0];
  const all = { known: Number.NaN, up: Number.NaN };
  return {
    gossips,
    all: () => all,
    across: () => ({ before, end: across }),
    onTimer(now, node, tag) {
      if (now > from && tag === ROUND && Number.isNaN(gossips[node])) gossips[node] = now - 1e6;
    },
    onFact(now, fact, node, about) {
      if (fact === TRUSTED) up++;
      if (fact === SUSPECTED) up--;
      if (up === n * (n - 1) && Number.isNaN(all.up)) all.up = now;
      if (fact !== JOINED || knows[node * n + about] === 1) return;
      knows[node * n + about] = 1;
      if (isAcross(node, about)) {
        across++;
        if (now < BACK_AT_S * 1e6) before = across;
      }
      if (++known === n * (n - 1)) all.known = now;
    },
  };
}

/** [node] SYNs sent and received, from the warm-up on. */
function calls(n: number): Observer<{ readonly kind: number }> & Calls {
  const sent = new Float64Array(n);
  const received = new Float64Array(n);
  return {
    sent,
    received,
    onSend(now, from, to, { kind }) {
      if (kind !== SYN || now < WARM_UP_S * 1e6) return;
      sent[from]++;
      received[to]++;
    },
  };
}

interface Calls {
  readonly sent: Float64Array;
  readonly received: Float64Array;
}

function run(cell: Seeding, seed: string) {
  const { n, version, scene } = cell;
  const members = FROM_NOTHING.includes(scene) ? 0 : n - (scene.startsWith('new') ? 1 : 0);
  const { scenario } = openCluster(
    n,
    horizonS(cell) * 1000,
    { version, members, bootstrapMs: 0, seeds: listsOf(cell), shortRun: true },
    constant({ ms: LATENCY_MS }),
  );
  const who = census(cell);
  const counted = calls(n);
  simulate({ ...scenario, seed, faults: plan(cell), observers: [who, counted] });
  return measured(cell, who, counted);
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

function measured(cell: Seeding, who: Census, { sent, received }: Calls) {
  const { scene, n, seeds } = cell;
  const isLate = LATE.includes(scene);
  const isLoad = scene === 'load';
  const seconds = horizonS(cell) - WARM_UP_S;
  const orNull = (s: number, counts: boolean) => (counts && Number.isFinite(s) ? s : null);
  const { known, up } = who.all();
  const { before, end } = who.across();
  const pairs = isLate ? 2 * (n - 1) : 2 * Math.ceil(n / 2) * Math.floor(n / 2);
  const counts = FROM_NOTHING.includes(scene);
  return {
    last_gossips_s: orNull(Math.max(...who.gossips) / 1e6, counts),
    all_known_s: orNull(known / 1e6, counts),
    all_up_s: orNull(up / 1e6, counts),
    whole: counts ? Number.isFinite(up) : null,
    across_before: isLate || SPLIT.includes(scene) ? before / pairs : null,
    across_end: isLate || SPLIT.includes(scene) ? end / pairs : null,
    gossips_s: orNull(who.gossips[n - 1] / 1e6 - START_AT_S, isLate),
    asked: isLate ? sent[n - 1] : null,
    seed_calls: isLoad ? sum(received.subarray(0, seeds)) / seeds / seconds : null,
    other_calls: isLoad && n > seeds ? sum(received.subarray(seeds)) / (n - seeds) / seconds : null,
    calls_per_round: isLoad ? sum(sent) / n / seconds : null,
  };
}

const where = ({ scene, n, seeds, version }: Seeding) =>
  `${scene}, n = ${n}, S = ${seeds}${version === BASE.version ? '' : `, ${version}`}`;

/** Measure, what it is, what it should be, how far off that may be, and why. */
type Expectation = readonly [
  measure: string,
  quantity: string,
  expected: number,
  tolerance: number,
  source: string,
];

const ROUND_TRIP_S = (2 * LATENCY_MS) / 1000;

function expectationsOf(cell: Seeding): Expectation[] {
  const { scene, n, seeds } = cell;
  if (scene === 'load') {
    const exact = 'exact: uniform live target, then the seed step: cassandra-seed-theory.ts';
    return [
      ['seed_calls', 'SYNs a seed receives per second', seedCalls(n, seeds), 0, exact],
      ...(n > seeds
        ? [['other_calls', 'SYNs another node receives per second', 1, 0, exact] as const]
        : []),
      ['calls_per_round', 'SYNs a node sends per round', meanCallsPerRound(n, seeds), 0, exact],
    ];
  }
  if (scene === 'together') {
    const source = 'order of the starts, and who answers whom: cassandra-seed-theory.ts';
    // What is asked finds who starts while it is under way: of n starts a second that spares one a 5 s / n in the mean.
    const tolerance = ROUND_TRIP_S * ASKS_AGAIN_S;
    return [
      [
        'last_gossips_s',
        'until the last node gossips (s)',
        lastGossipsS(n, seeds),
        tolerance,
        source,
      ],
      ['whole', 'share of runs in which all have all up', 1, 0.05, 'any common seed'],
    ];
  }
  if (scene === 'one by one') {
    return [['whole', 'share of runs in which all have all up', 1, 0.05, 'any common seed']];
  }
  if (SPLIT.includes(scene)) {
    const met = scene === 'disjoint' ? 0 : 1;
    const source =
      met === 0 ? 'nobody ever calls the other side' : 'one who knows both sides tells both';
    return [['across_end', 'share of pairs across that know each other', met, 1e-9, source]];
  }
  return lateExpectations(cell);
}

const ASKS_AGAIN_S = 5;

function lateExpectations({ scene, n, seeds, version }: Seeding): Expectation[] {
  const source = 'Gossiper.doShadowRound';
  const end = 'share of pairs with it that know each other';
  if (scene === 'new node') {
    return [
      ['across_end', end, 0, 1e-9, `${source}: after 61 s it gives up`],
      ['asked', 'SYNs it sends', 13 * seeds, 1e-9, `${source}: at 0, 5, ... 60 s, to each seed`],
    ];
  }
  if (scene === 'new seed') {
    return [
      ['gossips_s', 'until it gossips (s)', 31, 1e-6, `${source}: a seed goes on alone`],
      ['across_before', `${end}, while they are down`, 0, 1e-9, 'it is a cluster of its own'],
      ['across_end', `${end}, at the end`, 1, 1e-9, 'it calls a seed of its list in each round'],
    ];
  }
  // It is told of all, and all but the seeds, which are down, hear of its new life.
  const reached: Expectation = [
    'across_end',
    end,
    1 - seeds / (2 * (n - 1)),
    1e-9,
    'all but the seeds hear of it',
  ];
  // Trunk is woken by the answers of a tenth of its peers; the others look once a second.
  const fromS = version === 'trunk' ? ROUND_TRIP_S : ASKS_AGAIN_S + 1;
  const from =
    version === 'trunk' ? 'NewGossiper: asks all on disk' : `${source}: peers from 5 s on`;
  return [['gossips_s', 'until it gossips (s)', fromS, 1e-6, from], reached];
}

const findingsOf = ({ cell, measures }: CellSummary<Seeding>): Finding[] =>
  expectationsOf(cell).map(([measure, quantity, expected, tolerance, source]) =>
    judge({
      ...{ quantity, at: where(cell), statistic: measures[measure] },
      ...{ expected, tolerance, source, basis: 'theory' as const },
    }),
  );

function answerOf(summaries: readonly CellSummary<Seeding>[]): string[] {
  const lines: string[] = [];
  const most = (scene: Scene, seeds: number) =>
    at(summaries, {
      ...{ scene, seeds, version: BASE.version },
      n: Math.max(...summaries.map(({ cell }) => (cell.scene === scene ? cell.n : 0))),
    });
  const load = most('load', BASE.seeds);
  if (load !== undefined) {
    const { seed_calls, other_calls } = load.measures;
    lines.push(
      `Seeds are no bottleneck: of ${load.cell.n} nodes with ${load.cell.seeds} seeds each seed is called ${seed_calls.mean.toFixed(2)} times a second, any other node ${other_calls.mean.toFixed(2)} times. More seeds share what is extra; it never exceeds about one call a second.`,
    );
  }
  const formed = summaries.filter(({ cell }) => cell.scene === 'together');
  if (formed.length > 0) {
    const n = Math.max(...formed.map(({ cell }) => cell.n));
    const times = formed
      .filter(({ cell }) => cell.n === n)
      .map(({ cell, measures }) => `${measures.all_up_s.mean.toFixed(1)} s with ${cell.seeds}`);
    lines.push(
      `A cluster of ${n} nodes that all start from nothing within a second has everybody up after ${times.join(', ')} seeds. The number hardly matters: most nodes ask too early, ask again after 5 s, and gossip from then on.`,
    );
  }
  const apart = most('disjoint', BASE.seeds);
  const one = most('one entry', BASE.seeds);
  if (apart !== undefined && one !== undefined) {
    lines.push(
      `Lists without a common seed make two clusters that never meet: ${(100 * apart.measures.across_end.mean).toFixed(0)} % of the pairs across knew each other. A single entry at a single node was enough to make one of them: ${(100 * one.measures.across_end.mean).toFixed(0)} %.`,
    );
  }
  const known = most('known node', BASE.seeds);
  const lone = most('new seed', BASE.seeds);
  if (known !== undefined && lone !== undefined) {
    lines.push(
      `With all seeds down a node that has been in the cluster restarts all the same, gossiping ${known.measures.gossips_s.mean.toFixed(0)} s after its start, as it asks the peers on its disk from 5 s on; a new node gives up after 61 s.`,
      `Do not start a new seed while all the others are down: after ${lone.measures.gossips_s.mean.toFixed(0)} s it goes on alone, a cluster of its own, until one of them is back (or another node lists it).`,
    );
  }
  return lines;
}

const isWanted = ({ scene, n, seeds, version }: Seeding): boolean => {
  if (version !== BASE.version)
    return scene === 'known node' && n === BASE.n && seeds === BASE.seeds;
  if (scene === 'load') return seeds <= n;
  if (seeds > n / 2) return scene === 'together' && seeds <= n;
  if (scene === 'together') return true;
  if (scene === 'one by one') return n === BASE.n;
  return seeds === BASE.seeds && n >= 10;
};

export default experiment<Seeding>({
  name: 'cassandra-seeds',
  question:
    'How many seeds does a Cassandra cluster need, and what if the lists differ, or all seeds are down when a node starts?',
  claim:
    'Any number from one on does: a seed is called less than twice as often as another node, and a cluster starts from nothing as fast with one as with ten. Lists must be connected: without a common seed two clusters form that never meet, and a single entry joins them. With all seeds down only nodes that know their peers from disk can start.',
  source: 'Apache Cassandra 3.11 to trunk, Gossiper; loads and times derived here',
  seed: 'cassandra-seeds',
  axes: {
    scene: Object.entries(SCENES)
      .map(([name, what]) => `${name}: ${what}`)
      .join('; '),
    n: 'nodes',
    seeds: 'in each list',
    version: 'of Cassandra',
  },
  grid: {
    scene: Object.keys(SCENES) as Scene[],
    n: [10, 30, 100],
    seeds: [1, 2, 3, 10],
    version: ['4.1', 'trunk'],
  },
  where: isWanted,
  replicates: ({ scene, n }) => {
    if (scene === 'load') return n === 100 ? 24 : 60;
    if (scene === 'together') return n === 100 ? 40 : 200;
    return scene === 'one by one' ? 60 : 10;
  },
  quick: { grid: { n: [10, 30], seeds: [1, 3] }, replicates: 3 },
  fixed: {
    latencyMs: LATENCY_MS,
    loss: 0,
    bootstrapMs: 0,
    seedsDownAtS: DOWN_AT_S,
    startAtS: START_AT_S,
    seedsBackAtS: BACK_AT_S,
    gapS: GAP_S,
    countedS: 300,
  },
  measures: {
    last_gossips_s: 'from nothing: until the shadow round of the last node is over',
    all_known_s: 'from nothing: until all know all',
    all_up_s: 'from nothing: until all have all up',
    whole: 'from nothing: whether all had all up by the end',
    across_before: 'share of the pairs across that knew each other after 60 s',
    across_end: 'share of the pairs across that knew each other at the end',
    gossips_s: 'seeds down: from the start of the process until it gossips',
    asked: 'seeds down: SYNs that it sent',
    seed_calls: 'load: SYNs a seed received per second',
    other_calls: 'load: SYNs another node received per second',
    calls_per_round: 'load: SYNs a node sent per second',
  },
  events: (cell) => clusterEvents(cell.n, horizonS(cell)),
  bytes: ({ n }) => clusterBytes(n),
  run,
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer: answerOf,
  remarks: [
    'The seed step is a draw below S/L after a live target that was no seed, so the more seeds, the rarer it is: with all nodes seeds it never comes, and everybody is called once a second.',
    'From nothing: nodes are not in the ring long enough to be kept from it: bootstrap takes no time here, as with auto_bootstrap off; Cassandra would refuse to bootstrap them at the same time.',
    'Why 6 s: a node that is asked before it has started does not answer, and one whose shadow round is over but which has not looked yet (it sleeps a second between looks) drops the question. So all but the seed that starts last ask again after 5 s and look a second later. A single seed has nobody to ask and gossips at once.',
    'Why it takes longer then than the news of one node: who has an empty disk names nobody in its SYN, and an ACK tells only of those that were named. It learns of the others when they call it, or when one whom it knows by then does.',
    'Pairs across: of nodes with different lists; where a node starts late, it with each other node.',
    'A new seed that has gone on alone calls the seeds of its list in each round, so it is found as soon as one of them is back.',
  ],
  figures: [
    {
      name: 'load',
      title: 'What a seed is called',
      caption:
        'SYNs a seed receives per second, mean of the runs; band: 95 % confidence interval; dashed: exact. Another node receives 1.',
      x: { field: 'seeds', title: 'seeds', scale: 'log' },
      y: { field: 'seed_calls', title: 'SYNs per second' },
      color: { field: 'n', title: 'nodes' },
      where: ({ scene }) => scene === 'load',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => seedCalls(Number(cell.n), Number(cell.seeds)),
        },
      ],
    },
    {
      name: 'formation',
      title: 'From nothing until all have all up',
      caption:
        'All nodes start within a second; mean of the runs; band: 5 % to 95 % of the runs. Dashed: the last node gossips.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'all_up_s', title: 'time since the first start (s)' },
      color: { field: 'seeds', title: 'seeds' },
      band: 'quantiles',
      where: ({ scene }) => scene === 'together',
      references: [
        {
          label: 'last node gossips, 3 seeds',
          mark: 'line',
          at: (cell) =>
            cell.seeds === BASE.seeds ? lastGossipsS(Number(cell.n), BASE.seeds) : null,
        },
      ],
    },
  ],
});
