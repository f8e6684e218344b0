/** How long until everybody knows that a node is alive, has joined or is back, and how old is what they know? */
import {
  asynchronous,
  asynchronousGrowth,
  at,
  type Cell,
  type CellSummary,
  constant,
  coverage,
  covered,
  difference,
  experiment,
  exponential,
  type Fault,
  groundOf,
  type HeartbeatOptions,
  heartbeatAges,
  heartbeatOn,
  heartbeatRumours,
  judge,
  lossy,
  type Outcome,
  PERIOD_MS,
  pullRounds,
  pushPullRounds,
  pushRounds,
  RumourChain,
  restartDelay,
  simulate,
  spread,
  synchronous,
} from '../src/index.ts';

const EXCHANGES = ['push', 'pull', 'push-pull'] as const;
const LATENCY_MS = 300; // mean, in the network
const NEVER_MS = 1e9; // T_fail: nobody is suspected, nothing is held back

const WARM_UP = 60; // periods: ages beyond are 3 in 10^4 by pull at loss 0.5, else below 1 in 10^9
const HEARTBEATS = 20; // per run, each of another node
const HEARTBEATS_APART = 3; // periods
const HEARTBEATS_END = WARM_UP + HEARTBEATS * HEARTBEATS_APART;
const TAIL = 200; // periods, at most, until the last one is known
const LIVES = 5; // joins or restarts per run, each of another node
const CONTACT = 0; // the node that newcomers know
const DOWN = 3; // periods, before a restart

const AGES = Array.from({ length: 26 }, (_, age) => age);
const AGES_EVERY = 6; // periods
const AGES_ROWS = 100; // observers, of those that there are
const AGES_CHECKED = [5, 8, 10, 12, 15];
const OLDEST = 200; // periods, for the exact mean
const MOST_EXACT = 1000; // nodes, above which the exact law takes too long

interface News extends Record<string, string | number> {
  event: string;
  exchange: (typeof EXCHANGES)[number];
  timing: string;
  n: number;
  fanout: number;
  loss: number;
}

const isPlain = ({ fanout, loss }: News) => fanout === 1 && loss === 0;

/** Periods from one join or restart to the next: by then all know it, but for bad luck. */
const livesApart = ({ n, fanout, loss }: News) => Math.ceil(2 * pushRounds(n, fanout * (1 - loss)));

const periodsOf = (cell: News) =>
  cell.event === 'heartbeat' ? HEARTBEATS_END + TAIL : (LIVES + 2) * livesApart(cell);

// ---- theory ----

interface Exact {
  readonly rounds: number; // mean, until all know
  readonly ages: readonly number[]; // [a] P(age <= a)
}

const exactLaws = new Map<string, Exact>();

/** The exact law of a heartbeat in step; null for too many nodes. */
function exactOf({ n, exchange, fanout, loss }: News): Exact | null {
  if (n > MOST_EXACT) return null;
  const key = [n, exchange, fanout, loss].join();
  if (!exactLaws.has(key)) {
    const chain = new RumourChain({ n, exchange, fanout, delivered: 1 - loss });
    exactLaws.set(key, { rounds: chain.rounds(), ages: chain.ages(OLDEST) });
  }
  return exactLaws.get(key)!;
}

/** Rounds until all know, up to O(1), at fanout 1 without loss. */
const ASYMPTOTIC = { push: pushRounds, pull: pullRounds, 'push-pull': pushPullRounds };

interface Theory {
  readonly rounds: number;
  readonly tolerance: number;
  readonly source: string;
}

/** Rounds in step until all know; null where there is no theory. */
function theoryOf(cell: News): Theory | null {
  const { event, exchange, n, loss } = cell;
  if (cell.timing !== 'in-step') return null;
  if (event === 'heartbeat') return heartbeatTheory(cell);
  const { rounds } = heartbeatTheory(cell);
  const tolerance = 15 / n; // calls at the newcomer are for nothing, and those who join later are not there yet
  if (event === 'join') {
    if (exchange !== 'push') return null;
    const source = 'its call arrives at its contact, then as a heartbeat';
    return { rounds: 1 / (1 - loss) + rounds, tolerance, source };
  }
  if (!isPlain(cell)) return null;
  if (exchange === 'push') {
    const source = 'as a heartbeat, and the delay until it is called';
    return { rounds: rounds + restartDelay(), tolerance, source };
  }
  return { rounds, tolerance: 0, source: 'as a heartbeat: who calls it is told' };
}

