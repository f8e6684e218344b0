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
const WATCHED = 20;
const AFTER = 14; // until the last write is repaired everywhere
const SESSION_MS = 20_000;
const ABSENCE_MS = 2000;
const NODES = 40; // unless for comparison
const RATE = 20;
const PERIOD_MS = 1000;

const LOW_RATE = 5;
/** Runs by loss, at 40 nodes and 20 writes in a period: fewer vary more, as the number of gaps does. */
const RUNS: Record<number, number> = { 0.02: 48, 0.05: 56, 0.1: 20, 0.2: 10 };
const FEWEST_WAITS = 0.05; // a loss below it gives too few for a sharp mean wait

const isUsual = ({ n, period_ms }: Mail) => n === NODES && period_ms === PERIOD_MS;
const isBase = (cell: Mail) => isUsual(cell) && cell.writes_per_s === RATE;

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
    writes_per_s: [LOW_RATE, 10, RATE],
    period_ms: [PERIOD_MS, 2000],
    loss: [0, 0.02, 0.05, 0.1, 0.2],
  },
  where(cell) {
    const { delivery, setting, n, writes_per_s, period_ms, loss } = cell;
    if (setting !== 'Poisson') return isBase(cell) && delivery === 'causal' && loss >= 0.05;
    if (isUsual(cell)) return delivery === 'causal' || writes_per_s !== 10;
    if (delivery === 'at-once' || loss < 0.05) return false;
    // As many writes are missed in a period as at n = 40 and a period of 1 s with 20 and 10 a second.
    return n === NODES
      ? writes_per_s === LOW_RATE
      : writes_per_s === RATE && period_ms === PERIOD_MS;
  },
  replicates({ delivery, setting, n, writes_per_s, period_ms, loss }) {
    if (loss === 0) return 2;
    if (setting !== 'Poisson') return 6;
    const gaps = (n / NODES) * (writes_per_s / RATE) * (period_ms / PERIOD_MS);
    if (delivery === 'causal') return Math.ceil(RUNS[loss] / gaps);
    return loss < FEWEST_WAITS ? 8 : Math.ceil(RUNS[loss] / gaps / 2);
  },
  quick: {
    grid: {
      setting: ['Poisson'],
      n: [NODES],
      writes_per_s: [LOW_RATE],
      period_ms: [PERIOD_MS],
      loss: [0, 0.1],
    },
    replicates: 3,
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
  answer,
  remarks: [
    'All that a node lacks it gets by the same calls. So what is missing comes in bunches: with calls that repair all, the number missing is geometric and not Poisson as in M/G/infinity, and fewer writes are held: load / (1 + load) where M/G/infinity has 1 - exp(-load); load: the writes that a node misses in the mean time between two calls.',
    'A write waits for all of its past that is missing, so held is who lacks something that the origin had applied, and the wait ends with the last of it: the oldest gaps of two nodes decide. A node that holds back does not put what it holds into the past of its own writes. That is why causal delivery holds fewer writes than delivery at once applies too early.',
    'The mean field takes nodes as independent and each call as equally likely to fail, whatever the age of what is missing. It holds too much where loss and load are high: 20 writes per second and loss 0.2 in our runs. Its tolerance, a quarter of the distance between the bounds, was set before the first run; that waits shorten as more partners have a write (growingHazard), and that bounds must take all or the fewest partners for it, was added after the first runs had shown waits a twentieth too long at loss 0.2.',
    'Rounds on a beat, as in practice, give waits that are shorter than on Poisson clocks, since no gap between two calls of one node is longer than a period; the share held is nearly the same. Nodes that crash miss mail for as long as they are down: waits grow, and the order is never wrong, as what a node has applied survives. Writes that are left at the end of such runs wait at nodes that are down.',
    'The vector of a write grows with n: 4 bytes for each node. What a shorter one gets wrong: experiment short-vectors.',
  ],
  figures: [
    {
      name: 'held',
      title: 'One gap holds back what comes behind it',
      caption:
        'Share of the writes that wait; 40 nodes, anti-entropy every second. Band: 95 % confidence interval of the mean; dashed: mean field.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 'held_frac', title: 'share of writes held' },
      color: { field: 'writes_per_s', title: 'writes per second' },
      where: (cell) => isCausal(cell as Mail),
      references: [
        {
          label: 'mean field',
          mark: 'line',
          at: (cell) => theoryOf(cell as Mail).between.held,
        },
      ],
    },
    {
      name: 'early',
      title: 'Between its bounds: who holds back makes less past',
      caption:
        'Share of the writes that come while one of their past is missing; 40 nodes, 20 writes per second, anti-entropy every second. Band: 95 % confidence interval of the mean; dashed: bounds of the share held, by what the origin of a write had not applied.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 'early_frac', title: 'share of writes before their past' },
      color: { field: 'delivery', title: 'delivery' },
      where: (cell) => isBase(cell as Mail) && cell.setting === 'Poisson',
      references: [
        { label: 'at least', mark: 'line', at: (cell) => theoryOf(cell as Mail).least.held },
        { label: 'at most', mark: 'line', at: (cell) => theoryOf(cell as Mail).most.held },
      ],
    },
    {
      name: 'wait',
      title: 'What order costs on top of delivery',
      caption:
        'Wait from arrival to application, mean over all writes; 40 nodes, anti-entropy every second. Band: 95 % confidence interval of the mean; dashed: mean field.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 'hold_ms', title: 'wait (ms)' },
      color: { field: 'writes_per_s', title: 'writes per second' },
      where: (cell) => isCausal(cell as Mail),
      references: [
        {
          label: 'mean field',
          mark: 'line',
          at: (cell) => theoryOf(cell as Mail).between.holdMs,
        },
      ],
    },
  ],
});

