/** How long may a node of Cassandra pause before the others take it for dead, and what does a higher threshold cost? */
import {
  at,
  type CassandraVersionName,
  type Cell,
  type CellSummary,
  cassandraCluster,
  clusterBytes,
  clusterEvents,
  constant,
  type Estimate,
  experiment,
  type Finding,
  faults,
  judge,
  lossy,
  meansToConvict,
  pauseToDown,
  pauseVerdicts,
  poissonInterval,
  qos,
  type Statistic,
  secondsToDown,
  simulate,
  tcp,
} from '../src/index.ts';

interface Pausing extends Record<string, string | number> {
  version: string;
  transport: string;
  n: number;
  threshold: number;
  pause_s: number;
  per_hour: number;
  loss: number;
}

/** s; the mean of what a window keeps, in a cluster at rest. */
const WINDOW_MEAN: Record<number, number> = { 3: 1.0, 10: 1.11, 30: 1.15, 100: 1.15, 300: 1.15 };
const UNCAPPED = 1.48; // the same without a cap, 100 nodes
const PAUSED = 0.05; // share of the nodes that are paused at a time
/** Without a cap an observer's own pause is an interval of all others: how much it adds, to 240 samples by then. */
const ownPauses = ({ per_hour }: Pausing) => (((120 / 2) * per_hour) / 3600) * (28 / 240);
const meanOf = (cell: Pausing) =>
  cell.version === '5.0' ? UNCAPPED + ownPauses(cell) : WINDOW_MEAN[cell.n];

const SETTLE = 15; // s after a pause: news of it is everywhere
const GUARD = 5; // s without a verdict after a pause of one's own

/** s before pauses, and with them. Windows hold 600 samples in the small clusters then, and 160 in the large ones. */
function spans({ n, per_hour }: Pausing): { warmUp: number; watched: number } {
  if (n <= 3) return { warmUp: 800, watched: 3600 };
  if (n <= 10) return { warmUp: 800, watched: 1200 };
  if (n <= 30) return { warmUp: 800, watched: 400 };
  if (n <= 100) return { warmUp: 300, watched: per_hour === 0 ? 300 : 120 };
  return { warmUp: 300, watched: 60 };
}
const seedsOf = (n: number) => (n <= 3 ? 1 : n <= 10 ? 2 : 3);
const crashesOf = (n: number) => Math.ceil(n / 12);
/** s from the first crash to the end. */
const afterwards = ({ n, threshold }: Pausing) =>
  Math.ceil(meansToConvict(threshold) * 1.6) + crashesOf(n) + 10;
const secondsOf = (cell: Pausing) => {
  const { warmUp, watched } = spans(cell);
  return warmUp + watched + cell.pause_s + SETTLE + afterwards(cell);
};

function run(cell: Pausing, seed: string) {
  const { version, transport, n, threshold, pause_s, per_hour, loss } = cell;
  const { warmUp, watched } = spans(cell);
  const end = (warmUp + watched + pause_s + SETTLE) * 1000;
  const horizonMs = secondsOf(cell) * 1000;
  const told = pauseVerdicts({
    ...{ n, startMs: warmUp * 1000, endMs: end },
    ...{ settleMs: SETTLE * 1000, guardMs: GUARD * 1000 },
  });
  const live = qos({ n, startMs: warmUp * 1000, endMs: end });
  const dead = qos({ n, startMs: end, endMs: horizonMs });
  const datagrams = lossy(loss, constant({ ms: 0.5 }));
  const pauses =
    per_hour === 0
      ? []
      : faults.pauses({
          everyMs: 3_600_000 / per_hour,
          phase: 'random',
          fromMs: warmUp * 1000,
          untilMs: (warmUp + watched) * 1000,
          lasts: pause_s * 1000,
        });
  const crashes = Array.from({ length: crashesOf(n) }, (_, i) =>
    faults.crash({ nodes: [n - 1 - i], atMs: end + i * 1000 }),
  );
  simulate({
    ...cassandraCluster(
      n,
      horizonMs,
      {
        version: version as CassandraVersionName,
        seeds: Array.from({ length: seedsOf(n) }, (_, i) => i),
        threshold,
        shortRun: n > 30,
      },
      transport === 'TCP' ? tcp({}, datagrams) : datagrams,
    ),
    seed,
    faults: faults.faults(pauses, ...crashes),
    observers: [told, live, dead],
  });
  const quality = live.quality();
  const { detection } = dead.quality();
  const { pauses: held, sharePerPause, spoilt, byPaused, bystanders } = told.judgements();
  return {
    pauses: held,
    per_pause: sharePerPause,
    spoilt,
    by_paused: byPaused,
    bystanders,
    wrong: quality.mistakes,
    node_hours: quality.nodeHours,
    per_node_hour: quality.perNodeHour.perHour,
    upper_per_node_hour: quality.perNodeHour.ciHigh,
    wrong_ms: quality.mistakeDuration.meanMs,
    detect_ms: detection.meanMs,
    detect_last_ms: detection.lastMs,
  };
}

