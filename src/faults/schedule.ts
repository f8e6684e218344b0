/** Schedules put together: `faults: faults(crash({ ... }), churn({ ... }))`. */
import type { Fault, FaultPlan, Streams } from '../engine/model.ts';

/** All faults of all parts, by time; simultaneous ones in the order of the parts. A part is a list or a plan. */
export const faults =
  (...parts: readonly (readonly Fault[] | FaultPlan)[]): FaultPlan =>
  (streams) =>
    inOrder(parts.flatMap((part) => (typeof part === 'function' ? part(streams) : part)));

/** The faults by time; simultaneous ones as they were. */
export const inOrder = (list: readonly Fault[]): Fault[] =>
  [...list].sort((a, b) => a.atMs - b.atMs);

/** The stream of one builder, lane = node: each call gives another one. */
export const drawsOf = (streams: Streams) => streams.stream('faults');
