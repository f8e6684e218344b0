/** The search for faults that break a scenario. */
export { KIND, textOf } from './draw-scenario.ts';
export { type Hunt, hunt, type Phase, type Prey } from './hunt.ts';
export { NAMED, type Property, propertyOf } from './property.ts';
export { FAULT_NAMES, faultNames } from './schedule.ts';
