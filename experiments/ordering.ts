/** Gossip throws messages around in no order: what kind of order breaks, how often, and what does it cost to keep it? */
import {
  APPLIED,
  antiEntropy,
  at,
  type CellSummary,
  complete,
  constant,
  constantDelay,
  DELIVERED,
  type DelayLaw,
  directMail,
  divergentAtOnce,
  divergentCausal,
  experiment,
  exponentialDelay,
  type Finding,
  ISSUED,
  infectAndDie,
  judge,
  known,
  knownAt,
  type Link,
  lognormal,
  lognormalDelay,
  lognormalMedian,
  meanWaitMs,
  measuredDelay,
  millis,
  missing,
  type NodeId,
  type Observer,
  operations,
  orderedRun,
  outOfOrder,
  type Past,
  type ProtocolFactory,
  type Statistic,
} from '../src/index.ts';

const NODES = 50;
const MEAN_MS = 50; // of a hop
const KEYS = 250;
const ENTRIES = 100; // R of probabilistic delivery
const OWN = 2; // K
const WRITING_MS: Readonly<Record<number, number>> = { 2: 5000, 10: 2000 }; // by writes per second
const ROUNDS_MS = 15_000; // of anti-entropy, after the last write
const POINTS = 400; // of a measured law, which has steps
const FEWER_POINTS = 100;
const STRAGGLERS_MS = 120_000; // at the widest law one hop in 10^9 takes so long

const sigmaOf = (cv: number): number => Math.sqrt(Math.log1p(cv ** 2));

const linkOf = (cv: number): Link =>
  cv === 0
    ? constant({ ms: MEAN_MS })
    : lognormal({ medianMs: lognormalMedian(MEAN_MS, sigmaOf(cv)), sigma: sigmaOf(cv) });

const lawOf = (cv: number): DelayLaw =>
  cv === 0 ? constantDelay(MEAN_MS) : lognormalDelay(MEAN_MS, sigmaOf(cv));

const BROADCASTS = {
  'direct mail': () => directMail(),
  'gossip to 4': () => infectAndDie({ fanout: 4 }),
  'gossip to 8': () => infectAndDie({ fanout: 8 }),
  'gossip to 12': () => infectAndDie({ fanout: 12 }),
  'anti-entropy': () => antiEntropy(),
} as const satisfies Record<string, () => ProtocolFactory<number>>;

interface Layered extends Record<string, string | number> {
  broadcast: keyof typeof BROADCASTS;
  cv: number;
  per_s: number;
  delivery: 'at-once' | 'fifo' | 'causal' | 'probabilistic';
  resolution: 'arrival' | 'lamport';
}

function isRun({ broadcast, cv, per_s, delivery, resolution }: Layered): boolean {
  if (per_s === 10) {
    if (broadcast !== 'direct mail' || cv !== 1) return false;
    return resolution === 'arrival' || delivery === 'at-once' || delivery === 'causal';
  }
  if (resolution === 'lamport') return false;
  if (broadcast === 'anti-entropy') {
    return (cv === 0 || cv === 1) && (delivery === 'at-once' || delivery === 'causal');
  }
  if (broadcast === 'gossip to 8' && cv !== 1) return false;
  if (delivery === 'at-once' || delivery === 'causal') return true;
  if (broadcast === 'direct mail') return delivery === 'fifo' || cv === 1;
  return broadcast === 'gossip to 4' && cv === 1;
}

function replicatesOf({ broadcast, per_s, resolution }: Layered): number {
  if (resolution === 'lamport') return 20;
  if (broadcast === 'anti-entropy') return 8;
  if (broadcast === 'direct mail') return per_s === 10 ? 60 : 24;
  return broadcast === 'gossip to 4' ? 24 : 40;
}

