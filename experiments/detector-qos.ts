/** Which failure detector to take: how soon does each find a crash, and how often is it wrong, on the same heartbeats? */
import {
  burstRecurrence,
  type Cell,
  type CellSummary,
  detectors,
  type Estimate,
  experiment,
  exponential,
  exponentialDelayRecurrence,
  type FaultPlan,
  type Figure,
  type Finding,
  faults,
  gilbertElliott,
  judge,
  judgedBy,
  judgedByTimeout,
  type Link,
  lognormal,
  lossy,
  normalTail,
  PERIOD_MS,
  pareto,
  pauseRecurrence,
  uniform,
  type Watched,
  watched,
} from '../src/index.ts';

const { detectorKinds, detectorOf, lossOnlyRecurrence, qualityOfNfdS } = detectors;

const HOUR_MS = 3_600_000;
const SUBJECTS = 20;
const WARM_UP = 1000; // heartbeats: the largest window is full
const MEAN_DELAY_MS = 150; // of all laws but lan
const SIGMA = 1;
const SHAPE = 1.5; // infinite variance
const PARETO_LEAST_MS = MEAN_DELAY_MS * (1 - 1 / SHAPE);
const LOGNORMAL_MEDIAN_MS = MEAN_DELAY_MS * Math.exp(-(SIGMA ** 2) / 2);
const LOSS = 0.05;
const LOSSES = [0, LOSS];
const BURST = { goodToBad: LOSS / (1 - LOSS) / 3, badToGood: 1 / 3 }; // the same loss, three in a row on average
const PAUSE = { every: 60_000, meanPause: 2000 }; // ms

interface Law {
  readonly link: Link;
  /** P(delay > ms), where that is the only law. */
  readonly tail?: (ms: number) => number;
}

const lan = uniform({ minMs: 0.5, maxMs: 1.5 });

const NETWORKS: Record<string, Law> = {
  lan: { link: lan, tail: (ms) => Math.min(1, Math.max(0, 1.5 - ms)) },
  exponential: {
    link: exponential({ meanMs: MEAN_DELAY_MS }),
    tail: (ms) => Math.exp(-ms / MEAN_DELAY_MS),
  },
  lognormal: {
    link: lognormal({ medianMs: LOGNORMAL_MEDIAN_MS, sigma: SIGMA }),
    tail: (ms) => normalTail(Math.log(ms / LOGNORMAL_MEDIAN_MS) / SIGMA),
  },
  pareto: {
    link: pareto({ shape: SHAPE, minMs: PARETO_LEAST_MS }),
    tail: (ms) => Math.min(1, (PARETO_LEAST_MS / ms) ** SHAPE),
  },
  bursts: { link: gilbertElliott(BURST, lan) },
};

interface Setting extends Record<string, string | number> {
  network: string;
  loss: number;
  pause: string;
  detector: string;
  level: number;
  heartbeats: number;
}

/** Of all detectors. */
const ALL_LEVELS = new Set(Object.values(detectorKinds).flatMap(({ levels }) => levels(PERIOD_MS)));

/** How many things go wrong. */
const troubles = ({ network, loss, pause }: Setting) =>
  Number(network !== 'lan') + Number(loss > 0) + Number(pause !== 'none');

const pauses = (nodes: readonly number[], untilMs: number): FaultPlan =>
  faults.pauses({
    nodes,
    perHour: HOUR_MS / PAUSE.every,
    untilMs,
    lasts: faults.exponentialMs(PAUSE.meanPause),
  });

const MOST_REMEMBERED = 32; // recordings of some 1.2 MB
const remembered = new Map<string, Watched>(); // setting and seed -> its recording, the oldest first

/** A recording is a pure function of these and takes as long as a replay: those asked for last are kept. */
function recording({ network, loss, pause, heartbeats }: Setting, seed: string): Watched {
  const key = JSON.stringify([network, loss, pause, heartbeats, seed]);
  const recorded =
    remembered.get(key) ??
    watched({
      ...{ seed, subjects: SUBJECTS, warmUp: WARM_UP, heartbeats },
      link: lossy(loss, NETWORKS[network].link),
      ...(pause !== 'none' && { faults: pauses }),
    });
  remembered.set(key, recorded);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  return recorded;
}

