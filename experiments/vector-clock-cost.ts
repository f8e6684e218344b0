/** What do vector clocks cost in bytes and in delay, and what do shorter stamps give up? */
import {
  at,
  bandwidth,
  brokenShare,
  type CellSummary,
  COST_LAYERS,
  complete,
  constant,
  deltaBytes,
  deltaEntries,
  directMail,
  entriesCovered,
  experiment,
  exponential,
  type Finding,
  fixedBytes,
  judge,
  type Measures,
  mailCost,
  mailDelay,
  meanOver,
  operations,
  orderedRun,
  Stream,
  twoSpeeds,
  updatePairs,
  type VectorOptions,
  vectorBytes,
  writesOf,
} from '../src/index.ts';

const LATENCY_MS = 50;
const RUMOUR_BYTES = 100;
const HEADER_BYTES = 28;
const PER_S = 1; // writes of a writer
const SPEEDS = [2, 0.5] as const; // of writers of two kinds
const WARM_S = 10;
const KEYS = 4;
const UPLINK_BYTES_PER_S = 1.25e6; // 10 Mbit/s
const THINK_MS = 200;
const SHARED_PER_S = 2; // updates of a node, by all of its clients together
const PAIRS = 400;
const FEWEST_JUDGED = 500; // writes of a run that are spread over registers and clients
const SPACING_MS = 5000; // a thought takes longer once in e^24

const CAUSAL = ['causal full', 'causal sparse', 'causal delta'];
const FIXED = ['fifo', 'lamport', 'hybrid', 'wall clock', 'causal full', 'probabilistic 100'];
const VECTORS = ['vectors by node', 'vectors by client', 'dotted'];
const LAYERS_OF: Readonly<Record<string, readonly string[]>> = {
  bytes: [...FIXED, ...CAUSAL, ...VECTORS],
  'two speeds': ['causal delta'],
  uplink: ['fifo', 'probabilistic 100', ...CAUSAL],
  order: ['lamport', 'fifo', ...CAUSAL, 'probabilistic 4', 'probabilistic 16', 'probabilistic 100'],
  pairs: ['lamport', ...VECTORS],
  clients: ['lamport', ...VECTORS],
};

interface Cost extends Record<string, string | number> {
  part: string;
  layer: string;
  members: string;
  writers: number;
  clients: number;
  gap_ms: number;
}

const ALL_WRITE = 'writers only';
const MANY = '256 nodes';
const nodesOf = ({ members, writers }: Cost): number => (members === MANY ? 256 : writers);

function belongs({ part, layer, members, writers, clients, gap_ms }: Cost): boolean {
  if (!LAYERS_OF[part].includes(layer) || gap_ms > 0 !== (part === 'pairs')) return false;
  if (members === MANY) return part === 'bytes' && !VECTORS.includes(layer) && clients === 8;
  if (writers === 1) return false; // alone
  if (part === 'pairs') return writers === 4 && clients === 2;
  if (part === 'clients') return writers === 4;
  if (part === 'bytes') return clients === 8 && (writers <= 64 || !VECTORS.includes(layer));
  if (part === 'order') return clients === 1 && (writers === 16 || writers === 64);
  return clients === 1 && (writers <= 64 || part === 'uplink');
}

/** So long that runs differ little, and that 256 writers are not too many writes. */
function untilS({ part, writers }: Cost): number {
  if (part === 'order' && writers === 16) return 80;
  return writers === 256 ? 20 : 40;
}

const writesIn = (cell: Cost) => cell.writers * PER_S * untilS(cell);