export default experiment<Layered>({
  name: 'ordering',
  question:
    'Gossip throws messages around in no order: what kind of order breaks, how often, and what does it cost to keep it?',
  claim:
    'By mail a write comes before an earlier one of its node as often as that node writes within the spread of latencies, and before a cause of it as often as all nodes together do. Generous gossip narrows the spread. Causal delivery mends both by waiting, if every write comes in the end; it does not make replicas agree on concurrent writes.',
  source:
    'theory derived here; causal delivery: Birman, Schiper, Stephenson 1991; probabilistic: Mostéfaoui, Weiss 2017',
  seed: 'ordering',
  axes: {
    broadcast:
      'direct mail to all; gossip: infect and die, to 4, 8 or 12 others; push-pull anti-entropy once a second',
    cv: `of the latency of a hop: standard deviation over mean; lognormal, ${MEAN_MS} ms in the mean`,
    per_s: 'writes of a node per second',
    delivery: `when what has arrived may be applied; probabilistic: ${ENTRIES} entries, ${OWN} of a node`,
    resolution:
      'what a register holds: what was applied last, or what has the highest Lamport stamp',
  },
  grid: {
    broadcast: ['direct mail', 'gossip to 4', 'gossip to 8', 'gossip to 12', 'anti-entropy'],
    cv: [0, 0.5, 1, 3],
    per_s: [2, 10],
    delivery: ['at-once', 'fifo', 'causal', 'probabilistic'],
    resolution: ['arrival', 'lamport'],
  },
  where: isRun,
  replicates: replicatesOf,
  quick: {
    grid: {
      broadcast: ['direct mail', 'gossip to 4'],
      cv: [1],
      per_s: [2],
      delivery: ['at-once', 'fifo', 'causal'],
    },
    replicates: 3,
  },
  fixed: { n: NODES, meanMs: MEAN_MS, keys: KEYS, entries: ENTRIES, own: OWN },
  measures: {
    coverage_frac: 'writes that arrived, of all writes and other nodes',
    delay_ms: 'from write to arrival, mean of those that arrived',
    out_of_order_frac: 'arrivals before an earlier write of the same node',
    independent_frac:
      'the same in theory, if each write at its time drew its delay on its own: by mail from the law of latency, else from the delays of the run',
    overtaking_ratio: 'the one over the other',
    fifo_violation_frac: 'applications before an earlier write of the same node',
    causal_violation_frac: 'applications before a write that had happened before',
    missing: 'writes of its past that a write misses when it arrives, mean',
    older_frac: 'theory: arrivals before any write that is older, by the delays of the run',
    concurrent: 'writes applied where a write arrives that its origin did not know of, mean',
    early_frac: 'writes applied as they arrived though something that came before was missing',
    covered_frac:
      'the same by Mostéfaoui and Weiss, from the concurrent writes at each arrival of which something is missing',
    held_frac: 'arrivals that had to wait or still do',
    hold_ms: 'from arrival to application, mean over all applications',
    left_frac: 'arrivals never applied',
    queue: 'writes that wait at a node, mean over the run',
    queue_max: 'the most at any node',
    metadata_bytes: 'what a copy carries for order and resolution',
    divergent_frac: 'registers that are not the same at all nodes in the end',
  },
  events: ({ broadcast, per_s }) => (broadcast === 'direct mail' ? 4e5 * per_s ** 0.3 : 1e6),
  bytes: () => 20e6,
  run,
  findings: (summaries) => [
    ...summaries.flatMap(inTheory),
    ...summaries.filter(isAtOnce).flatMap((atOnce) => ofLayers(atOnce, summaries)),
    ...summaries.flatMap(agreement),
  ],
  answer,
  remarks: [
    'Same node: earlier writes that are still under way when a write arrives, L after it was issued, are Poisson in number with mean rate * integral of P(delay > s + L) ds, none with probability E exp(-M(L)) (overtaking-theory.ts); the beginning of the run is part of the integral. The time held back by fifo is how long the last of them takes. Of two writes a second few are close to each other, and how many is a matter of chance: there the share is held against the same at the times at which the nodes wrote.',
    'Happened before, by mail: writes s older are in the past of a write if its node had received them, P(delay <= s), or anything whose node knew of them (closure-theory.ts). The first alone is a lower bound. With both, the mean number missing is exact but for the mean field; that none is missing is more probable than for independent writes, as what a node knows hangs together (Harris 1960), so that the share is an upper bound.',
    'Causal delivery holds fewer writes back than are out of causal order without it: a node that waits has applied less when it writes. So the share held back is at most that of writes of which something is missing that their node had received.',
    'Gossip: delays of different writes to a node are independent draws of one law, as each write chooses its own ways, so that its order is that of the law measured in the run, at the times at which the nodes wrote, what never comes counted as infinitely late. That leaves nothing out; with so few writes the measured law contains each write itself, one in their number. Causal order is not predicted: a write that has come to a node early has come early to those behind it. It is bounded by the same node below and by all older writes above.',
    'A write that never comes leaves all later ones of its node out of order for good, and all that has it in its past: with gossip to 4 shares grow with the length of the run.',
    'Anti-entropy here sends each update as a message of its own; one message for an exchange, or a connection that keeps order, is the case of constant latency.',
    'The formula of Mostéfaoui and Weiss is for the look at a write when it arrives and something before it is missing. It is a bound here, as several concurrent writes of one node count up the same entries (see short-vectors for the exact one). A write that waits is looked at again with every application, and in the end most violations come from there; of them the formula says nothing.',
    'Registers that keep what was applied last: bounds by pairs of a last write and those before it (divergence-theory.ts); for causal delivery with the measured time until a write is applied, taken as exponential, which matters for the low bound alone.',
  ],
  figures: [
    {
      name: 'spread',
      title: 'Effects before their causes, by the spread of latency',
      caption: `Share of writes applied before one that had happened before, as they come; ${NODES} nodes, two writes a second each; the band is the 95 % confidence interval.`,
      x: { field: 'cv', title: 'latency: standard deviation over mean' },
      y: { field: 'causal_violation_frac', title: 'causal violations (share)' },
      color: { field: 'broadcast', title: 'broadcast' },
      where: ({ delivery, per_s }) => delivery === 'at-once' && per_s === 2,
    },
    {
      name: 'same-node',
      title: 'Writes of one node in the wrong order',
      caption:
        'Share of writes that arrive before an earlier one of the same node; the band is the 95 % confidence interval; dashed: theory of direct mail.',
      x: { field: 'cv', title: 'latency: standard deviation over mean' },
      y: { field: 'out_of_order_frac', title: 'out of order (share)' },
      color: { field: 'broadcast', title: 'broadcast' },
      where: ({ delivery, per_s, broadcast }) =>
        delivery === 'at-once' && per_s === 2 && broadcast !== 'anti-entropy',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => (cell.broadcast === 'direct mail' ? theoryOf(cell as Layered).own : null),
        },
      ],
    },
    {
      name: 'layers',
      title: 'What each layer leaves',
      caption:
        'Direct mail: share of writes applied before one that had happened before; the band is the 95 % confidence interval. Causal delivery leaves none.',
      x: { field: 'cv', title: 'latency: standard deviation over mean' },
      y: { field: 'causal_violation_frac', title: 'causal violations (share)' },
      color: { field: 'delivery', title: 'delivery' },
      where: ({ broadcast, per_s }) => broadcast === 'direct mail' && per_s === 2,
    },
    {
      name: 'price',
      title: 'What causal order costs',
      caption:
        'From arrival to application under causal delivery, mean over all writes, where every write comes, or nearly so; gossip: about a millisecond at most; the band is the 95 % confidence interval.',
      x: { field: 'cv', title: 'latency: standard deviation over mean' },
      y: { field: 'hold_ms', title: 'held back (ms)' },
      color: { field: 'broadcast', title: 'broadcast' },
      where: ({ delivery, per_s, broadcast }) =>
        delivery === 'causal' && per_s === 2 && broadcast !== 'gossip to 4',
    },
  ],
});

