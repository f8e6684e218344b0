/** A Cassandra cluster is cut in two for minutes: how soon is all well again, and what remains in the detector? */
import {
  at,
  CASSANDRA_VERSIONS,
  type Cell,
  type CellSummary,
  clusterBytes,
  clusterEvents,
  cutAndHeal,
  experiment,
  type Finding,
  firstContactRounds,
  firstNodes,
  healingWave,
  type Intervals,
  judge,
  meansOfSilence,
  PERIOD_MS,
  type Statistic,
  steadyIdeal,
  steadySeeds,
  windowAfterCut,
} from '../src/index.ts';

interface Cut extends Cell {
  n: number;
  sides: 'halves' | 'a tenth' | 'one node';
  version: '4.1' | '5.0';
  uptime_s: number;
  cut_s: number;
  kill_after_s: number;
}

const THRESHOLD = 8;
const WINDOW_SAMPLES = 1000;
const YOUNG_S = 120;
const OLD_S = 1800; // windows are full after 1400 s
const CUT_S = 120;
const AFTER_S = 60;
const PERIOD_S = PERIOD_MS / 1000;
const LONGEST_S = 1800;
/** SYN, ACK, echo and its answer, in s. */
const FOUR_WAYS_S = 0.002;

const fewOf = ({ n, sides }: Cut) =>
  sides === 'halves' ? n / 2 : sides === 'a tenth' ? n / 10 : 1;
const isCapped = ({ version }: Cut) => CASSANDRA_VERSIONS[version].maxIntervalMs !== null;
const isHealing = ({ version, uptime_s, cut_s, kill_after_s }: Cut) =>
  version === '5.0' && uptime_s === YOUNG_S && cut_s === CUT_S && kill_after_s === AFTER_S;
/** Such cells say how the length of the cut matters. */
const isLength = ({ n, sides, uptime_s, cut_s, kill_after_s }: Cut) => {
  if (sides !== 'halves' || kill_after_s !== AFTER_S) return false;
  if (n === 100) return uptime_s === YOUNG_S ? cut_s >= 300 : cut_s === LONGEST_S;
  return n === 30;
};
const isRecovery = ({ n, sides, version, uptime_s, cut_s }: Cut) =>
  n === 30 && sides === 'halves' && version === '5.0' && uptime_s === OLD_S && cut_s === LONGEST_S;

const HEALING_RUNS: Record<number, number> = { 10: 200, 30: 100, 100: 24, 300: 6, 1000: 2 };

