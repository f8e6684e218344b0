/** Heartbeat gossip, Cassandra, SWIM or memberlist: what does it cost to know soon who is down, and how often is it wrong? */
import {
  at,
  bytesAtRest,
  type CassandraProbe,
  type CellSummary,
  DOWN,
  detectionSeconds,
  experiment,
  type FaultPlan,
  type Finding,
  heartbeatFailPeriods,
  judge,
  type Micros,
  meansOfSilence,
  micros,
  millis,
  mistakeAfter,
  type Observer,
  type Rival,
  type RivalRun,
  rivalCluster,
  type Statistic,
  SUSPECTED,
  sizeHearing,
  stalls,
} from '../src/index.ts';

interface Contest extends Record<string, string | number> {
  rival: Rival;
  budget: 'usual' | 'equal';
  fault: 'crash' | 'loss' | 'stalls';
  n: number;
}

const BYTES_PER_S = 250; // of the equal budget, as in van Renesse et al. 1998
const SETTLE_PERIODS = 30; // until a heartbeat is everywhere
const CASSANDRA_UP_S = 60;
const LAP = 32; // periods; the crash comes at a random place of a lap, or of so much of it
const MOST_S = 200; // at scale 1, from a crash until all know
const LOSS = 0.1;
const [BLOCKED_S, OPEN_S] = [8, 2];
const WELL_S = 20;
const COUNTED_S = 120;
const LARGEST_UNWELL = 256;
const PHI = 8;
const CAPTION = 'mean; the band is the 95 % confidence interval';

/** By members: as many as tell a detection time to a twentieth. */
const CRASHES: Readonly<Record<Rival, Readonly<Record<number, number>>>> = {
  heartbeat: { 16: 10, 64: 10, 256: 10, 1024: 10 },
  cassandra: { 16: 100, 64: 30, 256: 12, 1024: 4 },
  swim: { 16: 100, 64: 100, 256: 40, 1024: 24 },
  memberlist: { 16: 100, 64: 100, 256: 40, 1024: 24 },
};

const isFixed = ({ rival }: Contest) => rival === 'cassandra';
const scaleOf = ({ rival, budget, n }: Contest): number =>
  budget === 'usual' || rival === 'cassandra' ? 1 : bytesAtRest(rival, n) / BYTES_PER_S;

