/** A Cassandra node is restarted: until all peers see it UP, until it sees them UP, and whether "settled" waits for it. */
import {
  at,
  type Cell,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  constant,
  difference,
  type Estimate,
  experiment,
  type Finding,
  firstContact,
  idealSpread,
  judge,
  lossy,
  type Measures,
  newsSpread,
  restartOne,
  type Statistic,
  Stream,
  upAtOnce,
} from '../src/index.ts';

const KINDS = {
  fast: { going: 'killed', uptimeMs: 5000, downMs: 5000 },
  long: { going: 'killed', uptimeMs: 40_000, downMs: 60_000 },
  graceful: { going: 'stopped', uptimeMs: 5000, downMs: 5000 },
} as const;
type Kind = keyof typeof KINDS;
/** No cluster: the spread of the news by a page of code of its own. */
const PROTOTYPE = 'prototype';

interface Restart extends Cell {
  kind: Kind | typeof PROTOTYPE;
  n: number;
  latency_ms: number;
  loss: number;
  version: '3.11' | '4.1';
}

const LAN_MS = 0.5;
const WAN_MS = 100;
const BASE_N = 100;
const SEEDS = 3;
/** Until the ports open, from the end of the shadow round. */
const SETTLE_S = 8;
const WATCH_MS = 60_000;
/** s, a twentieth of a round: what would not matter. Theory leaves out nothing that is as large. */
const ROUND_PART = 0.05;
/** s since the new start. */
const SINCE = Array.from({ length: 61 }, (_, i) => i / 4);
const RUNS: Record<number, number> = { 10: 300, 100: 80, 300: 16, 1000: 6 };
const LONG_RUNS: Record<number, number> = { 10: 100, 100: 30, 300: 8 };

const rtt = ({ latency_ms }: Restart) => (2 * latency_ms) / 1000;
const isCluster = ({ kind }: Cell) => kind !== PROTOTYPE;

