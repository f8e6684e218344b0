/**
 * Ours held against a published value or a closed form.
 * Reproduced: the difference is within tolerance + 3 standard errors, and the estimate is sharp enough to have shown one,
 * 3 se <= max(tolerance, 5 % of the expected value). Not reproduced: it exceeds tolerance + 4 standard errors, which
 * chance does once in 16,000 findings. Otherwise inconclusive: more replicates decide. Of few replicates the standard
 * error itself is uncertain: 3 and 4 are then the quantiles of Student's t with the same probabilities.
 */
import { normalCdf } from '../base/special.ts';
import { studentQuantile } from '../base/statistics.ts';
import type { Finding, Statistic, Verdict } from './model.ts';

const AGREES_SE = 3;
const DIFFERS_SE = 4;
const SHARP_FRAC = 0.05; // of the expected value
const Z_95 = 1.96;

/** An estimate with its standard error; the interval is 1.96 se on either side unless it is given. */
export interface Estimate {
  readonly ours: number;
  readonly se: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
  /** Replicates behind it; absent: many. */
  readonly count?: number;
}

export interface Comparison {
  readonly quantity: string;
  readonly at: string;
  /** A measure's statistic, or an estimate of one's own (a slope, a difference of means). */
  readonly statistic: Statistic | Estimate;
  readonly expected: number;
  /** Absolute: rounding of print, and what the theory leaves open. */
  readonly tolerance: number;
  /** expected +- tolerance is all that the source says, a range and not a value: no z-score. */
  readonly range?: boolean;
  readonly basis: Finding['basis'];
  readonly source: string;
  readonly note?: string;
}

/** A finding with its verdict. */
export function judge(comparison: Comparison): Finding {
  const { quantity, at, expected, tolerance, range = false, basis, source, note } = comparison;
  const { ours, se, ciLow, ciHigh, count } = estimateOf(comparison.statistic);
  const finding: Finding = {
    quantity,
    at,
    ours,
    se,
    ciLow,
    ciHigh,
    expected,
    tolerance,
    z: se > 0 && !range ? (ours - expected) / se : Number.NaN,
    basis,
    source,
    verdict: verdictOf(
      Math.abs(ours - expected),
      se > 0 ? se : (ciHigh - ciLow) / (2 * Z_95), // all or none of a share: se 0, but Wilson's is wide
      count,
      expected,
      tolerance,
    ),
  };
  return note === undefined ? finding : { ...finding, note };
}

/** The verdict on an experiment: one finding that is not reproduced decides, then one that is inconclusive. */
export function overall(findings: readonly Pick<Finding, 'verdict'>[]): Verdict {
  const has = (verdict: Verdict) => findings.some((finding) => finding.verdict === verdict);
  if (has('not reproduced')) return 'not reproduced';
  return has('inconclusive') || findings.length === 0 ? 'inconclusive' : 'reproduced';
}

function estimateOf(statistic: Statistic | Estimate): Required<Estimate> {
  if ('mean' in statistic) {
    const { mean, se, ciLow, ciHigh, count } = statistic;
    return { ours: mean, se, ciLow, ciHigh, count };
  }
  const { ours, se, count = Infinity } = statistic;
  const { ciLow = ours - Z_95 * se, ciHigh = ours + Z_95 * se } = statistic;
  return { ours, se, ciLow, ciHigh, count };
}

/** As many standard errors as chance exceeds as rarely as a normal variate exceeds z. NaN for one replicate. */
const standardErrors = (z: number, count: number): number =>
  count > 1000 ? z : studentQuantile(normalCdf(z), count - 1);

/** A difference or error that is not a number (no replicate, or one only) is inconclusive. */
function verdictOf(
  off: number,
  se: number,
  count: number,
  expected: number,
  tolerance: number,
): Verdict {
  if (off > tolerance + standardErrors(DIFFERS_SE, count) * se) return 'not reproduced';
  const margin = standardErrors(AGREES_SE, count) * se;
  const sharp = margin <= Math.max(tolerance, SHARP_FRAC * Math.abs(expected));
  return sharp && off <= tolerance + margin ? 'reproduced' : 'inconclusive';
}
