/** Observers that make numbers of what happened: created for one run, asked after it. */
export { type Coverage, type CoverageOptions, coverage } from './coverage.ts';
export { type Hops, hops } from './hops.ts';
export {
  type Quantity,
  type Tally,
  type TrafficMeter,
  type TrafficOptions,
  traffic,
} from './traffic.ts';
