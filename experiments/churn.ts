/** Nodes come and go: how wrong are the views that heartbeat gossip gives them of each other? */
import {
  at,
  type CellSummary,
  type Churned,
  complete,
  constant,
  type DurationLaw,
  EXPONENTIAL,
  experiment,
  type FaultPlan,
  type Finding,
  faults,
  heartbeat,
  judge,
  lateSuspicions,
  littlePairs,
  type Micros,
  mistakesPerPeriod,
  type Observer,
  PERIOD_MS,
  qos,
  ratio,
  simulate,
  spread,
  views,
  WEIBULL_HALF,
} from '../src/index.ts';

const DOWN = 0.1; // share of the time that a node is away
const MINUTE_MS = 60_000;
const STATIC = 'static';
const SHORT = 12; // periods of T_fail with which live nodes are suspected often enough to count

interface Coming extends Record<string, string | number> {
  law: string;
  session_min: number;
  n: number;
  fail_periods: number;
}

interface Law extends DurationLaw {
  lasting(meanMs: number): (u: number) => number;
}

const LAWS: Record<string, Law> = {
  exponential: { ...EXPONENTIAL, lasting: faults.exponentialMs },
  Weibull: { ...WEIBULL_HALF, lasting: (meanMs) => faults.weibullMs(0.5, meanMs / 2) },
};

const sessionMs = ({ session_min }: Coming) => session_min * MINUTE_MS;
/** For sessions and absences of these means a node is away for the share DOWN of the time. */
const absenceMs = (cell: Coming) => (sessionMs(cell) * DOWN) / (1 - DOWN);
const windowMs = ({ n }: Coming) => (n > 100 ? 8 : 90) * MINUTE_MS;
const WARM_UP_MS = 10 * MINUTE_MS;

function planOf(cell: Coming): FaultPlan {
  if (cell.law === STATIC) return faults.absent({ nodes: { share: DOWN } });
  const { lasting } = LAWS[cell.law];
  return faults.churn({
    session: lasting(sessionMs(cell)),
    absence: lasting(absenceMs(cell)),
    absentShare: DOWN,
    untilMs: WARM_UP_MS + windowMs(cell),
  });
}

/** What the theory needs to know of a run. */
const churnedOf = (
  cell: Coming,
  seen: Pick<Churned, 'upNodes' | 'crashPairs' | 'restarts' | 'detectMs' | 'heardMs'>,
): Churned => ({
  law: LAWS[cell.law],
  sessionMs: sessionMs(cell),
  absenceMs: absenceMs(cell),
  windowMs: windowMs(cell),
  n: cell.n,
  patienceMs: (cell.fail_periods + 0.5) * PERIOD_MS, // judged at rounds
  ...seen,
});

const worths = new Map<number, number>(); // n -> the result

/** By how much log rate of mistakes falls per caller and period more, around a share DOWN away. */
function callersWorth(n: number): number {
  const rate = (loss: number) => mistakesPerPeriod({ n, loss })(SHORT);
  if (!worths.has(n)) worths.set(n, Math.log(rate(1.5 * DOWN) / rate(0.5 * DOWN)) / DOWN);
  return worths.get(n)!;
}

