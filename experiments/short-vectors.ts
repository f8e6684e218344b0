/** Causal order by a vector shorter than the number of nodes: how often is a write applied too early? */
import {
  at,
  type Cell,
  type CellSummary,
  complete,
  directMail,
  errorOfNodes,
  experiment,
  exponential,
  type Finding,
  holdWatch,
  judge,
  operations,
  orderedRun,
  publishedError,
  publishedMean,
  publishedOptimum,
  type Statistic,
  shortVectorWatch,
  unseenPerRate,
} from '../src/index.ts';

interface Setting extends Cell {
  delivery: 'probabilistic' | 'causal' | 'at-once';
  n: number;
  writes_per_s: number;
  entries: number;
}

const LATENCY = { minMs: 87.5, jitterMs: 25 };
const LONGEST_MS = 1000; // of latencies, but for one in 10^16
const WARM_UP_MS = 500;
const WATCHED_WRITES = 300;
const OWN = [1, 2, 3, 4, 5, 6];
const LENGTH = 100; // unless for comparison
const RATE = 200;
const FEW = 50; // nodes
const MANY = 200;

const isShort = ({ delivery }: Setting) => delivery === 'probabilistic';
const unseenOf = ({ n, writes_per_s }: Setting, restMs = LATENCY.jitterMs / 2): number =>
  (unseenPerRate(n, LATENCY, restMs) * writes_per_s) / 1000 / n;