export default experiment<Restart>({
  name: 'cassandra-restart',
  question:
    'A Cassandra node is restarted: how long until all others see it UP, until it sees them all UP, and is the 8 s "gossip settled" enough?',
  claim:
    'The restarted node gets the states of all with its first exchange and sees all UP one echo later, a second or less after its shadow round: the settle, which counts known endpoints and so lasts 8 s whatever happens, leaves room. The others hear of its new life as of any news, in time that grows with the logarithm of the cluster, and see it UP an echo later; who is back before phi has convicted is never seen DOWN but for that echo.',
  source: 'Apache Cassandra 3.11 and 4.1, Gossiper (waitToSettle, applyStateLocally, markAlive)',
  seed: 'cassandra-restart',
  axes: {
    kind: 'fast: killed, back after 5 s; long: killed, back after 60 s; graceful: goodbye, 2 s, 5 s down; prototype: the spread of the news alone, by a page of code of its own',
    n: 'nodes, of which 3 are seeds; the last one, no seed, is restarted',
    latency_ms: 'one way',
    loss: 'probability that a message is lost (no TCP)',
    version: 'of all nodes',
  },
  grid: {
    kind: ['fast', 'long', 'graceful', PROTOTYPE],
    n: [10, 100, 300, 1000],
    latency_ms: [LAN_MS, WAN_MS],
    loss: [0, 0.05, 0.2],
    version: ['3.11', '4.1'],
  },
  where({ kind, n, latency_ms, loss, version }) {
    const isPlain = latency_ms === LAN_MS && loss === 0;
    if (version === '3.11') return isPlain && n === BASE_N && kind !== PROTOTYPE;
    if (n === 1000) return isPlain && (kind === 'fast' || kind === PROTOTYPE);
    if (kind === 'long' && !isPlain) return n === BASE_N && loss < 0.2;
    if (loss === 0.2) return n === BASE_N && latency_ms === LAN_MS && kind !== 'graceful';
    return loss === 0 || (kind !== 'graceful' && (n === BASE_N || latency_ms === LAN_MS));
  },
  replicates({ kind, n }) {
    if (kind === PROTOTYPE) return n < 1000 ? 1000 : 300;
    return (kind === 'long' ? LONG_RUNS : RUNS)[n] ?? 10;
  },
  quick: {
    grid: { n: [10, 30], loss: [0, 0.05], version: ['4.1'] },
    replicates: 4,
  },
  fixed: {
    intervalMs: 1000,
    seeds: SEEDS,
    fastDownS: 5,
    longDownS: 60,
    uptimeS: '5; 40 before the long ones',
    settle: '5 s, then three looks a second apart at the number of known endpoints',
  },
  measures: {
    convicted: 'share of the others that said DOWN before the new start',
    gossip_s: 'from the new start until the shadow round ends',
    states_s: 'from then until the first states of others are there',
    echo_s: 'from the state of a peer until it is UP in the view of the node, the first of them',
    at_once: 'share of the peers that are UP as fast',
    sees_all_s: 'from the new start until the node sees all UP',
    news_first_s:
      'from the end of the shadow round until the first of the others knows the new life',
    news_median_s: 'until half of them do',
    news_last_s: 'until all do',
    seen_median_s: 'from the new start until half of the others see the node UP',
    seen_last_s: 'until all do',
    down_s: 'how long a peer saw the node DOWN, mean of the peers',
    unnoticed_s:
      'from the end of the process until a peer notices, by DOWN or by the new life, mean of the peers; negative: goodbye',
    settle_s: 'from the end of the shadow round until gossip has settled',
    up_at_settle: 'share of the peers that are UP in the view of the node then',
    seen_at_settle: 'share of the peers that see it UP then (prototype: that know its new life)',
    sees: 'series: share of the peers that the node sees UP',
    seen: 'series: share of the peers that see the node UP, as of after its new start',
  },
  series: { sees: { x: 'since_s', at: SINCE }, seen: { x: 'since_s', at: SINCE } },
  events(cell) {
    if (!isCluster(cell)) return cell.n * 60;
    const { uptimeMs, downMs } = KINDS[cell.kind as Kind];
    return clusterEvents(cell.n, (uptimeMs + downMs) / 1000 + 12);
  },
  bytes: ({ n }) => clusterBytes(n),
  run: (cell, seed) => (isCluster(cell) ? restart(cell, seed) : prototype(cell, seed)),
  findings: (summaries) => [
    ...always(summaries),
    ...wayBack(summaries).flatMap((group) => againstTheory(summaries, group)),
    ...sameVersions(summaries),
  ],
  answer,
  remarks: [
    'Who restarts has all others on disk and so knows n endpoints from the first moment: the number that the settle watches never changes, and it lasts its minimum of 8 s.',
    'The spread of the news against a chain of independent calls (newsSpread: k that know become k + 1 at rate k (n - k) / (n - 1) per direction of an exchange): the chain is faster until half know, and slower to the last. Calls once a second are not independent of who has news: who has just fetched it by a call of its own does not call for a second (growth by a factor of e in 0.62 s instead of 0.5 s), and nobody is without a call for more than a second at the end. The prototype, which has calls once a second, agrees with the cluster in both.',
    'Two answers come at once where nobody calls the node in the second before its first round, for that goes to an endpoint and to a seed. An ACK that brings nothing new about an endpoint that is not UP asks it again, so that a lost echo is made good on the spot.',
    'A lost echo is repeated with the next news of the endpoint, some 1.5 s later. At a loss of 5 % the last peer is late for that and not for the news.',
    'An interval of the prototype ends with the news, that of the cluster too; UP comes an echo later. The prototype has no windows, no DOWN and no unreachable endpoints; that the fast, long and graceful restart agree with it says that the way a node went makes no difference for the way back.',
    'Work on the gossip stage takes no time here. n echoes leave and come at once at the restarted node; where each takes a millisecond of its stage, a thousand take a second.',
  ],
  figures: [
    {
      name: 'seen',
      title: 'The others see the restarted node UP',
      caption:
        'Fast restart (5 s), no loss, 0.5 ms: share of the others that know of its new life and see it UP; mean over the runs, band: 95 % confidence interval. Its ports open after 8 s.',
      x: { field: 'since_s', title: 'since the new start (s)' },
      y: { field: 'seen', title: 'share of the others' },
      color: { field: 'n', title: 'nodes' },
      where: ({ kind, latency_ms, loss, version }) =>
        kind === 'fast' && latency_ms === LAN_MS && loss === 0 && version === '4.1',
    },
    {
      name: 'last',
      title: 'The last of the others to see the restarted node UP, by size',
      caption:
        'From the new start, no loss; mean over the runs, band: 5 % to 95 % of them. Dashed: a chain of independent calls, without latency.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'seen_last_s', title: 'last sees it UP (s)' },
      color: { field: 'kind', title: 'restart' },
      facet: { field: 'latency_ms', title: 'one way (ms)' },
      band: 'quantiles',
      where: ({ kind, loss, version }) => kind !== PROTOTYPE && loss === 0 && version === '4.1',
      references: [
        {
          label: 'chain',
          mark: 'line',
          at: ({ n }) =>
            firstContact({ n: n as number }) + newsSpread({ n: n as number, seeds: SEEDS }).last,
        },
      ],
    },
    {
      name: 'loss',
      title: 'Lost echoes: both views of a restart, 100 nodes',
      caption:
        'Fast restart (5 s), 0.5 ms: share of the peers that the node sees UP; mean over the runs, band: 95 % confidence interval. Its ports open after 8 s.',
      x: { field: 'since_s', title: 'since the new start (s)' },
      y: { field: 'sees', title: 'share of the peers UP in its view' },
      color: { field: 'loss', title: 'loss' },
      where: ({ kind, n, latency_ms, version }) =>
        kind === 'fast' && n === BASE_N && latency_ms === LAN_MS && version === '4.1',
    },
  ],
});

