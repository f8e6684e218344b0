/** Detectors by name, for the command line and for experiments: options with defaults, and levels for a trade-off. */
import { UserError } from '../base/errors.ts';
import { BERTIER, bertier } from './bertier.ts';
import { CHITCHAT, chitchat } from './chitchat.ts';
import { EXPONENTIAL, exponential } from './exponential.ts';
import type { DetectorFactory } from './model.ts';
import { NFD_E, nfdE } from './nfd-e.ts';
import { NFD_S, nfdS } from './nfd-s.ts';
import { PHI_AKKA, phiAkka } from './phi-akka.ts';
import { PHI_EXPONENTIAL, phiExponential } from './phi-exponential.ts';
import { PHI_NORMAL, phiNormal } from './phi-normal.ts';
import { SATZGER, satzger } from './satzger.ts';
import { TIMEOUT, timeout } from './timeout.ts';

/** A value of an option; null: none. */
export type OptionValue = number | null;
/** Options by name. */
export type Options = Readonly<Record<string, OptionValue>>;

/** What a detector takes from the past. */
export type Family =
  | 'silence'
  | 'expected arrival'
  | 'normal intervals'
  | 'exponential intervals'
  | 'past intervals';

/** What the registry says of a detector. */
export interface DetectorKind {
  readonly about: string;
  readonly source: string;
  /** What it takes from the past: those of one family trade detection time for mistakes in the same currency. */
  readonly family: Family;
  /** What a level is, with its unit and whether it must be reached or exceeded. */
  readonly level: string;
  readonly defaults: Options;
  readonly options: Readonly<Record<string, string>>; // option -> what it is
  readonly make: (options: Options) => DetectorFactory;
  /** The options that follow the heartbeat period, for that period; the defaults are for a period of 1 s. */
  readonly forPeriod: (periodMs: number) => Options;
  /** A sweep from eager to patient, for heartbeats of that period. */
  readonly levels: (periodMs: number) => readonly number[];
}

const WINDOW = 'how many past intervals or heartbeats count';
const ETA = 'the period of heartbeats, in ms';
const PHIS = [0.5, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16];
const PROBABILITIES = [0.5, 0.9, 0.99, 0.999, 0.9999, 1 - 1e-5, 1 - 1e-6, 1 - 1e-8, 1 - 1e-10];
const TIMEOUTS = [1.05, 1.1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20]; // in periods
const MARGINS = [0, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 14, 19]; // in periods
const SHARES = [0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];

const times =
  (factors: readonly number[]) =>
  (periodMs: number): readonly number[] =>
    factors.map((factor) => factor * periodMs);

/** The factory sees an options object of its own type: `detectorOf` has checked the names, the factory the values. */
const made =
  <O>(factory: (options: Partial<O>) => DetectorFactory) =>
  (options: Options): DetectorFactory =>
    factory(options as Partial<O>);

