/**
 * All observers of all trials as one distribution: the Kolmogorov-Smirnov distance, and quantile by quantile. Observers of a
 * trial share its luck, so that a hundred of them tell less than a hundred draws would: the sample sizes are divided by
 * the design effect, the variance of a share between our batches over that of as many independent draws (Kish 1965).
 */
import { kolmogorovSmirnovCritical } from '../base/goodness.ts';
import { normalQuantile } from '../base/quantiles.ts';
import type { Statistic } from '../base/statistics.ts';
import { judge } from './claims.ts';
import { ALPHA, PERCENTILES } from './distributions.ts';
import type { MeasuredQuantiles, MemberlistConfiguration } from './memberlist-configurations.ts';
import type { Cell, CellSummary, Finding } from './model.ts';

/**
 * % of the observers that are drawn, and of them those that are compared: further out the quantile of a batch of trials, whose
 * observers are much alike, is not that of more trials. The last observers are compared by their means.
 */
export const OBSERVERS_PCT: readonly number[] = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99];
const HELD_PCT = [10, 30, 50, 70, 90];
const FEWEST_BATCHES = 5; // that tell a design effect
const Z = normalQuantile(0.995);
const PRINT_MS = 0.5; // what is measured is rounded to 1 ms

export function pooledFindings(
  { place, observers, afterFirst }: MemberlistConfiguration,
  { series, measures }: CellSummary<Cell>,
  batch: number,
  source: string,
): Finding[] {
  const { kind, n, setup } = place;
  const at = `${kind}, ${setup}, N = ${n}`;
  const event = kind === 'crash' ? 'the crash' : 'the event';
  const common = { at, source, batch, perTrial: n - (kind === 'join' ? 2 : 1) };
  if (measures.first_ms.count < FEWEST_BATCHES) return [];
  return [
    ...held(`all observers, since ${event} (ms)`, observers, series, 'observers', common),
    ...held('all observers, since the first (ms)', afterFirst, series, 'after_first', common),
  ];
}

function held(
  quantity: string,
  quantiles: MeasuredQuantiles,
  series: CellSummary<Cell>['series'],
  name: string,
  { at, source, batch, perTrial }: { at: string; source: string; batch: number; perTrial: number },
): Finding[] {
  if (quantiles.ms.size === 0) return [];
  const shares = series[`${name}_upto`];
  const trials = quantiles.samples / perTrial;
  const effect = designEffect(shares, batch * perTrial);
  const ours = shares[0].count * batch * perTrial;
  const critical = (by: number) =>
    kolmogorovSmirnovCritical(ALPHA, quantiles.samples / by, ours / by);
  const common = { at, basis: 'published' as const, source };
  const found = [
    judge({
      ...common,
      quantity: `${quantity}: Kolmogorov-Smirnov distance`,
      statistic: { ours: pooledDistance(quantiles, shares), se: 0 },
      expected: 0,
      tolerance: critical(effect),
      note: `tolerance: exceeded by chance once in ${1 / ALPHA}; observers of a trial share its luck, so that each counts as 1/${effect.toFixed(1)} (if they did not: ${critical(1).toFixed(4)})`,
    }),
  ];
  for (const pct of HELD_PCT) {
    const expected = quantiles.ms.get(pct);
    const quantile = series[`${name}_ms`][OBSERVERS_PCT.indexOf(pct)];
    if (expected === undefined || expected === 0) continue;
    found.push(
      judge({
        ...common,
        quantity: `${quantity}: ${pct} % quantile`,
        statistic: quantile,
        expected,
        tolerance: Z * quantile.sd * Math.sqrt(batch / trials) + PRINT_MS,
        note: `tolerance: 99 % interval of the quantile in ${Math.round(trials)} measured trials, by the spread of our batches, and the print`,
      }),
    );
  }
  return found;
}

/** How many times the variance of independent draws the share of a batch has, in the mean over the middle of the law. */
export function designEffect(shares: readonly Statistic[], draws: number): number {
  let sum = 0;
  let count = 0;
  for (const { mean, sd } of shares) {
    if (!(mean > 0.1 && mean < 0.9)) continue;
    sum += (sd * sd * draws) / (mean * (1 - mean));
    count++;
  }
  return count === 0 ? 1 : Math.max(1, sum / count);
}

/**
 * From shares of ours up to the measured percentiles. Between two percentiles the measured distribution is not known: the
 * distance is the least that it can be.
 */
export function pooledDistance({ ms }: MeasuredQuantiles, shares: readonly Statistic[]): number {
  let distance = 0;
  for (let i = 0; i < PERCENTILES.length; i++) {
    const value = ms.get(PERCENTILES[i]);
    if (value === undefined || value === ms.get(PERCENTILES[i + 1])) continue;
    const [low, high] = [PERCENTILES[i] / 100, (PERCENTILES[i + 1] ?? 100) / 100];
    distance = Math.max(distance, low - shares[i].mean, shares[i].mean - high);
  }
  return distance;
}