function run(setting: Setting, seed: string) {
  const recorded = recording(setting, seed);
  const { detector: name, level } = setting;
  const kind = detectorKinds[name];
  const options = {
    ...kind.forPeriod(PERIOD_MS),
    ...('threshold' in kind.options && { threshold: level }), // it also decides what is remembered
  };
  const quality = judgedBy(recorded, detectorOf(name, options), level);
  const { crashes, meanMs, undetected } = quality.detection;
  const detected = meanMs !== null && undetected === 0;
  const rival = detected ? judgedByTimeout(recorded, meanMs).mistakes : null;
  return {
    t_d_ms: detected ? meanMs : null,
    t_d_max_ms: detected ? Math.max(...crashes.map(({ lastMs }) => lastMs ?? 0)) : null,
    mistakes: quality.mistakes,
    pair_hours: quality.pairHours,
    mistakes_per_hour: quality.perPairHour.perHour,
    t_m_ms: quality.mistakeDuration.meanMs,
    p_a_frac: quality.queryAccuracy,
    timeout_mistakes: rival,
    against_timeout_log2:
      rival === null ? null : Math.log2((quality.mistakes + 0.5) / (rival + 0.5)),
  };
}

// ---- what is known exactly ----

const perHour = (recurrenceMs: number) => HOUR_MS / recurrenceMs;

/** E(T_MR) of NFD-S by Chen's formula, in ms. */
const chenRecurrence = ({ network, loss }: Pick<Setting, 'network' | 'loss'>, deltaMs: number) => {
  const { tail } = NETWORKS[network];
  if (tail === undefined || deltaMs < 0) return NaN;
  return qualityOfNfdS({ eta: PERIOD_MS, loss, tail }, deltaMs).recurrence;
};

interface Promised {
  readonly recurrenceMs: number;
  readonly tolerance?: number; // share of the rate
  readonly source: string;
}

/** How often this cell errs, where theory says. */
function promised(cell: Setting): Promised | undefined {
  const { network, loss, pause, detector, level } = cell;
  const lanAlone = network === 'lan' && troubles(cell) === 1;
  const m = Math.floor(level / PERIOD_MS); // heartbeats in a row that a timeout does without
  const between = level % PERIOD_MS !== 0; // else the jitter of the lan decides
  if (detector === 'nfd-s' && pause === 'none') {
    return { recurrenceMs: chenRecurrence(cell, level), source: 'Chen et al. 2002, NFD-S' };
  }
  if (detector === 'nfd-e' && network === 'exponential' && pause === 'none') {
    return {
      recurrenceMs: chenRecurrence(cell, level + MEAN_DELAY_MS),
      tolerance: 0.03, // (1 + 1/32)^-32 is 1.5 % above 1/e: the mean of 32 delays is not E(D)
      source: 'Chen et al. 2002: NFD-E is NFD-S with delta = E(D) + alpha',
    };
  }
  if (detector !== 'timeout' || level <= PERIOD_MS) return undefined;
  if (lanAlone && loss > 0 && between) {
    return {
      recurrenceMs: lossOnlyRecurrence(PERIOD_MS, loss, m),
      source: 'm losses in a row: eta / ((1 - p) p^m)',
    };
  }
  if (network === 'bursts' && troubles(cell) === 1 && between) {
    return {
      recurrenceMs: burstRecurrence(PERIOD_MS, BURST, m),
      source: 'bursts of at least m losses: eta / ((1 - B) g (1 - b)^(m-1))',
    };
  }
  if (lanAlone && pause !== 'none') {
    return {
      recurrenceMs: pauseRecurrence(PERIOD_MS, PAUSE, level),
      tolerance: 0.01, // pauses that overlap do not last exponentially
      source: 'P(uniform age + exponential pause > timeout)',
    };
  }
  if (network === 'exponential' && troubles(cell) === 1 && level < 2 * PERIOD_MS) {
    return {
      recurrenceMs: exponentialDelayRecurrence(PERIOD_MS, MEAN_DELAY_MS, level),
      tolerance: 0.01, // heartbeats that overtake each other
      source: 'difference of two exponential delays: eta / (exp(-(TO - eta) / E(D)) / 2)',
    };
  }
  return undefined;
}

const ENOUGH = 4500; // mistakes: three standard errors are 4.5 %