export default experiment<Cost>({
  name: 'vector-clock-cost',
  question:
    'What do vector clocks cost in bytes and in delay as writers grow, and what do shorter stamps give up?',
  claim:
    'Exact causal order needs a vector with an entry for every writer; sent as changes it is half as long. With fewer entries the order breaks at times, and with one entry for several clients updates are lost.',
  source:
    'Fidge 1988; Mattern 1989; Charron-Bost 1991; Singhal, Kshemkalyani 1992; Preguiça et al. 2012; Mostéfaoui, Weiss 2017; lengths derived here',
  seed: 'vector-clock-cost',
  axes: {
    part: 'bytes: lengths; two speeds: the same, half of the writers four times as fast as the others; uplink: 10 Mbit/s a node; order: exponential delays; pairs: two updates that overlap; clients: several clients of a node',
    layer:
      'order (fifo, causal, probabilistic with R entries) or resolution (lamport, hybrid, wall clock, version vectors); the others apply writes as they come',
    members: 'writers only; or 256 nodes, of which the others are silent',
    writers: 'nodes that write',
    clients: 'clients of a node; matters to version vectors alone',
    gap_ms: 'pairs: from the first read to the second one',
  },
  grid: {
    part: Object.keys(LAYERS_OF),
    layer: Object.keys(COST_LAYERS),
    members: [ALL_WRITE, MANY],
    writers: [1, 4, 16, 64, 256],
    clients: [1, 2, 4, 8, 16],
    gap_ms: [0, 50, 100, 200],
  },
  where: belongs,
  replicates(cell) {
    if (cell.part === 'pairs') return 50;
    if (cell.part === 'bytes' && FIXED.includes(cell.layer)) return 2;
    const isDear = cell.part === 'order' || cell.layer === 'vectors by client';
    return nodesOf(cell) === 256 || (cell.writers === 64 && isDear) ? 6 : 20;
  },
  quick: {
    grid: {
      layer: ['fifo', 'lamport', ...CAUSAL, 'probabilistic 4', ...VECTORS],
      members: [ALL_WRITE],
      writers: [4, 16],
      clients: [1, 2, 8],
      gap_ms: [0, 50],
    },
    replicates: 8,
  },
  fixed: {
    broadcast: 'direct mail, nothing lost',
    latencyMs: LATENCY_MS,
    rumourBytes: RUMOUR_BYTES,
    headerBytes: HEADER_BYTES,
    writesPerSecond: PER_S,
    registers: KEYS,
    warmS: WARM_S,
    uplinkBytesPerSecond: UPLINK_BYTES_PER_S,
    thinkMs: THINK_MS,
    sharedUpdatesPerSecond: SHARED_PER_S,
    pairs: PAIRS,
  },
  measures: {
    metadata_bytes: 'stamp of a copy, mean over all writes',
    warm_bytes: 'the same, of writes after the first 10 s',
    message_frac: 'warm_bytes as a share of the payload, the write of 100 bytes with its stamp',
    uplink_ms: 'from a write until a copy has left the uplink, mean over copies',
    hold_ms: 'from arrival until it is applied, mean over copies',
    violations_frac: 'applications while a write that had happened before was missing',
    violating: '1 if there was one in the run',
    lost_frac: 'updates lost: in none of the values at the end, and overwritten unknowingly',
    losing: '1 if there was one in the run',
    siblings_mean: 'values that a read finds beyond the first',
  },
  events: (cell) =>
    cell.part === 'pairs' ? 12 * PAIRS : 2 * SHARED_PER_S * writesIn(cell) * nodesOf(cell),
  bytes: (cell) => 20e6 + 16 * writesIn(cell) * nodesOf(cell) * cell.clients,
  run: (cell, seed) => ({ ...NOT_MEASURED, ...runs[cell.part](cell, seed) }),
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'Numbers are derived, not printed in the sources. Lengths are those of an encoding of our own: 4 bytes for an origin and for an entry of a full vector; where entries are left out, the others with their index, 7 bits a byte. Another encoding moves the lines, not their slopes.',
    'A delta is a race: an entry has changed if the last write before this one, of the two origins together, was the other one’s: half of them, and any number of others is equally likely, as the share that changes depends on the one gap before the write. The faster half of writers sends shorter deltas, the slower half longer ones.',
    'A sparse vector is full once each writer has written; what it saves is silent members. Version vectors are kept for each register, so that they hold only its writers; but of clients there are more than nodes, and none is ever forgotten here.',
    'Uplink: mails leave one after the other, so that a longer stamp costs its length times the place in the queue. Where stamps vary in length the dashed line takes the mean length, and is not held against ours.',
    'Mail leaves in the order of the nodes’ numbers and with the same latency, so that hardly anything overtakes; hold_ms there is a matter of place. What an order is good for shows in the part with exponential delays.',
    'Order: without any, a write breaks it if one that its origin had applied is missing, or one before such a write that the origin itself had missed. The second kind is counted in chains of two, as if independent from write to write.',
    'Charron-Bost says that any shorter vector goes wrong in some run. Probabilistic order also goes wrong where R is above n, as nodes draw their entries and may share them.',
    'By node, a vector takes the later of two writes through one node for one that has seen the other. A client that always waits for its own write, alone at its node, never meets that.',
  ],
  figures: [
    {
      name: 'bytes',
      title: 'What a stamp takes',
      caption:
        'Mean stamp of a copy after the first 10 s; version vectors with 8 clients on each node; band: 95 % confidence interval; dashed: theory. A message is 100 bytes.',
      x: { field: 'writers', title: 'writers', scale: 'log' },
      y: { field: 'warm_bytes', title: 'stamp (bytes)', scale: 'log' },
      color: { field: 'layer', title: 'layer' },
      facet: { field: 'members', title: 'members' },
      where: (cell) => cell.part === 'bytes',
      references: [{ label: 'theory', mark: 'line', at: (cell) => warmTheory(cell as Cost) }],
    },
    {
      name: 'delay',
      title: 'What a stamp costs in time on an uplink of 10 Mbit/s',
      caption:
        'From a write until a copy has left the uplink, mean over copies; each node writes once a second and mails to all others; band: 95 % confidence interval; dashed: theory.',
      x: { field: 'writers', title: 'writers, all of the nodes there are', scale: 'log' },
      y: { field: 'uplink_ms', title: 'time at the uplink (ms)', scale: 'log' },
      color: { field: 'layer', title: 'layer' },
      where: (cell) => cell.part === 'uplink',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => mailOf(cell as Cost, warmTheory(cell as Cost)!).total * 1000,
        },
      ],
    },
    {
      name: 'pairs',
      title: 'Two clients of a node read the same and write: one update may be lost',
      caption: `Of the updates, two of a pair; both clients think ${THINK_MS} ms in the mean; mean over the runs, band: 95 % confidence interval; dashed: exp(-gap / ${THINK_MS} ms) / 2, and 0.`,
      x: { field: 'gap_ms', title: 'from read to read (ms)' },
      y: { field: 'lost_frac', title: 'updates lost (share)' },
      color: { field: 'layer', title: 'layer' },
      where: (cell) => cell.part === 'pairs',
      references: [{ label: 'theory', mark: 'line', at: (cell) => pairLoss(cell as Cost) }],
    },
    {
      name: 'clients-lost',
      title: 'Several clients of a node: updates lost',
      caption:
        '4 nodes, 4 registers, 2 updates per second and node, clients think 200 ms; mean over the runs, band: 95 % confidence interval.',
      x: { field: 'clients', title: 'clients of a node', scale: 'log2' },
      y: { field: 'lost_frac', title: 'updates lost (share)' },
      color: { field: 'layer', title: 'layer' },
      where: (cell) => cell.part === 'clients',
    },
    {
      name: 'clients-bytes',
      title: 'Several clients of a node: what a stamp takes',
      caption: 'The same runs: mean stamp of a copy; band: 95 % confidence interval.',
      x: { field: 'clients', title: 'clients of a node', scale: 'log2' },
      y: { field: 'metadata_bytes', title: 'stamp (bytes)' },
      color: { field: 'layer', title: 'layer' },
      where: (cell) => cell.part === 'clients',
    },
  ],
});