export default experiment<Contest>({
  name: 'heartbeat-vs-swim',
  question:
    'Heartbeats gossiped to all, Cassandra, SWIM or memberlist: which notices a crash soonest for the bytes it sends, and which is wrong how often?',
  claim:
    'A list of heartbeats grows with the group, so that at a fixed budget detection takes of the order of n log n; a probe of SWIM is as large in any group, and detection takes a suspicion of the order of log n longer than the probe. Cassandra convicts after 18.4 mean intervals of silence whatever the size, for bytes that grow with it.',
  source:
    'van Renesse, Minsky, Hayden 1998; Das, Gupta, Motivala 2002; Apache Cassandra 4.1; HashiCorp memberlist; laws of bytes and of detection derived in src/experiment/rivals-theory.ts',
  seed: 'heartbeat-vs-swim',
  axes: {
    rival: 'protocol; heartbeat: the list of van Renesse et al., T_fail for P_mistake = 1e-6',
    budget:
      'usual: one gossip or probe a second, and what the protocol has beside; equal: all timers longer or shorter, so that a member sends 250 bytes/s at rest',
    fault: 'crash: of one member; loss: of 10 % of the packets; stalls: of n / 16 members',
    n: 'members',
  },
  grid: {
    rival: ['heartbeat', 'cassandra', 'swim', 'memberlist'],
    budget: ['usual', 'equal'],
    fault: ['crash', 'loss', 'stalls'],
    n: [16, 64, 256, 1024],
  },
  where: (cell) =>
    cell.fault === 'crash'
      ? cell.budget === 'usual' || !isFixed(cell)
      : cell.budget === 'usual' && cell.n <= LARGEST_UNWELL,
  replicates: ({ rival, n, fault }) =>
    fault === 'crash' ? (CRASHES[rival][n] ?? 10) : n < LARGEST_UNWELL ? 6 : 3,
  quick: { grid: { n: [16] }, replicates: 2 },
  fixed: {
    latencyMs: 0.5,
    lossFrac: LOSS,
    blockedS: BLOCKED_S,
    openS: OPEN_S,
    countedS: COUNTED_S,
    equalBytesPerS: BYTES_PER_S,
    phi: PHI,
  },
  measures: {
    bytes_per_s:
      'bytes that a member sends per second, headers included; crash: at rest, before it',
    first_s: 'crash: until the first member holds it to be down',
    mean_s: 'crash: mean over the others',
    last_s: 'crash: until the last one does',
    cost_bytes: 'crash: bytes_per_s * mean_s, which does not depend on how fast the timers are',
    beyond_silence_s: 'Cassandra: mean_s beyond the last news and 18.4 mean intervals of silence',
    false_frac:
      'loss, stalls: pairs of members of which one ever held the other to be down, though it was up and never stalled, share',
    false_per_h:
      'times that a member held one to be down that was up and never stalled, per member-hour',
    of_stalled_per_h: 'stalls: times that a member held a stalled one to be down, per member-hour',
    suspicions_per_h: 'times that a member came to suspect another, per member-hour',
  },
  events: ({ rival, n, fault }) => {
    const seconds = fault === 'crash' ? CASSANDRA_UP_S + 30 : WELL_S + COUNTED_S;
    const isUnwell = fault !== 'crash';
    const perSecond = {
      heartbeat: 10 + n / 10,
      cassandra: 10 + n,
      swim: isUnwell ? 400 : 20,
      memberlist: isUnwell ? 600 : 60,
    };
    return n * seconds * perSecond[rival];
  },
  bytes: ({ n }) => 20_000_000 + 100 * n * n,
  run: (cell, seed) => (cell.fault === 'crash' ? crash(cell, seed) : unwell(cell, seed)),
  findings: (summaries) => summaries.flatMap((summary) => findingsOf(summary, summaries)),
  answer,
  remarks: [
    'Headers: 28 bytes for each datagram (IPv4, UDP), 40 for each message of Cassandra (TCP), without acknowledgements and frames. Nothing is compressed or encrypted.',
    'memberlist is not constant per member: its push/pull sends two whole tables every 30 s, and less often above 32 members, but not as much less as the tables grow. Above some 60 members it is most of the bytes at rest.',
    'The equal budget stretches or shortens all timers of a protocol by one factor. Times to detect are then those of the usual settings times that factor, up to latency, so that bytes per second times seconds to detect is a price that holds at any speed. The interval of Cassandra is not a setting: its price stands for it.',
    'Of SWIM and memberlist the law is of the first declaration; others hear of it within a few gossips.',
    'Loss: heartbeats have a T_fail chosen without loss in mind. SWIM has one member asked to ping (k = 1), memberlist three and a ping on a connection. The messages of Cassandra, and the connections of memberlist, repeat what is lost.',
    'Stalls: what a stalled member sends and receives waits, its timers go on. The loops of memberlist wait where they send; the others are simulated as if they did not, so that a stalled member of SWIM accuses one more in each period.',
    'SWIM under loss: with one member asked (k = 1) and six updates a message, news of suspicions outruns the refutations in groups of more than some 40, and nearly everybody is declared dead (src/experiment/swim-overload-theory.ts). Groups of 16 hold.',
    'Cassandra in stalls: a stalled node convicts others. When the stall ends, all that waited arrives at once, and these short intervals fill its windows, while the silence of 8 s exceeds fd_max_interval, 2 s, and is no sample. A mean of 0.46 s then convicts after 8.5 s of silence. Without that cap nobody is convicted (tried with 64 nodes).',
    'A member that is wrongly held to be down by SWIM goes on as if it had not been, and never comes back; in the others it does.',
  ],
  figures: [
    {
      name: 'bytes',
      title: 'Bytes at rest',
      caption: `Sent per member and second, usual settings; ${CAPTION}; dashed: theory.`,
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'bytes_per_s', title: 'bytes per member and second', scale: 'log' },
      color: { field: 'rival', title: 'protocol' },
      where: ({ fault, budget }) => fault === 'crash' && budget === 'usual',
      references: [{ label: 'theory', mark: 'line', at: theoryOf(bytesAtRest) }],
    },
    {
      name: 'detection',
      title: 'From a crash until others hold it to be down',
      caption: `Mean over the others; usual: a second between gossips or probes; equal: 250 bytes per member and second, which Cassandra can not be set to; ${CAPTION}; dashed: theory, of SWIM and memberlist for the first.`,
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'mean_s', title: 'detection (s)', scale: 'log' },
      color: { field: 'rival', title: 'protocol' },
      facet: { field: 'budget', title: 'bytes' },
      where: ({ fault }) => fault === 'crash',
      references: [{ label: 'theory', mark: 'line', at: detectionOf }],
    },
    {
      name: 'price',
      title: 'The price of a detection',
      caption: `Bytes that a member sends from a crash until the mean observer knows, whatever the speed of the timers; usual settings; ${CAPTION}.`,
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'cost_bytes', title: 'bytes per member', scale: 'log' },
      color: { field: 'rival', title: 'protocol' },
      where: ({ fault, budget }) => fault === 'crash' && budget === 'usual',
    },
    {
      name: 'mistakes',
      title: 'Members held to be down that are up and well',
      caption: `Pairs of members of which one held the other to be down within two minutes, though it was up and never stalled; loss: 10 % of the packets; stalls: a sixteenth of the members, for 8 s in 10; ${CAPTION}.`,
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'false_frac', title: 'share of the pairs' },
      color: { field: 'rival', title: 'protocol' },
      facet: { field: 'fault', title: 'fault' },
      where: ({ fault }) => fault !== 'crash',
    },
  ],
});

