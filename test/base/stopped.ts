/** Samples of known laws, stopped by the rule: how often does the interval hold? */
import { levelOfEach, looks } from '../../src/base/looks.ts';
import { exponentialQuantile, normalQuantile } from '../../src/base/quantiles.ts';
import { type Statistic, shareStatistic, statistic } from '../../src/base/statistics.ts';
import { Stream } from '../../src/base/stream.ts';

interface Law {
  readonly quantile: (u: number) => number;
  readonly mean: number;
  readonly isShare?: boolean;
}

export const LAWS: Readonly<Record<string, Law>> = {
  normal: { quantile: (u) => 10 + 5 * normalQuantile(u), mean: 10 },
  exponential: { quantile: (u) => exponentialQuantile(u, 5), mean: 5 },
  lognormal: { quantile: (u) => Math.exp(0.75 * normalQuantile(u)), mean: Math.exp(0.75 ** 2 / 2) },
  bernoulli: { quantile: (u) => (u < 0.8 ? 1 : 0), mean: 0.8, isShare: true },
  poisson: { quantile: (u) => poissonQuantile(u, 2), mean: 2 },
};

function poissonQuantile(u: number, mean: number): number {
  let [k, p] = [0, Math.exp(-mean)];
  for (let sum = p; u > sum && k < 100; sum += p) p *= mean / ++k;
  return k;
}

/** @param within half-width to stop at: share of the mean, of what is true or not absolute. */
export function coverage(
  name: string,
  within: number,
  samples: number,
  levels = (sizes: readonly number[]) => sizes.map(() => levelOfEach(sizes.length)),
): { readonly held: number; readonly replicates: number } {
  const { mean } = LAWS[name];
  const sizes = looks(30, 1000);
  const stream = new Stream('coverage', name, samples);
  let [held, replicates] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const values: number[] = [];
    const of = stopped(LAWS[name], within, sizes, levels(sizes), values, () => stream.draw(sample));
    if (of.ciLow <= mean && mean <= of.ciHigh) held++;
    replicates += values.length;
  }
  return { held: held / samples, replicates: replicates / samples };
}

function stopped(
  { quantile, isShare }: Law,
  within: number,
  sizes: readonly number[],
  levels: readonly number[],
  values: number[],
  draw: () => number,
): Statistic {
  for (const [look, size] of sizes.entries()) {
    while (values.length < size) values.push(quantile(draw()));
    const of = isShare
      ? shareStatistic(
          values.map((value) => value === 1),
          levels[look],
        )
      : statistic(values, levels[look]);
    const half = Math.max(of.ciHigh - of.mean, of.mean - of.ciLow);
    if (half <= (isShare ? within : within * of.mean) || look === sizes.length - 1) return of;
  }
  throw new Error('no look');
}