// ---- runs ----

const NOT_MEASURED = {
  ...{ metadata_bytes: null, warm_bytes: null, message_frac: null, uplink_ms: null, hold_ms: null },
  ...{ violations_frac: null, violating: null, lost_frac: null, losing: null, siblings_mean: null },
};

const runs: Readonly<Record<string, (cell: Cost, seed: string) => Measures>> = {
  bytes: (cell, seed) => mailed(cell, seed, workOf(cell, seed)),
  'two speeds': (cell, seed) =>
    mailed(cell, seed, twoSpeeds(seed, cell.writers, SPEEDS, untilS(cell) * 1000)),
  uplink: (cell, seed) => mailed(cell, seed, workOf(cell, seed)),
  order: ordered,
  pairs(cell, seed) {
    const thoughts = new Stream(seed, 'thoughts', 1);
    const thinkMs = () => -Math.log(thoughts.draw(0)) * THINK_MS;
    const { writers, gap_ms } = cell;
    const pairs = { n: writers, pairs: PAIRS, gapMs: gap_ms, spacingMs: SPACING_MS, thinkMs };
    return shared(cell, seed, updatePairs(pairs));
  },
  clients: (cell, seed) =>
    shared(cell, seed, workOf(cell, seed, { perSecond: SHARED_PER_S, thinkMs: THINK_MS })),
};

