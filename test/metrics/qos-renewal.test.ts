/**
 * Theorem 1 of Chen, Toueg and Aguilera (2002) on alternating renewal processes whose laws are known: pairs that trust
 * and suspect for independent times. Mistakes last exponentially, good periods by a gamma law, uniformly, or
 * exponentially, so E(T_FG) is not E(T_G) / 2 by accident.
 */
import { describe, expect, it } from 'vitest';
import { gammaQuantile } from '../../src/base/quantiles.ts';
import { Stream } from '../../src/base/stream.ts';
import { SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { qos } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds
const exponential = (mean: number) => (u: number) => -mean * Math.log1p(-u);

interface Law {
  readonly mean: number; // ms
  readonly square: number; // E(T^2), ms^2
  readonly quantile: (u: number) => number;
}
const GOOD: Record<string, Law> = {
  exponential: { mean: 80, square: 2 * 80 ** 2, quantile: exponential(80) },
  uniform: { mean: 80, square: (4 * 80 ** 2) / 3, quantile: (u) => 160 * u },
  gamma: { mean: 80, square: 80 ** 2 * 1.25, quantile: (u) => gammaQuantile(u, 4, 20) },
};
const MISTAKE_MEAN = 20; // ms

/** n (n - 1) pairs, each alternating from time 0; the window begins after 20 recurrences and lasts for `recurrences`. */
function simulate(law: Law, n: number, recurrences: number, seed: string) {
  const draws = new Stream(seed, 'renewal', n * n);
  const cycle = law.mean + MISTAKE_MEAN;
  const meter = qos({ n, startMs: 20 * cycle, endMs: (20 + recurrences) * cycle });
  const suspects = new Uint8Array(n * n); // [pair]
  const next = new Float64Array(n * n).fill(Infinity); // [pair] us
  const length = (pair: number) => {
    const quantile = suspects[pair] === 1 ? exponential(MISTAKE_MEAN) : law.quantile;
    return Math.round(quantile(draws.draw(pair)) * ms);
  };
  for (let pair = 0; pair < n * n; pair++) if (pair % (n + 1) !== 0) next[pair] = length(pair);
  for (;;) {
    const pair = next.indexOf(Math.min(...next));
    const now = next[pair];
    if (now >= (20 + recurrences) * cycle * ms) return meter.quality();
    suspects[pair] = 1 - suspects[pair];
    meter.onFact(now, suspects[pair] === 1 ? SUSPECTED : TRUSTED, Math.floor(pair / n), pair % n);
    next[pair] = now + length(pair);
  }
}

describe.each(Object.entries(GOOD))('with %s good periods', (_name, law) => {
  const quality = simulate(law, 4, 1000, 'chen');
  const { mistakeDuration, mistakeRecurrence, goodPeriod, queryAccuracy, perPairHour } = quality;
  const cycle = law.mean + MISTAKE_MEAN;

  // 12 pairs, about 12,000 cycles of coefficient of variation below 1: standard errors of means below 1 % (T_M:
  // 0.91 %). alpha about 1e-5: 4.4 standard errors, 4 %. A mistake in the definitions (T_MR from T-transitions to
  // S-transitions, say) changes a mean by 20 % at least: power 1.
  const tolerance = 0.04;
  const near = (value: number | null, expected: number) =>
    expect(Math.abs(value! / expected - 1)).toBeLessThan(tolerance);

  it('finds the means, from time over mistakes and from complete periods', () => {
    for (const mean of ['meanMs', 'completeMeanMs'] as const) {
      near(mistakeDuration[mean], MISTAKE_MEAN);
      near(mistakeRecurrence[mean], cycle);
      near(goodPeriod[mean], law.mean);
    }
  });

  it('finds E(T_FG) = E(T_G^2) / (2 E(T_G))', () => {
    near(quality.forwardGoodMs, law.square / (2 * law.mean));
  });

  it('keeps E(T_MR) = E(T_M) + E(T_G), P_A = E(T_G) / E(T_MR) and lambda_M = 1 / E(T_MR)', () => {
    const recurrence = mistakeRecurrence.meanMs!;
    expect(mistakeDuration.meanMs! + goodPeriod.meanMs!).toBeCloseTo(recurrence, 9);
    expect(goodPeriod.meanMs! / recurrence).toBeCloseTo(queryAccuracy!, 12);
    expect(3_600_000 / recurrence).toBeCloseTo(perPairHour.perHour, 6);
    near(queryAccuracy, law.mean / cycle);
  });

  it('counts every mistake once, as complete or as cut off', () => {
    const { mistakes, cutByEnd, cutBySubject, cutByObserver } = quality;
    expect(cutByEnd).toBeLessThanOrEqual(12);
    expect(mistakeDuration.complete + cutByEnd + cutBySubject + cutByObserver).toBe(mistakes);
    expect(mistakeDuration.p50Ms! / (MISTAKE_MEAN * Math.LN2)).toBeGreaterThan(1 - tolerance);
    expect(mistakeDuration.p50Ms! / (MISTAKE_MEAN * Math.LN2)).toBeLessThan(1 + tolerance);
  });
});

describe('mean times by pair-time over mistakes', () => {
  it('are not biased by a window as short as one recurrence, as complete periods are', () => {
    // 300 windows of 12 pairs: 3,600 mistakes expected; their number has standard deviation below 60 (1.7 %), so
    // 4.4 standard errors are 8 %. Complete recurrences cannot exceed the window, E(T_MR), and fall short by half.
    let mistakes = 0;
    let complete = 0;
    let completeSum = 0;
    for (let k = 0; k < 300; k++) {
      const { mistakes: count, mistakeRecurrence } = simulate(GOOD.exponential, 4, 1, `short ${k}`);
      mistakes += count;
      complete += mistakeRecurrence.complete;
      completeSum += mistakeRecurrence.complete * (mistakeRecurrence.completeMeanMs ?? 0);
    }
    expect(Math.abs((300 * 12) / mistakes - 1)).toBeLessThan(0.08);
    expect(completeSum / complete).toBeLessThan(60);
  });
});

describe('the interval of the rate', () => {
  it('covers the true rate of Poisson mistakes in at least 95 % of runs, few mistakes included', () => {
    // Mistakes of no length at Poisson times, 1.5 expected per run. The interval holds 1.5 for counts of 0 to 4,
    // P = 0.9814, so 18.6 of 1,000 runs should miss; more than 40 at alpha 1e-5. An interval by the normal law, which
    // is a point at 0 mistakes, would miss in 223 runs.
    const draws = new Stream('cover', 'poisson', 1);
    let missed = 0;
    let none = 0;
    for (let run = 0; run < 1000; run++) {
      const meter = qos({ n: 2, endMs: 1000 });
      let now = 0;
      for (;;) {
        now += Math.ceil(exponential((2 * 1000) / 3)(draws.draw(0)) * ms);
        if (now >= 1000 * ms) break;
        meter.onFact(now, SUSPECTED, 0, 1);
        meter.onFact(now, TRUSTED, 0, 1);
      }
      const { perPairHour, mistakes } = meter.quality();
      const truth = 1.5 / (2 / 3600); // per pair-hour; two pairs of one second
      if (perPairHour.ciLow > truth || perPairHour.ciHigh < truth) missed++;
      if (mistakes === 0) none++;
    }
    expect(missed).toBeLessThanOrEqual(40);
    expect(none).toBeGreaterThan(100);
  });
});