/** Near the middle of the step; lengths run from 8 s below, where it has faded, to 4 s above. */
const CENTRE: Record<number, number> = { 5: 14, 8: 22, 10: 28, 12: 34, 16: 44 };
const evens = (from: number, to: number) =>
  Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + 2 * i);

function isCell({ version, transport, n, threshold, pause_s, per_hour, loss }: Pausing): boolean {
  if (per_hour === 0) {
    return (
      pause_s === 0 &&
      version === '4.1' &&
      n === 100 &&
      threshold <= 8 &&
      (loss > 0 || transport === 'TCP')
    );
  }
  if (pause_s === 0) return false;
  const plain = transport === 'TCP' && loss === 0;
  const near = (centre: number) => pause_s >= centre - 8 && pause_s <= centre + 4;
  if (version === '5.0') return n === 100 && plain && threshold === 8 && per_hour === 6 && near(30);
  if (n !== 100) {
    if (!plain || threshold !== 8 || per_hour !== 6) return false;
    return n === 300 ? pause_s === 22 || pause_s === 24 : near(22);
  }
  if (per_hour !== 6) return plain && threshold === 8 && pause_s === 24;
  if (loss === 0.1) return threshold === 8 && pause_s === 22;
  return plain && near(CENTRE[threshold]);
}

const isPlain = ({ version, loss, per_hour }: Cell) =>
  version === '4.1' && loss === 0 && per_hour === 6;

type Row = CellSummary<Pausing>;

/** Summed over all runs. */
const total = (rows: readonly Row[], measure: string): number =>
  rows.reduce((sum, { measures: of }) => sum + of[measure].mean * of[measure].count, 0);

/** Cells that differ in the length of the pause only, by that length. */
function steps(all: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of all) {
    const { version, transport, n, threshold, per_hour, loss } = row.cell;
    const key = [version, transport, n, threshold, per_hour, loss].join('/');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()]
    .filter((rows) => rows.length > 2)
    .map((rows) => rows.toSorted((a, b) => a.cell.pause_s - b.cell.pause_s));
}

/** The mean of the distribution whose share below each length is that of the observers: s, and its error. */
function middleOf(rows: readonly Row[]): Estimate {
  const share = (row: Row) => row.measures.per_pause.mean;
  let middle = rows[0].cell.pause_s;
  let square = 0;
  for (let i = 1; i < rows.length; i++) {
    const width = rows[i].cell.pause_s - rows[i - 1].cell.pause_s;
    middle += width * (1 - (share(rows[i - 1]) + share(rows[i])) / 2);
    square += (width * rows[i].measures.per_pause.se) ** 2;
  }
  return { ours: middle, se: Math.sqrt(square), count: rows[0].measures.per_pause.count };
}

const LEFT_OUT = 0.25; // s; half of the calls come a round apart, and not at random
const READ_OFF = 0.005; // s by which the mean of a window is known
const watchedOf = (cell: Pausing) => ({
  n: cell.n,
  seeds: seedsOf(cell.n),
  threshold: cell.threshold,
  windowMeanSec: meanOf(cell),
});
const middle = (cell: Pausing) => pauseToDown(watchedOf(cell));
/** Without a cap the mean also grows as calls to paused nodes fail, for the sixth of the window that saw pauses. */
const toleranceOf = ({ version, threshold }: Pausing) =>
  LEFT_OUT +
  meansToConvict(threshold) * (READ_OFF + (version === '5.0' ? (UNCAPPED * PAUSED) / 6 : 0));
const name = ({ version, n, threshold }: Pausing) => `${version}, n = ${n}, threshold ${threshold}`;
/**
 * s below the middle of the step. There its tail is that of observers to whom news is late: it falls at least e-fold per
 * second, as who has no news gets it at a rate of up to 2 a second.
 */