/** The rate from all mistakes of the cell; they are hardly more irregular than a Poisson process, whose error this is. */
function rateOf({ measures, replicates }: CellSummary<Setting>): Estimate {
  const mistakes = measures.mistakes.mean * replicates;
  const ours = measures.mistakes.mean / measures.pair_hours.mean;
  return { ours, se: ours / Math.sqrt(mistakes) };
}

const where = ({ network, loss, pause, detector, level }: Setting) =>
  `${network}, loss ${loss}${pause === 'none' ? '' : `, ${pause}`}: ${detector} at ${level}`;

/** Mistakes per hour, for the levels with mistakes enough to tell. */
function rateFindings(summary: CellSummary<Setting>): Finding[] {
  const { cell, measures, replicates } = summary;
  const promise = promised(cell);
  if (promise === undefined) return [];
  const expected = perHour(promise.recurrenceMs);
  if (!(expected * measures.pair_hours.mean * replicates >= ENOUGH)) return [];
  return [
    judge({
      quantity: `${cell.detector}: mistakes per hour`,
      at: where(cell),
      statistic: rateOf(summary),
      expected,
      tolerance: (promise.tolerance ?? 0) * expected,
      basis: 'theory',
      source: promise.source,
    }),
  ];
}

/** Levels at which the two are one detector: phi = -log10(1 - F). */
const SAME: Record<string, (level: number) => number> = {
  'phi-exponential': (phi) => phi,
  ed: (share) => -Math.log10(1 - share),
};
const SAME_PHIS = [2, 4, 8];

/** Mean T_D where nothing is lost: the last delay and the silence, less the age of the last heartbeat at the crash. */
function detectionFindings({ cell, measures }: CellSummary<Setting>): Finding[] {
  const { network, detector, level } = cell;
  const phi = SAME_PHIS.find((phi) => Math.abs(SAME[detector]?.(level) - phi) < 1e-6);
  if (phi === undefined || network !== 'exponential' || troubles(cell) > 1) return [];
  return [
    judge({
      quantity: 'phi-exponential and ed: mean T_D (ms)',
      at: `phi ${phi}, ${where(cell)}`,
      statistic: measures.t_d_ms,
      expected: phi * Math.LN10 * PERIOD_MS + MEAN_DELAY_MS - PERIOD_MS / 2,
      tolerance: 0,
      basis: 'theory',
      source: 'phi eta ln 10 + E(D) - eta / 2, phi = -log10(1 - F)',
    }),
  ];
}

/** Chen's bound, on every run of a network: the largest T_D as a share of delta + eta. */
function boundFindings(summaries: readonly CellSummary<Setting>[]): Finding[] {
  const bounded = summaries.filter(({ cell }) => cell.detector === 'nfd-s');
  return [...new Set(bounded.map(({ cell }) => cell.network))].map((network) => {
    const shares = bounded
      .filter(({ cell }) => cell.network === network)
      .map(({ cell, measures }) => measures.t_d_max_ms.max / (cell.level + PERIOD_MS));
    return judge({
      quantity: 'nfd-s: largest T_D over delta + eta',
      at: `${network}, all levels and runs`,
      statistic: { ours: Math.max(...shares), se: 0 },
      expected: 0.5,
      tolerance: 0.5,
      range: true,
      basis: 'theory',
      source: 'Chen et al. 2002: T_D <= delta + eta',
    });
  });
}

const RIVALS = { timeoutMs: 1100, deltaMs: 1100 + MEAN_DELAY_MS - PERIOD_MS }; // of one mean T_D

/** Chen's claim: at equal detection time the detector that knows when heartbeats were sent errs less often. */
function rivalFindings(summaries: readonly CellSummary<Setting>[]): Finding[] {
  const alone = summaries.filter(({ cell }) => cell.loss === 0 && cell.pause === 'none');
  return alone.flatMap((rival) => {
    const { network, detector, level } = rival.cell;
    if (detector !== 'timeout' || level !== RIVALS.timeoutMs) return [];
    const chen = alone.find(
      ({ cell }) =>
        cell.network === network && cell.detector === 'nfd-s' && cell.level === RIVALS.deltaMs,
    );
    if (chen === undefined || network === 'lan' || network === 'bursts') return [];
    const [a, b] = [rateOf(chen), rateOf(rival)];
    const ours = a.ours / b.ours;
    const exact = network === 'exponential';
    return judge({
      quantity: 'mistakes of nfd-s over those of timeout, at one mean T_D',
      at: `${network}: delta ${RIVALS.deltaMs} ms, timeout ${RIVALS.timeoutMs} ms`,
      statistic: { ours, se: ours * Math.hypot(a.se / a.ours, b.se / b.ours) },
      expected: exact ? 2 / Math.E : 0.5,
      tolerance: exact ? 0.01 : 0.5, // heartbeats that overtake each other
      range: !exact,
      basis: 'theory',
      source: exact
        ? 'exp(-(x + E(D)) / E(D)) over exp(-x / E(D)) / 2'
        : 'Chen et al. 2002: fewer mistakes than the simple detector',
    });
  });
}

