/** Vector clocks over mail that gets lost: how many writes are held back, for how long, and is the order ever wrong? */
import {
  antiEntropy,
  at,
  type Cell,
  type CellSummary,
  complete,
  constant,
  directMail,
  experiment,
  type Finding,
  faults,
  type HoldBackCost,
  heldByHolders,
  holdWatch,
  judge,
  type LossyMail,
  leastHeld,
  lossy,
  mostHeld,
  operations,
  orderedRun,
  type Statistic,
} from '../src/index.ts';

interface Mail extends Cell {
  delivery: 'causal' | 'at-once';
  setting: 'Poisson' | 'beat' | 'churn';
  n: number;
  writes_per_s: number;
  period_ms: number;
  loss: number;
}

const LATENCY_MS = 5;
const WARM_UP = 6; // periods
const WATCHED = 30;
const AFTER = 16; // until the last write is repaired everywhere
const SESSION_MS = 20_000;
const ABSENCE_MS = 2000;
const NODES = 40; // unless for comparison
const RATE = 20;
const PERIOD_MS = 1000;

const isBase = ({ n, writes_per_s, period_ms }: Mail) =>
  n === NODES && writes_per_s === RATE && period_ms === PERIOD_MS;
/** Cells that say how the rate matters. */
const isRate = ({ delivery, setting, n, writes_per_s, period_ms }: Mail) =>
  ['causal', 'Poisson', NODES, PERIOD_MS].join() === [delivery, setting, n, period_ms].join() &&
  writes_per_s !== 10;

export default experiment<Mail>({
  name: 'causal-delivery',
  question: 'What does causal delivery cost when messages are lost?',
  claim:
    'Vector clocks apply no write before its past, whatever is lost, and hold back only what comes before its past. Over mail that anti-entropy repairs, a write waits where the receiver lacks something older than all that its origin lacks: the share held grows with the number of writes that one node misses until it is repaired, not with n.',
  source: 'Birman, Schiper, Stephenson, TOCS 9(3), 1991 (CBCAST); cost derived here',
  seed: 'causal-delivery',
  axes: {
    delivery: 'when a node applies a write: after its past, by vector clocks, or as it comes',
    setting:
      'Poisson: anti-entropy at random times, a period apart in the mean; beat: a period apart, in random phase; churn: as Poisson, nodes are up for 20 s and down for 2 s in the mean',
    n: 'nodes, all of which write',
    writes_per_s: 'writes per second, of all nodes together',
    period_ms: 'period of the anti-entropy, ms',
    loss: 'probability that a message is lost',
  },
  grid: {
    delivery: ['causal', 'at-once'],
    setting: ['Poisson', 'beat', 'churn'],
    n: [20, NODES],
    writes_per_s: [5, 10, RATE, 40],
    period_ms: [PERIOD_MS, 2000],
    loss: [0, 0.02, 0.05, 0.1, 0.2],
  },
  where(cell) {
    const { delivery, setting, n, writes_per_s, period_ms, loss } = cell;
    if (setting !== 'Poisson') return isBase(cell) && delivery === 'causal' && loss > 0;
    if (delivery === 'at-once') return isBase(cell);
    if (isRate(cell)) return true;
    if (n === 20) return writes_per_s === RATE && period_ms === PERIOD_MS;
    return writes_per_s === 10 && period_ms === 2000;
  },
  replicates: ({ setting }) => (setting === 'Poisson' ? 6 : 4),
  quick: {
    grid: {
      setting: ['Poisson'],
      n: [20, NODES],
      writes_per_s: [5, RATE],
      period_ms: [PERIOD_MS],
      loss: [0, 0.1],
    },
    replicates: 2,
  },
  fixed: {
    latencyMs: LATENCY_MS,
    warmUpPeriods: WARM_UP,
    watchedPeriods: WATCHED,
    sessionMs: SESSION_MS,
    absenceMs: ABSENCE_MS,
  },
  measures: {
    early_frac: 'share of the writes of others that came while one of their past was missing',
    held_frac: 'share of them that waited',
    hold_ms: 'wait, mean of all of them, also of those that did not wait',
    hold_p99_ms: 'one in a hundred waits longer',
    hold_max_ms: 'longest wait of the run',
    queue_mean: 'writes that wait at a node, mean over time: arrivals per ms times wait (Little)',
    queue_max: 'the most that waited at a node',
    arrival_ms: 'from issue to arrival, mean',
    application_ms: 'from issue to application, mean',
    left: 'writes that wait at the end of the run, all nodes',
    applied: 'applications of writes of others in the run',
    violations: 'of them: before a write of their past',
  },
  /** In every round a node tells of all writes so far, and is told. */
  events: ({ n, writes_per_s, period_ms }) =>
    (n * (WARM_UP + WATCHED + AFTER) * 1.3 * (WARM_UP + WATCHED) * period_ms * writes_per_s) / 1000,
  bytes: () => 60e6,
  run(cell, seed) {
    const { delivery, setting, n, writes_per_s, loss, period_ms } = cell;
    const fromMs = WARM_UP * period_ms;
    const untilMs = fromMs + WATCHED * period_ms;
    const writes = { keys: 1, updateShare: 0, perSecond: writes_per_s / n };
    const list = operations({ seed, n, untilMs, ...writes });
    const watch = holdWatch({ operations: list, fromMs, untilMs });
    const { order } = orderedRun({
      ...{ seed, operations: list, layer: { delivery } },
      broadcast: directMail({ behind: antiEntropy() }),
      link: lossy(loss, constant({ ms: LATENCY_MS })),
      overlay: complete,
      rounds: { periodMs: period_ms, phase: setting === 'beat' ? 'random' : 'poisson' },
      ...(setting === 'churn' ? { faults: churnUntil(untilMs) } : {}),
      horizonMs: untilMs + AFTER * period_ms,
      onArrival: watch.onArrival,
      observers: [watch],
    });
    const { applied, causalViolations, maxHold, maxQueue } = order.counts;
    return {
      ...watch.result(),
      hold_max_ms: maxHold / 1000,
      queue_max: maxQueue,
      left: order.left(),
      applied,
      violations: causalViolations,
    };
  },
  findings: (summaries) => [...exactly(summaries), ...summaries.flatMap(heldBack)],
  figures: [],
});

