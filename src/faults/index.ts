/** All schedules of faults, in one place. */
export * from './churn.ts';
export * from './churn-trace.ts';
export { type ClockLaw, normalSkew, uniformDrift } from './clock-laws.ts';
export * from './clocks.ts';
export * from './crash.ts';
export {
  type Duration,
  exponentialMs,
  lognormalMs,
  normalMs,
  paretoMs,
  uniformMs,
  weibullMs,
} from './durations.ts';
export { type FlappingOptions, flapping } from './flapping.ts';
export * from './joins.ts';
export type { Occasions, TimeWindow } from './occasions.ts';
export * from './pauses.ts';
export { faults } from './schedule.ts';
export * from './slow.ts';
export * from './swizzle.ts';
export { inZone, type Which, type ZoneOf } from './which.ts';
export * from './zone-failures.ts';
