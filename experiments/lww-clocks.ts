/** What do real clocks cost: NTP on a LAN, over a WAN, one clock gone wrong, a day without NTP? */
import {
  at,
  type Cell,
  type CellSummary,
  experiment,
  type Finding,
  faults,
  judge,
  type LwwRegisters,
  lwwRegisters,
  type OrderingOptions,
  type Statistic,
  shadowed,
} from '../src/index.ts';

type ClockName =
  | 'true'
  | 'NTP on a LAN'
  | 'NTP over a WAN'
  | 'one ahead'
  | 'one stepped back'
  | 'a day without NTP';

interface Clocked extends Cell {
  clocks: ClockName;
  stamps: 'us' | 'ms' | 'hybrid';
  per_s: number;
}

const NODES = 20;
const KEYS = 4;
const COUNTED = 200; // writes to a register
const LATENCY_MS = 0.5;
const FEWEST_RUNS = 20; // of few, the standard error is too uncertain for a verdict
const TOLERANCE_PPM = 15; // PHI of RFC 5905: as fast as a clock may drift between two polls
const LAN = { errorMs: 1, everyS: 64 }; // minpoll of RFC 5905, 2^6 s
const WAN = { errorMs: 10, everyS: 1024 }; // maxpoll as ntpd has it, 2^10 s
const QUARTZ_PPM = 50;
const DAY_S = 86_400;
const AHEAD_MS = (QUARTZ_PPM * DAY_S) / 1000; // 4320
const LONGEST_MS = 300_000; // a run is over by then
const STEP_AT_MS = 2000;
const AFTER_STEP_MS = 5000;

/**
 * Standard deviation of a clock that was right but for the error of a poll and has drifted since: drift uniform within
 * D = TOLERANCE_PPM, age uniform within the poll interval P: e^2 + (D^2 / 3) (P^2 / 3).
 */
const ntpSd = ({ errorMs, everyS }: typeof LAN): number =>
  Math.hypot(errorMs, (TOLERANCE_PPM * everyS) / 1000 / 3);

const disciplined = (ntp: typeof LAN) =>
  faults.clocks({
    skewMs: faults.normalSkew(ntpSd(ntp)),
    driftPpm: faults.uniformDrift(TOLERANCE_PPM),
    ntp: {
      ...{ everyMs: ntp.everyS * 1000, untilMs: LONGEST_MS },
      errorMs: faults.normalSkew(ntp.errorMs),
    },
  });

/** Faults, and how far clocks are apart at most, or nearly so. */
const SETTINGS: Readonly<
  Record<ClockName, { readonly clocks: LwwRegisters['clocks']; readonly apartMs: number }>
> = {
  true: { clocks: [], apartMs: 0 },
  'NTP on a LAN': { clocks: disciplined(LAN), apartMs: 7 * ntpSd(LAN) },
  'NTP over a WAN': { clocks: disciplined(WAN), apartMs: 7 * ntpSd(WAN) },
  'one ahead': {
    clocks: [{ atMs: 0, node: 0, kind: 'clock', stepMs: AHEAD_MS }],
    apartMs: AHEAD_MS,
  },
  'one stepped back': {
    clocks: [
      { atMs: 0, node: 0, kind: 'clock', stepMs: AHEAD_MS },
      { atMs: STEP_AT_MS, node: 0, kind: 'clock', stepMs: -AHEAD_MS },
    ],
    apartMs: STEP_AT_MS, // counted from the step on
  },
  'a day without NTP': {
    clocks: faults.clocks({
      skewMs: (u) => AHEAD_MS * (2 * u - 1),
      driftPpm: faults.uniformDrift(QUARTZ_PPM),
    }),
    apartMs: 2 * AHEAD_MS,
  },
};

const LAYERS: Readonly<Record<Clocked['stamps'], OrderingOptions>> = {
  us: { resolution: 'wall-clock' },
  ms: { resolution: 'wall-clock', resolutionUs: 1000 },
  hybrid: { resolution: 'hybrid' },
};

const isStepped = ({ clocks }: Clocked) => clocks === 'one stepped back';
const intervalOf = ({ per_s }: Clocked) => 1000 / per_s;

