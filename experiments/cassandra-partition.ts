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
const isLength = ({ n, sides, version, uptime_s, cut_s, kill_after_s }: Cut) => {
  if (sides !== 'halves' || kill_after_s !== AFTER_S) return false;
  if (n === 100) {
    return uptime_s === YOUNG_S ? cut_s >= 300 : version === '5.0' && cut_s === LONGEST_S;
  }
  return n === 30;
};
const isRecovery = ({ n, sides, version, uptime_s, cut_s }: Cut) =>
  n === 30 && sides === 'halves' && version === '5.0' && uptime_s === OLD_S && cut_s === LONGEST_S;

const HEALING_RUNS: Record<number, number> = { 10: 200, 30: 100, 100: 60, 300: 6 };

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
    n: [10, 30, 100, 300],
    sides: ['halves', 'a tenth', 'one node'],
    version: ['4.1', '5.0'],
    uptime_s: [YOUNG_S, OLD_S],
    cut_s: [30, 60, CUT_S, 300, 600, LONGEST_S],
    kill_after_s: [AFTER_S, 600, 1200, 1500],
  },
  where(cell) {
    if (cell.n === 10 && cell.sides === 'a tenth') return false;
    return isHealing(cell) || isLength(cell) || isRecovery(cell);
  },
  replicates(cell) {
    if (isHealing(cell)) return cell.sides === 'one node' ? 10 : HEALING_RUNS[cell.n];
    if (cell.n > 30) return cell.uptime_s === OLD_S ? 3 : 4;
    return cell.uptime_s === OLD_S ? 4 : 10;
  },
  quick: {
    grid: { n: [10, 30], uptime_s: [YOUNG_S], cut_s: [CUT_S, 300], kill_after_s: [AFTER_S] },
    replicates: 2,
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
    across_silence_s: 'from that until they say DOWN',
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
  remarks: [
    'Healing: a node with L live and U unreachable endpoints calls an unreachable one with probability U / (L + 1), so that between halves everybody calls across in each round, and a minority does while the majority calls it in few / many of the rounds. One exchange brings the states of the whole other side, and an echo to each of its nodes makes them UP 1 ms later. A node is also informed by who calls it, and by its own side. Between halves it is called once a round by somebody who informs it, whoever that is, so that (1 - t) exp(-t) are left after a time t.',
    'The wave is that of many nodes: where few are cut off the first contacts are a matter of chance, and the tolerance is one part in their number. With a node alone there is no wave at first: the first call across comes after an n-th of a round between halves and 1/e of a round for one node in the mean (firstContactRounds); it is not judged, as it varies by as much as its mean. Nor is a tenth of 300 nodes, whose small side has convicted a part of itself.',
    'Here packets pass at once when the cut ends. TCP connections that have been given up, their backoff and new handshakes come on top, and are the larger part of it in a real cluster.',
    'Damage: the detector keeps the window of a node that it has convicted, unless a new generation is heard of. Right after the healing news come faster than at rest, by the calls across, which takes half a per cent off young windows with a cap. The first news after the healing ends an interval as long as the cut, and without a cap it is recorded. Not full: mean = (2 s + all time) / samples. Full: D / 1000 more, until a thousand news later, about 1400 s.',
    'Only windows across are held against this. Within a side intervals lengthen in the first half minute of the cut, as half of the calls are lost until the other side has been convicted; a small minority loses nine tenths of its calls, and convicts its own members (mistakes). As news then creep through the minority for long, it takes more than a minute until all of its pairs across are DOWN: such cells, and cuts of 30 s, are not held against the healing wave.',
    'A cluster of two sides without seeds on the one side has slightly longer intervals there; the theory takes the intervals of the whole cluster, before and after the cut.',
    'All windows across have the same long interval, so that the observers agree on when a node is down nearly as well as without it.',
  ],
  figures: [
    {
      name: 'damage',
      title: 'A death on the other side, one minute after the healing',
      caption:
        '30 nodes, halves, threshold 8: half of the nodes across say DOWN. Mean over the runs; band: 5 % to 95 % of them; dashed: theory of the mean node.',
      x: { field: 'cut_s', title: 'length of the cut (s)', scale: 'log' },
      y: { field: 'across_median_s', title: 'DOWN across (s after the kill)', scale: 'log' },
      color: { field: 'version', title: 'version' },
      facet: { field: 'uptime_s', title: 'up before the cut (s)' },
      band: 'quantiles',
      where: ({ n, sides, kill_after_s }) =>
        n === 30 && sides === 'halves' && kill_after_s === AFTER_S,
      references: [{ label: 'theory', mark: 'line', at: (cell) => detectionOf(cell as Cut) }],
    },
    {
      name: 'recovery',
      title: 'The mark of half an hour in 5.0 goes with the thousandth news',
      caption:
        '30 nodes, up half an hour, then cut in halves for half an hour, 5.0: half of the nodes across say DOWN. Mean over the runs; band: 5 % to 95 % of them; dashed: theory of the mean node.',
      x: { field: 'kill_after_s', title: 'from the healing until the kill (s)' },
      y: { field: 'across_median_s', title: 'DOWN across (s after the kill)' },
      band: 'quantiles',
      where: (cell) => isRecovery(cell as Cut),
      references: [{ label: 'theory', mark: 'line', at: (cell) => detectionOf(cell as Cut) }],
    },
    {
      name: 'healing',
      title: 'Until everybody sees everybody UP',
      caption:
        'After a cut of two minutes; mean over the runs, band: 95 % confidence interval; dashed: wave of many nodes. No TCP.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'view_last_s', title: 'last node sees all UP (s)' },
      color: { field: 'sides', title: 'cut off' },
      where: (cell) => isHealing(cell as Cut),
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => {
            const few = fewOf(cell as Cut);
            if (cell.sides === 'one node') return null;
            return healingWave(few, (cell.n as number) - few).last * PERIOD_S + FOUR_WAYS_S;
          },
        },
      ],
    },
  ],
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