/** The detectors by name. */
export const detectorKinds: Readonly<Record<string, DetectorKind>> = {
  timeout: {
    about: 'fixed timeout since the last news',
    source: 'van Renesse, Minsky, Hayden 1998 (T_fail); Chen, Toueg, Aguilera 2002 (SFD)',
    family: 'silence',
    level: 'ms of silence, reached',
    defaults: TIMEOUT,
    options: { timeoutMs: 'the default level' },
    make: made(timeout),
    forPeriod: (periodMs) => ({ timeoutMs: 5 * periodMs }),
    levels: times(TIMEOUTS),
  },
  'nfd-s': {
    about: 'freshness points after send times, clocks synchronised',
    source: 'Chen, Toueg, Aguilera 2002',
    family: 'expected arrival',
    level: 'delta: ms after the next heartbeat was due to be sent, reached',
    defaults: NFD_S,
    options: {
      etaMs: ETA,
      deltaMs: 'the default level',
      originMs: 'when heartbeat 0 is sent',
    },
    make: made(nfdS),
    forPeriod: (periodMs) => ({ etaMs: periodMs, deltaMs: 2 * periodMs }),
    levels: times(MARGINS),
  },
  'nfd-e': {
    about: 'freshness points after expected arrivals, estimated over a window',
    source: 'Chen, Toueg, Aguilera 2002',
    family: 'expected arrival',
    level: 'alpha: ms after the next heartbeat was expected, reached',
    defaults: NFD_E,
    options: { etaMs: ETA, alphaMs: 'the default level', window: WINDOW },
    make: made(nfdE),
    forPeriod: (periodMs) => ({ etaMs: periodMs, alphaMs: periodMs }),
    levels: times(MARGINS),
  },
  bertier: {
    about: 'expected arrival with a safety margin that follows its error',
    source: 'Bertier, Marin, Sens 2002',
    family: 'expected arrival',
    level: 'ms past the freshness point, reached; 0 is the paper',
    defaults: BERTIER,
    options: {
      etaMs: ETA,
      window: WINDOW,
      beta: 'weight of the mean error in the margin',
      phi: 'weight of its variation in the margin',
      gamma: 'weight of a new error in both',
    },
    make: made(bertier),
    forPeriod: (periodMs) => ({ etaMs: periodMs }),
    levels: times(MARGINS),
  },
  'phi-normal': {
    about: 'phi accrual with normal intervals',
    source: 'Hayashibara, Defago, Yared, Katayama 2004',
    family: 'normal intervals',
    level: 'phi = -log10 P(a heartbeat comes later than now), reached',
    defaults: PHI_NORMAL,
    options: {
      window: WINDOW,
      warmUp: 'intervals before anybody is suspected',
      minDeviationMs: 'the least standard deviation, in ms',
      phi: 'the default level',
    },
    make: made(phiNormal),
    forPeriod: () => ({}),
    levels: () => PHIS,
  },
  'phi-akka': {
    about: 'phi by a logistic approximation, with an acceptable pause',
    source: 'Akka, PhiAccrualFailureDetector',
    family: 'normal intervals',
    level: 'phi, reached',
    defaults: PHI_AKKA,
    options: {
      window: WINDOW,
      minDeviationMs: 'the least standard deviation, in ms',
      pauseMs: 'added to the mean interval, in ms',
      firstEstimateMs: 'the guessed first interval (heartbeat-interval), in ms',
      threshold: 'the default level; from this phi on an interval is not recorded',
    },
    make: made(phiAkka),
    forPeriod: (periodMs) => ({
      firstEstimateMs: periodMs,
      minDeviationMs: periodMs / 10,
      pauseMs: 3 * periodMs,
    }),
    levels: () => PHIS,
  },
  'phi-exponential': {
    about: 'phi accrual with exponential intervals',
    source: 'Apache Cassandra, FailureDetector',
    family: 'exponential intervals',
    level: 'phi = silence / (mean interval ln 10), exceeded',
    defaults: { ...PHI_EXPONENTIAL },
    options: {
      window: WINDOW,
      firstIntervalMs: 'the guessed first interval, in ms',
      maxIntervalMs: 'a longer interval is not recorded, in ms; null: no cap',
      phi: 'the default level (phi_convict_threshold)',
    },
    make: made(phiExponential),
    forPeriod: (periodMs) => ({ firstIntervalMs: 2 * periodMs, maxIntervalMs: 2 * periodMs }),
    levels: () => PHIS,
  },
  chitchat: {
    about: 'silence in mean intervals, with a prior',
    source: 'Quickwit chitchat, failure_detector.rs',
    family: 'exponential intervals',
    level: 'silence / mean interval, exceeded',
    defaults: CHITCHAT,
    options: {
      window: WINDOW,
      priorMs: 'the interval expected beforehand, in ms',
      priorWeight: 'how many intervals it counts for',
      maxIntervalMs: 'a longer interval is not recorded, in ms',
      threshold: 'the default level; above it the window is lost',
    },
    make: made(chitchat),
    forPeriod: (periodMs) => ({ priorMs: 5 * periodMs, maxIntervalMs: 10 * periodMs }),
    levels: () => TIMEOUTS,
  },
  satzger: {
    about: 'share of past intervals that the silence has outlasted',
    source: 'Satzger, Pietzowski, Trumler, Ungerer 2007',
    family: 'past intervals',
    level: 'a probability, reached',
    defaults: SATZGER,
    options: {
      window: WINDOW,
      factor: 'stretches the past intervals',
      probability: 'the default level',
    },
    make: made(satzger),
    forPeriod: () => ({}),
    levels: () => SHARES,
  },
  ed: {
    about: 'exponential distribution of intervals',
    source: 'Xiong, Defago 2007',
    family: 'exponential intervals',
    level: '1 - e^(-silence / mean interval), a probability, reached',
    defaults: EXPONENTIAL,
    options: { window: WINDOW, probability: 'the default level' },
    make: made(exponential),
    forPeriod: () => ({}),
    levels: () => PROBABILITIES,
  },
};

/** The detector of that name; options that are left out have their defaults. Unknown names are a `UserError`. */
export function detectorOf(name: string, options: Options = {}): DetectorFactory {
  const kind = Object.hasOwn(detectorKinds, name) ? detectorKinds[name] : undefined;
  if (!kind) {
    const known = Object.keys(detectorKinds).join(', ');
    throw new UserError(`detector: ${name} is not known; there are ${known}`);
  }
  for (const option of Object.keys(options)) {
    if (Object.hasOwn(kind.options, option)) continue;
    const known = Object.keys(kind.options).join(', ');
    throw new UserError(`${name}: option ${option} is not known; there are ${known}`);
  }
  return kind.make(options);
}