const lengthOf = ({ per_s }: Layered): number => WRITING_MS[per_s];

function run(cell: Layered, seed: string) {
  const { broadcast, cv, per_s, delivery, resolution } = cell;
  const lengthMs = lengthOf(cell);
  const isRounds = broadcast === 'anti-entropy';
  const seen = delays();
  const sums = { missing: 0, concurrent: 0, covered: 0, early: 0 };
  const last = { node: -1, write: -1, missing: 0 }; // the arrival that is being looked at
  const { order, fates, metadataBytes, outcome } = orderedRun({
    seed,
    operations: operations({
      ...{ seed, n: NODES, keys: KEYS, perSecond: per_s, untilMs: lengthMs, updateShare: 0 },
    }),
    broadcast: BROADCASTS[broadcast](),
    layer: { delivery, resolution, entries: ENTRIES, own: OWN },
    overlay: complete,
    link: linkOf(cv),
    ...(isRounds ? { rounds: { periodMs: 1000, phase: 'random' as const } } : {}),
    horizonMs: lengthMs + (isRounds ? ROUNDS_MS : STRAGGLERS_MS),
    observers: [
      seen.observer,
      {
        onFact(_now, fact, node, write) {
          const isNow = fact === APPLIED && node === last.node && write === last.write;
          if (isNow && last.missing > 0) sums.early++;
          if (fact === APPLIED) last.node = -1;
        },
      },
    ],
    onArrival(node, write, truth) {
      const unseen = truth.unseen(node, write);
      Object.assign(last, { node, write, missing: truth.missing(node, write) });
      sums.missing += last.missing;
      sums.concurrent += unseen;
      if (last.missing > 0) sums.covered += coveredBy(unseen);
    },
  });
  const { arrived, applied, issued, ...counts } = order.counts;
  const law = measuredDelay(seen.ascendingMs(), issued * (NODES - 1));
  const older = missing(
    { law, lengthMs, ratePerMs: () => (per_s / 1000) * (NODES - 1) },
    0,
    FEWER_POINTS,
  );
  const [drawn, points] = broadcast === 'direct mail' ? [lawOf(cv), FEWER_POINTS] : [law, POINTS];
  const independent = seen
    .issuedMs()
    .reduce((sum, times) => sum + outOfOrder(drawn, times, points) / issued, 0);
  const found = counts.outOfOrder / arrived;
  return {
    coverage_frac: arrived / issued / (NODES - 1),
    delay_ms: seen.meanMs(),
    out_of_order_frac: found,
    independent_frac: independent,
    overtaking_ratio: independent === 0 ? null : found / independent,
    fifo_violation_frac: counts.fifoViolations / applied,
    causal_violation_frac: counts.causalViolations / applied,
    missing: sums.missing / arrived,
    older_frac: older.share,
    concurrent: sums.concurrent / arrived,
    early_frac: sums.early / arrived,
    covered_frac: sums.covered / arrived,
    held_frac: (counts.held + order.left()) / arrived,
    hold_ms: order.meanHoldMs(),
    left_frac: order.left() / arrived,
    queue: order.meanQueue(outcome.end),
    queue_max: counts.maxQueue,
    metadata_bytes: metadataBytes,
    divergent_frac: fates.divergent() / KEYS,
  };
}

