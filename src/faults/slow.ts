/** Slow nodes: an overloaded machine, or a stage that handles one message after the other. */
import { numberIn } from '../base/errors.ts';
import type { Fault, FaultPlan, Slowness } from '../engine/model.ts';
import { nodesOf, type Which } from './which.ts';

/** Who is slow, how long a message takes there, and from when to when. */
export interface SlowOptions extends Pick<Slowness, 'serviceMs' | 'timers'> {
  /** Default: all. */
  readonly nodes?: Which;
  /** Default 0. */
  readonly fromMs?: number;
  /** Absent: to the end. */
  readonly untilMs?: number;
}

/** Nodes serve their messages one at a time, from `fromMs` to `untilMs`. */
export function slow(options: SlowOptions): FaultPlan {
  const { nodes = 'all', serviceMs, timers = 'apart', fromMs = 0, untilMs } = options;
  numberIn('slow', 'fromMs', fromMs, 0);
  if (untilMs !== undefined) numberIn('slow', 'untilMs', untilMs, fromMs);
  return (streams) => {
    const which = nodesOf('slow', nodes, streams);
    const slowed = which.map(
      (node): Fault => ({ atMs: fromMs, node, kind: 'slow', serviceMs, timers }),
    );
    if (untilMs === undefined) return slowed;
    return [
      ...slowed,
      ...which.map((node): Fault => ({ atMs: untilMs, node, kind: 'slow', serviceMs: 0 })),
    ];
  };
}
