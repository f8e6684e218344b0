import { expect, test } from 'vitest';
import { at, lawOf, sharesAt, sharesOf } from '../../../bench/scaling/laws.ts';

test('a power law is found, whatever comes before it', () => {
  const points = [100, 200, 400, 800, 1600].map((n, i) => ({ n, y: i === 0 ? 7 : 3 * n ** 1.5 }));
  const law = lawOf(points)!;
  expect(law).toMatchObject({ from: 400, to: 1600 });
  expect(law.exponent).toBeCloseTo(1.5);
  expect(law.off).toBeCloseTo(0);
  expect(at(law, 1e6)).toBeCloseTo(3e9, -3);
});

test('a point beside the law shows in `off`', () => {
  const points = [1, 2, 4, 8].map((n) => ({ n, y: n === 4 ? 2 * n : n }));
  expect(lawOf(points)!.off).toBeGreaterThan(0.2);
});

test('one point has no law', () => {
  expect(lawOf([{ n: 1, y: 1 }])).toBeUndefined();
});

const along = (law: (n: number) => number) =>
  [100, 200, 400, 800, 1600].map((n) => ({ n, y: law(n) }));

test('what a run, a member and a pair cost is found, each alone and together', () => {
  const shares = sharesOf(along((n) => 7 + 0.1 * n + 2e-4 * n ** 2))!;
  expect(shares.run).toBeCloseTo(7);
  expect(shares.member).toBeCloseTo(0.1);
  expect(shares.pair).toBeCloseTo(2e-4);
  expect(shares.off).toBeCloseTo(0);
  expect(sharesAt(shares, 1e6) / 2.001e8).toBeCloseTo(1);
  expect(sharesOf(along((n) => 3 * n))!.member).toBeCloseTo(3);
  expect(sharesOf(along((n) => 3 * n ** 2))!.pair).toBeCloseTo(3);
});

test('no share is below 0', () => {
  const { run, member, pair } = sharesOf(along((n) => 0.5 * n ** 2 - n))!;
  expect(Math.min(run, member, pair)).toBe(0);
  expect(pair).toBeGreaterThan(0.48);
});

test('two points have no shares', () => {
  const two = [1, 2].map((n) => ({ n, y: n }));
  expect(sharesOf(two)).toBeUndefined();
});