/** The entries of a missing write are all counted up by others: Mostéfaoui and Weiss 2017. */
const coveredBy = (concurrent: number): number =>
  (1 - (1 - 1 / ENTRIES) ** (OWN * concurrent)) ** OWN;

/** When each node wrote, and from write to arrival, of every write at every other node. */
function delays() {
  const issuedAt: number[] = []; // [write]
  const origins: NodeId[] = []; // [write]
  const delaysMs: number[] = [];
  const observer: Observer<number> = {
    onFact(now, fact, node, write) {
      if (fact === ISSUED) {
        issuedAt[write] = now;
        origins[write] = node;
      } else if (fact === DELIVERED && origins[write] !== node) {
        delaysMs.push(millis(now - issuedAt[write]));
      }
    },
  };
  return {
    observer,
    ascendingMs: () => Float64Array.from(delaysMs).sort(),
    issuedMs() {
      const times: number[][] = Array.from({ length: NODES }, () => []); // [origin]
      issuedAt.forEach((at, write) => {
        times[origins[write]].push(millis(at));
      });
      return times;
    },
    meanMs: () => delaysMs.reduce((sum, ms) => sum + ms, 0) / delaysMs.length,
  };
}

// ---- theory ----

const theories = new Map<string, ReturnType<typeof mailTheory>>();

