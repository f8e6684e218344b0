import { expect, it } from 'vitest';
import { crossesAt } from '../../src/experiment/curve-crossing.ts';

const point = (x: number, y: number, se = 0) => ({ x, y, se });

it('finds where a curve crosses a level, exactly on a power law', () => {
  const law = (x: number) => 3 * x ** 0.7;
  const points = [1, 2, 5, 20].map((x) => point(x, law(x)));
  expect(crossesAt(points, law(11))?.ours).toBeCloseTo(11, 9);
  expect(crossesAt(points, law(2))?.ours).toBeCloseTo(2, 9);
});

it('finds none where there is none', () => {
  expect(crossesAt([point(1, 5), point(2, 6)], 4)).toBe(null);
  expect(crossesAt([point(1, 5), point(2, 6)], 7)).toBe(null);
  expect(crossesAt([], 7)).toBe(null);
});

it('has the error of the points beside it', () => {
  const at = (low: number, high: number) => crossesAt([point(1, low), point(4, high)], 5)!.ours;
  const { se } = crossesAt([point(1, 3, 0.03), point(4, 9, 0.05)], 5)!;
  const byLow = (at(3.001, 9) - at(2.999, 9)) / 0.002;
  const byHigh = (at(3, 9.001) - at(3, 8.999)) / 0.002;
  expect(se).toBeCloseTo(Math.hypot(byLow * 0.03, byHigh * 0.05), 6);
});