/** Exact up to 1000 nodes, from there by the growth. */
function heartbeatTheory(cell: News): Theory {
  const exact = exactOf(cell);
  if (exact !== null) return { ...exact, tolerance: 0, source: 'exact: a heartbeat is a rumour' };
  const growth = ASYMPTOTIC[cell.exchange];
  return {
    rounds: exactOf({ ...cell, n: MOST_EXACT })!.rounds + growth(cell.n) - growth(MOST_EXACT),
    tolerance: cell.exchange === 'push' ? 0.05 : 0.1, // the o(1)
    source: 'exact at n = 1000, growth by Pittel 1987 and Doerr, Kostrygin 2017',
  };
}

// ---- findings ----

const where = ({ exchange, n, fanout, loss }: News) =>
  `${exchange}, n = ${n}${fanout > 1 ? `, fanout ${fanout}` : ''}${loss > 0 ? `, loss ${loss}` : ''}`;

function roundsFindings({ cell, measures }: CellSummary<News>) {
  const theory = theoryOf(cell);
  if (theory === null) return [];
  return [
    judge({
      quantity: `${cell.event}: rounds to all`,
      at: where(cell),
      statistic: measures.t100_periods,
      expected: theory.rounds,
      tolerance: theory.tolerance,
      basis: 'theory',
      source: theory.source,
    }),
  ];
}

/** Heartbeat tables against broadcast, cell by cell. */
function ageFindings({ cell, measures, series }: CellSummary<News>) {
  const exact = exactOf(cell);
  if (exact === null || cell.event !== 'heartbeat' || cell.timing !== 'in-step') return [];
  const { ages } = exact;
  const theory = {
    tolerance: 0,
    basis: 'theory',
    source: 'exact: (E I_a - 1)/(n - 1), I_a nodes know a rumour after a rounds',
  } as const;
  const checked = AGES_CHECKED.filter((age) => ages[age] > 0.02 && ages[age] < 0.98);
  return [
    ...checked.map((age) =>
      judge({
        quantity: 'share of ages up to a periods',
        at: `a = ${age}, ${where(cell)}`,
        statistic: series.age_share_frac[age],
        expected: ages[age],
        ...theory,
      }),
    ),
    judge({
      quantity: 'mean age (periods)',
      at: where(cell),
      statistic: measures.age_mean_periods,
      expected: ages.reduce((sum, share) => sum + 1 - share, 0),
      ...theory,
    }),
  ];
}

/** In the network: ln n / r until many know, and the last are called at the rate of arrivals; the O(1) cancels. */
function networkFindings(summaries: readonly CellSummary<News>[], summary: CellSummary<News>) {
  const { cell, measures } = summary;
  const base = at(summaries, { ...cell, n: cell.n / 10 });
  if (cell.timing !== 'network' || cell.event !== 'heartbeat' || cell.exchange !== 'push')
    return [];
  if (base === undefined) return [];
  const arrivals = cell.fanout * (1 - cell.loss); // per period
  const r = asynchronousGrowth((rate) => 1 / (1 + (rate * LATENCY_MS) / PERIOD_MS), arrivals);
  return [
    judge({
      quantity: 'heartbeat, network: growth of periods to all per decade',
      at: `n = ${base.cell.n} to ${where(cell)}`,
      statistic: difference(measures.t100_periods, base.measures.t100_periods),
      expected: Math.log(10) * (1 / r + 1 / arrivals),
      tolerance: 0.15, // the o(1); in step it is 0.11 from n = 100 on
      basis: 'theory',
      source: 'growth of the branching process, then calls at the last: ln n (1/r + 1)',
    }),
  ];
}

// ---- one run ----

const optionsOf = ({ exchange, fanout }: News): HeartbeatOptions => ({
  failMs: NEVER_MS,
  exchange,
  fanout,
  partners: 'members',
});

function modelOf(cell: News) {
  const { timing, n, loss } = cell;
  const periods = periodsOf(cell);
  if (timing === 'in-step') {
    return synchronous(n, periods, { link: lossy(loss, constant({ ms: 1 })) });
  }
  const link = lossy(loss, exponential({ meanMs: LATENCY_MS }));
  return asynchronous(n, periods * PERIOD_MS, link);
}

/** The mean over the events of a run; null if one of them did not become known. */
const meanOf = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : (values as number[]).reduce((a, b) => a + b, 0) / values.length;

const bytesPerNodeSecond = ({ traffic, end }: Outcome, n: number) =>
  traffic.bytesSent / n / (end / 1e6);

