/** How long news takes to reach all members of a SWIM group, riding on pings and acks, and how many it misses. */
import {
  at,
  type CellSummary,
  complete,
  constant,
  difference,
  ExchangeSpread,
  evenWay,
  experiment,
  type Fault,
  type Finding,
  FORGOTTEN,
  inStepTime,
  JOINED,
  judge,
  leftOver,
  millis,
  poissonTime,
  publishedShare,
  publishedTime,
  type Rounds,
  type Scenario,
  type SwimMessage,
  simulate,
  swim,
} from '../src/index.ts';

interface Spread extends Record<string, string | number> {
  news: 'join' | 'crash';
  clocks: 'Poisson' | 'random phases' | 'in step';
  n: number;
  limit: number;
}

const PERIOD_MS = 1000;
const LATENCY_MS = 0.1;
const EVENT_MS = 1500;
const PERIODS = 25;
const AMPLE = 21; // 3 ceil(ln(n + 1)) of 1024 members
const FEW = 256; // members, where news is passed on a few times only
const LEFT_RUNS: Readonly<Record<number, number>> = { 2: 200, 3: 300, 4: 700, 5: 1600 }; // on Poisson clocks
const TIMES = Array.from({ length: 25 }, (_, i) => i / 2); // periods
const PHASE: Readonly<Record<Spread['clocks'], Rounds['phase']>> = {
  Poisson: 'poisson',
  'random phases': 'random',
  'in step': 'synchronised',
};
/** Periodic pings and acks, no latency. */
const periodic = new ExchangeSpread({ ways: evenWay(0), delivered: 1 });

/** lambda for which lambda ceil(ln(n + 1)) is that, rounded up. */
const lambdaOf = ({ n, limit }: Spread) => (limit - 0.5) / Math.ceil(Math.log(n));

function scenarioOf(cell: Spread, seed: string) {
  const { news, clocks, n, limit } = cell;
  const node = n - 1;
  const faults: Fault[] =
    news === 'crash'
      ? [{ atMs: EVENT_MS, node, kind: 'crash' }]
      : [
          { atMs: 0, node, kind: 'absent' },
          { atMs: EVENT_MS, node, kind: 'restart' },
        ];
  const fact = news === 'crash' ? FORGOTTEN : JOINED;
  const facts = (news === 'crash' ? 1 : 2) * (n - 1); // who joins hears of all others
  return {
    ...{ seed, n, overlay: complete, link: constant({ ms: LATENCY_MS }), faults },
    rounds: { periodMs: PERIOD_MS, phase: PHASE[clocks] },
    protocol: swim({
      ...{ targets: 'random', suspicion: false, lambda: lambdaOf(cell) },
      ...(news === 'join' ? { members: n - 1 } : {}),
    }),
    horizonMs: EVENT_MS + PERIODS * PERIOD_MS,
    ...(limit === AMPLE ? { stop: (count: Float64Array) => count[fact] >= facts } : {}),
  } satisfies Scenario<SwimMessage>;
}