export default experiment<Setting>({
  name: 'short-vectors',
  question: 'Causal order with a vector shorter than the number of nodes: what does it get wrong?',
  claim:
    'Of R entries, K of them a node’s own, a write that has overtaken one of its past is applied too early with probability (1 - (1 - 1/R)^(K X))^K, where X writes are concurrent with it; least at K = R ln 2 / X.',
  source: 'Mostéfaoui, Weiss, "Probabilistic causal message ordering", PaCT 2017',
  seed: 'short-vectors',
  axes: {
    delivery: 'by a short vector; or by a vector clock, exactly; or as writes come',
    n: 'nodes, all of which write',
    writes_per_s: 'writes per second, of all nodes together; a tenth of them are unseen, X',
    entries: 'R, length of the vector; 0: none, or one of n entries',
  },
  grid: {
    delivery: ['probabilistic', 'causal', 'at-once'],
    n: [FEW, MANY],
    writes_per_s: [100, RATE, 400],
    entries: [0, 25, 50, LENGTH],
  },
  where({ delivery, n, writes_per_s, entries }) {
    const isUsual = n === MANY && writes_per_s === RATE;
    if (delivery !== 'probabilistic') return entries === 0 && isUsual;
    if (entries !== LENGTH) return entries > 0 && isUsual;
    return n === FEW || writes_per_s >= RATE; // few errors, and many nodes take long
  },
  // Errors vary with the entries that nodes have drawn, and the more the fewer errors there are.
  replicates({ delivery, n, writes_per_s, entries }) {
    if (delivery !== 'probabilistic') return 6;
    if (writes_per_s < RATE) return 30;
    if (entries !== LENGTH) return 12;
    if (n === FEW) return writes_per_s === RATE ? 180 : 64;
    return writes_per_s === RATE ? 40 : 20;
  },
  quick: { grid: { n: [FEW], writes_per_s: [RATE], entries: [LENGTH] }, replicates: 3 },
  fixed: {
    latencyMinMs: LATENCY.minMs,
    latencyRestMs: LATENCY.jitterMs,
    warmUpMs: WARM_UP_MS,
    watchedWrites: WATCHED_WRITES,
  },
  measures: {
    early_frac: 'share of the writes of others that came while one of their past was missing',
    held_frac: 'share of them that waited; short vector: mean over K',
    metadata_bytes: 'what a copy of a write carries for its order',
    violations_frac: 'share of the applications of writes of others before one of their past',
    decisions: 'writes that came first after one, and only one, that was missing; mean over K',
    unseen: 'X: writes applied there that its origin had not seen, mean over the decisions',
    origins: 'the different origins of these',
    by_origins: 'wrong decisions of all K, by those expected from the origins of the unseen writes',
    by_published: 'the same, by the published formula with X of each decision',
    by_published_origins: 'the same, with the number of origins for X',
    error_frac: 'series: share of the decisions by which the write was applied at once, wrongly',
    error_expected_frac: 'series: the same, expected from the origins',
    error_any_frac: 'series: the same of all writes that came while one or more were missing',
    wrong_frac: 'series: share of the applications of writes of others before one of their past',
  },
  series: {
    error_frac: { x: 'own', at: OWN },
    error_expected_frac: { x: 'own', at: OWN },
    error_any_frac: { x: 'own', at: OWN },
    wrong_frac: { x: 'own', at: OWN },
  },
  events: (cell) =>
    (isShort(cell) ? OWN.length : 1) * cell.n * (WATCHED_WRITES + cell.writes_per_s / 2) * 3,
  bytes: () => 60e6,
  run: (cell, seed) => (isShort(cell) ? byShortVectors(cell, seed) : exactOrNone(cell, seed)),
  findings: (summaries) =>
    summaries.flatMap((summary) => {
      if (isShort(summary.cell)) return wrong(summary);
      return summary.cell.delivery === 'causal' ? exact(summary) : [];
    }),
  answer,
  remarks: [
    'X counts the writes that the node has applied and that the origin of the write had not seen. Writes under way, or waiting, have counted up nothing there.',
    'A node owns the same K entries for all of its writes, so a second write of an origin covers nothing new: what counts is the number of different origins. The formula takes all X writes as different: with 50 nodes and 20 unseen writes of 16 nodes it expects half as many errors again as there are, with 40 of 26 nodes nearly twice as many. With the number of origins for X it is right within a few per cent, and so is the optimum, K = R ln 2 / origins; the rest is that K entries are all different, and that they are not covered independently.',
    'A decision counts if it is the first about a missing write at that node. After a right decision the write that waits is missing as well, so that later ones with one missing write follow wrong ones: counted with the others they would be no fair sample. With more than one missing (error_any_frac) errors are about as frequent.',
    'Errors need a write that has overtaken one of its past, which is rare with little jitter: so of all writes far fewer are applied too early than of such decisions. A write that waits is looked at again whenever another is applied, and can be released too early then: wrong_frac counts that, too.',
    'With 10 unseen writes errors are too few for a sharp verdict: they are drawn and not judged. With 200 nodes, 100 entries and 20 unseen writes they are held against the published formula, which leaves more open, and not against the origins.',
    'The K entries of a node are drawn anew in each run. Nodes may own the same.',
  ],
  figures: [
    {
      name: 'error',
      title: 'Wrong decisions against the entries of a node',
      caption:
        '100 entries; of the writes that came while exactly one of their past was missing, those applied at once. Band: 95 % confidence interval of the mean; dashed: the published formula; dotted: by the origins of the unseen writes, a Poisson number of each node.',
      x: { field: 'own', title: 'K, entries of a node' },
      y: { field: 'error_frac', title: 'wrong decisions (share)', scale: 'log' },
      color: { field: 'writes_per_s', title: 'writes per second' },
      facet: { field: 'n', title: 'nodes' },
      where: ({ delivery, entries }) => delivery === 'probabilistic' && entries === LENGTH,
      references: [
        {
          label: 'published',
          mark: 'line',
          at: (cell) => publishedError(vectorOf(cell), unseenOf(cell as Setting)),
        },
        {
          label: 'by origins',
          mark: 'line',
          at: (cell) => {
            const setting = cell as Setting;
            return errorOfNodes(vectorOf(cell), unseenOf(setting), setting.n - 2);
          },
        },
      ],
    },
    {
      name: 'too-early',
      title: 'Longer vectors, fewer writes too early',
      caption:
        'Share of all applications of writes of others that come before one of their past; 200 nodes, 200 writes per second. Band: 95 % confidence interval of the mean.',
      x: { field: 'own', title: 'K, entries of a node' },
      y: { field: 'wrong_frac', title: 'share of writes applied too early', scale: 'log' },
      color: { field: 'entries', title: 'R, length of the vector' },
      where: ({ delivery, n, writes_per_s }) =>
        delivery === 'probabilistic' && n === MANY && writes_per_s === RATE,
    },
  ],
});

const vectorOf = ({ entries, own }: Cell) => ({ entries: Number(entries), own: Number(own) });

// ---- runs ----