function workOf(cell: Cost, seed: string, more: { perSecond?: number; thinkMs?: number } = {}) {
  const { writers, clients } = cell;
  const common = {
    seed,
    n: nodesOf(cell),
    writers,
    keys: KEYS,
    clientsPerNode: clients,
    perSecond: PER_S,
  };
  return operations({ ...common, untilMs: untilS(cell) * 1000, ...more });
}

function mailed(cell: Cost, seed: string, work: ReturnType<typeof workOf>): Measures {
  const behind = constant({ ms: LATENCY_MS });
  const { bytes, warmBytes, deliveryMs, applicationMs } = mailCost({
    ...{ seed, operations: work, layer: COST_LAYERS[cell.layer] },
    link:
      cell.part === 'uplink' ? bandwidth({ bytesPerSecond: UPLINK_BYTES_PER_S }, behind) : behind,
    ...{ horizonMs: 1e6, warmMs: WARM_S * 1000 },
  });
  return {
    metadata_bytes: bytes,
    warm_bytes: warmBytes,
    message_frac: warmBytes === null ? null : warmBytes / (warmBytes + RUMOUR_BYTES),
    uplink_ms: deliveryMs === null ? null : deliveryMs - LATENCY_MS,
    hold_ms: applicationMs === null ? null : applicationMs - deliveryMs!,
  };
}

function ordered(cell: Cost, seed: string): Measures {
  const { order, metadataBytes } = orderedRun({
    ...{ seed, operations: workOf(cell, seed), layer: COST_LAYERS[cell.layer] },
    ...{ broadcast: directMail(), overlay: complete, horizonMs: 1e6 },
    link: exponential({ meanMs: LATENCY_MS }),
  });
  const { applied, causalViolations } = order.counts;
  return {
    metadata_bytes: metadataBytes,
    hold_ms: order.meanHoldMs(),
    violations_frac: causalViolations / applied,
    violating: Math.min(1, causalViolations),
  };
}

function shared({ layer }: Cost, seed: string, work: ReturnType<typeof workOf>): Measures {
  const { fates, metadataBytes } = orderedRun({
    ...{ seed, operations: work, layer: COST_LAYERS[layer] },
    ...{ broadcast: directMail(), overlay: complete, horizonMs: 1e8 },
    link: constant({ ms: LATENCY_MS }),
  });
  const { lost } = fates.losses();
  return {
    metadata_bytes: metadataBytes,
    lost_frac: lost / writesOf(work),
    losing: lost > 0 ? 1 : 0,
    siblings_mean: fates.counts.siblings / fates.counts.reads,
  };
}

// ---- theory ----