// ---- figures ----

/** Of ten lines some lie on each other: nfd-e on nfd-s, ed on phi-exponential. */
const SIX = ['timeout', 'nfd-s', 'bertier', 'phi-normal', 'phi-exponential', 'satzger'];
const DUE = ['nfd-s', 'nfd-e', 'bertier'];
const ACCRUAL = ['phi-normal', 'phi-akka', 'phi-exponential', 'chitchat', 'satzger'];

/** About how long a silence is suspected at a level, in ms; the others adapt, and stay within the figures. */
const SILENCE: Record<string, (level: number) => number> = {
  timeout: (level) => level,
  'nfd-s': (level) => level + PERIOD_MS,
  'nfd-e': (level) => level + PERIOD_MS,
  bertier: (level) => level + PERIOD_MS,
  'phi-akka': () => 4 * PERIOD_MS,
  'phi-exponential': (phi) => phi * Math.LN10 * PERIOD_MS,
  chitchat: (level) => level * PERIOD_MS,
};

interface Trouble {
  readonly name: string;
  readonly about: string;
  /** A longer silence is not shown: nobody errs any more. */
  readonly mostMs: number;
  readonly where: (setting: Setting) => boolean;
}

const DELAYS: Trouble = {
  name: 'delays',
  about: `Nothing is lost; delays of mean ${MEAN_DELAY_MS} ms.`,
  mostMs: 3000,
  where: ({ network, loss, pause }) =>
    loss === 0 && pause === 'none' && network !== 'lan' && network !== 'bursts',
};

const LOST: Trouble = {
  name: 'losses',
  about: `lan: ${LOSS * 100} % of the heartbeats are lost; bursts: as many, three in a row on average.`,
  mostMs: 20_000,
  where: ({ network, loss, pause }) =>
    pause === 'none' && (network === 'lan' ? loss > 0 : network === 'bursts' && loss === 0),
};

const PAUSED: Trouble = {
  name: 'pauses',
  about: `Each subject pauses once in ${PAUSE.every / 1000} s (Poisson), for an exponential time of mean ${PAUSE.meanPause / 1000} s.`,
  mostMs: 20_000,
  where: ({ network, loss, pause }) => pause !== 'none' && loss === 0 && network === 'lan',
};

/** Every detector a line, from its most eager to its most patient level. */
const byDetector = ({ where, mostMs }: Trouble, shown: readonly string[]) => ({
  x: { field: 't_d_ms', title: 'mean detection time T_D (ms)', scale: 'log' as const },
  color: { field: 'detector', title: 'detector' },
  facet: { field: 'network', title: 'network' },
  where(cell: Cell) {
    const setting = cell as Setting;
    const silence = SILENCE[setting.detector]?.(setting.level) ?? 0;
    return where(setting) && shown.includes(setting.detector) && silence <= mostMs;
  },
});

const tradeOff = (trouble: Trouble): Figure => ({
  name: trouble.name,
  title: `Detection time against mistakes: ${trouble.name}`,
  caption: `${trouble.about} One point per level; means over the runs with 95 % confidence intervals. No mistake in H hours: a rate below 3.7/H.`,
  y: { field: 'mistakes_per_hour', title: 'mistakes per hour of a pair', scale: 'log' },
  ...byDetector(trouble, SIX),
  ...(trouble === DELAYS && {
    references: [
      {
        label: 'NFD-S by Chen et al. 2002',
        mark: 'line' as const,
        at: (cell: Cell) =>
          perHour(chenRecurrence(cell as Setting, Number(cell.t_d_ms) - PERIOD_MS / 2)),
      },
    ],
  }),
});

