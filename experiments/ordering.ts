/** Gossip throws messages around in no order: what kind of order breaks, how often, and what does it cost to keep it? */
import {
  antiEntropy,
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
  type Past,
  type ProtocolFactory,
  type Statistic,
} from '../src/index.ts';

const NODES = 50;
const MEAN_MS = 50; // of a hop
const KEYS = 500;
const ENTRIES = 100; // R of probabilistic delivery
const OWN = 2; // K
const WRITING_MS: Readonly<Record<number, number>> = { 1: 10_000, 10: 2000 }; // by writes per second
const ROUNDS_MS = 15_000; // of anti-entropy, after the last write
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
  if (delivery !== 'probabilistic') return true;
  return cv === 1 && (broadcast === 'direct mail' || broadcast === 'gossip to 4');
}

export default experiment<Layered>({
  name: 'ordering',
  question:
    'Gossip throws messages around in no order: what kind of order breaks, how often, and what does it cost to keep it?',
  claim:
    'Writes of one node come in the wrong order as often as writes come faster than latencies differ, and effects come before their causes as often as that is true of the writes of all nodes together. Causal delivery mends both by waiting, if every write comes in the end; it does not make replicas agree on concurrent writes.',
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
    cv: [0, 0.3, 1, 3],
    per_s: [1, 10],
    delivery: ['at-once', 'fifo', 'causal', 'probabilistic'],
    resolution: ['arrival', 'lamport'],
  },
  where: isRun,
  replicates: ({ per_s, broadcast }) => (per_s === 10 ? 50 : broadcast === 'anti-entropy' ? 8 : 24),
  quick: {
    grid: {
      broadcast: ['direct mail', 'gossip to 4'],
      cv: [0, 1],
      per_s: [1],
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
      'the same in theory, if each write drew its delay from those of the run on its own',
    overtaking_ratio: 'the one over the other',
    fifo_violation_frac: 'applications before an earlier write of the same node',
    causal_violation_frac: 'applications before a write that had happened before',
    missing: 'writes of its past that a write misses when it arrives, mean',
    older_frac: 'theory: arrivals before any write that is older, by the delays of the run',
    concurrent: 'writes applied where a write arrives that its origin did not know of, mean',
    covered_frac: 'Mostéfaoui and Weiss: too early, by the concurrent writes at each arrival',
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
  remarks: [],
  figures: [],
});

const lengthOf = ({ per_s }: Layered): number => WRITING_MS[per_s];

function run(cell: Layered, seed: string) {
  const { broadcast, cv, per_s, delivery, resolution } = cell;
  const lengthMs = lengthOf(cell);
  const isRounds = broadcast === 'anti-entropy';
  const seen = delays();
  const sums = { missing: 0, concurrent: 0, covered: 0 };
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
    observers: [seen.observer],
    onArrival(node, write, truth) {
      const unseen = truth.unseen(node, write);
      sums.missing += truth.missing(node, write);
      sums.concurrent += unseen;
      sums.covered += coveredBy(unseen);
    },
  });
  const { arrived, applied, issued, ...counts } = order.counts;
  const law = measuredDelay(seen.ascendingMs(), issued * (NODES - 1));
  const rate = per_s / 1000;
  const own = missing({ law, lengthMs, ratePerMs: () => rate });
  const older = missing({ law, lengthMs, ratePerMs: () => rate * (NODES - 1) });
  const outOfOrder = counts.outOfOrder / arrived;
  return {
    coverage_frac: arrived / issued / (NODES - 1),
    delay_ms: seen.meanMs(),
    out_of_order_frac: outOfOrder,
    independent_frac: own.share,
    overtaking_ratio: own.share === 0 ? null : outOfOrder / own.share,
    fifo_violation_frac: counts.fifoViolations / applied,
    causal_violation_frac: counts.causalViolations / applied,
    missing: sums.missing / arrived,
    older_frac: older.share,
    concurrent: sums.concurrent / arrived,
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

/** From write to arrival, of every write at every other node. */
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
    ownWaitMs: meanWaitMs(own, mostMs),
    direct: missing(direct).share,
    directWaitMs: meanWaitMs(direct, mostMs),
    closed: missing(closed),
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
  const base = { at: where(cell), basis: 'theory' as const };
  if (cell.delivery === 'at-once') {
    if (cell.broadcast === 'direct mail') return mailAtOnce(cell, measures);
    return isGossip(cell) ? gossipAtOnce(cell, measures) : exchanges(cell, measures);
  }
  if (cell.broadcast !== 'direct mail' || cell.delivery === 'probabilistic') return [];
  const { own, ownWaitMs, direct, directWaitMs } = theoryOf(cell);
  if (cell.delivery === 'fifo') {
    return [
      judge({
        ...base,
        quantity: 'held back (ms, mean over all)',
        statistic: measures.hold_ms,
        expected: ownWaitMs,
        tolerance: ownWaitMs * oneInWrites(cell),
        source: 'until the last earlier write of the same node has come: M/G/infinity',
      }),
    ];
  }
  return [
    judge({
      ...base,
      quantity: 'held back (share)',
      statistic: measures.held_frac,
      ...within(own, direct),
      source: 'at least for writes of the same node, at most for all that its node had received',
    }),
    judge({
      ...base,
      quantity: 'held back (ms, mean over all)',
      statistic: measures.hold_ms,
      ...within(ownWaitMs, directWaitMs),
      source: 'the same bounds',
    }),
  ];
}

type Found = CellSummary<Layered>['measures'];

function mailAtOnce(cell: Layered, measures: Found): Finding[] {
  const { own, direct, closed } = theoryOf(cell);
  const base = { at: where(cell), basis: 'theory' as const };
  const left = oneInWrites(cell);
  return [
    judge({
      ...base,
      quantity: 'before an earlier write of the same node (share)',
      statistic: measures.out_of_order_frac,
      expected: own,
      tolerance: own * left,
      source: '1 - E exp(-M(L)), M earlier writes in flight: M/G/infinity',
    }),
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

function gossipAtOnce(cell: Layered, measures: Found): Finding[] {
  const base = { at: where(cell), basis: 'theory' as const };
  return [
    judge({
      ...base,
      quantity: 'out of order, over what the delays of the run give (ratio)',
      statistic: measures.overtaking_ratio,
      expected: 1,
      tolerance: 2 * oneInWrites(cell),
      source: 'delays of different writes are independent draws of the law that was measured',
    }),
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
    .filter((summary) => summary !== atOnce)
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
            quantity: 'applied before a write that had happened before (share)',
            statistic: measures.causal_violation_frac,
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
  return [];
}