// ---- runs ----

const NOT_CRASHED = {
  ...{ first_s: null, mean_s: null, last_s: null, cost_bytes: null, beyond_silence_s: null },
};
const NOT_UNWELL = {
  false_frac: null,
  false_per_h: null,
  of_stalled_per_h: null,
  suspicions_per_h: null,
};

function crash(cell: Contest, seed: string) {
  const { rival, n } = cell;
  const victim = n - 1;
  const scale = scaleOf(cell);
  const settleS = isFixed(cell) ? CASSANDRA_UP_S : SETTLE_PERIODS * scale;
  const lapS = Math.min(n - 1, LAP) * scale;
  const faults: FaultPlan = (streams) => {
    const u = streams.stream('faults').draw(0);
    return [{ kind: 'crash', node: victim, atMs: 1000 * (settleS + u * lapS) }];
  };
  const horizonMs = 1000 * (settleS + lapS + MOST_S * scale);
  const cluster = rivalCluster({ rival, n, seed, scale, horizonMs, loss: 0, faults });
  const watch = watchCrash(cell, cluster.probe);
  cluster.run(watch.observer, () => watch.times.length >= n - 1);
  const times = watch.times;
  const all = times.length === n - 1;
  const mean = all ? meanOf(times) : null;
  const bytes = watch.bytes() / n;
  return {
    bytes_per_s: bytes,
    first_s: times[0] ?? null,
    mean_s: mean,
    last_s: all ? times[n - 2] : null,
    cost_bytes: mean === null ? null : mean * bytes,
    beyond_silence_s: rival === 'cassandra' ? meanOf(watch.beyond) : null,
    ...NOT_UNWELL,
  };
}

function watchCrash({ rival, n }: Contest, probe: CassandraProbe | undefined) {
  const victim = n - 1;
  const says = DOWN[rival];
  const told = new Uint8Array(n);
  const times: number[] = []; // s, ascending
  const beyond: number[] = []; // s
  let crashed: Micros | undefined;
  let [bytesSent, bytesPerS] = [0, Number.NaN];
  const start = micros(rival === 'cassandra' ? (1000 * CASSANDRA_UP_S) / 2 : 0);
  const observer: Observer = {
    onSend(now, _from, _to, _message, bytes) {
      if (crashed === undefined && now >= start) bytesSent += bytes;
    },
    onFault(now) {
      crashed = now;
      bytesPerS = bytesSent / (millis(now - start) / 1000);
    },
    onFact(now, fact, node, about) {
      if (crashed === undefined || fact !== says || about !== victim || told[node] === 1) return;
      told[node] = 1;
      times.push(millis(now - crashed) / 1000);
      if (probe === undefined) return;
      const { lastMs, meanMs } = probe.window(node, victim);
      beyond.push((millis(now) - lastMs - meansOfSilence(PHI) * meanMs) / 1000);
    },
  };
  return { observer, times, beyond, bytes: () => bytesPerS };
}