function restart({ kind, n, latency_ms, loss, version }: Restart, seed: string): Measures {
  const link = constant({ ms: latency_ms });
  const { seenAt, seesAt, ...measured } = restartOne({
    n,
    options: { version, shortRun: true },
    link: loss === 0 ? link : lossy(loss, link),
    ...KINDS[kind as Kind],
    watchMs: WATCH_MS,
    seed,
  });
  const shares = (times: readonly number[]) =>
    SINCE.map((since) => times.filter((time) => time <= since).length / (n - 1));
  return { ...measured, sees: shares(seesAt), seen: shares(seenAt) };
}

function prototype({ n, latency_ms, loss }: Restart, seed: string): Measures {
  const draws = new Stream(seed, 'prototype', 1);
  const latency = latency_ms / 1000;
  const draw = () => draws.draw(0);
  const { states, news } = idealSpread({ n, seeds: SEEDS, latency, arrival: 1 - loss, draw });
  const peers = news.length;
  const known = news.filter((time) => time <= SETTLE_S - 2 * latency).length;
  const middle = (news[Math.floor((peers - 1) / 2)] + news[Math.ceil((peers - 1) / 2)]) / 2;
  return {
    ...NOTHING,
    states_s: states,
    news_first_s: news[0],
    news_median_s: middle,
    news_last_s: news[peers - 1],
    seen_at_settle: known / peers,
    sees: SINCE.map(() => Number.NaN),
    seen: SINCE.map(() => Number.NaN),
  };
}

const NOTHING = Object.fromEntries(
  [
    ...['convicted', 'gossip_s', 'echo_s', 'at_once', 'sees_all_s', 'seen_median_s'],
    ...['seen_last_s', 'down_s', 'unnoticed_s', 'settle_s', 'up_at_settle'],
  ].map((column) => [column, null]),
);

/** For who runs Cassandra. */
function answer(all: readonly CellSummary<Restart>[]): string[] {
  const found = (cell: Partial<Restart>) =>
    at(all, { latency_ms: LAN_MS, loss: 0, version: '4.1', ...cell })?.measures;
  const s = ({ mean }: Statistic) => `${mean.toFixed(1)} s`;
  const share = ({ mean }: Statistic) => `${(100 * mean).toFixed(2)} %`;
  const lines: string[] = [];
  for (const n of [10, 30, 100, 300, 1000]) {
    const fast = found({ kind: 'fast', n });
    if (fast === undefined) continue;
    lines.push(
      `${n} nodes, down for 5 s: the node sees all others UP ${s(fast.sees_all_s)} after its new start; half of the others know of the new life and see it UP after ${s(fast.seen_median_s)}, the last after ${s(fast.seen_last_s)}. Nobody noticed that it was away: it counted as UP for ${s(fast.unnoticed_s)} from its death.`,
    );
  }
  for (const n of [BASE_N, 30]) {
    const [long, graceful] = (['long', 'graceful'] as const).map((kind) => found({ kind, n }));
    if (long === undefined || graceful === undefined) continue;
    lines.push(
      `${n} nodes: after 60 s away, seen DOWN for ${s(long.down_s)} of them, the last sees it UP ${s(long.seen_last_s)} after the new start, after a graceful stop ${s(graceful.seen_last_s)}: the way back is the same as for a fast restart. Only the graceful stop spares the clients: all others see DOWN at once.`,
    );
    break;
  }
  const lossyCells = [BASE_N, 30].map((n) => found({ kind: 'fast', n, loss: 0.05 }));
  const lossyOne = lossyCells.find((cell) => cell !== undefined);
  if (lossyOne !== undefined) {
    lines.push(
      `The 8 s of "settled" are the minimum and nothing more: the number of known endpoints of a restarted node never changes. Without loss they are enough for its own view; with 5 % loss ${share(lossyOne.up_at_settle)} of the peers are UP by then (last after ${s(lossyOne.sees_all_s)}), and ${share(lossyOne.seen_at_settle)} of the peers see it UP (last after ${s(lossyOne.seen_last_s)}).`,
    );
  }
  const worst = found({ kind: 'fast', n: BASE_N, loss: 0.2 });
  if (worst !== undefined) {
    lines.push(
      `With 20 % loss the node opens its ports while ${share({ ...worst.up_at_settle, mean: 1 - worst.up_at_settle.mean })} of the peers are not UP in its view; the last comes ${s(worst.sees_all_s)} after the new start.`,
    );
  }
  return lines;
}

