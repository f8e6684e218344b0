/** Where a measured curve first rises above a level. */
import type { Estimate } from './claims.ts';

/** A measured point of a curve, with its standard error. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly se: number;
}

/**
 * Linear between points on logarithms of both; null where the curve begins above the level or never reaches it. The
 * standard error is that of the two points beside it, by the delta method: what lies between points is another matter.
 * @param points by ascending x; x and y above 0.
 */
export function crossesAt(points: readonly CurvePoint[], level: number): Estimate | null {
  const i = points.findIndex(({ y }) => y > level);
  if (i < 1) return null;
  const [low, high] = [points[i - 1], points[i]];
  const rise = Math.log(high.y / low.y);
  const share = Math.log(level / low.y) / rise;
  const step = Math.log(high.x / low.x);
  const ours = low.x * Math.exp(share * step);
  const off = Math.hypot((1 - share) * (low.se / low.y), share * (high.se / high.y));
  return { ours, se: (ours * step * off) / rise };
}