function unwell({ rival, n, fault }: Contest, seed: string) {
  const horizonMs = 1000 * (WELL_S + COUNTED_S);
  const stalled = fault === 'stalls' ? n / 16 : 0;
  const openAt = stalls({
    nodes: Array.from({ length: stalled }, (_, node) => node),
    startMs: 1000 * WELL_S,
    blockedMs: 1000 * BLOCKED_S,
    openMs: 1000 * OPEN_S,
    endMs: horizonMs,
  });
  const loss = fault === 'loss' ? LOSS : 0;
  const cluster: RivalRun = rivalCluster({ rival, n, seed, scale: 1, horizonMs, loss, openAt });
  const start = micros(1000 * WELL_S);
  const wronged = new Set<number>(); // node * n + about
  const counts = { bytes: 0, wrong: 0, ofStalled: 0, suspicions: 0 };
  cluster.run({
    onSend(now, _from, _to, _message, bytes) {
      if (now >= start) counts.bytes += bytes;
    },
    onFact(now, fact, node, about) {
      if (now < start) return;
      if (fact === SUSPECTED) counts.suspicions++;
      if (fact !== DOWN[rival]) return;
      if (about < stalled) counts.ofStalled++;
      else {
        counts.wrong++;
        wronged.add(node * n + about);
      }
    },
  });
  const hours = (n * COUNTED_S) / 3600;
  return {
    ...NOT_CRASHED,
    bytes_per_s: counts.bytes / n / COUNTED_S,
    false_frac: wronged.size / ((n - 1) * (n - stalled)),
    false_per_h: counts.wrong / hours,
    of_stalled_per_h: stalled > 0 ? counts.ofStalled / hours : null,
    suspicions_per_h: counts.suspicions / hours,
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

// ---- theory ----

type Law = (rival: Exclude<Rival, 'cassandra'>, n: number) => number;

function theoryOf(law: Law) {
  return (cell: Readonly<Record<string, unknown>>): number | null => {
    const { rival, n } = cell as Contest;
    return rival === 'cassandra' ? null : law(rival, n);
  };
}

function detectionOf(cell: Readonly<Record<string, unknown>>): number | null {
  const seconds = theoryOf(detectionSeconds)(cell);
  return seconds === null ? null : seconds * scaleOf(cell as Contest);
}

// ---- findings ----

const LAWS = 'derived: messages and timers of each protocol';

function findingsOf(
  { cell, measures }: CellSummary<Contest>,
  all: readonly CellSummary<Contest>[],
): Finding[] {
  const { rival, budget, fault, n } = cell;
  const held = { at: `${rival}, ${budget}, n = ${n}`, basis: 'theory' as const, source: LAWS };
  if (fault !== 'crash') return unwellFindings(cell, measures);
  if (rival === 'cassandra') return cassandraFindings(cell, measures, all);
  const scale = scaleOf(cell);
  const expected = detectionSeconds(rival, n) * scale;
  const isOfMean = rival === 'heartbeat';
  return [
    judge({
      ...held,
      quantity: 'bytes per member and second at rest',
      statistic: measures.bytes_per_s,
      expected: bytesAtRest(rival, n) / scale,
      tolerance: 0.005 * (bytesAtRest(rival, n) / scale),
      note: 'tolerance: half a per cent, for rounds cut off where the count begins and ends',
    }),
    judge({
      ...held,
      quantity: `detection by ${isOfMean ? 'the mean observer' : 'the first'} (s)`,
      statistic: isOfMean ? measures.mean_s : measures.first_s,
      expected,
      tolerance: LATENCY_TOLERANCE_S + (rival === 'memberlist' ? LATE_S * scale : 0),
      note:
        rival === 'memberlist'
          ? 'tolerance: ways of 0.5 ms, and crashes that are not confirmed in time for the shortest suspicion: 0.074 s in the mean, as measured of the library at 16 members, none at 64'
          : 'tolerance: ways of 0.5 ms, as many as the news takes',
    }),
  ];
}

const LATENCY_TOLERANCE_S = 0.01;
const LATE_S = 0.074;

/** Heartbeats: T_fail outlasts a stall, and is seldom too short under loss. SWIM: groups above a size tip over. */
function unwellFindings(
  { rival, fault, n }: Contest,
  measures: Readonly<Record<string, Statistic>>,
): Finding[] {
  const held = { at: `${fault}, ${rival}, n = ${n}`, basis: 'theory' as const };
  const quantity = 'pairs with a false verdict, share';
  if (rival === 'heartbeat') {
    const rounds = heartbeatFailPeriods(n) * n;
    const late = fault === 'loss' ? mistakeAfter({ n, arrival: 1 - LOSS }, rounds) : 0;
    return [
      judge({
        ...{ ...held, quantity, statistic: measures.false_frac },
        expected: 0,
        tolerance: late * COUNTED_S,
        source:
          fault === 'loss'
            ? 'P_mistake of van Renesse et al. 1998 with the loss'
            : 'T_fail is longer than a stall and the way of news',
        note: 'tolerance: P_mistake of a member, in each period of the run',
      }),
    ];
  }
  if (rival !== 'swim' || fault !== 'loss') return [];
  const group = { delivered: 1 - LOSS, indirect: 1, updatesPerMessage: 6 };
  const holds = n < sizeHearing(group, HEARD);
  if (!holds && n < sizeHearing(group, -UNHEARD)) return [];
  return [
    judge({
      ...{ ...held, quantity, statistic: measures.false_frac, range: true },
      expected: holds ? 0.05 : 0.75,
      tolerance: holds ? 0.05 : 0.25,
      source: 'src/experiment/swim-overload-theory.ts',
      note: holds
        ? 'a range: few refutations are missed by anybody'
        : 'a range: hardly any refutation reaches everybody, so that the group comes apart',
    }),
  ];
}

const HEARD = 3; // P(everybody hears) = exp(-exp(-3)) = 0.95
const UNHEARD = 1; // exp(-exp(1)) = 0.07

function cassandraFindings(
  { n }: Contest,
  measures: Readonly<Record<string, Statistic>>,
  all: readonly CellSummary<Contest>[],
): Finding[] {
  const found: Finding[] = [];
  // Of a large cluster so few runs are made that they tell nothing of it.
  if (n <= LARGEST_UNWELL) {
    found.push(
      judge({
        quantity: 'beyond the last news and 18.4 mean intervals (s)',
        at: `cassandra, n = ${n}`,
        statistic: measures.beyond_silence_s,
        expected: 0.5,
        tolerance: 0.01,
        basis: 'theory',
        source: 'FailureDetector: phi = silence / mean / ln 10, asked once a second',
        note: 'tolerance: ways of 0.5 ms of the last news, and times of checks that are not quite uniform',
      }),
    );
  }
  const half = at(all, { rival: 'cassandra', fault: 'crash', n: n / 4 })?.measures.bytes_per_s;
  if (half === undefined || n <= LARGEST_UNWELL) return found;
  const slope = Math.log2(measures.bytes_per_s.mean / half.mean) / 2;
  const se = Math.hypot(measures.bytes_per_s.se / measures.bytes_per_s.mean, half.se / half.mean);
  found.push(
    judge({
      quantity: 'exponent of bytes against members',
      at: `cassandra, n = ${n / 4} to ${n}`,
      statistic: { ours: slope, se: se / Math.log(4) },
      expected: 1,
      tolerance: 0.1,
      basis: 'theory',
      source: 'digests of all n members in each SYN, and as large a share of them in the answers',
      note: 'tolerance: what does not grow, and news that is older in larger clusters',
    }),
  );
  return found;
}

// ---- the answer ----

function answer(all: readonly CellSummary<Contest>[]): string[] {
  const lines: string[] = [];
  const sizes = [...new Set(all.map(({ cell }) => cell.n))].sort((a, b) => a - b);
  const rivals = [...new Set(all.map(({ cell }) => cell.rival))];
  for (const n of new Set([sizes[0], sizes[sizes.length - 1]])) {
    const said = rivals.flatMap((rival) => {
      const found = at(all, { rival, n, fault: 'crash', budget: 'usual' })?.measures;
      if (found === undefined) return [];
      const { bytes_per_s, mean_s, cost_bytes } = found;
      return [
        `${rival} ${mean_s.mean.toFixed(1)} s for ${bytes_per_s.mean.toFixed(0)} bytes/s (${(cost_bytes.mean / 1000).toPrecision(3)} kB a detection)`,
      ];
    });
    if (said.length > 0) lines.push(`${n} members, usual settings: ${said.join('; ')}.`);
    const equal = rivals.flatMap((rival) => {
      const found = at(all, { rival, n, fault: 'crash', budget: 'equal' })?.measures;
      return found === undefined ? [] : [`${rival} ${found.mean_s.mean.toPrecision(3)} s`];
    });
    if (equal.length > 0) lines.push(`At ${BYTES_PER_S} bytes/s each: ${equal.join(', ')}.`);
  }
  for (const fault of ['loss', 'stalls'] as const) {
    const n = Math.max(...sizes.filter((size) => size <= LARGEST_UNWELL));
    const said = rivals.flatMap((rival) => {
      const found = at(all, { rival, n, fault })?.measures;
      return found === undefined ? [] : [`${rival} ${percent(found.false_frac.mean)}`];
    });
    if (said.length > 0)
      lines.push(
        `Share of pairs of which one wrongly held the other, which was well, to be down in two minutes of ${fault}, ${n} members: ${said.join(', ')}.`,
      );
  }
  return lines;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