// ---- findings ----

/** What holds in every run. */
function always(all: readonly CellSummary<Restart>[]): Finding[] {
  const clusters = all.filter(({ cell }) => isCluster(cell));
  const clean = clusters.filter(({ cell }) => cell.loss === 0);
  const worst = (
    quantity: string,
    cells: readonly CellSummary<Restart>[],
    value: (summary: CellSummary<Restart>) => readonly [at: Statistic, expected: number],
    tolerance: number,
    source: string,
  ): Finding[] => {
    if (cells.length === 0) return [];
    // The run that is furthest off, not the mean.
    const off = cells.map((summary) => {
      const [{ min, max }, expected] = value(summary);
      return Math.max(Math.abs(min - expected), Math.abs(max - expected));
    });
    const count = cells.reduce((sum, { replicates }) => sum + replicates, 0);
    const statistic = { ours: Math.max(...off), se: 0, count };
    return [
      judge({
        ...{ quantity, statistic, tolerance, source, expected: 0, basis: 'theory' },
        at: `the worst run of ${cells.length} cells`,
      }),
    ];
  };
  const of = (kind: Kind) => clusters.filter(({ cell }) => cell.kind === kind);
  return [
    ...worst(
      'settle: off 8 s (s)',
      clusters,
      ({ measures }) => [measures.settle_s, SETTLE_S],
      1e-6,
      'all endpoints are known from disk: 5 s and three looks',
    ),
    ...worst(
      'shadow round: off one round trip (s)',
      clean,
      ({ cell, measures }) => [measures.gossip_s, rtt(cell)],
      1e-6,
      'the first seed that answers ends it',
    ),
    ...worst(
      'from states to UP: off one round trip (s)',
      clean,
      ({ cell, measures }) => [measures.echo_s, rtt(cell)],
      1e-6,
      'echo and answer',
    ),
    ...worst(
      'no loss: peers that are not UP with the first echo (share)',
      clean,
      ({ measures }) => [measures.at_once, 1],
      0,
      'the first exchange brings the states of all',
    ),
    ...worst(
      'no loss: peers that are not UP in its view when gossip has settled (share)',
      clean,
      ({ measures }) => [measures.up_at_settle, 1],
      0,
      'contact within 1 s, then two round trips',
    ),
    ...worst(
      'fast, no loss: seen DOWN, off one round trip (s)',
      of('fast').filter(({ cell }) => cell.loss === 0),
      ({ cell, measures }) => [measures.down_s, rtt(cell)],
      1e-6,
      'a new generation takes the flag away until the echo is answered',
    ),
    ...worst(
      'fast: others that convict within 5 s (share)',
      of('fast'),
      ({ measures }) => [measures.convicted, 0],
      0,
      'phi at 8 takes 18 s of silence at least',
    ),
    ...worst(
      'long, no loss: others that have not convicted within 60 s (share)',
      of('long').filter(({ cell }) => cell.loss === 0),
      ({ measures }) => [measures.convicted, 1],
      0,
      'silence of 18.42 window means, below 32 s at that age, after the last news',
    ),
    ...worst(
      'graceful, no loss: off a goodbye of 2 s before the end, one way (s)',
      of('graceful').filter(({ cell }) => cell.loss === 0),
      ({ cell, measures }) => [measures.unnoticed_s, cell.latency_ms / 1000 - 2],
      1e-6,
      'GOSSIP_SHUTDOWN to each live endpoint',
    ),
  ];
}