/** Of direct mail, by law and rate. */
function theoryOf(cell: Layered) {
  const key = `${cell.cv} ${cell.per_s}`;
  const theory = theories.get(key) ?? mailTheory(cell);
  theories.set(key, theory);
  return theory;
}

const STEP_MS = MEAN_MS / 50; // of the grid of what is known
const STEPS = 1500;

function mailTheory(cell: Layered) {
  const law = lawOf(cell.cv);
  const lengthMs = lengthOf(cell);
  const rate = cell.per_s / 1000;
  const past = (others: (s: number) => number): Past => ({
    ...{ law, lengthMs },
    ratePerMs: (s) => rate * (1 + (NODES - 2) * others(s)),
  });
  const grid = { ratePerMs: rate, others: NODES - 3, stepMs: STEP_MS, steps: STEPS };
  const own = past(() => 0);
  const direct = past((s) => 1 - law.tail(s));
  const closed = past(knownAt(known({ law, ...grid }), STEP_MS));
  const mostMs = law.quantile(1 - 1e-7);
  return {
    own: missing(own).share,
    direct: missing(direct).share,
    closed: missing(closed),
    ownWaitMs: () => meanWaitMs(own, mostMs),
    directWaitMs: () => meanWaitMs(direct, mostMs),
  };
}

/** A share of counts, both of chance, is off by one in so many: writes of a run. */
const oneInWrites = (cell: Layered): number => 1000 / (NODES * cell.per_s * lengthOf(cell));

// ---- findings ----

const isAtOnce = ({ cell }: CellSummary<Layered>): boolean =>
  cell.delivery === 'at-once' && cell.resolution === 'arrival';

const isGossip = ({ broadcast }: Layered): boolean => broadcast.startsWith('gossip');

const where = ({ broadcast, cv, per_s, delivery }: Layered): string =>
  `${broadcast}, ${delivery}, cv ${cv}, ${per_s}/s`;

/** Anything from `low` to `high` agrees. */
const within = (low: number, high: number) => ({
  ...{ expected: (low + high) / 2, tolerance: (high - low) / 2, range: true },
});

function inTheory({ cell, measures }: CellSummary<Layered>): Finding[] {
  if (cell.resolution !== 'arrival') return [];
  if (cell.delivery === 'at-once') {
    if (cell.broadcast === 'direct mail') return mailAtOnce(cell, measures);
    return isGossip(cell) ? gossipAtOnce(cell, measures) : exchanges(cell, measures);
  }
  if (cell.broadcast !== 'direct mail' || cell.delivery === 'probabilistic') return [];
  return cell.delivery === 'fifo' ? mailFifo(cell, measures) : mailCausal(cell, measures);
}

function mailFifo(cell: Layered, measures: Found): Finding[] {
  if (!isJudgedShare(cell)) return [];
  const expected = theoryOf(cell).ownWaitMs();
  return [
    judge({
      ...{ at: where(cell), basis: 'theory', expected },
      quantity: 'held back (ms, mean over all)',
      statistic: measures.hold_ms,
      tolerance: expected * oneInWrites(cell),
      source: 'until the last earlier write of the same node has come: M/G/infinity',
    }),
  ];
}

function mailCausal(cell: Layered, measures: Found): Finding[] {
  const { own, direct, ownWaitMs, directWaitMs } = theoryOf(cell);
  const base = { at: where(cell), basis: 'theory' as const };
  const share = judge({
    ...base,
    quantity: 'held back (share)',
    statistic: measures.held_frac,
    ...within(own, direct),
    source: 'at least for writes of the same node, at most for all that its node had received',
  });
  if (!isJudgedShare(cell)) return [share];
  const wait = judge({
    ...base,
    quantity: 'held back (ms, mean over all)',
    statistic: measures.hold_ms,
    ...within(ownWaitMs(), directWaitMs()),
    source: 'the same bounds',
  });
  return [share, wait];
}

type Found = CellSummary<Layered>['measures'];

/** Where little is written, few pairs of writes of a node are close, and how many is a matter of chance. */
const isJudgedShare = ({ cv, per_s }: Layered): boolean => cv === 0 || per_s === 10;