const FADED = 7;

const stepFinding = (rows: readonly Row[]): Finding =>
  judge({
    quantity: 'pause that half of the observers take for a death (s)',
    at: name(rows[0].cell),
    statistic: middleOf(rows),
    expected: middle(rows[0].cell),
    tolerance: toleranceOf(rows[0].cell),
    basis: 'theory',
    source:
      'threshold x ln 10 x mean of the window + 1/2 + lag of the last news - lag of the first',
  });

/** All pauses far enough below the step, together. */
function fadedFinding(all: readonly Row[]): Finding[] {
  const rows = all.filter(({ cell }) => cell.per_hour > 0 && cell.pause_s <= middle(cell) - FADED);
  if (rows.length === 0) return [];
  const wrong = total(rows, 'wrong');
  const pairs = rows.reduce((sum, row) => sum + total([row], 'pauses') * (row.cell.n - 1), 0);
  const most = Math.exp(-FADED);
  return [
    judge({
      quantity: 'share of observers that take a pause for a death, 7 s and more below the step',
      at: `${Math.round(wrong)} of ${Math.round(pairs)} verdicts`,
      statistic: { ours: wrong / pairs, se: Math.sqrt(Math.max(wrong, 1)) / pairs },
      ...{ expected: most / 2, tolerance: most / 2, range: true, basis: 'theory' },
      source: 'the tail falls at least e-fold per second: at most exp(-7)',
    }),
  ];
}

/** Of cells that differ in their pauses only, which do not change the windows of 4.1; their warm-ups are the same run. */
function detectionFinding(rows: readonly Row[]): Finding[] {
  const { cell } = rows[0];
  if (cell.version === '5.0') return [];
  const means = rows.map(({ measures }) => measures.detect_ms);
  const average = (of: (statistic: Statistic) => number) =>
    means.reduce((sum, statistic) => sum + of(statistic), 0) / means.length / 1000;
  return [
    judge({
      quantity: 'from a crash to DOWN, mean over observers (s)',
      at: name(cell),
      statistic: {
        ours: average(({ mean }) => mean),
        se: average(({ se }) => se),
        count: means[0].count,
      },
      expected: secondsToDown(watchedOf(cell)),
      tolerance: toleranceOf(cell),
      basis: 'theory',
      source: 'threshold x ln 10 x mean of the window + 1/2 + lag of the last news',
    }),
  ];
}

/** Too large for a whole step: two lengths, beside those of 100 nodes. */
function largeFindings(all: readonly Row[]): Finding[] {
  return all
    .filter(({ cell }) => cell.n === 300)
    .flatMap(({ cell, measures }) => {
      const hundred = at(all, { ...cell, n: 100 });
      if (hundred === undefined) return [];
      const [a, b] = [measures.per_pause, hundred.measures.per_pause];
      return [
        judge({
          quantity: 'share of observers that take a pause for a death, less that of 100 nodes',
          at: `${name(cell)}, pauses of ${cell.pause_s} s`,
          statistic: { ours: a.mean - b.mean, se: Math.hypot(a.se, b.se) },
          expected: 0,
          tolerance: 0.1, // the step moves by 0.06 s, by theory
          basis: 'theory',
          source: 'from 30 nodes on the mean of the windows, and so the step, stands still',
        }),
      ];
    });
}

/** Pauses at another rate, or under loss, beside those at 6 an hour without. */
function likeFindings(all: readonly Row[]): Finding[] {
  return all
    .filter(({ cell }) => cell.per_hour > 0 && (cell.per_hour !== 6 || cell.loss > 0))
    .flatMap(({ cell, measures }) => {
      const plain = at(all, { ...cell, transport: 'TCP', per_hour: 6, loss: 0 });
      if (plain === undefined || cell.transport !== 'TCP') return [];
      const a = measures.per_pause;
      const b = plain.measures.per_pause;
      const what = cell.loss > 0 ? `TCP, loss ${cell.loss}` : `${cell.per_hour} pauses an hour`;
      return [
        judge({
          quantity:
            'share of observers that take a pause for a death, less that at 6 an hour, no loss',
          at: `${name(cell)}, pauses of ${cell.pause_s} s, ${what}`,
          statistic: { ours: a.mean - b.mean, se: Math.hypot(a.se, b.se), count: a.count },
          expected: 0,
          tolerance: 0.1, // by the slope of the step, half a second
          basis: 'theory',
          source: 'pauses are rare enough not to meddle; TCP turns loss into tenths of a second',
        }),
      ];
    });
}

