/**
 * Laws of durations, as quantile functions of one uniform draw: for sessions, absences, pauses, service times and gaps.
 * Source: Devroye, "Non-uniform random variate generation", 1986, chapter II (inversion). Deviations: none.
 */
import { assert, numberIn, positive } from '../base/errors.ts';
import {
  exponentialQuantile,
  lognormalQuantile,
  normalQuantile,
  paretoQuantile,
  weibullQuantile,
} from '../base/quantiles.ts';

/** A constant in ms, or a function of a uniform draw in (0, 1) that gives ms. */
export type Duration = number | ((u: number) => number);

/** A heavy tail ends beyond any horizon; added to a time of the run it is still one that a fault can have. */
const LONGEST_MS = 2 ** 51 / 1000;

/** One duration in ms. A constant draws as well: schedules that differ in a law keep their common random numbers. */
export function lasting(duration: Duration, u: number): number {
  const ms = typeof duration === 'number' ? duration : duration(u);
  assert(ms >= 0, `a duration of ${ms} ms`); // also false for NaN
  return Math.min(ms, LONGEST_MS);
}

/** The duration, if it is one; a constant must be above 0. */
export function checkDuration(where: string, what: string, duration: Duration): void {
  if (typeof duration !== 'function') positive(where, what, duration);
}

/** Exponential. */
export function exponentialMs(meanMs: number): (u: number) => number {
  positive('exponentialMs', 'meanMs', meanMs);
  return (u) => exponentialQuantile(u, meanMs);
}

/** Weibull: P(X > x) = exp(-(x / scaleMs)^shape). */
export function weibullMs(shape: number, scaleMs: number): (u: number) => number {
  positive('weibullMs', 'shape', shape);
  positive('weibullMs', 'scaleMs', scaleMs);
  return (u) => weibullQuantile(u, shape, scaleMs);
}

/** Pareto: P(X > x) = (minMs / x)^shape from minMs on; the mean is finite for shape > 1 only. */
export function paretoMs(shape: number, minMs: number): (u: number) => number {
  positive('paretoMs', 'shape', shape);
  positive('paretoMs', 'minMs', minMs);
  return (u) => paretoQuantile(u, shape, minMs);
}

/** Lognormal: ln(X / medianMs) is normal with mean 0 and standard deviation sigma. */
export function lognormalMs(medianMs: number, sigma: number): (u: number) => number {
  positive('lognormalMs', 'medianMs', medianMs);
  numberIn('lognormalMs', 'sigma', sigma, 0);
  return (u) => lognormalQuantile(u, Math.log(medianMs), sigma);
}

/** Normal, cut off below 0. */
export function normalMs(meanMs: number, sdMs: number): (u: number) => number {
  numberIn('normalMs', 'meanMs', meanMs, 0);
  numberIn('normalMs', 'sdMs', sdMs, 0);
  return (u) => Math.max(0, meanMs + sdMs * normalQuantile(u));
}

/** Uniform in [minMs, maxMs]. */
export function uniformMs(minMs: number, maxMs: number): (u: number) => number {
  numberIn('uniformMs', 'minMs', minMs, 0);
  numberIn('uniformMs', 'maxMs', maxMs, minMs);
  return (u) => minMs + u * (maxMs - minMs);
}