function mailAtOnce(cell: Layered, measures: Found): Finding[] {
  const { own, direct, closed } = theoryOf(cell);
  const base = { at: where(cell), basis: 'theory' as const };
  const left = oneInWrites(cell);
  const outOfOrder = isJudgedShare(cell)
    ? judge({
        ...base,
        quantity: 'before an earlier write of the same node (share)',
        statistic: measures.out_of_order_frac,
        expected: own,
        tolerance: own * left,
        source: '1 - E exp(-M(L)), M earlier writes in flight: M/G/infinity',
      })
    : judge({
        ...base,
        quantity: 'before an earlier write of the same node, over theory (ratio)',
        statistic: measures.overtaking_ratio,
        expected: 1,
        tolerance: left,
        source: 'delays are drawn from the law of latency, at the times of the writes',
      });
  return [
    outOfOrder,
    judge({
      ...base,
      quantity: 'writes of its past that a write misses',
      statistic: measures.missing,
      expected: closed.mean,
      tolerance: closed.mean * (left + 1 / NODES),
      source: 'received by its node, or known by way of others: mean field, good to an n-th part',
    }),
    judge({
      ...base,
      quantity: 'before a write that had happened before (share)',
      statistic: measures.causal_violation_frac,
      ...within(direct, closed.share * (1 + 1 / NODES)),
      source: 'at least by what its node had received, at most if what it knows were independent',
    }),
  ];
}

const LEAST_JUDGED_FRAC = 0.01; // below, a few pairs of writes decide

function gossipAtOnce(cell: Layered, measures: Found): Finding[] {
  const base = { at: where(cell), basis: 'theory' as const };
  const ratio = judge({
    ...base,
    quantity: 'before an earlier write of the same node, over theory (ratio)',
    statistic: measures.overtaking_ratio,
    expected: 1,
    tolerance: 2 * oneInWrites(cell) + 2 / POINTS, // a step of the law falls between two points
    source: 'delays of different writes are independent draws of the law that was measured',
  });
  return [
    ...(measures.independent_frac.mean < LEAST_JUDGED_FRAC ? [] : [ratio]),
    judge({
      ...base,
      quantity: 'before a write that had happened before (share)',
      statistic: measures.causal_violation_frac,
      ...within(measures.out_of_order_frac.mean, measures.older_frac.mean),
      source: 'at least those of the same node, at most if all older writes had happened before',
    }),
  ];
}

/** Who hands over all it has hands over the past with the present. */
function exchanges(cell: Layered, measures: Found): Finding[] {
  if (cell.cv > 0) return [];
  return [
    judge({
      at: where(cell),
      quantity: 'before a write that had happened before (share)',
      statistic: measures.causal_violation_frac,
      ...{ expected: 0, tolerance: 0, basis: 'theory' },
      source: 'an exchange brings all that the other node has, in its order',
    }),
  ];
}

/** What holds in each run, whatever its luck. */
function ofLayers(atOnce: CellSummary<Layered>, all: readonly CellSummary<Layered>[]): Finding[] {
  const { broadcast, cv, per_s } = atOnce.cell;
  return all
    .filter(({ cell }) => cell.broadcast === broadcast && cell.cv === cv && cell.per_s === per_s)
    .filter(({ cell }) => cell.resolution === 'arrival' && cell.delivery !== 'at-once')
    .flatMap(({ cell, measures }) => {
      const base = { at: where(cell), basis: 'theory' as const };
      const none = { ...base, expected: 0, tolerance: 0, source: 'the order that it keeps' };
      const findings = [
        judge({
          ...base,
          quantity: 'arrivals out of order, less those of at-once',
          statistic: exact(
            measures.out_of_order_frac.mean - atOnce.measures.out_of_order_frac.mean,
          ),
          ...{ expected: 0, tolerance: 0 },
          source: 'a layer does not change what arrives',
        }),
      ];
      if (cell.delivery === 'fifo' || cell.delivery === 'causal') {
        const quantity = 'applied before an earlier write of the same node (share)';
        findings.push(judge({ ...none, quantity, statistic: measures.fifo_violation_frac }));
      }
      if (cell.delivery === 'causal') {
        const quantity = 'applied before a write that had happened before (share)';
        findings.push(judge({ ...none, quantity, statistic: measures.causal_violation_frac }));
        findings.push(
          judge({
            ...base,
            quantity: 'held back (share), against violations of at-once',
            statistic: exact(measures.held_frac.mean),
            ...within(0, atOnce.measures.causal_violation_frac.mean),
            source: 'who waits has applied less, so that less happened before what it writes',
          }),
        );
      }
      if (cell.delivery === 'probabilistic' && broadcast === 'direct mail') {
        findings.push(
          judge({
            ...base,
            quantity: 'applied on arrival before a write that had happened before (share)',
            statistic: measures.early_frac,
            ...within(0, measures.covered_frac.mean),
            basis: 'published',
            source: 'Mostéfaoui, Weiss 2017: at most (1 - (1 - 1/R)^(K X))^K',
          }),
        );
      }
      return findings;
    });
}

