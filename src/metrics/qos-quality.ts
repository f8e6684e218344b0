/**
 * From sums to the quality of service of Chen, Toueg and Aguilera (2002, section 2.2, theorem 1).
 * `meanMs` of T_M, T_MR and T_G is pair-time divided by mistakes: E(T_MR) = exposure / mistakes, and so on. What the
 * window cuts off counts in it, so in a stationary process neither a long good period nor an open mistake is lost, and
 * the theorem's relations hold exactly. The complete periods beside it, seen from beginning to end inside the window
 * and both lives, favour short ones unless the window is long against E(T_MR).
 * The intervals are exact if mistakes come independently (a Poisson process). One slow subject is often suspected by
 * many observers at once: then they are too narrow, and replicates must tell.
 */
import { poissonInterval } from '../base/statistics.ts';
import { type Micros, millis } from '../base/time.ts';
import type { Detection } from './qos-detection.ts';
import type { Durations } from './qos-durations.ts';
import type { Sums } from './qos-sums.ts';

/** Mistakes per hour, with Garwood's exact 95 % interval; NaN without exposure. */
export interface Rate {
  readonly perHour: number;
  readonly ciLow: number;
  readonly ciHigh: number;
}

/** Times in ms; `null` where there is none. Quantiles are of complete periods, to 1/128 of their value. */
export interface Period {
  readonly meanMs: number | null; // pair-time / mistakes
  readonly complete: number;
  readonly completeMeanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** The quality of service of failure detection, over all pairs. */
export interface Quality {
  readonly mistakes: number; // S-transitions in the window, observer and subject up
  readonly pairHours: number; // exposure: both up, the observer knows the subject
  readonly nodeHours: number; // nodes up that know somebody
  readonly perPairHour: Rate; // lambda_M
  readonly perNodeHour: Rate; // by observer
  readonly queryAccuracy: number | null; // P_A: share of the exposure in which the subject is trusted
  readonly mistakeDuration: Period; // T_M
  readonly mistakeRecurrence: Period; // T_MR
  readonly goodPeriod: Period; // T_G
  readonly forwardGoodMs: number | null; // E(T_FG) = E(T_G^2) / (2 E(T_G)), from complete good periods
  /** Mistakes that did not end within the window: their subject crashed, their observer crashed, the window ended. */
  readonly cutBySubject: number;
  readonly cutByObserver: number;
  readonly cutByEnd: number;
  readonly detection: Detection; // T_D
  readonly bytes: number; // memory of the table of pairs
}

const HOUR: Micros = 3_600_000_000;

export function qualityOf(sums: Sums, detection: Detection, bytes: number): Quality {
  const { mistakes, exposure, mistaken, cutBySubject, cutByObserver } = sums;
  const { mistakeDurations, recurrences, goodPeriods } = sums;
  const pairHours = exposure / HOUR;
  const nodeHours = sums.watching / HOUR;
  return {
    mistakes,
    pairHours,
    nodeHours,
    perPairHour: rateOf(mistakes, pairHours),
    perNodeHour: rateOf(mistakes, nodeHours),
    queryAccuracy: exposure === 0 ? null : 1 - mistaken / exposure,
    mistakeDuration: period(mistaken, mistakes, mistakeDurations),
    mistakeRecurrence: period(exposure, mistakes, recurrences),
    goodPeriod: period(exposure - mistaken, mistakes, goodPeriods),
    forwardGoodMs: orNull(millis(goodPeriods.squares / (2 * goodPeriods.sum))),
    cutBySubject,
    cutByObserver,
    cutByEnd: mistakes - mistakeDurations.count - cutBySubject - cutByObserver,
    detection,
    bytes,
  };
}

export function rateOf(mistakes: number, hours: number): Rate {
  if (hours === 0) return { perHour: NaN, ciLow: NaN, ciHigh: NaN };
  const { low, high } = poissonInterval(mistakes, 0.95);
  return { perHour: mistakes / hours, ciLow: low / hours, ciHigh: high / hours };
}

const period = (pairTime: Micros, mistakes: number, complete: Durations): Period => ({
  meanMs: mistakes === 0 ? null : millis(pairTime / mistakes),
  complete: complete.count,
  completeMeanMs: orNull(millis(complete.mean)),
  p50Ms: orNull(millis(complete.quantile(0.5))),
  p95Ms: orNull(millis(complete.quantile(0.95))),
  p99Ms: orNull(millis(complete.quantile(0.99))),
  maxMs: complete.count === 0 ? null : millis(complete.max),
});

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
