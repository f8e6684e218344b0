/** Laws of skew, drift and error of clocks, as quantile functions of one uniform draw; they may be negative. */
import { numberIn } from '../base/errors.ts';
import { normalQuantile } from '../base/quantiles.ts';

/** A constant, or a function of a uniform draw in (0, 1). */
export type ClockLaw = number | ((u: number) => number);

export const value = (law: ClockLaw, u: number): number => (typeof law === 'number' ? law : law(u));

export function checkClockLaw(where: string, what: string, law: ClockLaw): void {
  if (typeof law !== 'function') numberIn(where, what, law, -Number.MAX_VALUE);
}

/** Normal with mean 0. */
export function normalSkew(sdMs: number): (u: number) => number {
  numberIn('normalSkew', 'sdMs', sdMs, 0);
  return (u) => sdMs * normalQuantile(u);
}

/** Uniform in [-mostPpm, mostPpm]; a quartz without compensation is within 50 to 100. */
export function uniformDrift(mostPpm: number): (u: number) => number {
  numberIn('uniformDrift', 'mostPpm', mostPpm, 0);
  return (u) => mostPpm * (2 * u - 1);
}