/** Both sides come from the same runs, or none has any chance in it. */
const exact = (ours: number) => ({ ours, se: 0 });

/** Do the replicas agree in the end? */
function agreement({ cell, measures }: CellSummary<Layered>): Finding[] {
  const { broadcast, cv, per_s, delivery, resolution } = cell;
  if (broadcast !== 'direct mail' || per_s !== 10) return [];
  const base = {
    at: `${where(cell)}, ${resolution}`,
    quantity: 'registers that diverge (share)',
    statistic: measures.divergent_frac,
    basis: 'theory' as const,
  };
  const lengthMs = lengthOf(cell);
  const register = { n: NODES, ratePerMs: (per_s * NODES) / KEYS / 1000, lengthMs };
  if (resolution === 'lamport') {
    return [judge({ ...base, expected: 0, tolerance: 0, source: 'stamps have one order' })];
  }
  if (delivery === 'at-once') {
    const { low, high } = divergentAtOnce(lawOf(cv), register);
    const source = 'the last write against those before it: divergence-theory.ts';
    return [judge({ ...base, ...within(low, high), source })];
  }
  if (delivery !== 'causal') return [];
  const applied = exponentialDelay(measures.delay_ms.mean + measures.hold_ms.mean);
  const { low, high } = divergentCausal(applied, register);
  const source =
    'last writes concurrent with one before, by the mean time until a write is applied';
  return [judge({ ...base, ...within(low, high), source })];
}

// ---- in plain words ----

function answer(all: readonly CellSummary<Layered>[]): string[] {
  const found = (broadcast: Layered['broadcast'], delivery: Layered['delivery'], cv = 1) =>
    at(all, { broadcast, delivery, cv, per_s: 2, resolution: 'arrival' })?.measures;
  return [
    ...broken(found('direct mail', 'at-once'), found('direct mail', 'at-once', 3)),
    ...gossiped(
      found('direct mail', 'at-once'),
      found('gossip to 12', 'at-once'),
      found('gossip to 12', 'at-once', 0),
    ),
    ...kept(found('direct mail', 'fifo'), found('direct mail', 'causal')),
    ...estimated(found('direct mail', 'causal'), found('direct mail', 'probabilistic')),
    ...blocked(found('gossip to 4', 'causal'), found('gossip to 8', 'causal')),
    ...exchanged(found('anti-entropy', 'at-once', 0), found('anti-entropy', 'at-once')),
    ...agreed(all),
  ];
}

type Some = Found | undefined;

const percent = ({ mean }: Statistic): string =>
  mean === 0 ? 'none' : `${(100 * mean).toPrecision(mean < 0.995 ? 2 : 3)} %`;
const ms = ({ mean }: Statistic): string => `${mean.toPrecision(2)} ms`;

function broken(mail: Some, wide: Some): string[] {
  if (mail === undefined) return [];
  const wider =
    wide === undefined
      ? ''
      : ` With a few very late messages (standard deviation three times the mean) ${percent(wide.out_of_order_frac)} and ${percent(wide.causal_violation_frac)}.`;
  return [
    `${NODES} nodes mail each write to all others, ${MEAN_MS} ms a message, each node writes twice a second: ${percent(mail.out_of_order_frac)} of the writes come before an earlier one of the same node, and ${percent(mail.causal_violation_frac)} before something that had happened before. The one goes with what a node writes during a latency, the other with what all of them write.${wider} Messages that all take the same time break neither.`,
  ];
}

