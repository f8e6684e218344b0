/**
 * Swizzling, as FoundationDB tests itself: nodes go away one by one, and come back one by one in another order.
 * Source: FoundationDB documentation, "Simulation and testing" (swizzle-clogging). Deviations: the nodes pause or crash
 * rather than lose their network; the gaps are even.
 */
import { numberIn, oneOf } from '../base/errors.ts';
import type { Fault, FaultPlan } from '../engine/model.ts';
import { outage } from './flapping.ts';
import { inOrder } from './schedule.ts';
import { nodesOf, shuffle, type Which } from './which.ts';

/** Who goes away, and when the first does and the last is back. */
export interface SwizzleOptions {
  readonly nodes: Which;
  /** The first goes away. */
  readonly atMs: number;
  /** The first comes back, when all are away: `healMs` >= `atMs` + `spreadMs`. */
  readonly healMs: number;
  /** From the first to the last that goes, and from the first to the last that comes. */
  readonly spreadMs: number;
  /** Default 'pause'. */
  readonly by?: 'crash' | 'pause';
}

/** Nodes crash one by one, and restart one by one in another order. */
export function swizzle({
  nodes,
  atMs,
  healMs,
  spreadMs,
  by = 'pause',
}: SwizzleOptions): FaultPlan {
  numberIn('swizzle', 'atMs', atMs, 0);
  numberIn('swizzle', 'spreadMs', spreadMs, 0);
  numberIn('swizzle', 'healMs', healMs, atMs + spreadMs);
  oneOf('swizzle', 'by', by, ['crash', 'pause']);
  return (streams) => {
    const going = [...nodesOf('swizzle', nodes, streams)];
    shuffle(going, streams.stream('faults', 1));
    const coming = [...going];
    shuffle(coming, streams.stream('faults', 1));
    const gap = going.length > 1 ? spreadMs / (going.length - 1) : 0;
    const back = new Map(coming.map((node, i) => [node, healMs + i * gap]));
    const fate: Fault[] = going.flatMap((node, i) => {
      const away = atMs + i * gap;
      return outage(by, node, away, back.get(node)! - away);
    });
    return inOrder(fate);
  };
}