/** `seed` for each K another: the entries of the nodes, too, are independent then. */
function runOf(cell: Setting, seed: string, own: number) {
  const { delivery, n, writes_per_s, entries } = cell;
  const untilMs = WARM_UP_MS + (1000 * WATCHED_WRITES) / writes_per_s;
  const writes = { keys: 1, updateShare: 0, perSecond: writes_per_s / n };
  const list = operations({ seed, n, untilMs, ...writes });
  const watch = holdWatch({ operations: list, fromMs: WARM_UP_MS, untilMs });
  const reach = Math.ceil((LONGEST_MS * writes_per_s) / 1000);
  const short = isShort(cell) ? shortVectorWatch(list, { entries, own }, reach) : undefined;
  const { order, metadataBytes } = orderedRun({
    ...{ seed, operations: list },
    layer: short === undefined ? { delivery } : { delivery, entries, own },
    broadcast: directMail(),
    link: exponential({ minMs: LATENCY.minMs, meanMs: LATENCY.minMs + LATENCY.jitterMs }),
    overlay: complete,
    horizonMs: untilMs + 5 * LONGEST_MS,
    onArrival(node, write, truth) {
      watch.onArrival(node, write, truth);
      short?.onArrival(node, write, truth);
    },
    observers: short === undefined ? [watch] : [watch, short],
  });
  const { causalViolations, applied } = order.counts;
  return { ...watch.result(), short, metadataBytes, wrongFrac: causalViolations / applied };
}

function exactOrNone(cell: Setting, seed: string) {
  const { early_frac, held_frac, metadataBytes, wrongFrac } = runOf(cell, seed, 1);
  const none = OWN.map(() => Number.NaN);
  return {
    ...{ early_frac, held_frac, metadata_bytes: metadataBytes, violations_frac: wrongFrac },
    ...{ decisions: null, unseen: null, origins: null },
    ...{ by_origins: null, by_published: null, by_published_origins: null },
    ...{ error_frac: none, error_expected_frac: none, error_any_frac: none, wrong_frac: none },
  };
}

function byShortVectors(cell: Setting, seed: string) {
  const runs = OWN.map((own) => runOf(cell, `${seed} ${own}`, own));
  type Run = (typeof runs)[number];
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  const mean = (of: (run: Run) => number) => sum(of) / runs.length;
  const first = (run: Run) => run.short!.first;
  const decisions = sum((run) => first(run).count);
  const wrong = sum((run) => first(run).wrong);
  return {
    early_frac: mean((run) => run.early_frac),
    held_frac: mean((run) => run.held_frac),
    metadata_bytes: runs[0].metadataBytes,
    violations_frac: null,
    decisions: decisions / runs.length,
    unseen: sum((run) => first(run).unseen) / decisions,
    origins: sum((run) => first(run).origins) / decisions,
    by_origins: wrong / sum((run) => first(run).exact),
    by_published: wrong / sum((run) => first(run).published),
    by_published_origins: wrong / sum((run) => first(run).publishedOfOrigins),
    error_frac: runs.map((run) => first(run).wrong / first(run).count),
    error_expected_frac: runs.map((run) => first(run).exact / first(run).count),
    error_any_frac: runs.map(({ short }) => short!.any.wrong / short!.any.count),
    wrong_frac: runs.map(({ wrongFrac }) => wrongFrac),
  };
}

// ---- findings ----