export default experiment<Clocked>({
  name: 'lww-clocks',
  question:
    'How many updates does last write wins lose with real clocks: NTP on a LAN, NTP over a WAN, one clock gone wrong, a day without NTP?',
  claim:
    'What counts is the standard deviation of the clocks against the interval between writes, by the law of lww-clock-skew, drift and corrections or not. NTP on a LAN costs no more than races do. One clock ahead by A shadows what others write in the A after each of its writes, and if it is stepped back its stamps stay: the losses go on until A is over. Hybrid clocks lose by races only. Stamps in whole milliseconds add ties.',
  source:
    'laws derived in lww-theory.ts; clocks: RFC 5905 (15 ppm, polls of 64 to 1024 s, steps above 128 ms); Cassandra ClientState.getTimestamp',
  seed: 'lww-clocks',
  axes: {
    clocks:
      'true; NTP on a LAN: error 1 ms (sd), poll 64 s, drift within 15 ppm; NTP over a WAN: 10 ms, 1024 s; one ahead: one node by 4.3 s, 50 ppm over a day; one stepped back: the same, set right 2 s after the start; a day without NTP: all within 4.3 s, uniformly, and drifting',
    stamps:
      'us: wall clocks in microseconds; ms: in whole milliseconds, as coordinators of Cassandra read them; hybrid: hybrid logical clocks',
    per_s: 'updates of a register per second, over all nodes',
  },
  grid: {
    clocks: Object.keys(SETTINGS) as ClockName[],
    stamps: ['us', 'ms', 'hybrid'],
    per_s: [1, 10, 100],
  },
  where(cell) {
    if (isStepped(cell)) return cell.per_s === 100 && cell.stamps !== 'ms';
    return cell.stamps !== 'ms' || cell.clocks === 'true' || cell.clocks === 'NTP on a LAN';
  },
  replicates({ stamps, clocks, per_s }) {
    if (stamps === 'hybrid' || clocks === 'one stepped back') return 30;
    if (stamps === 'ms') return 60;
    return clocks === 'one ahead' && per_s === 1 ? 200 : 120; // which hangs on few writes of one node
  },
  quick: {
    grid: {
      stamps: ['us', 'hybrid'],
      clocks: ['true', 'NTP over a WAN', 'one ahead'],
      per_s: [10],
    },
    replicates: 8,
  },
  fixed: {
    nodes: NODES,
    registers: KEYS,
    writesCounted: KEYS * COUNTED,
    latencyMs: LATENCY_MS,
    delivery: 'at-once',
    broadcast: 'by mail to every replica, nothing lost',
  },
  measures: {
    writes: 'updates counted',
    shadowed_frac:
      'share of the updates that lose at once to what their own node held: a wrong winner',
    shadowed_law_frac: 'the same by theory, for the clocks of the run as they are at each write',
    shadowed_less_law_frac: 'the difference of the two',
    lost_frac: 'share of the updates that are in no value at the end, mean over nodes',
    unordered_frac: 'share that is lost though no value at the end contains one that raced with it',
    siblings_per_read: 'values beyond the first that a read finds',
    divergent_frac: 'share of the registers that nodes do not agree on at the end',
    held_frac: 'share of the applications that had to wait for earlier writes',
    clock_sd_ms: 'standard deviation of the clocks of a run, over nodes and time, ms',
    metadata_bytes: 'what a copy of a write carries for the resolution, bytes',
  },
  events: ({ per_s }) => 40 * NODES * KEYS * (COUNTED + per_s),
  bytes: () => 60e6,
  run(cell, seed) {
    const intervalMs = intervalOf(cell);
    const { clocks, apartMs } = SETTINGS[cell.clocks];
    return lwwRegisters({
      ...{ seed, clocks, intervalMs, nodes: NODES, keys: KEYS, latencyMs: LATENCY_MS },
      counted: isStepped(cell) ? AFTER_STEP_MS / intervalMs : COUNTED,
      warmUpMs: isStepped(cell) ? STEP_AT_MS : apartMs + 20 * LATENCY_MS,
      layer: LAYERS[cell.stamps],
    });
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'The law knows the clocks of a run at each write and takes them as they stand for the seconds before it. A slew of 500 ppm moves a clock by half a millisecond in a second: it matters to nobody here.',
    'Where NTP has learned the drift, as it does in hours, a clock is better between polls than 15 ppm. The polls then hardly matter, and the error of the measurement is all: half the difference between the delays there and back.',
    'A day without NTP: drifts are uniform within 50 ppm, so that clocks are off by up to 4.3 s; in the run they drift at a rate drawn anew, which changes nothing in minutes.',
    'Stepped back: Cassandra never gives a stamp twice nor goes back within a process (ClientState.getTimestamp), so that the node goes on stamping a microsecond above its last, in the future. Slewed at 500 ppm instead, 4.3 s take 2.4 hours, all of which lose as before. A restart of the process forgets the last stamp, and what it has written in the future stays there all the same: only a write with a stamp of its own (USING TIMESTAMP) above it gets through at once.',
    'Ties of true clocks: a write that finds m others of its millisecond in the mean loses with probability 1 - (1 - exp(-m)) / m. In the mean over the millisecond that is 0.0102 at 100 per second; a node that writes twice in it takes the next microsecond and wins, which matters only at a thousand per second.',
    'Counts below a few in all runs together are not held against the law, as they say too little.',
  ],
  figures: [
    {
      name: 'clocks',
      title: 'Updates that lose to an earlier one',
      caption:
        'Wall clocks. Band: 95 % confidence interval; dashed: the law, of NTP as if its clocks were normal. True clocks lose none.',
      x: { field: 'per_s', title: 'updates of a register per second', scale: 'log' },
      y: { field: 'shadowed_frac', title: 'wrong winners (share)', scale: 'log' },
      color: { field: 'clocks', title: 'clocks' },
      where: ({ clocks, stamps }) =>
        stamps === 'us' && clocks !== 'true' && clocks !== 'one stepped back',
      references: [{ label: 'law', mark: 'line', at: (cell) => drawnLaw(cell as Clocked) }],
    },
    {
      name: 'lost',
      title: 'Updates lost, races and all',
      caption: 'Band: 95 % confidence interval. What hybrid clocks lose are races.',
      x: { field: 'per_s', title: 'updates of a register per second', scale: 'log' },
      y: { field: 'lost_frac', title: 'lost updates (share)', scale: 'log' },
      color: { field: 'clocks', title: 'clocks' },
      facet: { field: 'stamps', title: 'stamps' },
      where: ({ clocks }) => clocks !== 'one stepped back',
    },
  ],
});