function runHeartbeats(cell: News, seed: string) {
  const { n, timing } = cell;
  const model = modelOf(cell);
  const ground = groundOf(n);
  const known = coverage({ n, rumours: HEARTBEATS, rounds: model.rounds });
  const meter = heartbeatAges({
    table: ground.table,
    periodMs: PERIOD_MS,
    fromMs: WARM_UP * PERIOD_MS,
    everyPeriods: AGES_EVERY,
    untilMs: HEARTBEATS_END * PERIOD_MS,
    rows: AGES_ROWS,
    unitMs: timing === 'in-step' ? PERIOD_MS : PERIOD_MS / 100,
  });
  const outcome = simulate({
    ...model,
    seed,
    protocol: heartbeatRumours(ground, optionsOf(cell)),
    workload: Array.from({ length: HEARTBEATS }, (_, input) => ({
      atMs: (WARM_UP + input * HEARTBEATS_APART + 0.5) * PERIOD_MS,
      node: input % n,
      input,
    })),
    stop: covered,
    observers: [known, meter],
  });
  const periodsTo = (share: number) =>
    meanOf(Array.from({ length: HEARTBEATS }, (_, rumour) => known.roundsTo(share, rumour)));
  const { ages } = meter;
  const inPeriods = (ms: number | null) => (ms === null ? null : ms / PERIOD_MS);
  return {
    t50_periods: periodsTo(0.5),
    t99_periods: periodsTo(0.99),
    t100_periods: periodsTo(1),
    age_mean_periods: inPeriods(ages.meanMs()),
    age_p50_periods: inPeriods(ages.quantileMs(0.5)),
    age_p99_periods: inPeriods(ages.quantileMs(0.99)),
    age_max_periods: inPeriods(ages.maxMs()),
    bytes_per_node_s: bytesPerNodeSecond(outcome, n),
    age_share_frac: ages.curve(AGES.map((age) => age * PERIOD_MS)).map((share) => share!),
  };
}

/** A node joins whom nobody knows, or is back after a crash; it knows its contact. */
function lifeOf(event: string, node: number, atMs: number): Fault[] {
  const gone: Fault =
    event === 'join'
      ? { atMs: 0, node, kind: 'absent' }
      : { atMs: atMs - DOWN * PERIOD_MS, node, kind: 'crash' };
  return [gone, { atMs, node, kind: 'restart' }];
}

function runLives(cell: News, seed: string) {
  const { event, timing, n } = cell;
  const newcomers = Array.from({ length: LIVES }, (_, i) => CONTACT + 1 + i);
  const nodes = Array.from({ length: n }, (_, node) => node);
  const known = event === 'join' ? nodes.filter((node) => !newcomers.includes(node)) : nodes;
  const arrived = spread({ n });
  const outcome = simulate({
    ...modelOf(cell),
    seed,
    protocol: heartbeatOn(groundOf(n), {
      ...optionsOf(cell),
      knows: (node) => (newcomers.includes(node) ? [CONTACT] : known),
    }),
    workload: [],
    faults: newcomers.flatMap((node, i) =>
      lifeOf(event, node, ((i + 1) * livesApart(cell) - 0.5) * PERIOD_MS),
    ),
    observers: [arrived],
  });
  /** Rounds begun, in step; else time. */
  const periods = (atMs: number, delayMs: number | null) => {
    if (delayMs === null) return null;
    if (timing !== 'in-step') return delayMs / PERIOD_MS;
    return Math.floor((atMs + delayMs) / PERIOD_MS) - Math.floor(atMs / PERIOD_MS);
  };
  const lives = arrived.arrivals();
  return {
    t50_periods: meanOf(lives.map(({ atMs, medianMs }) => periods(atMs, medianMs))),
    t99_periods: meanOf(lives.map(({ atMs, p99Ms }) => periods(atMs, p99Ms))),
    t100_periods: meanOf(lives.map(({ atMs, everyoneMs }) => periods(atMs, everyoneMs))),
    age_mean_periods: null,
    age_p50_periods: null,
    age_p99_periods: null,
    age_max_periods: null,
    bytes_per_node_s: bytesPerNodeSecond(outcome, n),
    age_share_frac: AGES.map(() => Number.NaN),
  };
}

/** For figures. */
const isHeartbeat = (cell: Cell) => cell.event === 'heartbeat';
const isInStep = (cell: Cell) => cell.timing === 'in-step';