function gossiped(mail: Some, gossip: Some, even: Some): string[] {
  if (mail === undefined || gossip === undefined || even === undefined) return [];
  return [
    `Generous gossip breaks less order than mail, not more: each to 12 others, ${percent(gossip.out_of_order_frac)} and ${percent(gossip.causal_violation_frac)}. A write comes by the fastest of many ways, after ${ms(gossip.delay_ms)} in the mean where mail takes ${ms(mail.delay_ms)}, and the fastest of many is never very late. Only where all messages take the same time is mail the better one: ways differ in their number of hops, and ${percent(even.causal_violation_frac)} of the effects come first.`,
  ];
}

function kept(fifo: Some, causal: Some): string[] {
  if (fifo === undefined || causal === undefined) return [];
  return [
    `By mail, numbering the writes of each node (fifo, ${fifo.metadata_bytes.mean.toFixed(0)} bytes) keeps its own order for ${ms(fifo.hold_ms)} a write, and leaves ${percent(fifo.causal_violation_frac)} of the effects before their causes. Vector clocks (causal, ${causal.metadata_bytes.mean.toFixed(0)} bytes) leave none: they hold ${percent(causal.held_frac)} of the writes back, ${ms(causal.hold_ms)} in the mean over all, at most ${causal.queue_max.max.toFixed(0)} at a node.`,
  ];
}

function estimated(causal: Some, probabilistic: Some): string[] {
  if (causal === undefined || probabilistic === undefined) return [];
  return [
    `A vector of ${ENTRIES} entries for any number of nodes (${probabilistic.metadata_bytes.mean.toFixed(0)} bytes) applies ${percent(probabilistic.causal_violation_frac)} too early: ${percent(probabilistic.early_frac)} as they arrive (at most ${percent(probabilistic.covered_frac)} by its formula), the rest out of the queue, once concurrent writes have counted up what they wait for. It is the shorter one with more than ${ENTRIES} nodes.`,
  ];
}

function blocked(few: Some, more: Some): string[] {
  if (few === undefined) return [];
  const missed = ({ coverage_frac }: Found) =>
    `${(100 * (1 - coverage_frac.mean)).toPrecision(2)} %`;
  const with8 =
    more === undefined
      ? ''
      : ` Gossip to 8 misses ${missed(more)}, and ${percent(more.left_frac)} are blocked.`;
  return [
    `Order needs every write: gossip to 4 misses ${missed(few)} of them, and after five seconds of writing causal delivery has blocked ${percent(few.left_frac)} of what has arrived, for good.${with8} Put repair behind gossip before you put order on it.`,
  ];
}

function exchanged(even: Some, uneven: Some): string[] {
  if (even === undefined || uneven === undefined) return [];
  return [
    `Who hands over all it has, in order, needs no layer: anti-entropy takes ${(even.delay_ms.mean / 1000).toFixed(1)} s and breaks ${percent(even.causal_violation_frac)}. Sent as messages of their own that may overtake each other, the writes of an exchange arrive shuffled: ${percent(uneven.causal_violation_frac)}.`,
  ];
}

function agreed(all: readonly CellSummary<Layered>[]): string[] {
  const share = (delivery: Layered['delivery'], resolution: Layered['resolution']) =>
    at(all, { broadcast: 'direct mail', per_s: 10, delivery, resolution })?.measures.divergent_frac;
  const [atOnce, causal] = [share('at-once', 'arrival'), share('causal', 'arrival')];
  const stamped = share('at-once', 'lamport');
  if (atOnce === undefined || causal === undefined || stamped === undefined) return [];
  return [
    `Order is not agreement. Ten writes a second and node, ${KEYS} registers that keep what was applied last: once all writes are there, ${percent(atOnce)} of the registers differ between replicas, for ever. Causal order leaves ${percent(causal)}: concurrent writes have no order to keep. A Lamport stamp leaves ${percent(stamped)}, even without any order of delivery.`,
  ];
}
