/**
 * The mean of a measure over runs, as an interval at any level: Student's t for numbers, Clopper and Pearson's for what is
 * true or not, Poisson's where nothing was counted (base/statistics.ts, base/exact-share.ts).
 */
import { clopperPearson } from '../../../base/exact-share.ts';
import {
  type Interval,
  poissonInterval,
  statistic,
  studentQuantile,
  sum,
} from '../../../base/statistics.ts';
import type { Measures } from '../../model.ts';
import { sampleOf } from '../samples.ts';

export interface MeanEstimate extends Interval {
  /** Over the runs in which it is defined; infinite if it never came to that in one of them. */
  readonly mean: number | null;
  /** Runs in which it is undefined, and those of them in which what is timed did not happen. */
  readonly missing: number;
  readonly never: number;
}

const ALL: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/**
 * @param exposure the column that a rate is counted over. A time until something that never happens is above every number:
 *   of a mean that is seen to have such a term nothing else is to be said.
 */
export function meanEstimate(
  runs: readonly Measures[],
  measure: string,
  exposure: string | undefined,
  level: number,
): MeanEstimate {
  const sample = sampleOf(runs, measure);
  const missing = sample.filter((value) => value === null).length;
  const never = runs.filter((run, i) => sample[i] === null && isNever(run, measure)).length;
  if (never > 0) return { mean: Infinity, low: Infinity, high: Infinity, missing, never };
  const known = sample.filter((value) => value !== null);
  const values = known.map(Number);
  const mean = values.length === 0 ? null : statistic(values).mean;
  const exposed = exposure === undefined ? 0 : sum(runs.map((run) => Number(run[exposure] ?? 0)));
  const interval =
    values.length === 0
      ? ALL
      : known.some((value) => typeof value === 'boolean')
        ? clopperPearson(sum(values), values.length, level)
        : exposed > 0 && mean === 0
          ? { low: 0, high: poissonInterval(0, level).high / exposed }
          : ofNumbers(values, measure, level);
  return { mean, ...interval, missing, never };
}

/** Times until a rumour has come somewhere, or until a crash is detected, if there was one that somebody missed. */
const isNever = (run: Measures, measure: string): boolean =>
  measure.endsWith('_ms') &&
  (measure.startsWith('to_') ||
    (measure.startsWith('detect_') && run.crashes !== 0 && run.detected_all !== true));

/**
 * Runs that all agree have no spread, but that proves nothing of those to come: with the confidence asked for, a share
 * 1 - alpha^(1/n) of runs may be otherwise, which is taken to be up to 1 for a share, and up to twice as much else.
 */
function ofNumbers(values: readonly number[], measure: string, level: number): Interval {
  const { mean, se, count } = statistic(values);
  if (count < 2) return ALL;
  const isShare = measure.endsWith('_frac');
  if (se > 0) {
    const half = studentQuantile((1 + level) / 2, count - 1) * se;
    const least = values.every((value) => value >= 0) ? 0 : ALL.low;
    return {
      low: Math.max(least, mean - half),
      high: Math.min(isShare ? 1 : ALL.high, mean + half),
    };
  }
  const share = 1 - (1 - level) ** (1 / count);
  const otherwise = isShare ? 1 : 2 * mean;
  return { low: mean - share * Math.abs(mean), high: mean + share * Math.abs(otherwise - mean) };
}
