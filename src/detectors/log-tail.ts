/**
 * phi = -log10 P(Z > z) for standard normal Z, finite and increasing for every z: beyond z = 30 by the asymptotic
 * series of Mills' ratio, where the tail itself soon leaves the range of floating point (phi = 308 at z = 37.5).
 * Source of the series: Abramowitz and Stegun 1964, 26.2.12; at z >= 30 eight terms leave 1e-17.
 */
import { normalTail } from '../base/special.ts';

const FAR = 30;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** -ln P(Z > z). */
function logTail(z: number): number {
  if (z < 0) return -Math.log1p(-normalTail(-z));
  if (z <= FAR) return -Math.log(normalTail(z));
  const w = 1 / (z * z);
  let series = 1;
  for (let k = 15; k > 0; k -= 2) series = 1 - k * w * series; // 1 - w + 3 w^2 - 15 w^3 + ...
  return (z * z) / 2 + Math.log(z) + HALF_LOG_TWO_PI - Math.log(series);
}

/** -log10 P(Z > z). */
export const phiOfNormal = (z: number): number => logTail(z) / Math.LN10;

/** The z at which phi is reached, for phi > 0: bisection, 1e-15 of its size. */
export function normalOfPhi(phi: number): number {
  let below = -40;
  let above = Math.sqrt(2 * Math.LN10 * phi) + 1; // P(Z > z) <= exp(-z^2 / 2) for z >= 0
  for (let i = 0; i < 100; i++) {
    const middle = (below + above) / 2;
    if (phiOfNormal(middle) < phi) below = middle;
    else above = middle;
  }
  return above;
}