function totals(all: readonly Row[]): Finding[] {
  const paused = all.filter(({ cell }) => cell.per_hour > 0);
  const zero = (
    quantity: string,
    where: string,
    rows: readonly Row[],
    measure: string,
    source: string,
  ) =>
    judge({
      ...{
        quantity,
        at: where,
        statistic: { ours: total(rows, measure), se: 0 },
        expected: 0,
        tolerance: 0,
      },
      basis: 'theory',
      source,
    });
  const long = paused.filter(({ cell }) => cell.pause_s > GUARD);
  const lossless = paused.filter(({ cell }) => cell.loss === 0);
  const mild = all.filter(
    ({ cell }) => cell.per_hour === 0 && cell.threshold === 8 && cell.loss <= 0.1,
  );
  const findings = [
    zero(
      'DOWN said by a node in the 5 s after its own pause',
      'all pauses',
      long,
      'by_paused',
      'FailureDetector.interpret: after a pause of more than 5 s nobody is convicted for 5 s',
    ),
    zero(
      'DOWN said of a node that did not pause',
      'all pauses without loss',
      lossless,
      'bystanders',
      'news of it comes from all who are awake',
    ),
    zero(
      'wrong DOWN without pauses',
      'threshold 8, loss up to 0.1, TCP or datagrams',
      mild,
      'wrong',
      'some 17 rounds and as many calls of others would all have to fail',
    ),
  ];
  return findings.slice(0, mild.length > 0 ? 3 : 2);
}

const RARE = 0.001;
/** s; the longest pause run that fewer than one observer in a thousand takes for a death; null if there was none. */
function safest(rows: readonly Row[]): number | null {
  const first = rows.findIndex(({ measures }) => measures.per_pause.mean >= RARE);
  const safe = first < 0 ? rows.length : first;
  return safe === 0 ? null : rows[safe - 1].cell.pause_s;
}

/** Share of observers that take a pause so long for a death: between the lengths run, linear; below, the tail's e-fold. */
function shareAt(rows: readonly Row[], pause: number): number {
  const share = (i: number) => rows[i].measures.per_pause.mean;
  const first = rows[0].cell.pause_s;
  if (pause <= first) return share(0) * Math.exp(pause - first);
  const next = rows.findIndex(({ cell }) => cell.pause_s >= pause);
  if (next < 0) return 1;
  const [low, high] = [rows[next - 1].cell.pause_s, rows[next].cell.pause_s];
  return share(next - 1) + ((pause - low) / (high - low)) * (share(next) - share(next - 1));
}

const GC = [10, 15, 20, 25, 30]; // s
const short = (x: number) => (x === 0 ? '0' : x < 1e-4 ? 'below 0.0001' : x.toPrecision(2));

/** Rows as text: threshold, longest safe pause, detection, wrong DOWN for pauses of so many seconds. */
function tableRow(rows: readonly Row[]): string {
  const { version, n, threshold } = rows[0].cell;
  const last =
    rows.reduce((sum, { measures: of }) => sum + of.detect_last_ms.mean, 0) / rows.length;
  const mean = rows.reduce((sum, { measures: of }) => sum + of.detect_ms.mean, 0) / rows.length;
  const daily = GC.map((pause) => `${pause} s ${short((shareAt(rows, pause) * (n - 1)) / 24)}`);
  const half = middleOf(rows).ours.toFixed(1);
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  return `${version}, threshold ${threshold}, ${n} nodes: fewer than one observer in a thousand notices a pause of ${safest(rows) ?? '?'} s, half of the cluster takes one of ${half} s for a death; a killed node is DOWN after ${seconds(mean)} s, for the last observer after ${seconds(last)} s; wrong DOWN per node-hour, if each node pauses once a day: ${daily.join(', ')}.`;
}