const churnUntil = (untilMs: number) =>
  faults.churn({
    session: faults.exponentialMs(SESSION_MS),
    absence: faults.exponentialMs(ABSENCE_MS),
    untilMs,
  });

// ---- theory ----

const mailOf = ({ n, writes_per_s, loss, period_ms }: Mail): LossyMail => ({
  n,
  perSecond: writes_per_s / n,
  loss,
  periodMs: period_ms,
  latencyMs: LATENCY_MS,
});

interface Theory {
  readonly least: HoldBackCost;
  readonly between: HoldBackCost;
  readonly most: HoldBackCost;
  /** Bounds with the same partners as between. */
  readonly mean: { readonly least: HoldBackCost; readonly most: HoldBackCost };
}

const theories = new Map<string, Theory>();

function theoryOf(cell: Mail): Theory {
  const mail = mailOf(cell);
  const key = JSON.stringify(mail);
  const known = theories.get(key);
  if (known !== undefined) return known;
  const theory = {
    ...{ least: leastHeld(mail), between: heldByHolders(mail), most: mostHeld(mail) },
    mean: { least: leastHeld(mail, 'mean'), most: mostHeld(mail, 'mean') },
  };
  theories.set(key, theory);
  return theory;
}

// ---- findings ----

const placeOf = ({ n, writes_per_s, loss, period_ms }: Mail) =>
  `n = ${n}, ${writes_per_s} writes/s, loss ${loss}, period ${period_ms} ms`;

