/** Overtaking: closed forms against integrals, and integrals against a direct draw of what they describe. */
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  constantDelay,
  type DelayLaw,
  exponentialDelay,
  lognormalDelay,
  measuredDelay,
} from '../../src/experiment/delay-laws.ts';
import {
  meanWaitMs,
  missing,
  missingOfExponential,
  outOfOrder,
  overtaking,
} from '../../src/experiment/overtaking-theory.ts';

describe('delay laws', () => {
  it.each([
    ['exponential', exponentialDelay(50)],
    ['lognormal', lognormalDelay(50, 1.5)],
  ])('%s: the tail is that of the quantiles, the mean as given', (_, law) => {
    for (const u of [0.01, 0.3, 0.9, 0.999])
      expect(law.tail(law.quantile(u))).toBeCloseTo(1 - u, 9);
    let mean = 0;
    for (let ms = 0.05; ms < 50_000; ms += 0.1) mean += 0.1 * law.tail(ms);
    expect(mean).toBeCloseTo(50, 1);
  });

  it('measured: what never came is later than any time', () => {
    const law = measuredDelay([1, 2, 2, 5], 8);
    expect([0, 1, 2, 4, 5, 1e9].map((ms) => law.tail(ms))).toEqual([
      1,
      7 / 8,
      5 / 8,
      5 / 8,
      0.5,
      0.5,
    ]);
    expect([0, 0.3, 0.5, 0.99].map((u) => law.quantile(u))).toEqual([1, 2, 2, 5]);
  });
});

describe('one overtakes one', () => {
  it.each([0.1, 1, 5])('exponential, g = %d means', (gap) => {
    const closed = Math.exp(-gap) / 2;
    expect(overtaking(exponentialDelay(50), gap * 50) / closed).toBeCloseTo(1, 3);
  });

  it('at no gap it is a matter of who is luckier, whatever the law; without spread never', () => {
    expect(overtaking(lognormalDelay(50, 1.5), 0)).toBeCloseTo(0.5, 4);
    expect(overtaking(constantDelay(50), 1e-6)).toBe(0);
  });
});

describe('one overtakes any of many', () => {
  const meanMs = 50;
  const law = exponentialDelay(meanMs);
  const lengthMs = 1e6; // long: no beginning to speak of

  it.each([0.01, 0.5, 4])('exponential, %d writes per mean delay: closed forms', (rate) => {
    const { share, mean } = missing({ law, ratePerMs: () => rate / meanMs, lengthMs });
    expect(share / missingOfExponential(rate)).toBeCloseTo(1, 2);
    expect(mean / (rate / 2)).toBeCloseTo(1, 2);
  });

  it('exponential, of writes that its origin had received: half as many', () => {
    const past = { law, ratePerMs: (s: number) => 0.02 * (1 - law.tail(s)), lengthMs };
    expect(missing(past).share / missingOfExponential(0.5)).toBeCloseTo(1, 2);
  });

  it('nothing overtakes where all take the same time', () => {
    const same = constantDelay(meanMs);
    expect(missing({ law: same, ratePerMs: () => 1, lengthMs })).toEqual({ share: 0, mean: 0 });
  });

  it('at given times: the last of two, and of three', () => {
    const two = outOfOrder(law, [0, meanMs], 100);
    expect(two).toBeCloseTo(Math.exp(-1) / 2, 3);
    const three = outOfOrder(law, [0, meanMs, meanMs + 1], 100);
    expect(three).toBeGreaterThan(two + Math.exp(-1 / meanMs) / 2);
    expect(three).toBeLessThan(two + Math.exp(-1 / meanMs) / 2 + two);
  });

  it('where a share never comes, its number grows with the time', () => {
    const lossy = measuredDelay([1, 1, 1], 4);
    const { mean } = missing({ law: lossy, ratePerMs: () => 0.1, lengthMs: 1000 });
    expect(mean).toBeCloseTo((0.1 * 0.25 * 1000) / 2, 1);
  });
});

it('share, number and wait are those of drawn processes, with a beginning and heavy tails', () => {
  const lengthMs = 1000;
  const rate = 0.01; // per ms
  const law = lognormalDelay(50, 1.5);
  const drawn = drawMany(law, { rate, lengthMs, processes: 1500 });
  const past = { law, ratePerMs: () => rate, lengthMs };
  const { share, mean } = missing(past);
  expect(Math.abs(drawn.share / share - 1)).toBeLessThan(0.04); // 15,000 writes
  expect(Math.abs(drawn.mean / mean - 1)).toBeLessThan(0.06);
  expect(Math.abs(drawn.waitMs / meanWaitMs(past, 1e5) - 1)).toBeLessThan(0.15);
});

/** Writes of one origin at one node: each is asked for the earlier ones that come later. */
function drawMany(
  law: DelayLaw,
  { rate, lengthMs, processes }: { rate: number; lengthMs: number; processes: number },
) {
  const draws = new Stream('overtaking', 'test', 1);
  const sums = { writes: 0, share: 0, mean: 0, waitMs: 0 };
  for (let process = 0; process < processes; process++) {
    const arrivals: number[] = []; // [write]
    for (let at = 0; ; ) {
      at -= Math.log(draws.draw(0)) / rate;
      if (at > lengthMs) break;
      arrivals.push(at + law.quantile(draws.draw(0)));
    }
    arrivals.forEach((arrival, write) => {
      const late = arrivals.slice(0, write).filter((earlier) => earlier > arrival);
      sums.writes++;
      sums.mean += late.length;
      if (late.length > 0) sums.share++;
      sums.waitMs += late.length > 0 ? Math.max(...late) - arrival : 0;
    });
  }
  const { writes, share, mean, waitMs } = sums;
  return { share: share / writes, mean: mean / writes, waitMs: waitMs / writes };
}