function answer(all: readonly Row[]): string[] {
  const groups = steps(all);
  const large = groups.filter(([{ cell }]) => cell.n === 100);
  const quiet = all.filter(
    ({ cell }) => cell.per_hour === 0 && cell.threshold === 8 && cell.loss <= 0.1,
  );
  const lines = (large.length > 0 ? large : groups).map(tableRow);
  if (quiet.length > 0) {
    const hours = total(quiet, 'node_hours');
    const wrong = Math.round(total(quiet, 'wrong'));
    const most = short(poissonInterval(wrong, 0.9).high / hours);
    lines.push(
      `Without pauses, at threshold 8 and up to 10 % loss: ${wrong} wrong DOWN in ${hours.toFixed(0)} node-hours, so fewer than ${most} per node-hour (one-sided 95 %).`,
    );
  }
  const heavy = ['TCP', 'datagrams'].map((transport) => {
    const row = at(all, { per_hour: 0, threshold: 5, loss: 0.3, transport });
    return row === undefined ? '' : `${short(row.measures.per_node_hour.mean)} over ${transport}`;
  });
  if (heavy.every((text) => text !== '')) {
    lines.push(`At 30 % loss, threshold 5: wrong DOWN per node-hour ${heavy.join(', ')}.`);
  }
  return lines;
}