/** Lengths at time t; null: of a delta only the warm mean is known. */
function lengthAt(cell: Cost, t: number): number | null {
  const { layer, writers, clients } = cell;
  const vector: VectorOptions = {
    ...{ nodes: writers, perNode: 1, delayS: LATENCY_MS / 1000 },
    perSecond: PER_S / KEYS,
  };
  const lengths: Readonly<Record<string, () => number | null>> = {
    fifo: () => fixedBytes.fifo,
    lamport: () => fixedBytes.lamport,
    hybrid: () => fixedBytes.hybrid,
    'wall clock': () => fixedBytes.wallClock,
    'causal full': () => fixedBytes.full(nodesOf(cell)),
    'probabilistic 100': () => fixedBytes.probabilistic(100),
    'causal sparse': () => 4 + vectorBytes(t, { ...vector, perSecond: PER_S }),
    'causal delta': () => null,
    'vectors by node': () => vectorBytes(t, vector),
    'vectors by client': () =>
      vectorBytes(t, { ...vector, perNode: clients, perSecond: PER_S / KEYS / clients }),
    dotted: () => vectorBytes(t, { ...vector, isDotted: true }),
  };
  return lengths[layer]();
}

const isFixed = ({ layer }: Cost) => FIXED.includes(layer);

/** Mean length over writes from `fromS` on. */
function meanLength(cell: Cost, fromS: number): number | null {
  if (cell.layer === 'causal delta') return fromS < WARM_S ? null : deltaBytes(cell.writers);
  if (isFixed(cell)) return lengthAt(cell, 0);
  return meanOver(fromS, untilS(cell), (t) => lengthAt(cell, t)!);
}

const warmTheory = (cell: Cost) => meanLength(cell, WARM_S);

const mailOf = ({ writers }: Cost, stampBytes: number) =>
  mailDelay({
    ...{ n: writers, bytesPerSecond: UPLINK_BYTES_PER_S, perSecond: PER_S },
    bytes: RUMOUR_BYTES + HEADER_BYTES + stampBytes,
  });

/** Updates lost, as a share: one of two where the second client reads before the first one has written. */
const pairLoss = ({ layer, gap_ms }: Cost): number =>
  layer === 'vectors by client' || layer === 'dotted' ? 0 : Math.exp(-gap_ms / THINK_MS) / 2;

// ---- findings ----

const findingsBy: Readonly<Record<string, (summary: CellSummary<Cost>) => Finding[]>> = {
  bytes: lengths,
  'two speeds': fasterAndSlower,
  uplink: uplinkTimes,
  order: brokenOrder,
  pairs: pairsLost,
  clients: clientsLost,
};

const findingsOf = (summary: CellSummary<Cost>): Finding[] =>
  findingsBy[summary.cell.part](summary);

const base = { basis: 'theory' as const };

function lengths({ cell, measures }: CellSummary<Cost>): Finding[] {
  const { layer, writers } = cell;
  const isDelta = layer === 'causal delta';
  const where = `${layer}, ${writers} writers of ${nodesOf(cell)} nodes`;
  const expected = meanLength(cell, isDelta ? WARM_S : 0)!;
  // A ratio of sums, bytes and writes: off by less than one part in the writes.
  const counted = (isDelta ? 1 - WARM_S / untilS(cell) : 1) * writesIn(cell);
  if (VECTORS.includes(layer) && counted < FEWEST_JUDGED) return [];
  return [
    judge({
      ...base,
      quantity: isDelta ? 'stamp, warm (bytes)' : 'stamp (bytes)',
      at: where,
      statistic: isDelta ? measures.warm_bytes : measures.metadata_bytes,
      expected,
      tolerance: isFixed(cell) ? 0 : expected / counted,
      source: isFixed(cell)
        ? 'the fields of the stamp'
        : isDelta
          ? 'a race of two writers: each other entry has changed with probability 1/2'
          : 'mean over the run: entries of those whose writes have arrived',
    }),
  ];
}