/** What holds in each run. */
function exactly(summaries: readonly CellSummary<Mail>[]): Finding[] {
  const causal = summaries.filter(({ cell }) => cell.delivery === 'causal');
  if (causal.length === 0) return [];
  const total = (of: readonly CellSummary<Mail>[], measure: string) =>
    of.reduce((sum, { replicates, measures }) => sum + measures[measure].mean * replicates, 0);
  const most = (of: readonly CellSummary<Mail>[], value: (summary: CellSummary) => number) =>
    of.reduce((max, summary) => Math.max(max, value(summary)), 0);
  const none = { expected: 0, tolerance: 0, basis: 'theory' as const };
  const exact = (ours: number) => ({ statistic: { ours, se: 0 } });
  const whole = causal.filter(({ cell }) => cell.setting !== 'churn');
  const lossless = causal.filter(({ cell }) => cell.loss === 0);
  return [
    judge({
      ...{ ...none, ...exact(total(causal, 'violations')) },
      quantity: 'causal delivery: writes applied before one of their past',
      at: `all cells, of ${total(causal, 'applied').toFixed(0)} applications`,
      source:
        'Birman, Schiper, Stephenson 1991: safety, also where nodes crash and keep their state',
    }),
    judge({
      ...none,
      ...exact(
        most(causal, ({ measures }) =>
          Math.abs(measures.held_frac.mean - measures.early_frac.mean),
        ),
      ),
      quantity: 'causal delivery: share held less share that had to be',
      at: 'all cells, the greatest difference',
      source: 'vector clocks are exact: no write waits that lacks nothing',
    }),
    judge({
      ...{ ...none, ...exact(total(whole, 'left')) },
      quantity: 'causal delivery: writes that wait for ever',
      at: 'all cells without crashes',
      source: 'liveness: all of a past comes in the end',
    }),
    ...lossless.map(({ cell, measures }) =>
      judge({
        ...{ ...none, ...exact(measures.held_frac.max) },
        quantity: 'causal delivery: share held without loss',
        at: placeOf(cell),
        source: 'with constant latency nothing overtakes',
      }),
    ),
  ];
}

/** Waits over lossy mail, and what comes early where nothing waits. */
function heldBack({ cell, measures }: CellSummary<Mail>): Finding[] {
  if (cell.loss === 0 || cell.setting !== 'Poisson') return [];
  const { least, between, most, mean } = theoryOf(cell);
  const base = { at: placeOf(cell), basis: 'theory' as const };
  if (cell.delivery === 'at-once') {
    return [
      judge({
        ...base,
        quantity: 'at once: share applied before one of their past',
        statistic: measures.early_frac,
        expected: mean.most.held,
        tolerance: mostOpen(cell) * mean.most.held,
        source: 'a call repairs all at once; the past is all that is older than the latency',
      }),
    ];
  }
  return (['held', 'holdMs'] as const).flatMap((what) => {
    const statistic = what === 'held' ? measures.held_frac : measures.hold_ms;
    const name = what === 'held' ? 'share held' : 'wait, mean of all writes (ms)';
    return [
      judge({
        ...base,
        quantity: `causal delivery: ${name}, bounds`,
        statistic,
        expected: (most[what] + least[what]) / 2,
        tolerance: (most[what] - least[what]) / 2,
        range: true,
        source: 'the past ends at the oldest gap of its origin, or at nothing',
      }),
      judge({
        ...base,
        quantity: `causal delivery: ${name}`,
        statistic,
        expected: between[what],
        tolerance: (mean.most[what] - mean.least[what]) / 4,
        source: "mean field of nodes that hold back; left open: a quarter of the bounds' distance",
      }),
    ];
  });
}

/**
 * Relative. What an origin lacks is in the past of its write only once another write has told of it, a latency and a
 * mean gap between writes later: that share of the time for which a write is missing, where the origin lacks it, too.
 */
const mostOpen = ({ loss, writes_per_s, period_ms }: Mail): number =>
  (loss * (2 * LATENCY_MS + 1000 / writes_per_s) * 2) / period_ms;