export default experiment<Pausing>({
  name: 'cassandra-false-positives',
  question:
    'How long may a Cassandra node pause before others say DOWN, and what does a higher phi_convict_threshold cost?',
  claim:
    'A pause is a step, not a slope: observers take it for a death if it is longer than threshold x ln 10 x 1.15 s, give or take two seconds; 8 stands pauses of 16 s, and each further unit buys 2.6 s and costs as much in detection. The node that paused convicts nobody. Loss below 10 % convicts nobody at threshold 8, over TCP or not.',
  source:
    'Cassandra 4.1 and 5.0, org.apache.cassandra.gms; the step derived here (pause-theory.ts)',
  seed: 'cassandra-false-positives',
  axes: {
    version: '4.1 keeps intervals up to 2 s in its windows; 5.0, until CASSANDRA-21025, all',
    transport: 'TCP, or datagrams: loss shows as delay, or as loss',
    n: 'nodes',
    threshold: 'phi_convict_threshold',
    pause_s: 'length of each pause in s; 0: none',
    per_hour: 'pauses per node and hour',
    loss: 'probability that a packet is lost',
  },
  grid: {
    version: ['4.1', '5.0'],
    transport: ['TCP', 'datagrams'],
    n: [3, 10, 30, 100, 300],
    threshold: [5, 8, 10, 12, 16],
    pause_s: [0, ...evens(6, 52)],
    per_hour: [0, 3, 6, 12],
    loss: [0, 0.05, 0.1, 0.3],
  },
  where: isCell,
  replicates: ({ n, version, threshold, pause_s }) => {
    if (n !== 100) return n > 100 ? 3 : 8;
    return version === '4.1' && threshold === 8 && (pause_s === 22 || pause_s === 24) ? 12 : 4;
  },
  quick: {
    grid: {
      version: ['4.1'],
      transport: ['TCP'],
      n: [10],
      threshold: [8],
      pause_s: [16, 20, 22, 26],
      per_hour: [6],
      loss: [0],
    },
    replicates: 2,
  },
  fixed: {
    latencyMs: 0.5,
    rttMs: 1,
    phase: 'each node pauses at its own beat, so that no pauses run into each other',
    warmUpS: '800 up to 30 nodes, 300 for more',
    watchedS:
      '6000 for 3 nodes, 2400 for 10, 600 for 30, 150 for 100 (300 without pauses), 60 for 300',
    seeds: '1 for 3 nodes, 2 for 10, 3 for more',
    crashes: 'a node of 12, one a second, after the pauses',
    guardS: GUARD,
  },
  measures: {
    pauses: 'pauses in the run',
    per_pause: 'share of the observers awake that took a pause for a death, mean over the pauses',
    spoilt: 'share of the pauses that anybody took for a death',
    by_paused: 'DOWN said by a node in the 5 s after its own pause',
    bystanders: 'DOWN said of a node that did not pause',
    wrong: 'DOWN said of live nodes, paused or not',
    node_hours: 'time for which nodes were watched, summed over nodes',
    per_node_hour: 'wrong DOWN per hour and observer',
    upper_per_node_hour: 'upper end of its 95 % Poisson interval',
    wrong_ms: 'mean duration of a wrong DOWN',
    detect_ms: 'from a crash to DOWN, mean over observers',
    detect_last_ms: 'the same, last observer',
  },
  events: (cell) => clusterEvents(cell.n, secondsOf(cell)),
  bytes: ({ n }) => clusterBytes(n, n > 30 ? 'sums' : 'whole'),
  run,
  findings: (all) => [
    ...steps(all).map(stepFinding),
    ...fadedFinding(all),
    ...steps(all).flatMap(detectionFinding),
    ...largeFindings(all),
    ...likeFindings(all),
    ...totals(all),
  ],
  answer,
  remarks: [
    'The step. phi passes the threshold after threshold x ln 10 = 18.42 means of the window at 8, and the next check comes half a round later. The silence of an observer is the pause, less the time that the last news took to reach it, since what others know goes on spreading, plus the time that the first news takes after the pause. So the step lies where a death would be detected, less the lag of the first news, which is short: the node has its callers of the whole pause in its inbox, and answers them all at once.',
    'The mean of a window is 1.15 s from 30 nodes on, and not 1 s, as news comes by gossip; the cap of 2 s, which drops a fifth of the intervals, keeps it from being 1.48 s. Hence 21.2 s and not 18.4 s, and no change with n.',
    'Many observers say DOWN only after the pause: they have not heard yet that it is over. DOWN in the log does not mean that the node was still away.',
    'Windows here hold some 160 samples in the large clusters, of 1000. Their means differ more between observers than those of full windows, 0.04 s against 0.02 s, which widens the step by a fifth; its middle is the same.',
    '5.0 without a cap: the pause of an observer itself is an interval in its windows of all others, and it convicts later: threshold x ln 10 x pause / 1000 for the next 1000 reports, 0.5 s for a pause of 28 s, and more while the window is young, as here.',
    'The node that wakes up finds everybody silent for as long as it was away. It convicts nobody, since its own check is late by more than 5 s; and 5 s later it has news of all.',
    'Loss. Over TCP a lost packet is late by 0.2 s, 0.6 s, 1.4 s; that is little beside the rounds. As datagrams, a call brings news with (1 - loss)^2, one that is received with (1 - loss)^3; silence for 18 s at threshold 8 would need some 17 of each to fail. At threshold 5 and 30 % loss it does happen. At 10 % over TCP the step comes 0.3 s sooner: delays break the beat of the rounds, more intervals are short, and the mean of the windows falls to 1.13 s.',
    'Pauses come one at a time per node, independently between nodes. A rack whose virtual machines stop together is another matter: the observers stop, too, and what they say is not counted.',
    'The bounds per node-hour suppose independent events. The verdicts on one pause are not: it is noticed by many, or by none.',
  ],
  figures: [
    {
      name: 'step',
      title: 'How long a pause passes unnoticed, 100 nodes',
      caption:
        'Share of the observers that take a pause for a death (4.1, no loss), mean over the runs; band: 5 % to 95 % of the runs.',
      x: { field: 'pause_s', title: 'length of the pause (s)' },
      y: { field: 'per_pause', title: 'share that says DOWN' },
      color: { field: 'threshold', title: 'threshold' },
      band: 'quantiles',
      where: (cell: Cell) => isPlain(cell) && cell.n === 100,
    },
    {
      name: 'size',
      title: 'From 30 nodes on the step no longer moves, threshold 8',
      caption:
        'Share of the observers that take a pause for a death (4.1, no loss), mean over the runs; band: 5 % to 95 % of the runs.',
      x: { field: 'pause_s', title: 'length of the pause (s)' },
      y: { field: 'per_pause', title: 'share that says DOWN' },
      color: { field: 'n', title: 'nodes' },
      band: 'quantiles',
      where: (cell: Cell) => isPlain(cell) && cell.threshold === 8 && Number(cell.n) <= 100,
    },
    {
      name: 'cost',
      title: 'What patience costs: from a crash to DOWN, 100 nodes',
      caption: 'Mean over observers and runs; band: 95 % confidence interval; dashed: theory.',
      x: { field: 'threshold', title: 'phi_convict_threshold' },
      y: { field: 'detect_ms', title: 'from a crash to DOWN (ms)' },
      where: (cell: Cell) =>
        isPlain(cell) && cell.n === 100 && cell.pause_s === CENTRE[Number(cell.threshold)],
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => 1000 * secondsToDown(watchedOf(cell as Pausing)),
        },
      ],
    },
  ],
});