function fasterAndSlower({ cell, measures }: CellSummary<Cost>): Finding[] {
  const { writers } = cell;
  const [fast, slow] = SPEEDS;
  const entries = deltaEntries(
    Array.from({ length: writers }, (_, i) => (i < writers / 2 ? fast : slow)),
  );
  const expected = 4 + 1 + 2 * entries; // origin, number of entries, index and counter of each
  const counted = ((fast + slow) / 2) * writers * (untilS(cell) - WARM_S);
  return [
    judge({
      ...base,
      quantity: 'stamp, warm (bytes)',
      at: `causal delta, ${writers} writers at ${fast} and ${slow} per second`,
      statistic: measures.warm_bytes,
      expected,
      // As above; and a slow writer may not have written yet.
      tolerance: expected * (1 / counted + Math.exp(-2 * slow * WARM_S)),
      source: 'a race of two writers: r_j / (r_i + r_j)',
    }),
  ];
}

function uplinkTimes({ cell, measures }: CellSummary<Cost>): Finding[] {
  if (!isFixed(cell)) return [];
  const { wait, total, settling } = mailOf(cell, lengthAt(cell, 0)!);
  return [
    judge({
      ...base,
      quantity: 'time at the uplink (ms)',
      at: `${cell.layer}, ${cell.writers} nodes`,
      statistic: measures.uplink_ms,
      expected: total * 1000,
      // The queue begins empty; and a copy leaves at a whole microsecond.
      tolerance: (wait * settling * 1000) / untilS(cell) + 0.001,
      source: 'the place in the mail, and M/D/1 (Pollaczek-Khinchine)',
    }),
  ];
}

function brokenOrder({ cell, measures }: CellSummary<Cost>): Finding[] {
  const { layer, writers: n } = cell;
  const where = `${layer}, ${n} nodes`;
  const share = { ...base, quantity: 'applications that break the causal order', at: where };
  const statistic = measures.violations_frac;
  const { direct, withChains, longer } = brokenShare(n, PER_S, LATENCY_MS / 1000);
  if (CAUSAL.includes(layer)) {
    const source = 'Birman, Schiper, Stephenson 1991: none';
    return [judge({ ...share, statistic, expected: 0, tolerance: 0, source })];
  }
  if (layer === 'lamport') {
    return [
      judge({
        ...{ ...share, statistic, expected: withChains, tolerance: longer },
        source:
          'Poisson number of missing writes, and chains of two; the tolerance is what longer ones may add',
      }),
    ];
  }
  const entries = entriesOf(layer);
  if (entries === null) return [];
  const applied = writesIn(cell) * (n - 1);
  const expectedCount = applied * direct * entriesCovered(entries, 2, crossing(n));
  if (expectedCount < 100) return [];
  return [
    judge({
      ...{ ...base, quantity: 'runs in which the causal order is broken', at: where },
      ...{ statistic: measures.violating, expected: 1, tolerance: 0 },
      source: 'Charron-Bost 1991: fewer than n entries do not do; number after Mostéfaoui, Weiss',
      note: `about ${expectedCount.toPrecision(2)} of ${applied} applications expected; ${fixedBytes.probabilistic(entries)} bytes, where a full vector has ${fixedBytes.full(n)}`,
    }),
  ];
}

const entriesOf = (layer: string): number | null =>
  layer.startsWith('probabilistic') ? Number(layer.split(' ')[1]) : null;

/** Writes that a receiver has applied and the sender had not, in the mean: 5/4 of r d for each third node, 2 for its own. */
const crossing = (n: number) => ((PER_S * LATENCY_MS) / 1000) * (1.25 * (n - 2) + 2);

function pairsLost({ cell, measures }: CellSummary<Cost>): Finding[] {
  return [
    judge({
      ...{ ...base, quantity: 'updates lost, of pairs that may overlap' },
      at: `${cell.layer}, ${cell.gap_ms} ms apart`,
      statistic: measures.lost_frac,
      expected: pairLoss(cell),
      tolerance: 0,
      source:
        pairLoss(cell) === 0
          ? 'the vector tells the two writes apart'
          : 'half of P(the first client still thinks when the second one reads)',
    }),
  ];
}

