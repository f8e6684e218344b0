/** How long until everybody knows that a node is alive, has joined or is back, and how old is what they know? */
import {
  asynchronous,
  asynchronousGrowth,
  at,
  type CellSummary,
  constant,
  coverage,
  covered,
  difference,
  experiment,
  exponential,
  type Fault,
  type Ground,
  groundOf,
  type HeartbeatOptions,
  heartbeatOn,
  heartbeatRumours,
  judge,
  lossy,
  type Micros,
  type NodeId,
  type Observer,
  type Outcome,
  PERIOD_MS,
  pullRounds,
  pushPullRounds,
  pushRounds,
  RumourChain,
  restartDelay,
  type Staleness,
  simulate,
  spread,
  staleness,
  synchronous,
} from '../src/index.ts';

const EXCHANGES = ['push', 'pull', 'push-pull'] as const;
const LATENCY_MS = 300; // mean, in the network
const NEVER_MS = 1e9; // T_fail: nobody is suspected, nothing is held back

const WARM_UP = 40; // periods until ages are as they will be: none but one in 10^6 is older
const HEARTBEATS = 20; // per run, each of another node
const HEARTBEATS_APART = 3; // periods
const LIVES = 8; // joins or restarts per run, each of another node
const LIVES_APART = 15; // periods
const DOWN = 3; // periods, before a restart
const CONTACT = 0; // the node that newcomers know
const TAIL = 200; // periods, at most, until the last heartbeat is through

const AGES = Array.from({ length: 41 }, (_, age) => age);
const OLDEST = 200; // periods, for the exact mean
const AGES_EVERY = 6; // periods between samples
const AGES_OBSERVERS = 100; // rows of the table, of those that there are
const AGES_CHECKED = [5, 8, 10, 12, 15];
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

const heartbeatPeriods = WARM_UP + HEARTBEATS * HEARTBEATS_APART;
const lifePeriods = LIVES * LIVES_APART + 60;

// ---- theory ----

interface Exact {
  readonly rounds: number; // mean, until all know
  readonly ages: readonly number[]; // [a] P(age <= a)
}

const exactLaws = new Map<string, Exact>();

/** The exact law in step; null for too many nodes. */
function exactOf({ n, exchange, fanout, loss }: News): Exact | null {
  if (n > MOST_EXACT) return null;
  const key = [n, exchange, fanout, loss].join();
  if (!exactLaws.has(key)) {
    const chain = new RumourChain({ n, exchange, fanout, delivered: 1 - loss });
    exactLaws.set(key, { rounds: chain.rounds(), ages: chain.ages(OLDEST) });
  }
  return exactLaws.get(key)!;
}

/** Rounds until all know, up to O(1), at fanout 1. */
const ASYMPTOTIC = { push: pushRounds, pull: pullRounds, 'push-pull': pushPullRounds };

/** Rounds in step until all know a heartbeat: exact up to 1000 nodes, from there by the asymptotic growth. */
function roundsInStep(cell: News): number {
  const exact = exactOf(cell);
  if (exact !== null) return exact.rounds;
  const growth = ASYMPTOTIC[cell.exchange];
  return roundsInStep({ ...cell, n: MOST_EXACT }) + growth(cell.n) - growth(MOST_EXACT);
}

/** Growth rate per period of push in the network. */
const rateInNetwork = (fanout: number, loss: number) =>
  asynchronousGrowth((r) => 1 / (1 + (r * LATENCY_MS) / PERIOD_MS), fanout * (1 - loss));

// ---- findings ----

const where = ({ exchange, n, fanout, loss }: News) =>
  `${exchange}, n = ${n}${fanout > 1 ? `, fanout ${fanout}` : ''}${loss > 0 ? `, loss ${loss}` : ''}`;

function inStepFindings({ cell, measures }: CellSummary<News>) {
  const { event, exchange, n } = cell;
  const compare = (expected: number, tolerance: number, source: string) =>
    judge({
      quantity: `${event}: rounds to all`,
      at: where(cell),
      statistic: measures.t100_periods,
      expected,
      tolerance,
      basis: 'theory',
      source,
    });
  const rounds = roundsInStep(cell);
  if (event === 'heartbeat') {
    if (n <= MOST_EXACT) return [compare(rounds, 0, 'exact: a heartbeat is a rumour')];
    const source = 'exact at n = 1000, growth by Pittel 1987 and Doerr, Kostrygin 2017';
    return [compare(rounds, exchange === 'push' ? 0.05 : 0.1, source)]; // the o(1)
  }
  const small = 15 / n; // calls at the newcomer are for nothing, and those who join later are not there yet
  if (event === 'join' && exchange === 'push') {
    return [
      compare(1 / (1 - cell.loss) + rounds, small, 'its call at its contact, then as a heartbeat'),
    ];
  }
  if (event === 'join' || !isPlain(cell)) return [];
  if (exchange !== 'push') return [compare(rounds, 0, 'as a heartbeat: who calls it is told')];
  return [
    compare(rounds + restartDelay(), small, 'as a heartbeat, and the delay until it is called'),
  ];
}