export default experiment<Spread>({
  name: 'swim-dissemination',
  question:
    'How soon have all members of a SWIM group heard of a join or a death, and does anybody miss it?',
  claim:
    'News spreads exponentially, by pings and acks that are sent anyway: x(t) = n / (1 + (n - 1) exp(-(2 - 1/n) t)) on Poisson clocks. Periodic clocks have a slower beginning, exp(1.63 t), and a quicker end. If each member passes it on at most c times, a share of about exp(-c + 1/2) never hears of it on Poisson clocks.',
  source:
    'Das, Gupta, Motivala, DSN 2002, section 4.1; the laws of periodic clocks and of limits derived here',
  seed: 'swim-dissemination',
  axes: {
    news: 'join: known to one at first; crash: found out by whoever pings the dead, without suspicion',
    clocks: 'Poisson; random phases: periodic, each at its own time; in step: all at the same time',
    n: 'members, with who joins or crashes',
    limit: 'c: how often a member passes an update on at most',
  },
  grid: {
    news: ['join', 'crash'],
    clocks: ['Poisson', 'random phases', 'in step'],
    n: [64, FEW, 1024],
    limit: [2, 3, 4, 5, AMPLE],
  },
  where: ({ news, clocks, n, limit }) =>
    limit === AMPLE ? news === 'join' || clocks === 'random phases' : n === FEW && news === 'join',
  replicates({ clocks, n, limit }) {
    if (limit === AMPLE) return clocks === 'in step' ? 700 : n === 1024 ? 200 : 400;
    return clocks === 'Poisson' ? LEFT_RUNS[limit] : 150;
  },
  quick: { grid: { n: [64, FEW], limit: [3, AMPLE] }, replicates: 12 },
  fixed: {
    periodMs: PERIOD_MS,
    latencyMs: LATENCY_MS,
    targets: 'random',
    suspicion: false,
    loss: 0,
    updatesPerMessage: 6,
  },
  measures: {
    half_periods: 'from who knows first until half of the others know',
    rise_periods: 'from 10 % to 90 % of them',
    all_periods: 'until all know',
    left_nodes: 'members that have not heard of it after 25 periods',
    known_frac: 'series: share that knows',
  },
  series: { known_frac: { x: 'periods', at: TIMES } },
  events: ({ n, limit }) => (limit === AMPLE ? 30 : 60) * n + n * n * 0.1,
  bytes: ({ n }) => 6 * n * n + 2000 * n,
  run(cell, seed) {
    const { news, n } = cell;
    const fact = news === 'crash' ? FORGOTTEN : JOINED;
    const known: number[] = []; // ms, ascending
    simulate({
      ...scenarioOf(cell, seed),
      observers: [
        {
          onFact(now, what, node, about) {
            if (what === fact && about === n - 1 && node !== about) known.push(millis(now));
          },
        },
      ],
    });
    const m = n - 1;
    const periods = known.map((time) => (time - known[0]) / PERIOD_MS);
    const to = (share: number) => periods[Math.ceil(share * m) - 1] ?? null;
    const [tenth, most] = [to(0.1), to(0.9)];
    return {
      half_periods: to(0.5),
      rise_periods: tenth === null || most === null ? null : most - tenth,
      all_periods: to(1),
      left_nodes: m - known.length,
      known_frac: TIMES.map((time) => periods.filter((one) => one <= time).length / m),
    };
  },
  findings: (summaries) =>
    summaries.flatMap((summary) => {
      const { cell } = summary;
      if (cell.news === 'crash') return [];
      if (cell.limit !== AMPLE) return cell.clocks === 'Poisson' ? [left(summary)] : [];
      if (cell.clocks === 'Poisson') return [...all(summary), ...poisson(summary)];
      return [
        ...all(summary),
        ...(cell.clocks === 'in step' ? inStep(summaries, summary) : randomPhases(summary)),
      ];
    }),
  answer,
  remarks: [
    'The published curve is the law of large numbers of Poisson clocks. Its time from 10 % to 90 % is right there; its beginning with one member is a matter of chance that takes gamma / 2 = 0.29 periods more in the mean. Members with a period of their own are slower at first: who hears of it by an ack has just pinged and must wait a whole period. They are quicker in the end: who does not know yet will ping somebody who knows within a period, where on a Poisson clock the last would wait for ln n.',
    'All in step, a period makes 3.5 of one: itself, its target, one that pings it, and half of one that pings its target after it did.',
    'The paper says that after lambda log n periods all but n^(2 - 2 lambda) know, and that an update is passed on lambda log n times. These are not the same: a member sends two messages a period, so that the limit is reached in half of those periods, and n^(1 - lambda) is left on Poisson clocks. With periodic clocks fewer are left, half as many with four times and a seventh with six, since each member pings in each period, while news lives for c / 2 of them.',
    'A crash is found out by several members on their own, one per period in the mean, each a source of its news; so it is everywhere sooner than news of which one knows.',
    'The medians of figure 3b (1.03 to 3.26 periods at 6 to 56 members) are single crashes and are not held against ours.',
  ],
  figures: [
    {
      name: 'curve',
      title: 'How news spreads on pings and acks',
      caption:
        'News of a join, 256 members, passed on up to 21 times; mean over the runs, the band is their 95 % confidence interval; dashed: the published curve.',
      x: { field: 'periods', title: 'periods since the first knows' },
      y: { field: 'known_frac', title: 'share that knows' },
      color: { field: 'clocks', title: 'clocks' },
      where: ({ news, n, limit }) => news === 'join' && n === FEW && limit === AMPLE,
      references: [
        {
          label: 'published',
          mark: 'line',
          at: ({ n, periods }) => publishedShare(Number(n) - 1, Number(periods)),
        },
      ],
    },
    {
      name: 'size',
      title: 'Until all know',
      caption:
        'Periods since the first knows, passed on up to 21 times; mean over the runs, the band is their 95 % confidence interval.',
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'all_periods', title: 'periods until all know' },
      color: { field: 'clocks', title: 'clocks' },
      facet: { field: 'news', title: 'news' },
      where: ({ limit }) => limit === AMPLE,
    },
    {
      name: 'left',
      title: 'Who is left if news is passed on a few times only',
      caption:
        'News of a join, 256 members: those that have not heard of it after 25 periods. Mean over the runs, the band is their 95 % confidence interval; dashed: theory of Poisson clocks.',
      x: { field: 'limit', title: 'times that each passes it on' },
      y: { field: 'left_nodes', title: 'members left' },
      color: { field: 'clocks', title: 'clocks' },
      where: ({ news, n, limit }) => news === 'join' && n === FEW && limit !== AMPLE,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: ({ n, limit }) => (Number(n) - 1) * leftOver(Number(limit)),
        },
      ],
    },
  ],
});

// ---- findings ----

/** A tick of the theory and a latency per hop. */
const HOPS = (n: number) => 2 * Math.log2(n) * (LATENCY_MS / PERIOD_MS);

const LAMBDA = 3;

