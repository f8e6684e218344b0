/**
 * When a detector that goes by the mean of a window says DOWN. phi = silence / mean / ln 10, so that threshold * ln 10
 * means of silence convict, at the next status check. Source: Apache Cassandra, FailureDetector; the rest derived here.
 */
import { normalQuantile } from '../base/quantiles.ts';

/** Into each new window, in s. */
export const FIRST_SAMPLE_S = 2;

/** Means of silence until phi exceeds the threshold: 18.42 at 8. */
export const meansOfSilence = (threshold: number): number => threshold * Math.LN10;

/** Mean of a window that is not full yet, with so many intervals after its first sample; in s. */
export const youngMean = (intervals: number, meanS: number): number =>
  (FIRST_SAMPLE_S + intervals * meanS) / (1 + intervals);

/** Intervals in steady state, in s; `newsS`: when the last news comes after a kill, mean of the observers. */
export interface Intervals {
  readonly meanS: number;
  readonly shareBeyond: number;
  readonly meanWithinS: number;
  readonly newsS: number;
}

/**
 * Mean of a window, and samples in it, once the last news has come of a node that was killed after `uptimeS`. At time 0
 * all nodes have just heard of all; the first news comes after half a round and its way, as long as that of the last
 * news, which left half a round before the kill. Then one comes each mean interval, up to the last.
 */
export function windowAtKill(uptimeS: number, intervals: Intervals, isCapped: boolean) {
  const { meanS, shareBeyond, meanWithinS, newsS } = intervals;
  const firstS = newsS + 1;
  const ended = (uptimeS + newsS - firstS) / meanS;
  if (!isCapped) {
    const samples = 2 + ended;
    return { samples, meanS: (FIRST_SAMPLE_S + uptimeS + newsS) / samples };
  }
  const kept = (1 - shareBeyond) * ended;
  return { samples: 1 + kept, meanS: youngMean(kept, meanWithinS) };
}

/** The largest of so many independent standard normal variates, in the mean. Blom 1958. */
export const largestOf = (count: number): number =>
  normalQuantile((count - 0.375) / (count + 0.25));