/** Heartbeat tables against broadcast, cell by cell. */
function ageFindings({ cell, measures, series }: CellSummary<News>) {
  const exact = exactOf(cell);
  if (exact === null || cell.event !== 'heartbeat') return [];
  const { ages } = exact;
  const source = 'exact: (E I_a - 1)/(n - 1), I_a nodes know a rumour after a rounds';
  const shares = AGES_CHECKED.filter((age) => ages[age] > 0.02 && ages[age] < 0.98).map((age) =>
    judge({
      quantity: 'share of ages up to a periods',
      at: `a = ${age}, ${where(cell)}`,
      statistic: series.age_share_frac[age],
      expected: ages[age],
      tolerance: 0,
      basis: 'theory',
      source,
    }),
  );
  const mean = judge({
    quantity: 'mean age (periods)',
    at: where(cell),
    statistic: measures.age_mean_periods,
    expected: ages.reduce((sum, share) => sum + 1 - share, 0),
    tolerance: 0,
    basis: 'theory',
    source,
  });
  return [...shares, mean];
}

/** In the network: ln n / r until many know, and the last are called at the rate of arrivals; the O(1) cancels. */
function networkFindings(summaries: readonly CellSummary<News>[], summary: CellSummary<News>) {
  const { cell, measures } = summary;
  const base = at(summaries, { ...cell, n: cell.n / 10 });
  if (base === undefined || cell.exchange !== 'push' || cell.event !== 'heartbeat') return [];
  const { fanout, loss } = cell;
  const expected = Math.log(10) * (1 / rateInNetwork(fanout, loss) + 1 / (fanout * (1 - loss)));
  return [
    judge({
      quantity: 'heartbeat, network: growth of periods to all per decade',
      at: `push, n = ${cell.n / 10} to ${cell.n}`,
      statistic: difference(measures.t100_periods, base.measures.t100_periods),
      expected,
      tolerance: 0.15, // the o(1), which in step is 0.11 at n = 100
      basis: 'theory',
      source: 'ln n (1/r + 1), r = E[exp(-r D)]: growth of the branching process, then the last',
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

function modelOf({ timing, n, loss }: News, periods: number) {
  if (timing === 'in-step') {
    return synchronous(n, periods, { link: lossy(loss, constant({ ms: 1 })) });
  }
  const link = lossy(loss, exponential({ meanMs: LATENCY_MS }));
  return asynchronous(n, periods * PERIOD_MS, link);
}

/** The mean over the events of a run; null if one of them did not come to pass. */
const meanOf = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : (values as number[]).reduce((a, b) => a + b, 0) / values.length;

const bytesPerNodeSecond = ({ traffic, end }: Outcome, n: number) =>
  traffic.bytesSent / n / (end / 1e6);

/** Reads the ages of the newest heartbeats known, at the beginning of rounds of node 0. */
function ageReader({ table }: Ground, n: number, ages: Staleness): Observer {
  const first = new Float64Array(n).fill(Number.NaN); // [node] us, its first round, of heartbeat 1
  const row = new Float64Array(n); // [subject] us
  const period = PERIOD_MS * 1000;
  let next = WARM_UP * period;
  return {
    onRound(now: Micros, node: NodeId) {
      if (Number.isNaN(first[node])) first[node] = now;
      if (node !== 0 || now < next || now >= heartbeatPeriods * period) return;
      next += AGES_EVERY * period;
      for (let observer = 0; observer < Math.min(n, AGES_OBSERVERS); observer++) {
        for (let subject = 0; subject < n; subject++) {
          const heartbeat = table.heartbeat(observer, subject);
          row[subject] =
            heartbeat === 0 ? Number.NaN : now - first[subject] - (heartbeat - 1) * period;
        }
        ages.row(now, observer, row);
      }
    },
  };
}

function runHeartbeats(cell: News, seed: string) {
  const { n, timing } = cell;
  const model = modelOf(cell, heartbeatPeriods + TAIL);
  const ground = groundOf(n);
  const known = coverage({ n, rumours: HEARTBEATS, rounds: model.rounds });
  const ages = staleness({ n, unitMs: timing === 'in-step' ? PERIOD_MS : PERIOD_MS / 100 });
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
    observers: [known, ageReader(ground, n, ages)],
  });
  const periodsTo = (share: number) =>
    meanOf(Array.from({ length: HEARTBEATS }, (_, rumour) => known.roundsTo(share, rumour)));
  const inPeriods = (ms: number | null) => (ms === null ? null : ms / PERIOD_MS);
  const shares = ages.curve(AGES.map((age) => age * PERIOD_MS));
  return {
    t50_periods: periodsTo(0.5),
    t99_periods: periodsTo(0.99),
    t100_periods: periodsTo(1),
    age_mean_periods: inPeriods(ages.meanMs()),
    age_p50_periods: inPeriods(ages.quantileMs(0.5)),
    age_p99_periods: inPeriods(ages.quantileMs(0.99)),
    age_max_periods: inPeriods(ages.maxMs()),
    bytes_per_node_s: bytesPerNodeSecond(outcome, n),
    age_share_frac: shares.map((share) => share ?? Number.NaN),
  };
}

/** Joins or restarts, one at a time. */
function runLives(cell: News, seed: string) {
  const { event, timing, n } = cell;
  const newcomers = Array.from({ length: LIVES }, (_, i) => CONTACT + 1 + i);
  const others = Array.from({ length: n }, (_, node) => node).filter(
    (node) => event === 'restart' || !newcomers.includes(node),
  );
  const known = spread({ n });
  const outcome = simulate({
    ...modelOf(cell, lifePeriods),
    seed,
    protocol: heartbeatOn(groundOf(n), {
      ...optionsOf(cell),
      knows: (node) => (newcomers.includes(node) ? [CONTACT] : others),
    }),
    workload: [],
    faults: newcomers.flatMap((node, i): Fault[] => {
      const atMs = ((i + 1) * LIVES_APART - 0.5) * PERIOD_MS;
      if (event === 'join') return faultsOf(node, 'absent', 0, atMs);
      return faultsOf(node, 'crash', atMs - DOWN * PERIOD_MS, atMs);
    }),
    observers: [known],
  });
  /** Rounds begun, in step; else time. */
  const periods = (atMs: number, delayMs: number | null) => {
    if (delayMs === null) return null;
    if (timing !== 'in-step') return delayMs / PERIOD_MS;
    return Math.floor((atMs + delayMs) / PERIOD_MS) - Math.floor(atMs / PERIOD_MS);
  };
  const arrivals = known.arrivals();
  return {
    ...NO_AGES,
    t50_periods: meanOf(arrivals.map((life) => periods(life.atMs, life.medianMs))),
    t99_periods: meanOf(arrivals.map((life) => periods(life.atMs, life.p99Ms))),
    t100_periods: meanOf(arrivals.map((life) => periods(life.atMs, life.everyoneMs))),
    bytes_per_node_s: bytesPerNodeSecond(outcome, n),
  };
}

const faultsOf = (
  node: NodeId,
  gone: 'absent' | 'crash',
  goneMs: number,
  atMs: number,
): Fault[] => [
  { atMs: goneMs, node, kind: gone },
  { atMs, node, kind: 'restart' },
];

const NO_AGES = {
  age_mean_periods: null,
  age_p50_periods: null,
  age_p99_periods: null,
  age_max_periods: null,
  age_share_frac: AGES.map(() => Number.NaN),
};

export default experiment<News>({
  name: 'heartbeat-convergence',
  question:
    'How long until everybody knows that a node is alive, has joined or is back, and how old is what they know?',
  claim:
    'A heartbeat is a rumour: by push all know it after log2 n + ln n + O(1) rounds, and the age of what a node knows of another has the law of the delay of that rumour. To join costs a round more than a heartbeat, to come back a fifth of one.',
  source:
    'van Renesse, Minsky, Hayden 1998; Pittel 1987; Doerr, Kostrygin 2017; the exact laws are derived (remarks)',
  seed: 'heartbeat-convergence',
  axes: {
    event:
      'what is news: a heartbeat, a node that joins and knows one other, one that is back after a crash',
    exchange: 'who sends its list in a gossip: the caller, the one called, or both',
    timing: `in-step: rounds at once, latency far below them; network: phases at random, latency exponential, mean ${LATENCY_MS} ms`,
    n: 'nodes',
    fanout: 'gossips of a node per period',
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
  where: (cell) => {
    const { event, exchange, timing, n, fanout, loss } = cell;
    if (n === 100) return event === 'heartbeat' || fanout === 1 || loss === 0;
    if (!isPlain(cell)) return false;
    if (n <= 1000) return true;
    return event === 'heartbeat' && timing === 'in-step' && (n < 10000 || exchange === 'push');
  },
  replicates: (cell) => {
    if (cell.n <= 100) return isPlain(cell) ? 100 : 30;
    return cell.n <= 316 ? 30 : cell.n <= 1000 ? 16 : 6;
  },
  quick: {
    grid: { timing: ['in-step'], n: [50, 100], fanout: [1], loss: [0, 0.5] },
    replicates: 12,
  },
  fixed: {
    periodMs: PERIOD_MS,
    overlay: 'complete',
    partners: 'members',
    failMs: 'never',
    warmUpPeriods: WARM_UP,
    heartbeatsPerRun: HEARTBEATS,
    joinsOrRestartsPerRun: LIVES,
    downPeriods: DOWN,
    agesOfNodes: AGES_OBSERVERS,
  },
  measures: {
    converged: 'whether each heartbeat, join or restart of the run became known to all',
    t50_periods: 'periods until half of the nodes knew; mean over the events of a run',
    t99_periods: 'periods until 99 % of the nodes knew',
    t100_periods:
      'periods until all live nodes knew: rounds in step; in the network time, the wait for its own next round included',
    age_mean_periods:
      'mean age of the newest heartbeat that a node has of another, at the end of a period',
    age_p50_periods: 'median of these ages',
    age_p99_periods: '99 % quantile of these ages',
    age_max_periods: 'the largest of these ages',
    bytes_per_node_s: 'bytes that a node sends per second: whole lists, UDP/IP headers included',
    age_share_frac: 'series: share of ages up to so many periods',
  },
  series: { age_share_frac: { x: 'age', at: AGES } },
  events: ({ event, exchange, n, fanout }) => {
    const periods = event === 'heartbeat' ? heartbeatPeriods + 20 : lifePeriods;
    const messages = periods * fanout * (exchange === 'push' ? 1 : 2);
    return n * n * (1 + messages / 100) + n * messages * 5;
  },
  bytes: ({ n }) => 4 * n * n + 2000 * n,
  run(cell, seed) {
    const measured = cell.event === 'heartbeat' ? runHeartbeats(cell, seed) : runLives(cell, seed);
    return { converged: measured.t100_periods !== null, ...measured };
  },
  findings: (summaries) =>
    summaries.flatMap((summary) =>
      summary.cell.timing === 'in-step'
        ? [...inStepFindings(summary), ...ageFindings(summary)]
        : networkFindings(summaries, summary),
    ),
  remarks: ['todo'],
  figures: [
    {
      name: 'time',
      title: 'Rounds until all nodes know a heartbeat',
      caption:
        'Mean over the runs, rounds in step, fanout 1; band: 95 % confidence interval; dashed: exact up to 1000 nodes, from there the asymptotic growth.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't100_periods', title: 'rounds to all' },
      color: { field: 'exchange', title: 'exchange' },
      where: (cell) =>
        cell.event === 'heartbeat' && cell.timing === 'in-step' && isPlain(cell as News),
      references: [{ label: 'theory', mark: 'line', at: (cell) => roundsInStep(cell as News) }],
    },
    {
      name: 'ages',
      title: 'How old is what a node knows of another?',
      caption:
        'Share of pairs whose newest heartbeat is at most so old, at the end of a period; push, rounds in step. Diamonds: exact law of a rumour after as many rounds.',
      x: { field: 'age', title: 'age (periods)' },
      y: { field: 'age_share_frac', title: 'share of pairs' },
      color: { field: 'n', title: 'nodes' },
      where: (cell) =>
        cell.event === 'heartbeat' &&
        cell.exchange === 'push' &&
        cell.timing === 'in-step' &&
        isPlain(cell as News),
      references: [
        {
          label: 'exact',
          mark: 'points',
          at: (cell) => exactOf(cell as News)?.ages[Number(cell.age)] ?? null,
        },
      ],
    },
  ],
});