function clientsLost({ cell, measures }: CellSummary<Cost>): Finding[] {
  const { layer, clients } = cell;
  if (layer === 'lamport') return [];
  const loses = layer === 'vectors by node' && clients > 1;
  return [
    judge({
      ...base,
      quantity: loses ? 'runs in which an update is lost' : 'updates lost',
      at: `${layer}, ${clients} clients of a node`,
      statistic: loses ? measures.losing : measures.lost_frac,
      expected: loses ? 1 : 0,
      tolerance: 0,
      source: loses
        ? 'two updates through one node overlap, tens of times in a run'
        : 'Parker et al. 1983; Preguiça et al. 2012: none',
    }),
  ];
}

// ---- for who chooses a stamp ----

function answer(all: readonly CellSummary<Cost>[]): string[] {
  const first = (longer: (writers: number) => boolean) => {
    let writers = 1;
    while (!longer(writers)) writers++;
    return writers;
  };
  const warm: VectorOptions = { nodes: 1, perNode: 1, perSecond: PER_S, delayS: 0 };
  const full = first((n) => fixedBytes.full(n) > RUMOUR_BYTES);
  const sparse = first((nodes) => 4 + vectorBytes(60, { ...warm, nodes }) > RUMOUR_BYTES);
  const delta = first((writers) => deltaBytes(writers) > RUMOUR_BYTES);
  return [
    `A vector is longer than a message of ${RUMOUR_BYTES} bytes from ${full} nodes on if it has an entry for every node, however few of them write; from ${sparse} writers on if only those have one; from ${delta} writers on in the mean if only changes are sent.`,
    ...['fifo', 'causal full', 'causal delta', 'probabilistic 100'].flatMap((layer) =>
      inTime(all, layer),
    ),
    ...givenUp(all),
    ...clientsInWords(all),
  ];
}

const largest = (all: readonly CellSummary<Cost>[], part: string) =>
  Math.max(...all.filter(({ cell }) => cell.part === part).map(({ cell }) => cell.writers));

function inTime(all: readonly CellSummary<Cost>[], layer: string): string[] {
  const n = largest(all, 'uplink');
  const found = at(all, { part: 'uplink', writers: n, layer });
  if (found === undefined) return [];
  const { warm_bytes, uplink_ms, message_frac } = found.measures;
  const percent = (100 * message_frac.mean).toFixed(0);
  return [
    `${n} nodes that all write, ${layer}: ${warm_bytes.mean.toFixed(0)} bytes a copy, ${percent} % of the payload; on an uplink of 10 Mbit/s a copy leaves after ${uplink_ms.mean.toPrecision(3)} ms in the mean.`,
  ];
}

function givenUp(all: readonly CellSummary<Cost>[]): string[] {
  const n = largest(all, 'order');
  const shares = LAYERS_OF.order.flatMap((layer) => {
    const found = at(all, { part: 'order', writers: n, layer });
    if (found === undefined) return [];
    const { violations_frac, metadata_bytes } = found.measures;
    const percent =
      violations_frac.mean === 0 ? 'none' : `${(100 * violations_frac.mean).toPrecision(2)} %`;
    return [`${layer} ${percent} at ${metadata_bytes.mean.toFixed(0)} bytes`];
  });
  if (shares.length === 0) return [];
  return [
    `Applications that break the causal order, ${n} nodes, delays of 50 ms: ${shares.join('; ')}.`,
  ];
}

function clientsInWords(all: readonly CellSummary<Cost>[]): string[] {
  const shares = VECTORS.flatMap((layer) => {
    const found = at(all, { part: 'clients', layer, clients: 8 });
    if (found === undefined) return [];
    const { lost_frac, metadata_bytes } = found.measures;
    const percent = lost_frac.mean === 0 ? 'none' : `${(100 * lost_frac.mean).toPrecision(2)} %`;
    return [`${layer} ${percent} at ${metadata_bytes.mean.toFixed(0)} bytes`];
  });
  if (shares.length === 0) return [];
  return [
    `Updates lost with 8 clients on each of 4 nodes: ${shares.join('; ')}. Dots cost a few bytes and lose nothing.`,
  ];
}
