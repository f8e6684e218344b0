/** One message overtakes another: how often does a third node see the effect before its cause? */
import {
  type CellSummary,
  complete,
  constant,
  constantDelay,
  type DelayLaw,
  directMail,
  type Estimate,
  experiment,
  exponential,
  exponentialDelay,
  type Finding,
  judge,
  type Link,
  lognormal,
  lognormalDelay,
  lognormalMedian,
  type Operation,
  orderedRun,
  overtaking,
  type Statistic,
  workload,
} from '../src/index.ts';

const NODES = 100;
const PAIRS = 200; // in a run
const MEAN_MS = 50;
const SIGMA = 1.5;
const APART_MS = 1e5 * MEAN_MS; // of pairs: no straggler is so late
const HORIZON_MS = (PAIRS + 1) * APART_MS;

const LATENCIES = {
  constant: { link: constant({ ms: MEAN_MS }), law: constantDelay(MEAN_MS) },
  exponential: { link: exponential({ meanMs: MEAN_MS }), law: exponentialDelay(MEAN_MS) },
  lognormal: {
    link: lognormal({ medianMs: lognormalMedian(MEAN_MS, SIGMA), sigma: SIGMA }),
    law: lognormalDelay(MEAN_MS, SIGMA),
  },
} as const satisfies Record<string, { link: Link; law: DelayLaw }>;

const SENDERS = { same: 'the same process', other: 'one that saw the first' } as const;

interface Pair extends Record<string, string | number> {
  latency: keyof typeof LATENCIES;
  sender: (typeof SENDERS)[keyof typeof SENDERS];
  delivery: 'at-once' | 'fifo' | 'causal';
  gap: number;
}

export default experiment<Pair>({
  name: 'overtaking',
  question: 'A message follows another by a moment: how often do others get the second one first?',
  claim:
    'With exponential latency of mean d the second of two messages, sent g later, overtakes the first with probability exp(-g/d) / 2 at each receiver, whether the same process has sent it or another one that had seen the first.',
  source: 'derived here; fifo and causal delivery: Birman, Schiper, Stephenson 1991',
  seed: 'overtaking',
  axes: {
    latency: `of one message, ${MEAN_MS} ms in the mean: constant, exponential, or lognormal with sigma ${SIGMA}`,
    sender: 'of the second message',
    delivery: 'when what has arrived may be applied',
    gap: 'from the first to the second message, in mean latencies',
  },
  grid: {
    latency: ['constant', 'exponential', 'lognormal'],
    sender: [SENDERS.same, SENDERS.other],
    delivery: ['at-once', 'fifo', 'causal'],
    gap: [0.1, 0.25, 0.5, 1, 2, 3, 4],
  },
  where: ({ latency, delivery, gap }) =>
    delivery === 'at-once' || (latency === 'exponential' && gap === 1),
  replicates: ({ latency }) => (latency === 'constant' ? 2 : 40),
  quick: { grid: { latency: ['exponential', 'lognormal'], gap: [1, 2] }, replicates: 3 },
  fixed: { n: NODES, pairs: PAIRS, meanMs: MEAN_MS, sigma: SIGMA },
  measures: {
    seen_frac: 'pairs whose second message was sent by a process that had the first one',
    overtaken_frac:
      'of these pairs and all third nodes: those that applied the second message first',
    held_frac: 'of them: those that held the second message back',
    hold_ms: 'for how long, mean of those held',
  },
  events: () => 10 * PAIRS * NODES, // the metrics of order count for most of them
  bytes: () => 5e6,
  run,
  findings: (summaries) => [...summaries.flatMap(judged), ...layers(summaries)],
  answer,
  remarks: [
    'Direct mail: each message goes to every node by itself. The second message is sent at a time fixed beforehand; where another process sends it, only those pairs count for which that process had received the first one by then, which leaves the latencies to third nodes as they were.',
    'At the third node a takes A, b takes B: b is first if A > g + B. Exponential: P(A > B) = 1/2, and then A is later by an exponential time of mean d, so exp(-g/d) / 2. Lognormal: the same integral by numbers. What is held waits until the first one is there, again an exponential time of mean d.',
    'The metric of causal order is held against the closed form through itself: the number of applications while a write that had happened before was missing, over the pairs and nodes at which that could be.',
  ],
  figures: [
    {
      name: 'overtaken',
      title: 'The effect before the cause',
      caption:
        'Share of third nodes that applied the second message first, by who sent it; applied as they come; the band is the 95 % confidence interval; dashed: theory, for exponential latency exp(-g/d) / 2. With constant latency: none.',
      x: { field: 'gap', title: 'gap, in mean latencies (g/d)' },
      y: { field: 'overtaken_frac', title: 'overtaken (share)', scale: 'log' },
      color: { field: 'latency', title: 'latency' },
      facet: { field: 'sender', title: 'sent by' },
      where: ({ delivery, latency }) => delivery === 'at-once' && latency !== 'constant',
      references: [{ label: 'theory', mark: 'line', at: (cell) => theoryOf(cell as Pair) }],
    },
  ],
});