const againstTimeout = (trouble: Trouble, group: 'due' | 'accrual'): Figure => ({
  name: `${trouble.name}-${group}`,
  title: `${group === 'due' ? 'Detectors that know when heartbeats are due' : 'Accrual detectors'} against a timeout as fast: ${trouble.name}`,
  caption: `${trouble.about} 1: twice the mistakes of the fixed timeout with the same mean T_D on the same heartbeats, -1: half of them; 0 also where neither made any. One point per level; means over the runs with 95 % confidence intervals.`,
  y: { field: 'against_timeout_log2', title: "mistakes against the timeout's (log2)" },
  ...byDetector(trouble, group === 'due' ? DUE : ACCRUAL),
  references: [{ label: 'as good as a timeout', mark: 'line', at: () => 0 }],
});

export default experiment<Setting>({
  name: 'detector-qos',
  question:
    'Which failure detector finds a crash soonest for the mistakes one can bear, and does it hang on the network?',
  claim:
    'At equal detection time, detectors that know when heartbeats are due (NFD-S, NFD-E) make fewer mistakes than a fixed timeout where delays vary; where heartbeats are lost or subjects pause, no detector is better than a timeout throughout.',
  source: 'Chen, Toueg, Aguilera 2002; closed forms of a fixed timeout, derived in the code',
  seed: 'detector-qos',
  axes: {
    network: `delays: lan 0.5 to 1.5 ms; the others ${MEAN_DELAY_MS} ms on average; bursts: lan, losses in bursts`,
    loss: `probability that a heartbeat is lost, independently; one thing goes wrong at a time, but a loss other than ${LOSSES.join(' and ')} goes with any network and pause`,
    pause: 'gc: subjects pause on Poisson occasions',
    detector: 'failure detector',
    level:
      "level of suspicion, on the detector's own scale; one that is nobody's is tried with all",
    heartbeats: `measured heartbeats of each subject, one a second, after ${WARM_UP} of warm-up`,
  },
  grid: {
    network: Object.keys(NETWORKS),
    loss: LOSSES,
    pause: ['none', 'gc'],
    detector: Object.keys(detectorKinds),
    level: [...ALL_LEVELS].sort((a, b) => a - b),
    heartbeats: [2000],
  },
  /** One thing goes wrong at a time. A loss or level of the user's own goes with everything. */
  where: (setting) => {
    const { detector, level, loss } = setting;
    const known = detectorKinds[detector].levels(PERIOD_MS).includes(level);
    return (known || !ALL_LEVELS.has(level)) && (troubles(setting) === 1 || !LOSSES.includes(loss));
  },
  replicates: 15,
  quick: {
    grid: {
      network: ['exponential'],
      loss: [0],
      pause: ['none'],
      level: [0.9, 0.99, 0.9999, 1, 2, 4, 8, 100, 250, 500, 1000, 1100, 2000],
      heartbeats: [500],
    },
    replicates: 4,
  },
  fixed: {
    subjects: SUBJECTS,
    warmUp: WARM_UP,
    periodMs: PERIOD_MS,
    rounds: 'synchronised; those missed in a pause are held at its end',
    meanDelayMs: MEAN_DELAY_MS,
    lognormalSigma: SIGMA,
    paretoShape: SHAPE,
    burstGoodToBad: BURST.goodToBad,
    burstBadToGood: BURST.badToGood,
    pauseEveryMs: PAUSE.every,
    meanPauseMs: PAUSE.meanPause,
    crashes: 'all subjects, spread over the period after the last one measured',
    options: 'of the registry, for the period',
  },
  measures: {
    t_d_ms: 'mean detection time T_D of the crashes; empty where one was not detected',
    t_d_max_ms: 'longest T_D',
    mistakes: 'suspicions of subjects that were up',
    pair_hours: 'time for which a subject was up and watched, over all subjects',
    mistakes_per_hour: 'mistakes per hour of a pair (lambda_M); of 0 mistakes see pair_hours',
    t_m_ms: 'mean duration of a mistake T_M; empty where there is none',
    p_a_frac: 'share of the time in which a subject that is up is trusted, P_A',
    timeout_mistakes:
      'mistakes of the fixed timeout that has the same mean T_D on the same heartbeats and crashes',
    against_timeout_log2:
      'log2 of mistakes over timeout_mistakes, 1/2 added to both: 1 is twice as many, -1 half as many',
  },
  events: ({ heartbeats }) => (WARM_UP + heartbeats) * 80,
  bytes: () => 60e6,
  run,
  findings: (summaries) => [
    ...summaries.flatMap((summary) => [...rateFindings(summary), ...detectionFindings(summary)]),
    ...boundFindings(summaries),
    ...rivalFindings(summaries),
  ],
  remarks: [
    'Which one to take. Where delays vary: NFD-E, as good as NFD-S without synchronised clocks. At the same mean T_D it makes about 0.7 of the mistakes of a fixed timeout under exponential delays and 0.4 to 0.9 under heavier tails, since a late heartbeat does not put off the next freshness point. Bertier, which has nothing to set, comes out at 0.85 to 1, with 90 to 190 mistakes an hour at its own margin. Where heartbeats are lost or subjects pause: a timeout; what adapts is no better, and can be worse.',
    'phi-exponential (Cassandra) and ed are fixed timeouts of phi ln 10 mean intervals, and err like them: they adapt to the period, not to how much delays vary. At phi 8 a crash is found after 18 s. phi-akka is a timeout of mean, pause and some deviations: 4.5 to 5 s at its default.',
    'phi-normal is within a tenth of a timeout for eager levels. At phi 6 to 10 it errs up to twice as often under heavy tails, where a timeout of the same mean T_D already waits for the heartbeat after the next; and under pauses by 5 to 15 % more, since a pause widens the deviation of one subject: its next crash is found late, and few mistakes are saved.',
    'satzger at 0.999 and 1 goes by the longest intervals of the window: under bursts and pauses it errs 1.5 to 3.5 times as often as the timeout of its mean T_D. chitchat loses its window with every mistake and falls back on its prior of 5 s: at thresholds up to 2 where delays vary, up to 1.5 where single heartbeats are lost, it errs 2 to 11 times as often as a timeout as fast; from 5 on it is a timeout of so many intervals.',
    'Losses: what counts is how many heartbeats in a row a detector does without, so the rate falls in steps of whole periods, by 20 for each period at 5 % of independent loss. A timeout just above a whole number of periods is best. Detectors whose patience differs from subject to subject (phi-normal, phi-akka, satzger) lie between the steps, now above a timeout and now below. The same loss in bursts of three costs far more patience: a third less for each period.',
    "Why NFD-S beats a timeout: the timeout errs if a delay D' exceeds the one before it, D, by x, with probability E[tail(x + D)], and where the tail is convex that is at least tail(x + E(D)) (Jensen), the probability for NFD-S of the same mean T_D. For exponential delays the ratio is 2/e.",
    "NFD-E knows E(D) by the mean of 32 delays: under exponential delays that makes (1 + 1/32)^-32 of 1/e, 1.5 % more mistakes than Chen's NFD-U. Its alpha of 0 on the lan, like the delta of 0 of NFD-S, is no detector: half or all of the heartbeats come too late for it.",
    'Zeros: a cell without mistakes has the interval 0 to 0 in summary.csv, which is not meant so. mistakes and pair_hours add up over the runs of a cell; none in H hours is a rate below 3.7/H an hour, at 95 % (two-sided, Poisson).',
    'All cells of one network, loss and pause see the same heartbeats, so their errors, and the z of their findings, go together. The errors of rates are Poisson, from all mistakes of a cell; only rates with some 4500 mistakes expected are judged. The timeout of the same mean T_D is found on the 20 crashes of a run: for detectors whose T_D does not hang on the last delay (NFD-S, NFD-E, Bertier) the chance in these 20 delays widens the intervals.',
    `Windows, options and levels are those of the registry (1000 intervals, NFD-E 32), full at the end of the warm-up. Where a product's threshold also decides what is remembered (phi-akka, chitchat) it is the cell's level. Heartbeats missed in a pause are sent when it ends, all at once, as their numbers are what NFD-S, NFD-E and Bertier go by.`,
  ],
  figures: [
    ...[DELAYS, LOST, PAUSED].map(tradeOff),
    againstTimeout(DELAYS, 'due'), // with losses and pauses they are as good as a timeout
    ...[DELAYS, LOST, PAUSED].map((trouble) => againstTimeout(trouble, 'accrual')),
  ],
});