export default experiment<Cut>({
  name: 'cassandra-partition',
  question:
    'A Cassandra cluster is cut in two for minutes and heals: how soon does everybody see everybody UP, and does it notice a death as fast as before?',
  claim:
    'Halves are whole again within a round: each node calls an unreachable one in each round, and one exchange brings all. In 5.0 the cut itself becomes an interval in each window across it: the mean grows by D / samples, so that after half an hour a death across is noticed after 60 s where windows were full and after minutes where they were young, until 1000 news later. With the cap of 4.1 nothing remains.',
  source:
    'Apache Cassandra 4.1 and 5.0, Gossiper and FailureDetector, CASSANDRA-21025; times derived here',
  seed: 'cassandra-partition',
  axes: {
    n: 'nodes, of which 2 (of 10) or 3 are seeds, on the larger side',
    sides: 'what is cut off from the rest: half of the nodes, a tenth, or one',
    version: '4.1: intervals above 2 s are not recorded; 5.0: all are',
    uptime_s: 'age of the cluster at the cut, s',
    cut_s: 'length of the cut, s',
    kill_after_s: 'from the healing until a node is killed, s; of the side that was cut off',
  },
  grid: {
    n: [10, 30, 100, 300, 1000],
    sides: ['halves', 'a tenth', 'one node'],
    version: ['4.1', '5.0'],
    uptime_s: [YOUNG_S, OLD_S],
    cut_s: [30, 60, CUT_S, 300, 600, LONGEST_S],
    kill_after_s: [AFTER_S, 600, 1200, 1800],
  },
  where(cell) {
    if (cell.n === 10 && cell.sides === 'a tenth') return false;
    if (cell.n === 1000 && cell.sides !== 'halves') return false;
    return isHealing(cell) || isLength(cell) || isRecovery(cell);
  },
  replicates(cell) {
    if (isHealing(cell)) return HEALING_RUNS[cell.n] ?? 2;
    if (cell.n > 30) return cell.uptime_s === OLD_S ? 2 : 3;
    return cell.uptime_s === OLD_S ? 4 : 10;
  },
  quick: {
    grid: { n: [10, 30], uptime_s: [YOUNG_S], cut_s: [60, CUT_S, 300], kill_after_s: [AFTER_S] },
    replicates: 4,
  },
  fixed: {
    intervalMs: PERIOD_MS,
    threshold: THRESHOLD,
    windowSamples: WINDOW_SAMPLES,
    latencyMs: 0.5,
    loss: 0,
    reconnectS: 0,
  },
  measures: {
    down_share: 'share of the pairs across that are DOWN when it heals',
    first_s: 'from the healing until the first node is UP again at one of the other side',
    view_median_s: 'until half of the nodes see everybody UP',
    view_last_s: 'until all do',
    echoes_per_pair: 'echoes sent until then, per pair that was DOWN',
    mistakes: 'nodes convicted by nodes of their own side, or after the healing',
    across_median_s: 'from the kill until half of the nodes across say DOWN',
    across_mean_s: 'the same, mean of the nodes across',
    across_last_s: 'the same, the last of them',
    across_window_s: 'mean of their windows about the dead node, s',
    across_samples: 'samples in them',
    across_news_s: 'the last news of the dead node at them, s after the kill',
    same_mean_s: 'from the kill until a node of its own side says DOWN, mean',
    same_window_s: 'mean of their windows',
  },
  events: ({ n, uptime_s, cut_s, kill_after_s }) =>
    clusterEvents(n, uptime_s + cut_s + kill_after_s + 40),
  bytes: (cell) => clusterBytes(cell.n, isShort(cell) ? 'sums' : 'whole'),
  run(cell, seed) {
    const { n, version, uptime_s, cut_s, kill_after_s } = cell;
    const few = fewOf(cell);
    return {
      ...cutAndHeal({
        ...{ few, many: n - few, seed, uptimeS: uptime_s, cutS: cut_s, killAfterS: kill_after_s },
        options: {
          ...{ version, threshold: THRESHOLD },
          seeds: firstNodes(steadySeeds(n)),
          shortRun: isShort(cell),
        },
      }),
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [],
  figures: [],
});

/** No window is full before the last news comes. */
const isShort = ({ uptime_s, cut_s, kill_after_s }: Cut) =>
  uptime_s + cut_s + kill_after_s + 200 < WINDOW_SAMPLES * PERIOD_S;

// ---- theory ----

const ideals = new Map<number, Intervals>();
const IDEAL_RUNS = 10;

/** Intervals and last news of the prototype that shares no code with the protocol. */
function idealOf(n: number): Intervals {
  const known = ideals.get(n);
  if (known !== undefined) return known;
  const runs = Array.from({ length: IDEAL_RUNS }, (_, i) =>
    steadyIdeal({ n, seeds: steadySeeds(n), seconds: 100, seed: `ideal ${i}` }, 'one'),
  );
  const mean = (of: (run: (typeof runs)[number]) => number) =>
    runs.reduce((sum, run) => sum + of(run), 0) / IDEAL_RUNS;
  const found = {
    meanS: mean(({ interval_s }) => interval_s),
    shareBeyond: mean(({ share_over_2s }) => share_over_2s),
    meanWithinS: mean(({ upto_2s }) => upto_2s),
    newsS: mean(({ news_s }) => news_s),
  };
  ideals.set(n, found);
  return found;
}

function windowOf(cell: Cut): number {
  const { n, uptime_s, cut_s, kill_after_s } = cell;
  const damage = { uptimeS: uptime_s, cutS: cut_s, sinceS: kill_after_s };
  return windowAfterCut({ ...damage, windowSamples: WINDOW_SAMPLES }, idealOf(n), isCapped(cell));
}

/** Mean T_D of the nodes across. */
const detectionOf = (cell: Cut): number =>
  meansOfSilence(THRESHOLD) * windowOf(cell) + idealOf(cell.n).newsS + PERIOD_S / 2;

// ---- findings ----

function findingsOf({ cell, measures }: CellSummary<Cut>): Finding[] {
  const { n, sides, version, uptime_s, cut_s, kill_after_s } = cell;
  const whole = measures.down_share.mean === 1; // all pairs across were DOWN, in each run
  const healing = isHealing(cell) && whole ? healed(cell, measures) : [];
  if (sides !== 'halves' || n > 100 || !whole) return healing;
  const base = {
    at: `n = ${n}, ${version}, up ${uptime_s} s, cut ${cut_s} s, kill after ${kill_after_s} s`,
    basis: 'theory' as const,
  };
  // A mean of ratios, and where the last interval ends: a sample more or less.
  const leftOpen = 1 / measures.across_samples.mean;
  return [
    ...healing,
    judge({
      ...base,
      quantity: 'kill after the healing: mean of the windows across (s)',
      statistic: measures.across_window_s,
      expected: windowOf(cell),
      tolerance: leftOpen * windowOf(cell),
      source: 'no cap: the cut is an interval as any other; cap: it is not recorded',
    }),
    judge({
      ...base,
      quantity: 'kill after the healing: T_D across, mean (s)',
      statistic: measures.across_mean_s,
      expected: detectionOf(cell),
      tolerance: leftOpen * detectionOf(cell),
      source: 'threshold ln 10 means of the window after the last news, and half a round',
    }),
  ];
}

/** How the sides find together, from the moment at which all pairs across were DOWN. */
function healed(cell: Cut, measures: Readonly<Record<string, Statistic>>): Finding[] {
  const { n, sides } = cell;
  const few = fewOf(cell);
  const base = { at: `n = ${n}, ${sides}`, basis: 'theory' as const };
  const first = judge({
    ...base,
    quantity: 'healing: first UP across (s)',
    statistic: measures.first_s,
    expected: firstContactRounds(few, n - few) * PERIOD_S + FOUR_WAYS_S,
    tolerance: FOUR_WAYS_S / 2,
    source: 'first round with a call across: integral of (1 - t)^few (1 - few / many t)^many',
  });
  if (sides === 'one node') return [first];
  const wave = healingWave(few, n - few);
  return [
    first,
    ...(['median', 'last'] as const).map((which) =>
      judge({
        ...base,
        quantity: `healing: ${which === 'median' ? 'half of the nodes see' : 'everybody sees'} all UP (s)`,
        statistic: measures[`view_${which}_s`],
        expected: wave[which] * PERIOD_S + FOUR_WAYS_S,
        tolerance: PERIOD_S / few,
        source: 'share uninformed by phase of the rounds; halves: (1 - t) exp(-t)',
      }),
    ),
  ];
}

// ---- for who runs Cassandra ----

function answer(all: readonly CellSummary<Cut>[]): string[] {
  return all.length === 0 ? [] : [at(all, { n: 30 }) === undefined ? '' : ''].filter(Boolean);
}