function all({ cell: { clocks, n, limit }, replicates, measures }: CellSummary<Spread>): Finding[] {
  if (limit !== LAMBDA * Math.ceil(Math.log(n))) return []; // another lambda
  return [
    judge({
      quantity: 'members that never hear of it',
      at: `join, n = ${n}, ${clocks}, lambda = 3`,
      statistic: measures.left_nodes,
      expected: n ** (2 - 2 * LAMBDA),
      tolerance: 1 / replicates, // so many runs tell no finer
      basis: 'published',
      source: 'Das et al. 2002, section 4.1: n^(2 - 2 lambda)',
    }),
  ];
}

function poisson({ cell: { n }, measures }: CellSummary<Spread>): Finding[] {
  const m = n - 1;
  const base = { at: `join, n = ${n}, Poisson`, basis: 'theory' as const, tolerance: HOPS(n) };
  const source = 'pure birth chain: each pair meets at rate 1 / m + 1 / (m - 1)';
  return [
    judge({
      ...{ ...base, source },
      quantity: 'periods until half know',
      statistic: measures.half_periods,
      expected: poissonTime(m, Math.ceil(m / 2)),
    }),
    judge({
      ...{ ...base, source },
      quantity: 'periods until all know',
      statistic: measures.all_periods,
      expected: poissonTime(m, m),
    }),
    judge({
      ...base,
      quantity: 'periods from 10 % to 90 %',
      statistic: measures.rise_periods,
      expected: publishedTime(m, Math.ceil(0.9 * m) / m) - publishedTime(m, Math.ceil(0.1 * m) / m),
      tolerance: 5 / m, // chance at a tenth of m and at the last tenth
      basis: 'published',
      source: 'Das et al. 2002, section 4.1: x(t)',
    }),
  ];
}

function randomPhases({ cell: { n }, measures }: CellSummary<Spread>): Finding[] {
  if (n < FEW) return []; // the theory is that of many
  const m = n - 1;
  const of = (quantity: string, measure: string, known: number) =>
    judge({
      quantity,
      at: `join, n = ${n}, random phases`,
      statistic: measures[measure],
      expected: periodic.timeTo(m, known),
      tolerance: (5 * Math.log(m)) / m + HOPS(n), // one part in m of each rate, and chance among few
      basis: 'theory',
      source: 'branching process with growth exp(1.63 t), then the law of large numbers',
    });
  return [
    of('periods until half know', 'half_periods', Math.ceil(m / 2)),
    of('periods until all know', 'all_periods', m),
  ];
}

function inStep(summaries: readonly CellSummary<Spread>[], summary: CellSummary<Spread>) {
  const { cell, measures } = summary;
  const smaller = at(summaries, { ...cell, n: cell.n / 4 });
  if (smaller === undefined) return [];
  return [
    judge({
      quantity: 'growth of the periods until all know',
      at: `join, n = ${cell.n / 4} to ${cell.n}, in step`,
      statistic: difference(measures.all_periods, smaller.measures.all_periods),
      expected: inStepTime(cell.n - 1) - inStepTime(cell.n / 4 - 1),
      tolerance: 0.1, // the o(1): steps of whole periods
      basis: 'theory',
      source: '3.5 of one in a period, and log2 ln(n / c) for the rest',
    }),
  ];
}

const left = ({ cell: { n, limit }, measures }: CellSummary<Spread>): Finding =>
  judge({
    quantity: 'members that never hear of it',
    at: `join, n = ${n}, Poisson, passed on ${limit} times`,
    statistic: measures.left_nodes,
    expected: (n - 1) * leftOver(limit),
    tolerance: limit * leftOver(limit) * 2, // parts in n - 1 of each message
    basis: 'theory',
    source: 's = exp(-(c - 1/2) (1 - s))',
  });

// ---- for who runs a group ----

function answer(all: readonly CellSummary<Spread>[]): string[] {
  const lines: string[] = [];
  for (const n of [1024, FEW]) {
    const of = (news: Spread['news'], clocks: Spread['clocks']) =>
      at(all, { news, clocks, n, limit: AMPLE })?.measures.all_periods.mean.toFixed(1);
    const join = of('join', 'random phases');
    if (join === undefined) continue;
    lines.push(
      `Of ${n} members all have heard of a join ${join} periods after the first (on Poisson clocks ${of('join', 'Poisson')}, in step ${of('join', 'in step')}), of a death after ${of('crash', 'random phases')}, since several find out by themselves.`,
    );
    break;
  }
  const left = (clocks: Spread['clocks'], limit: number) =>
    at(all, { news: 'join', clocks, n: FEW, limit })?.measures.left_nodes.mean;
  const [poisson, phases] = [left('Poisson', 3), left('random phases', 3)];
  if (poisson !== undefined && phases !== undefined) {
    lines.push(
      `If each of ${FEW} passes it on 3 times only, ${phases.toFixed(1)} never hear of it, and ${poisson.toFixed(0)} on Poisson clocks. The 18 times of the paper are far more than it takes as long as messages have room.`,
    );
  }
  return lines;
}