// ---- theory ----

/** One of n clocks is ahead by A: others lose to what it has written in the A before, and what of that has come. */
function shadowedByOne(cell: Clocked): number {
  const visibleMs = AHEAD_MS - LATENCY_MS; // exp(-A / latency) is nothing
  return (1 - 1 / NODES) * (1 - Math.exp(-visibleMs / NODES / intervalOf(cell)));
}

function drawnLaw(cell: Clocked): number | null {
  if (cell.clocks === 'one ahead') return shadowedByOne(cell);
  if (!cell.clocks.startsWith('NTP')) return null;
  const skewMs = ntpSd(cell.clocks === 'NTP on a LAN' ? LAN : WAN);
  return shadowed({ intervalMs: intervalOf(cell), skewMs, nodes: NODES, latencyMs: LATENCY_MS });
}

/**
 * In the D after the step: others lose until A is over, counted from the last write of the node before the step, to any
 * register: whatever it writes after that is stamped as that was. It does so to each register many times in A.
 */
const shadowedAfterStep = (cell: Clocked): number => {
  const lastMs = (NODES * intervalOf(cell)) / KEYS; // before the step, in the mean
  return ((1 - 1 / NODES) * (AHEAD_MS - lastMs)) / AFTER_STEP_MS;
};

/** Trials of which a share p gives 3 standard errors of a twentieth of it, with a quarter to spare. */
const trialsFor = (p: number): number => (1.25 * 3600 * (1 - p)) / p;

// ---- findings ----

function findingsOf(summary: CellSummary<Clocked>): Finding[] {
  const { cell, measures } = summary;
  const where = `${cell.clocks}, ${cell.per_s} per s`;
  if (cell.stamps === 'ms') return [];
  if (cell.stamps === 'hybrid' || cell.clocks === 'true') {
    return [
      judge({
        quantity: `${LAYERS[cell.stamps].resolution}: wrong winners (share)`,
        at: where,
        statistic: { ours: measures.shadowed_frac.mean, se: 0 },
        ...{ expected: 0, tolerance: 0, basis: 'theory' },
        source: 'the stamp is above what was seen',
      }),
    ];
  }
  return [...byLaw(summary, where), ...bySetting(summary, where), ...byClocks(summary)];
}

function byLaw({ cell, replicates, measures }: CellSummary<Clocked>, where: string): Finding[] {
  const expected = measures.shadowed_law_frac.mean;
  const trials = replicates * KEYS * COUNTED;
  if (cell.clocks.startsWith('one')) return [];
  if (replicates < FEWEST_RUNS || trials < trialsFor(expected)) return [];
  const { mean, se, count } = measures.shadowed_less_law_frac;
  return [
    judge({
      quantity: 'wall-clock: wrong winners (share)',
      at: where,
      statistic: { ours: expected + mean, se, count },
      ...{ expected, tolerance: 0, basis: 'theory' },
      source: 'the law of lww-theory.ts for the clocks of each run',
    }),
  ];
}

