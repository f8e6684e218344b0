/**
 * What Dadgar, Phillips, Currey, arXiv 1707.00788v2, print: tables IV, V and VI, sums over 4320 runs of the interval
 * experiment and quantiles over the threshold experiment; figure 2, read off by eye.
 */
import type { LifeguardParts } from './lifeguard-setup.ts';

/** Runs of each combination in the paper. */
export const LIFEGUARD_REPEATS = 10;

/** A row of tables IV and VI. */
export interface PublishedInterval {
  /** FP and FP-, as counts. */
  readonly falseDeaths: number;
  readonly falseDeathsAtHealthy: number;
  /** In percent of SWIM's. */
  readonly messagesPct: number;
  readonly bytesPct: number;
}

/** Tables IV and VI. */
export const PUBLISHED_INTERVAL: Readonly<Record<LifeguardParts, PublishedInterval>> = {
  SWIM: { falseDeaths: 339_002, falseDeathsAtHealthy: 1326, messagesPct: 100, bytesPct: 100 },
  'LHA-Probe': {
    ...{ falseDeaths: 229_574, falseDeathsAtHealthy: 436, messagesPct: 98.46, bytesPct: 90.03 },
  },
  'LHA-Suspicion': {
    ...{ falseDeaths: 10_174, falseDeathsAtHealthy: 89, messagesPct: 111.31, bytesPct: 106.52 },
  },
  'Buddy System': {
    ...{ falseDeaths: 318_935, falseDeathsAtHealthy: 591, messagesPct: 100.07, bytesPct: 99.01 },
  },
  Lifeguard: { falseDeaths: 5193, falseDeathsAtHealthy: 25, messagesPct: 110.59, bytesPct: 97.97 },
};

/** Table VI. */
/** Messages of SWIM in all runs of table VI. */
export const PUBLISHED_SWIM_MESSAGES = 435.33e6;

/** Figure 2, to about 10 %: [place in LIFEGUARD_ANOMALOUS] false deaths. */
export const PUBLISHED_BY_ANOMALOUS: Readonly<Partial<Record<LifeguardParts, readonly number[]>>> =
  {
    SWIM: [900, 6000, 11_200, 23_000, 34_500, 46_000, 59_000, 77_000, 82_000],
    Lifeguard: [18, 145, 110, 225, 570, 760, 850, 1350, 1200],
  };

/** A row of table V: latencies of detection and dissemination, in s. */
export interface PublishedLatency {
  /** Median, 99 % and 99.9 % quantile, in s. */
  readonly first: readonly [number, number, number];
  readonly full: readonly [number, number, number];
}

/** Table V: from the beginning of the anomaly until one other member, or all healthy ones, hold it to be dead. */
export const PUBLISHED_LATENCY: Readonly<Record<LifeguardParts, PublishedLatency>> = {
  SWIM: { first: [12.44, 16.96, 19.4], full: [12.9, 16.93, 20.17] },
  'LHA-Probe': { first: [12.42, 17.75, 20.1], full: [12.9, 17.98, 20.56] },
  'LHA-Suspicion': { first: [12.42, 17.47, 25.41], full: [12.89, 17.33, 23.8] },
  'Buddy System': { first: [12.45, 17.12, 19.16], full: [12.92, 17.18, 19.81] },
  Lifeguard: { first: [12.45, 17.9, 21.2], full: [12.91, 18.05, 21.68] },
};