/**
 * Clusters that differ in the way the node went are one sample: how it comes back is the same. They share seeds, and so
 * the phases of their rounds, but whom a round calls is drawn anew: as good as independent.
 */
function wayBack(
  all: readonly CellSummary<Restart>[],
): readonly (readonly CellSummary<Restart>[])[] {
  const groups = new Map<string, CellSummary<Restart>[]>();
  for (const summary of all) {
    if (!isCluster(summary.cell) || summary.cell.version !== '4.1') continue;
    const name = sizeAndLink(summary.cell);
    groups.set(name, [...(groups.get(name) ?? []), summary]);
  }
  return [...groups.values()];
}

const sizeAndLink = ({ n, latency_ms, loss }: Restart) =>
  `n = ${n}, ${latency_ms} ms${loss === 0 ? '' : `, loss ${loss}`}`;

/** The mean of all their runs. */
function pooled(group: readonly CellSummary<Restart>[], column: string): Statistic & Estimate {
  const all = group.map(({ measures }) => measures[column]);
  const count = all.reduce((sum, one) => sum + one.count, 0);
  const ours = all.reduce((sum, { mean, count: of }) => sum + mean * of, 0) / count;
  const se = Math.hypot(...all.map((one) => one.se * one.count)) / count;
  return {
    ...all[0],
    mean: ours,
    ours,
    se,
    count,
    ciLow: ours - 1.96 * se,
    ciHigh: ours + 1.96 * se,
  };
}

/** When news comes to the node, and of it. */
function againstTheory(
  all: readonly CellSummary<Restart>[],
  group: readonly CellSummary<Restart>[],
): Finding[] {
  const { cell } = group[0];
  const where = sizeAndLink(cell);
  const ideal = at(all, { ...cell, kind: PROTOTYPE })?.measures;
  const findings: Finding[] = [];
  if (cell.loss === 0) {
    findings.push(
      judge({
        quantity: 'first states, from the end of the shadow round (s)',
        at: where,
        statistic: pooled(group, 'states_s'),
        expected: firstContact(cell) + rtt(cell),
        tolerance: ROUND_PART,
        basis: 'theory',
        source:
          'its first round after 1 s, or before that a call of one of n - 1; then one round trip',
      }),
    );
  } else {
    findings.push(
      judge({
        quantity: 'share of the peers UP with the first echo',
        at: where,
        statistic: pooled(group, 'at_once'),
        expected: upAtOnce({ n: cell.n, arrival: 1 - cell.loss }),
        // Left out: answers that come at once because two calls did, or because only one of two was.
        tolerance: 0.01,
        basis: 'theory',
        source: 'echo and answer arrive; again if both first SYNs were answered at once',
      }),
    );
  }
  if (ideal === undefined) return findings;
  for (const [column, quantity] of [
    ['news_median_s', 'half know the new life, from the end of the shadow round (s)'],
    ['news_last_s', 'all know the new life, from the end of the shadow round (s)'],
  ]) {
    const ours = pooled(group, column);
    const { se } = difference(ours, ideal[column]);
    findings.push(
      judge({
        ...{ quantity, at: where },
        statistic: { ours: ours.mean, se, count: ours.count },
        expected: ideal[column].mean,
        tolerance: cell.n < 1000 ? ROUND_PART : 10 * ROUND_PART, // few runs: what would matter, half a round
        basis: 'theory',
        source:
          'prototype: calls once a second, phases uniform; who has the news, and nothing else',
      }),
    );
  }
  return findings;
}

function sameVersions(all: readonly CellSummary<Restart>[]): Finding[] {
  return all
    .filter(({ cell }) => cell.version === '3.11')
    .map(({ cell, measures }) => {
      const other = at(all, { ...cell, version: '4.1' });
      return judge({
        quantity: '3.11 against 4.1: last sees it UP (s)',
        at: `${cell.kind}, n = ${cell.n}`,
        statistic: difference(measures.seen_last_s, (other ?? { measures }).measures.seen_last_s),
        expected: 0,
        tolerance: 0.2,
        basis: 'theory',
        source: 'what differs (floor of versions, order of digests) carries no news of a new life',
        note: 'the tolerance is the scale of what would matter: a fifth of a round',
      });
    });
}