function bySetting({ cell, replicates, measures }: CellSummary<Clocked>, where: string): Finding[] {
  if (replicates < FEWEST_RUNS) return [];
  const base = { at: where, statistic: measures.shadowed_frac, basis: 'theory' } as const;
  if (isStepped(cell)) {
    return [
      judge({
        ...base,
        expected: shadowedAfterStep(cell),
        tolerance: LATENCY_MS / AFTER_STEP_MS,
        quantity: `wall-clock: wrong winners in the ${AFTER_STEP_MS / 1000} s after the step (share)`,
        source: 'stamps in the future stay there until A is over',
      }),
    ];
  }
  if (cell.clocks !== 'one ahead') return [];
  return [
    judge({
      ...{ ...base, expected: shadowedByOne(cell), tolerance: 0 },
      quantity: 'wall-clock: wrong winners, one clock ahead by A (share)',
      source: '(1 - 1/n) (1 - exp(-r A / n))',
    }),
  ];
}

/** Are the clocks what NTP should make of them? */
function byClocks({ cell, replicates, measures }: CellSummary<Clocked>): Finding[] {
  if (cell.per_s !== 1 || replicates < FEWEST_RUNS || !cell.clocks.startsWith('NTP')) return [];
  const expected = ntpSd(cell.clocks === 'NTP on a LAN' ? LAN : WAN);
  return [
    judge({
      quantity: 'standard deviation of clocks (ms)',
      at: cell.clocks,
      statistic: measures.clock_sd_ms,
      expected,
      tolerance: 0.03 * expected,
      basis: 'theory',
      source: 'error of a poll, and drift since',
      note: 'left open: a slew lasts up to a twentieth of the poll interval (1 % of the deviation), and the root of a mean of squares over 20 nodes is 1.3 % low',
    }),
  ];
}

// ---- for who runs a store ----

function answer(all: readonly CellSummary<Clocked>[]): string[] {
  const listed = (texts: readonly string[]) =>
    texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
  const perMillion = ({ mean }: Statistic) => `${Number((1e6 * mean).toPrecision(2))}`;
  const lines: string[] = [];
  for (const clocks of Object.keys(SETTINGS) as ClockName[]) {
    const rates = [1, 10, 100].filter((per_s) => at(all, { clocks, per_s }) !== undefined);
    if (rates.length === 0 || clocks === 'one stepped back') continue;
    const of = (measure: string) =>
      listed(
        rates.map((per_s) => {
          const found = at(all, { clocks, per_s, stamps: 'us' });
          return found === undefined ? '?' : perMillion(found.measures[measure]);
        }),
      );
    const wrong = clocks === 'true' ? 'all by races' : `${of('shadowed_frac')} by the clocks`;
    lines.push(
      `Clocks: ${clocks}. At ${listed(rates.map(String))} updates of a register per second last write wins loses ${of('lost_frac')} of a million, ${wrong}.`,
    );
  }
  const coarse = (clocks: ClockName) => at(all, { clocks, per_s: 100, stamps: 'ms' })?.measures;
  const trueMs = coarse('true');
  const lanMs = coarse('NTP on a LAN');
  if (trueMs !== undefined && lanMs !== undefined) {
    lines.push(
      `Stamps in whole milliseconds, as of Cassandra's coordinators, at 100 per second: ${perMillion(trueMs.lost_frac)} of a million with true clocks, ${perMillion(trueMs.shadowed_frac)} of them by ties; with NTP on a LAN ${perMillion(lanMs.lost_frac)}.`,
    );
  }
  const stepped = at(all, { clocks: 'one stepped back', stamps: 'us' })?.measures;
  if (stepped !== undefined) {
    const lost = stepped.shadowed_frac.mean;
    lines.push(
      `A clock that was ${(AHEAD_MS / 1000).toFixed(1)} s ahead is set right: of what other nodes write in the ${AFTER_STEP_MS / 1000} s after that ${((100 * lost) / (1 - 1 / NODES)).toFixed(0)} % are still lost, all until ${((lost * AFTER_STEP_MS) / (1 - 1 / NODES) / 1000).toFixed(1)} s after the step. Setting the clock does not mend what it has stamped.`,
    );
  }
  return lines;
}