function wrong({ cell, measures, series }: CellSummary<Setting>): Finding[] {
  const { n, writes_per_s, entries } = cell;
  const x = unseenOf(cell);
  const where = `n = ${n}, R = ${entries}, X = ${x.toFixed(0)}`;
  const base = { at: where, basis: 'theory' as const };
  // A write that waits is not applied, and adds nothing.
  const least = unseenOf(cell, 0) * (1 - measures.early_frac.mean);
  const published = OWN.map((own) => publishedMean({ entries, own }, x));
  const ofNodes = OWN.map((own) => errorOfNodes({ entries, own }, x, n - 2));
  const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  const findings = [
    judge({
      ...base,
      quantity: 'unseen writes at a decision, X',
      statistic: measures.unseen,
      expected: (x + least) / 2,
      tolerance: (x - least) / 2,
      range: true,
      source: 'writes under way for the least latency and, at most, half of the mean rest',
    }),
  ];
  if (writes_per_s < RATE) return findings; // too few wrong decisions
  if (n === FEW || entries < LENGTH || writes_per_s > RATE) {
    findings.push(
      judge({
        ...base,
        quantity: 'wrong decisions, K = 1 .. 6, by those expected from the origins',
        statistic: measures.by_origins,
        expected: 1,
        tolerance: 0,
        source: 'origins of the unseen writes, K entries each: inclusion and exclusion',
      }),
    );
  }
  if (n === FEW) return findings;
  return [
    ...findings,
    judge({
      ...base,
      quantity: 'wrong decisions, K = 1 .. 6, by those of the published formula',
      statistic: measures.by_published,
      expected: 1,
      tolerance: 1 - total(ofNodes) / total(published),
      basis: 'published',
      source: 'Mostéfaoui, Weiss 2017; left open: that some of the X writes are of one node',
    }),
    judge({
      ...base,
      quantity: 'K of the fewest wrong decisions',
      statistic: { ours: OWN[leastOf(series.error_frac.map(({ mean }) => mean))], se: 0 },
      expected: publishedOptimum(entries, x),
      tolerance: openOf(ofNodes, series.error_frac, publishedOptimum(entries, x)),
      basis: 'published',
      source: 'R ln 2 / X; left open: whole numbers, and K that our runs cannot tell from the best',
    }),
  ];
}

const exact = ({ cell, measures }: CellSummary<Setting>): Finding[] => [
  judge({
    quantity: 'vector clock: share applied before one of their past',
    at: `n = ${cell.n}`,
    statistic: { ours: measures.violations_frac.max, se: 0 },
    expected: 0,
    tolerance: 0,
    basis: 'theory',
    source: 'Birman, Schiper, Stephenson 1991; n entries suffice (and Charron-Bost 1991: no fewer)',
  }),
];

const leastOf = (list: readonly number[]): number => list.indexOf(Math.min(...list));

/** How far from the optimum is a K whose error is less than 3 standard errors above the least, or the nearest K. */
function openOf(expected: readonly number[], found: readonly Statistic[], optimum: number): number {
  const least = leastOf(expected);
  return OWN.reduce((most, own, i) => {
    const se = Math.hypot(found[i].se, found[least].se);
    const isOpen = i === least || expected[i] - expected[least] < 3 * se;
    return isOpen ? Math.max(most, Math.abs(own - optimum)) : most;
  }, 0.5);
}

// ---- for who runs such a system ----

function answer(all: readonly CellSummary<Setting>[]): string[] {
  const percent = (share: number) => (share === 0 ? 'none' : `${(100 * share).toPrecision(2)} %`);
  const bestOf = ({ series }: CellSummary<Setting>) => {
    const wrongFrac = series.wrong_frac.map(({ mean }) => mean);
    const i = leastOf(wrongFrac);
    return { own: OWN[i], wrong: wrongFrac[i] };
  };
  const cell = { n: MANY, writes_per_s: RATE };
  const none = at(all, { ...cell, delivery: 'at-once' });
  const clocks = at(all, { ...cell, delivery: 'causal' });
  const lines: string[] = [];
  if (none !== undefined && clocks !== undefined) {
    lines.push(
      `${MANY} nodes, ${RATE} writes per second in all, latency of about 110 ms: as they come, ${percent(none.measures.violations_frac.mean)} of the writes are applied before one of their past. A vector clock costs ${clocks.measures.metadata_bytes.mean.toFixed(0)} bytes a message, holds back ${percent(clocks.measures.held_frac.mean)}, and applies ${percent(clocks.measures.violations_frac.mean)} too early.`,
    );
  }
  for (const summary of all) {
    const { delivery, n, writes_per_s, entries } = summary.cell;
    if (delivery !== 'probabilistic' || writes_per_s < RATE) continue;
    const { own, wrong } = bestOf(summary);
    const { metadata_bytes, early_frac } = summary.measures;
    lines.push(
      `${n} nodes, ${writes_per_s} writes per second: ${entries} entries (${metadata_bytes.mean.toFixed(0)} bytes), at best with K = ${own}, leave ${percent(wrong)} of the writes too early, where ${percent(early_frac.mean)} come before one of their past.`,
    );
  }
  return lines;
}