const isCausal = (cell: Mail) =>
  isUsual(cell) && cell.setting === 'Poisson' && cell.delivery === 'causal';

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
  const isRare = cell.loss < FEWEST_WAITS;
  if (cell.delivery === 'at-once') {
    if (isRare) return [];
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
  const judged = isRare ? (['held'] as const) : (['held', 'holdMs'] as const);
  return judged.flatMap((what) => {
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

// ---- for who runs such a system ----

function answer(all: readonly CellSummary<Mail>[]): string[] {
  const found = (cell: Partial<Mail>) =>
    at(all, { setting: 'Poisson', n: NODES, period_ms: PERIOD_MS, ...cell })?.measures;
  const percent = ({ mean }: Statistic) => `${(100 * mean).toFixed(mean < 0.1 ? 1 : 0)} %`;
  const ms = ({ mean }: Statistic) => `${mean.toFixed(0)} ms`;
  const lines: string[] = [];
  for (const writes_per_s of [LOW_RATE, RATE]) {
    for (const loss of [0.02, 0.1]) {
      const held = found({ delivery: 'causal', writes_per_s, loss });
      if (held === undefined) continue;
      const none = found({ delivery: 'at-once', writes_per_s, loss });
      const control =
        none === undefined
          ? ''
          : ` Applied as they come, ${percent(none.early_frac)} come too early.`;
      lines.push(
        `${NODES} nodes, ${writes_per_s} writes per second in all, ${100 * loss} % of messages lost, anti-entropy every second: ${percent(held.held_frac)} of the writes wait for one of their past, and a write is applied ${ms(held.application_ms)} after its issue where it arrives after ${ms(held.arrival_ms)}; one in a hundred waits ${ms(held.hold_p99_ms)} or longer. ${held.queue_mean.mean.toFixed(1)} writes wait at a node in the mean, ${held.queue_max.mean.toFixed(0)} at most.${control}`,
      );
    }
  }
  const few = found({ delivery: 'causal', n: 20, writes_per_s: RATE, loss: 0.1 });
  const many = found({ delivery: 'causal', writes_per_s: RATE, loss: 0.1 });
  const slow = found({ delivery: 'causal', period_ms: 2000, writes_per_s: LOW_RATE, loss: 0.1 });
  const fast = found({ delivery: 'causal', writes_per_s: 10, loss: 0.1 });
  if (few !== undefined && many !== undefined && slow !== undefined && fast !== undefined) {
    lines.push(
      `What counts is the number of writes that a node misses until the next comparison: with 20 nodes and as many writes in all ${percent(few.held_frac)} are held and with 40 ${percent(many.held_frac)}; with half of the writes and half of the comparisons as many are held as with twice of both (${percent(slow.held_frac)} and ${percent(fast.held_frac)}), each for twice as long (${ms(slow.hold_ms)} and ${ms(fast.hold_ms)}).`,
    );
  }
  return lines;
}
