import { expect, test } from 'vitest';
import { at, lawOf } from '../../../bench/scaling/laws.ts';

test('a power law is found, whatever comes before it', () => {
  const points = [100, 200, 400, 800, 1600].map((n, i) => ({ n, y: i === 0 ? 7 : 3 * n ** 1.5 }));
  const law = lawOf(points)!;
  expect(law).toMatchObject({ from: 200, to: 1600 });
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