/** From the last news until DOWN, mean of the nodes across; and from the kill. */
const silenceOf = (cell: Cut): number => meansOfSilence(THRESHOLD) * windowOf(cell) + PERIOD_S / 2;
const detectionOf = (cell: Cut): number => silenceOf(cell) + idealOf(cell.n).newsS;

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
      quantity: 'kill after the healing: silence until DOWN across, mean (s)',
      statistic: measures.across_silence_s,
      expected: silenceOf(cell),
      tolerance: leftOpen * silenceOf(cell),
      source: 'threshold ln 10 means of the window, and half a round until the check',
    }),
  ];
}

/** How the sides find together, from the moment at which all pairs across were DOWN. */
function healed(cell: Cut, measures: Readonly<Record<string, Statistic>>): Finding[] {
  const { n, sides } = cell;
  const few = fewOf(cell);
  const base = { at: `n = ${n}, ${sides}`, basis: 'theory' as const };
  if (sides === 'one node' || (sides === 'a tenth' && n > 100)) return [];
  const wave = healingWave(few, n - few);
  // The median of one run in a few of hundreds of nodes says too little.
  const judged = n > 100 ? (['last'] as const) : (['median', 'last'] as const);
  return judged.map((which) =>
    judge({
      ...base,
      quantity: `healing: ${which === 'median' ? 'half of the nodes see' : 'everybody sees'} all UP (s)`,
      statistic: measures[`view_${which}_s`],
      expected: wave[which] * PERIOD_S + FOUR_WAYS_S,
      tolerance: PERIOD_S / few,
      source: 'share uninformed by phase of the rounds; halves: (1 - t) exp(-t)',
    }),
  );
}

// ---- for who runs Cassandra ----

function answer(all: readonly CellSummary<Cut>[]): string[] {
  const found = (cell: Partial<Cut>) => at(all, cell)?.measures;
  const s = ({ mean }: Statistic) => `${mean.toFixed(mean < 10 ? 2 : 0)} s`;
  const lines: string[] = [];
  const base = { version: '5.0', uptime_s: YOUNG_S, cut_s: CUT_S, kill_after_s: AFTER_S } as const;
  for (const n of [30, 100, 300]) {
    const halves = found({ ...base, n, sides: 'halves' });
    const tenth = found({ ...base, n, sides: 'a tenth' });
    if (halves === undefined) continue;
    const minority =
      tenth === undefined
        ? ''
        : `; if a tenth was cut off, ${s(tenth.view_last_s)}, and in the cut ${tenth.mistakes.mean.toFixed(1)} convictions within a side`;
    lines.push(
      `${n} nodes, cut in halves: once packets pass again, half of the nodes see everybody UP after ${s(halves.view_median_s)}, the last one after ${s(halves.view_last_s)}${minority}.`,
    );
  }
  const across = (cell: Partial<Cut>) =>
    found({ n: 30, sides: 'halves', kill_after_s: AFTER_S, cut_s: LONGEST_S, ...cell });
  const old = across({ version: '5.0', uptime_s: OLD_S });
  const young = across({ version: '5.0', uptime_s: YOUNG_S });
  const capped = across({ version: '4.1', uptime_s: OLD_S });
  if (old !== undefined && young !== undefined && capped !== undefined) {
    lines.push(
      `A cut of half an hour leaves a mark in 5.0: a node that dies a minute after the healing is DOWN on the other side after ${s(old.across_median_s)} if the cluster had been up for half an hour before, after ${s(young.across_median_s)} if it had been up for two minutes; on its own side after ${s(old.same_mean_s)}. In 4.1 the other side needs ${s(capped.across_median_s)}.`,
    );
  }
  const later = across({ version: '5.0', uptime_s: OLD_S, kill_after_s: 1500 });
  if (later !== undefined) {
    lines.push(
      `25 minutes after the healing that is over (${s(later.across_median_s)}); before, only a restart of the observer makes its windows new. Only the default is wrong in 5.0 without CASSANDRA-21025: -Dcassandra.fd_max_interval_ms=2000 sets the cap.`,
    );
  }
  return lines;
}
