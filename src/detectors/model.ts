/**
 * The vocabulary of failure detectors: arithmetic on arrival times. A detector knows neither a network nor a process
 * that crashed. One object serves all pairs (observer, subject), pair = observer * n + subject; its columns are typed
 * arrays by pair, and an arrival allocates nothing. Times are whole microseconds, suspicion is on the detector's own
 * scale: suspicion levels in the sense of Hayashibara et al., "The phi accrual failure detector", SRDS 2004, section
 * 3, also where a paper's detector is binary: there the scale is that of its parameter (a timeout, a safety margin).
 */
import type { Micros } from '../base/time.ts';

/** Arithmetic on the arrivals of all pairs; times in us. */
export interface Detector {
  /** Of the suspicion and its levels: 'phi', 'ms', 'probability', 'intervals'. */
  readonly unit: string;
  /** The level of the paper or product. */
  readonly defaultLevel: number;
  /** True: a subject is suspected where the suspicion exceeds the level. False: where it reaches it. */
  readonly strict: boolean;
  readonly bytesPerPair: number;
  /**
   * The heartbeat numbered `sequence` arrived at `now`. Only a number above all heard before is news; the rest, a
   * duplicate or a latecomer, is ignored. A clock that was set back since the last news: the interval is 0.
   */
  heard(pair: number, now: Micros, sequence: number): void;
  /** Never decreasing in `now` until the next news. NOTHING_HEARD before the first. */
  suspicion(pair: number, now: Micros): number;
  /**
   * The first whole microsecond, not before the last news, at which the pair is suspected at this level if nothing
   * more is heard; Infinity if never, or if nothing was heard yet.
   */
  expiry(pair: number, level: number): Micros;
  /** Nothing was ever heard: a new life of the subject, or of the observer. */
  forget(pair: number): void;
}

/** Builds a detector for so many pairs. */
export type DetectorFactory = (pairs: number) => Detector;

/** The suspicion of somebody who was never heard: below every level, for without a past there is no expectation. */
export const NOTHING_HEARD = -Infinity;

/** Is this much suspicion enough? */
export const suspects = (detector: Detector, suspicion: number, level: number): boolean =>
  detector.strict ? suspicion > level : suspicion >= level;
