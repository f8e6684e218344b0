/**
 * When are there enough replicates? The sample is looked at after numbers of replicates that are fixed beforehand, each
 * about twice the last; the first look at which the interval is narrow enough ends it. An ordinary 95 % interval taken then
 * holds less often than that: one stops where the sample happens to look calm. So each of the K looks has an interval of
 * level 1 - 0.05 / K. All K hold at once with 95 % by Bonferroni's inequality, whatever the law and however the looks hang
 * together, so one may stop at any of them for any reason, of several measures too.
 * Source: Jennison and Turnbull, "Repeated confidence intervals for group sequential clinical trials", Controlled Clinical
 * Trials 5, 1984. Rejected: Chow and Robbins (Ann. Math. Statist. 36, 1965), 95 % only in the limit of narrow intervals;
 * Stein's two stages (Ann. Math. Statist. 16, 1945), exact for normal values and absolute widths only; confidence
 * sequences (Howard et al., Ann. Statist. 49, 2021), valid at every replicate, but they need bounds of the values.
 * The price: with 6 looks the interval is 1.35 times as wide as an ordinary one of as many replicates.
 */
import { LEVEL } from './statistics.ts';

/** Numbers of replicates at which to look, from `least` to `most`. */
export function looks(least: number, most: number): number[] {
  const steps = Math.round(Math.log2(most / least));
  if (steps === 0) return [most];
  const sizes = Array.from({ length: steps + 1 }, (_, k) =>
    Math.round(least * (most / least) ** (k / steps)),
  );
  return [...new Set(sizes)];
}

/** Level of the interval at each of `count` looks, so that all hold with 95 %. */
export const levelOfEach = (count: number): number => 1 - (1 - LEVEL) / count;
