/** Crashes, restarts and late joins at given times. */
import { numberIn } from '../base/errors.ts';
import type { Fault, FaultPlan } from '../engine/model.ts';
import { nodesOf, type Which } from './which.ts';

/** Who crashes when, and for how long. */
export interface CrashOptions {
  readonly nodes: Which;
  readonly atMs: number;
  /** Absent: they stay down. */
  readonly restartMs?: number;
}

/** The nodes crash together, and restart together. */
export function crash({ nodes, atMs, restartMs }: CrashOptions): FaultPlan {
  numberIn('crash', 'atMs', atMs, 0);
  if (restartMs !== undefined) numberIn('crash', 'restartMs', restartMs, atMs);
  return (streams) => {
    const which = nodesOf('crash', nodes, streams);
    const crashes = which.map((node): Fault => ({ atMs, node, kind: 'crash' }));
    if (restartMs === undefined) return crashes;
    return [
      ...crashes,
      ...which.map((node): Fault => ({ atMs: restartMs, node, kind: 'restart' })),
    ];
  };
}

/** The nodes restart, if they are down. */
export function restart({ nodes, atMs }: { nodes: Which; atMs: number }): FaultPlan {
  numberIn('restart', 'atMs', atMs, 0);
  return (streams) =>
    nodesOf('restart', nodes, streams).map((node) => ({ atMs, node, kind: 'restart' }));
}

/** The nodes are not there at the start; they join at `joinMs`, or never. */
export function absent({ nodes, joinMs }: { nodes: Which; joinMs?: number }): FaultPlan {
  if (joinMs !== undefined) numberIn('absent', 'joinMs', joinMs, 0);
  return (streams) => {
    const which = nodesOf('absent', nodes, streams);
    const missing = which.map((node): Fault => ({ atMs: 0, node, kind: 'absent' }));
    if (joinMs === undefined) return missing;
    return [...missing, ...which.map((node): Fault => ({ atMs: joinMs, node, kind: 'restart' }))];
  };
}