/** The mean over time of the factor by which mistakes are more frequent than with a share DOWN of the nodes away. */
function crowding(
  { n }: Coming,
  fromMs: number,
  worth: number,
): Observer & { mean(end: Micros): number } {
  let up = n;
  let last = fromMs * 1000;
  let sum = 0;
  function advance(now: Micros) {
    if (now <= last) return;
    sum += (now - last) * Math.exp((worth * (n * (1 - DOWN) - up)) / (n - 1));
    last = now;
  }
  return {
    onFault(now, _node, kind) {
      advance(now);
      up += kind === 'restart' ? 1 : -1; // churn crashes none twice
    },
    mean(end) {
      advance(end);
      return sum / (end - fromMs * 1000);
    },
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const where = ({ law, session_min, n, fail_periods }: Coming) =>
  `${law}, sessions of ${session_min} min, n = ${n}, T_fail ${fail_periods} periods`;

function findingsOf(
  { cell, measures }: CellSummary<Coming>,
  all: readonly CellSummary<Coming>[],
): Finding[] {
  const { law, session_min, n, fail_periods } = cell;
  if (law === STATIC) return [];
  const findings = [
    judge({
      quantity: "pairs that trust the dead, over Little's law",
      at: where(cell),
      statistic: measures.little_ratio,
      expected: 1,
      tolerance: 0.03,
      basis: 'theory',
      source: 'Little 1961: rate of crashes and restarts times the time until suspicion',
    }),
  ];
  if (fail_periods > SHORT && session_min <= 10) {
    findings.push(
      judge({
        quantity: 'patient: mistakes, over late suspicions of returned nodes',
        at: where(cell),
        statistic: ratio(measures.mistakes, measures.late_suspicions),
        expected: 1,
        tolerance: 0.1, // mean times stand for their laws
        basis: 'theory',
        source: 'P(absence < T_D < absence + time until the return is heard of)',
      }),
    );
  }
  const still = at(all, { law: STATIC, n, fail_periods });
  if (still !== undefined && fail_periods === SHORT) {
    findings.push(
      judge({
        quantity: 'impatient: mistakes other than late suspicions, over those without churn',
        at: where(cell),
        statistic: ratio(measures.other_per_node_hour, still.measures.per_node_hour),
        expected: 1,
        tolerance: 0.1,
        basis: 'theory',
        source: 'mistakes depend on how many nodes call, not on how often they come and go',
      }),
    );
  }
  return findings;
}

export default experiment<Coming>({
  name: 'churn',
  question: 'Nodes come and go: how wrong are the views that heartbeat gossip gives of each other?',
  claim:
    "The pairs that trust a dead node are as many as Little's law says, so they grow with the rate of crashes. Apart from nodes that return just before T_fail runs out, live ones are suspected as often as without churn: it counts how many are up, not how often they come and go.",
  source: 'Little 1961; van Renesse, Minsky, Hayden 1998',
  seed: 'churn',
  axes: {
    law: 'law of sessions and absences; static: a tenth of the nodes is never there',
    session_min:
      'mean session in minutes; absences are a ninth of that, so a tenth of the nodes is away',
    n: 'nodes',
    fail_periods: 'T_fail in periods of 1000 ms',
  },
  grid: {
    law: [STATIC, ...Object.keys(LAWS)],
    session_min: [10, 30, 100, 300],
    n: [100, 1000],
    fail_periods: [SHORT, 30],
  },
  where: ({ law, session_min, n, fail_periods }) => {
    if (n > 100) return law === 'exponential' && session_min === 30 && fail_periods > SHORT;
    return law !== STATIC || session_min === 300;
  },
  replicates: ({ law, session_min, fail_periods }) => {
    if (fail_periods > SHORT && session_min > 10) return 6;
    return law === STATIC ? 24 : 16;
  },
  quick: {
    grid: { law: ['exponential', 'Weibull'], session_min: [10, 30], n: [30], fail_periods: [30] },
    replicates: 6,
  },
  fixed: {
    exchange: 'push',
    fanout: 1,
    cleanupMs: 'never',
    knows: 'all, by name',
    overlay: 'complete',
    rounds: 'random phases',
    periodMs: PERIOD_MS,
    loss: 0,
    latencyMs: 1,
    downShare: DOWN,
    warmUpMin: WARM_UP_MS / MINUTE_MS,
    windowMin: '90; 8 where n is above 100',
  },
  measures: {
    up_nodes: 'nodes that are up, mean over time',
    crashes: 'crashes in the window',
    detect_ms:
      'from a crash to the last suspicion, mean over observers and crashes that all detected (T_D)',
    return_heard_ms: 'from a restart until another live node had heard of it, mean',
    return_known_ms: 'from a restart until every live node had heard of it, mean',
    trusted_down_pairs: 'pairs in which a live node trusts a dead one, mean over time',
    little_pairs: "the same by Little's law",
    little_ratio: 'trusted_down_pairs / little_pairs',
    trusted_down_frac: 'the same as a share of the pairs with a dead subject',
    doubted_up_frac:
      'share of pairs of live nodes in which the subject is suspected or not yet heard of again',
    mistakes: 'suspicions of live nodes that began',
    late_suspicions:
      'those expected because the news of a return comes later than T_fail of the former life',
    per_node_hour: 'mistakes per hour and observer',
    other_per_node_hour:
      'the same without late_suspicions, as if nine tenths of the nodes were up all the time; for T_fail = 12',
  },
  events: (cell) => ((windowMs(cell) + WARM_UP_MS) / PERIOD_MS) * cell.n * (8 + cell.n / 15),
  bytes: ({ n }) => 5_000_000 + 100 * n * n,
  run(cell, seed) {
    const { n, fail_periods } = cell;
    const impatient = fail_periods === SHORT;
    const endMs = WARM_UP_MS + windowMs(cell);
    const span = { n, startMs: WARM_UP_MS, endMs };
    const meter = qos(span);
    const beliefs = views(span);
    const returns = spread({ n, fromMs: WARM_UP_MS });
    const crowd = crowding(cell, WARM_UP_MS, impatient ? callersWorth(n) : 0);
    simulate({
      seed,
      n,
      protocol: heartbeat({ failMs: fail_periods * PERIOD_MS, cleanupMs: Infinity }),
      link: constant({ ms: 1 }),
      overlay: complete,
      rounds: { periodMs: PERIOD_MS, phase: 'random' },
      faults: planOf(cell),
      horizonMs: endMs,
      observers: [meter, beliefs, returns, crowd],
    });
    const { detection, mistakes, nodeHours, perNodeHour } = meter.quality();
    const { detected, undetected, cutOff, meanMs: detectMs } = detection;
    const view = beliefs.view();
    const arrivals = returns.arrivals();
    const heardMs = meanOf(arrivals.map(({ meanMs }) => meanMs));
    const churned =
      detectMs === null || heardMs === null
        ? null
        : churnedOf(cell, {
            ...{ upNodes: view.upNodes, detectMs, heardMs, restarts: arrivals.length },
            crashPairs: detected + undetected + cutOff,
          });
    const little = churned && littlePairs(churned);
    const late = churned === null ? 0 : lateSuspicions(churned);
    return {
      up_nodes: view.upNodes,
      crashes: detection.crashes.length,
      detect_ms: detectMs,
      return_heard_ms: heardMs,
      return_known_ms: meanOf(arrivals.map(({ everyoneMs }) => everyoneMs)),
      trusted_down_pairs: view.trustedDownPairs,
      little_pairs: little,
      little_ratio: little === null ? null : view.trustedDownPairs / little,
      trusted_down_frac: view.downPairs === 0 ? null : view.trustedDownPairs / view.downPairs,
      doubted_up_frac: view.upPairs === 0 ? null : view.doubtedUpPairs / view.upPairs,
      mistakes,
      late_suspicions: late,
      per_node_hour: perNodeHour.perHour,
      other_per_node_hour: impatient
        ? (mistakes - late) / nodeHours / crowd.mean(endMs * 1000)
        : null,
    };
  },
  findings: (summaries) => summaries.flatMap((summary) => findingsOf(summary, summaries)),
  remarks: [
    "Little's law: on the left the mean over time of the pairs that trust a dead node, counted from what the nodes say and what is true; on the right the rate at which they come to be times how long they last, from the detection time T_D that is measured crash by crash. Two streams: the observers of each crash, for T_D, and the dead nodes that a restarted observer trusts because it knows them by name, for T_fail. Each ends early by the law of what is left of absences and sessions.",
    'Late suspicions: a node returns, and before the news of it arrives, T_fail since the last news of its former life runs out. By the definition of Chen, Toueg and Aguilera that is a mistake: the node is up. It needs an absence shorter than T_D by less than the news takes, so it is frequent where absences are about as long as T_D, and with a long T_fail hardly any other mistake is left.',
    'The other mistakes depend on who calls. With partners from a static plan, calls to the dead are wasted, and a node is called by those that are up only. Their number varies: at T_fail 12, some 10 per cent more mistakes for each node of 100 that is away. Corrected for that (the slope by the theory of the experiment false-positives, the number as it was), churn changes nothing.',
    'The churn begins with whole sessions and absences, which for laws other than the exponential is not yet the long run: with Weibull sessions of 300 min fewer nodes are up.',
    'Sessions of measured peer-to-peer systems are Weibull or lognormal, with shape 0.4 to 0.6 (Stutzbach, Rejaie 2006, from memory); those of servers last days. Ten minutes is a stress test.',
  ],
  figures: [
    {
      name: 'trusted',
      title: 'How many of the dead are trusted',
      caption:
        "100 nodes (30 at the quick size). Share of pairs with a dead subject, mean over time and runs; band: 95 % confidence interval; dashed: Little's law with T_D = T_fail + 5 periods.",
      x: { field: 'session_min', title: 'mean session (min)', scale: 'log' },
      y: { field: 'trusted_down_frac', title: 'share of the dead that are trusted' },
      color: { field: 'law', title: 'sessions' },
      facet: { field: 'fail_periods', title: 'T_fail (periods)' },
      where: ({ law, n }) => law !== STATIC && Number(n) <= 100,
      references: [
        { label: "Little's law", mark: 'line', at: (cell) => expectedFrac(cell as Coming) },
      ],
    },
    {
      name: 'mistakes',
      title: 'How often live nodes are suspected under churn',
      caption:
        '100 nodes (30 at the quick size). Mean over the runs; band: 95 % confidence interval.',
      x: { field: 'session_min', title: 'mean session (min)', scale: 'log' },
      y: { field: 'per_node_hour', title: 'mistakes per node and hour', scale: 'log' },
      color: { field: 'law', title: 'sessions' },
      facet: { field: 'fail_periods', title: 'T_fail (periods)' },
      where: ({ n }) => Number(n) <= 100,
    },
    {
      name: 'doubted',
      title: 'How many of the living are suspected or not yet heard of again',
      caption:
        '100 nodes (30 at the quick size). Share of pairs of live nodes, mean over time and runs; band: 95 % confidence interval.',
      x: { field: 'session_min', title: 'mean session (min)', scale: 'log' },
      y: { field: 'doubted_up_frac', title: 'share of the living that are doubted', scale: 'log' },
      color: { field: 'law', title: 'sessions' },
      facet: { field: 'fail_periods', title: 'T_fail (periods)' },
      where: ({ law, n }) => law !== STATIC && Number(n) <= 100,
    },
  ],
});

/** Little's law with the rates of the long run. */
function expectedFrac(cell: Coming): number {
  const upNodes = cell.n * (1 - DOWN);
  const restarts = (upNodes / sessionMs(cell)) * windowMs(cell);
  const detectMs = (cell.fail_periods + 5) * PERIOD_MS;
  const crashPairs = restarts * (upNodes - 1);
  const churned = churnedOf(cell, { upNodes, crashPairs, restarts, detectMs, heardMs: 0 });
  return littlePairs(churned) / (upNodes * (cell.n - upNodes));
}