function run({ latency, sender, delivery, gap }: Pair, seed: string) {
  const second = sender === SENDERS.same ? 0 : 1;
  const list = Array.from({ length: PAIRS }, (_, pair) => {
    const atMs = pair * APART_MS;
    return [write(atMs, 0), write(atMs + gap * MEAN_MS, second)];
  }).flat();
  const pairs = { seen: new Uint8Array(PAIRS), thirds: 0 };
  const { order } = orderedRun({
    seed,
    operations: workload({ n: NODES, keys: 1, clients: NODES, list }),
    broadcast: directMail(),
    layer: { delivery },
    overlay: complete,
    link: LATENCIES[latency].link,
    horizonMs: HORIZON_MS,
    onArrival(node, operation, truth) {
      if (node === 0 || operation % 2 === 0 || !truth.before(operation - 1, operation)) return;
      pairs.thirds++;
      pairs.seen[operation >>> 1] = 1;
    },
  });
  const { causalViolations, held, hold } = order.counts;
  const { thirds } = pairs;
  return {
    seen_frac: pairs.seen.reduce((sum, seen) => sum + seen, 0) / PAIRS,
    overtaken_frac: thirds === 0 ? null : causalViolations / thirds,
    held_frac: thirds === 0 ? null : held / thirds,
    hold_ms: held === 0 ? null : hold / 1000 / held,
  };
}

const write = (atMs: number, node: number): Operation => ({
  ...{ atMs, node, key: 0, kind: 'write', thinkMs: 0, client: node },
});

// ---- findings ----

const theories = new Map<string, number>();

function theoryOf({ latency, gap }: Pair): number {
  if (latency === 'exponential') return Math.exp(-gap) / 2;
  const key = `${latency} ${gap}`;
  const known = theories.get(key) ?? overtaking(LATENCIES[latency].law, gap * MEAN_MS);
  theories.set(key, known);
  return known;
}

const isKept = ({ sender, delivery }: Pair): boolean =>
  delivery === 'causal' || (delivery === 'fifo' && sender === SENDERS.same);

const SHARP = 3600; // trials per odds: three standard errors are then 5 % of a share

function judged({ cell, measures, replicates }: CellSummary<Pair>): Finding[] {
  const { latency, sender, delivery, gap } = cell;
  const base = { at: where(cell), tolerance: 0, basis: 'theory' as const };
  const findings: Finding[] = [];
  const pairs = replicates * PAIRS;
  const tail = LATENCIES[latency].law.tail(gap * MEAN_MS);
  const isSharp = latency !== 'constant' && pairs * (1 - tail) > SHARP * tail;
  if (sender === SENDERS.other && delivery === 'at-once' && isSharp) {
    findings.push(
      judge({
        ...base,
        quantity: 'sender of the second message had seen the first (share)',
        statistic: share(measures.seen_frac, 1 - tail, pairs),
        expected: 1 - tail,
        source: 'P(latency <= g)',
      }),
    );
  }
  if (measures.overtaken_frac.count === 0) return findings;
  const expected = isKept(cell) ? 0 : theoryOf(cell);
  findings.push(
    judge({
      ...base,
      quantity: 'overtaken at a third node (share)',
      statistic: share(measures.overtaken_frac, expected, trials(measures, replicates)),
      expected,
      source: sourceOf(cell),
    }),
  );
  return findings;
}