export default experiment<News>({
  name: 'heartbeat-convergence',
  question:
    'How long until everybody knows that a node is alive, has joined or is back, and how old is what they know?',
  claim:
    'A heartbeat is a rumour: by push all know it after log2 n + ln n + O(1) rounds, and the age of what a node knows of another has the law of that delay. By push a join takes one round more than a heartbeat, and a restart a fifth of one.',
  source:
    'van Renesse, Minsky, Hayden 1998 (protocol); Pittel 1987; Doerr, Kostrygin 2017; exact laws derived in the remarks',
  seed: 'heartbeat-convergence',
  axes: {
    event:
      'what is news: a heartbeat, a node that joins and knows one other, or one that is back after a crash and knows one other',
    exchange: 'who sends its list in a gossip: the caller, the one called, or both',
    timing: `in-step: rounds at once, latency far below them; network: phases at random, latency exponential with mean ${LATENCY_MS} ms`,
    n: 'nodes',
    fanout: 'calls of a node per period',
    loss: 'probability that a message is lost',
  },
  grid: {
    event: ['heartbeat', 'join', 'restart'],
    exchange: EXCHANGES,
    timing: ['in-step', 'network'],
    n: [100, 316, 1000, 3162, 10000],
    fanout: [1, 3],
    loss: [0, 0.2, 0.5],
  },
  // Fanout and loss are varied at 100 nodes, n for fanout 1 without loss.
  where: (cell) => {
    const { event, exchange, timing, n } = cell;
    if (event !== 'heartbeat' && exchange !== 'push' && !isPlain(cell)) return false;
    if (n > 100 && !isPlain(cell)) return false;
    if (n <= 1000) return true;
    return event === 'heartbeat' && timing === 'in-step' && (n < 10000 || exchange === 'push');
  },
  replicates: (cell) => {
    if (cell.n <= 100) return isPlain(cell) ? 100 : 30;
    return cell.n <= 316 ? 30 : cell.n <= 1000 ? 16 : cell.n < 10000 ? 12 : 6;
  },
  quick: {
    grid: { timing: ['in-step'], n: [32, 100], fanout: [1], loss: [0] },
    replicates: 14,
  },
  fixed: {
    periodMs: PERIOD_MS,
    overlay: 'complete',
    partners: 'members',
    failMs: 'never',
    entryBytes: 12,
    warmUpPeriods: WARM_UP,
    heartbeatsPerRun: HEARTBEATS,
    livesPerRun: LIVES,
    downPeriods: DOWN,
    observersOfAges: AGES_ROWS,
  },
  measures: {
    converged: 'whether each heartbeat, join or restart of the run became known to all',
    t50_periods: 'periods until half of the nodes knew; mean over the events of a run',
    t99_periods: 'periods until 99 % of the nodes knew',
    t100_periods:
      'periods until all live nodes knew: rounds in step; in the network time, from an instant before its own next round',
    age_mean_periods:
      'mean age of the newest heartbeat that a node has of another, at the end of a period',
    age_p50_periods: 'median of these ages',
    age_p99_periods: '99 % quantile of these ages',
    age_max_periods: 'the largest of these ages',
    bytes_per_node_s: 'bytes that a node sends per second: whole lists, with UDP/IP headers',
    age_share_frac: 'series: share of these ages up to so many periods',
  },
  series: { age_share_frac: { x: 'age', at: AGES } },
  events: (cell) => {
    const { event, exchange, n, fanout } = cell;
    const periods = event === 'heartbeat' ? HEARTBEATS_END + 20 : periodsOf(cell);
    const messages = periods * fanout * (exchange === 'push' ? 1 : 2); // per node
    return 0.8 * n * n * (1 + messages / 200) + n * messages * 8;
  },
  bytes: ({ n }) => 4 * n * n + 2000 * n,
  run(cell, seed) {
    const measured = cell.event === 'heartbeat' ? runHeartbeats(cell, seed) : runLives(cell, seed);
    return { converged: measured.t100_periods !== null, ...measured };
  },
  findings: (summaries) =>
    summaries.flatMap((summary) => [
      ...roundsFindings(summary),
      ...ageFindings(summary),
      ...networkFindings(summaries, summary),
    ]),
  remarks: [
    'Whoever has a later heartbeat tells as well as who has the one in question, so those who have it or a later one spread like a rumour that began with it: in step exactly, by push, pull and push-pull, at any fanout and loss. The exact law is that of the Markov chain of their number. A table one period after a round holds a heartbeat of age a if the rumour took at most a rounds: P(age <= a) = (E I_a - 1)/(n - 1), and the mean age is the mean delay of a rumour.',
    'Without loss the ages by pull have the same law as by push: reversed in time, a chain of calls that pushes is one that pulls. The last node nevertheless hears far sooner by pull, since then those who lack the news ask for it, each for itself, while by push they wait to be hit. With loss pull is slower, since it takes two messages.',
    'Join by push: the newcomer calls the only node that it knows until a call arrives, 1/(1 - loss) rounds in the mean, and its further calls go there too until somebody calls it; so the news begins with the contact. A restarted node is still called by others, and knows everybody again g rounds after the first with probability (1 - 1/e) exp(-g): its news is behind by log2 of (1 + 2^-g)/2, 0.198 rounds in the mean. By pull and push-pull whoever calls a restarted node is told at once, so a restart is told like a heartbeat; but a newcomer is not called until its name is known, so a join by pull costs many rounds.',
    'In the network the time counts from an instant before the own next round of the node, half a period in the mean. News travels several hops within a period there, so all know sooner than in step although messages take 0.3 periods.',
    'A whole list costs 12 n + 28 bytes per call: 1.2 kB per second and node at 100 nodes, 120 kB at 10,000.',
  ],
  figures: [
    {
      name: 'time',
      title: 'How long until all nodes know a heartbeat',
      caption:
        'Mean over the runs, fanout 1, no loss; band: 95 % confidence interval; dashed: theory, exact up to 1000 nodes.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_periods', title: 'periods to all' },
      color: { field: 'exchange', title: 'exchange' },
      facet: { field: 'timing', title: 'timing' },
      where: (cell) => isHeartbeat(cell) && isPlain(cell as News),
      references: [
        { label: 'theory', mark: 'line', at: (cell) => theoryOf(cell as News)?.rounds ?? null },
      ],
    },
    {
      name: 'ages',
      title: 'Push: how old is what a node knows of another',
      caption:
        'Share of pairs whose newest heartbeat is at most so old at the end of a period; rounds in step. Diamonds: exact, the share that a rumour reaches in as many rounds.',
      x: { field: 'age', title: 'age (periods)' },
      y: { field: 'age_share_frac', title: 'share of pairs' },
      color: { field: 'n', title: 'nodes' },
      where: (cell) =>
        isHeartbeat(cell) && isInStep(cell) && cell.exchange === 'push' && isPlain(cell as News),
      references: [
        {
          label: 'exact',
          mark: 'points',
          at: (cell) => exactOf(cell as News)?.ages[Number(cell.age)] ?? null,
        },
      ],
    },
    {
      name: 'ages-exchange',
      title: 'What an exchange does to the ages, among 100 nodes',
      caption:
        'Share of pairs whose newest heartbeat is at most so old at the end of a period; fanout 1, no loss. In step, push and pull have the same law.',
      x: { field: 'age', title: 'age (periods)' },
      y: { field: 'age_share_frac', title: 'share of pairs' },
      color: { field: 'exchange', title: 'exchange' },
      facet: { field: 'timing', title: 'timing' },
      where: (cell) => isHeartbeat(cell) && cell.n === 100 && isPlain(cell as News),
    },
    {
      name: 'news',
      title: 'A heartbeat, a join, a restart: rounds until all nodes know',
      caption:
        'Mean over the runs, rounds in step, fanout 1, no loss; band: 95 % confidence interval; dashed: theory, where there is one.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_periods', title: 'rounds to all' },
      color: { field: 'event', title: 'what is news' },
      facet: { field: 'exchange', title: 'exchange' },
      where: (cell) => isInStep(cell) && Number(cell.n) <= 1000 && isPlain(cell as News),
      references: [
        { label: 'theory', mark: 'line', at: (cell) => theoryOf(cell as News)?.rounds ?? null },
      ],
    },
    {
      name: 'loss',
      title: 'What loss costs, and what fanout buys, among 100 nodes',
      caption:
        'Rounds in step until all know a heartbeat, mean over the runs; band: 95 % confidence interval; dashed: exact.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 't100_periods', title: 'rounds to all' },
      color: { field: 'exchange', title: 'exchange' },
      facet: { field: 'fanout', title: 'fanout' },
      where: (cell) => isHeartbeat(cell) && isInStep(cell) && cell.n === 100,
      references: [
        { label: 'exact', mark: 'line', at: (cell) => theoryOf(cell as News)?.rounds ?? null },
      ],
    },
  ],
});