const where = ({ latency, sender, delivery, gap }: Pair): string =>
  `${latency}, ${sender}, ${delivery}, g = ${gap} d`;

/** Pairs and third nodes; where the same process sends both, the last node counts as a third one too. */
const trials = ({ seen_frac }: Readonly<Record<string, Statistic>>, replicates: number): number =>
  replicates * PAIRS * seen_frac.mean * (NODES - 2);

/** A share of independent trials: its standard error is known, and a few replicates are a poor guide to it. */
const share = ({ mean }: Statistic, expected: number, count: number): Estimate => ({
  ours: mean,
  se: Math.sqrt((expected * (1 - expected)) / count),
});

function sourceOf(cell: Pair): string {
  if (isKept(cell)) return 'the order that the delivery keeps';
  if (cell.latency === 'exponential') return 'exp(-g/d) / 2';
  return cell.latency === 'constant' ? 'all take the same time' : 'E P(latency > g + latency)';
}

/** What is held back is what would have been applied too early, for as long as the first one is late. */
function layers(all: readonly CellSummary<Pair>[]): Finding[] {
  return all
    .filter(({ cell }) => isKept(cell))
    .flatMap(({ cell, measures, replicates }) => {
      const base = { at: where(cell), tolerance: 0, basis: 'theory' as const };
      const count = trials(measures, replicates);
      return [
        judge({
          ...base,
          quantity: 'held back at a third node (share)',
          statistic: share(measures.held_frac, theoryOf(cell), count),
          expected: theoryOf(cell),
          source: 'exp(-g/d) / 2',
        }),
        judge({
          ...base,
          quantity: 'time held back (ms)',
          statistic: {
            ours: measures.hold_ms.mean,
            se: MEAN_MS / Math.sqrt(count * measures.held_frac.mean),
          },
          expected: MEAN_MS,
          source: 'an exponential time has no memory: d',
        }),
      ];
    });
}

// ---- in plain words ----

function answer(all: readonly CellSummary<Pair>[]): string[] {
  const found = (latency: string, sender: string, delivery: string, gap: number) =>
    all.find(
      ({ cell }) =>
        cell.latency === latency &&
        cell.sender === sender &&
        cell.delivery === delivery &&
        cell.gap === gap,
    )?.measures;
  const percent = (statistic: Statistic) => `${(100 * statistic.mean).toPrecision(3)} %`;
  const lines: string[] = [];
  const gaps = all.map(({ cell }) => cell.gap);
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  const soon = found('exponential', SENDERS.same, 'at-once', least);
  const later = found('exponential', SENDERS.same, 'at-once', most);
  const heavy = found('lognormal', SENDERS.same, 'at-once', most);
  if (soon !== undefined && later !== undefined && heavy !== undefined) {
    lines.push(
      `Two messages ${least * MEAN_MS} ms apart, where a message takes ${MEAN_MS} ms in the mean: ${percent(soon.overtaken_frac)} of the receivers get the second one first. ${most * MEAN_MS} ms apart: ${percent(later.overtaken_frac)}, and where a few messages are very late, ${percent(heavy.overtaken_frac)}. Waiting before one sends makes it rare, never impossible; only where all messages take the same time does it not happen.`,
    );
  }
  const reply = found('exponential', SENDERS.other, 'at-once', 1);
  const fifo = found('exponential', SENDERS.other, 'fifo', 1);
  const causal = found('exponential', SENDERS.other, 'causal', 1);
  if (reply !== undefined && fifo !== undefined && causal !== undefined) {
    lines.push(
      `An answer by somebody else is no better off: sent 50 ms after the question, it is there before the question at ${percent(reply.overtaken_frac)} of the others. Numbering the messages of each sender does not help (fifo: ${percent(fifo.overtaken_frac)}); vector clocks do (causal: ${causal.overtaken_frac.mean === 0 ? 'none' : percent(causal.overtaken_frac)}), and hold ${percent(causal.held_frac)} of the answers back, for ${causal.hold_ms.mean.toFixed(0)} ms each.`,
    );
  }
  return lines;
}
