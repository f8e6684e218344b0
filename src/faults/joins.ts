/**
 * Churn of an open population: nodes that have never been there join as a Poisson process, stay for a session and leave
 * for ever. In the long run perHour * E(session) of them are present, Poisson distributed (Little 1961; the M/G/infinity
 * queue). Deviations: the identities come from a pool, in order, and it must suffice.
 */
import { positive, UserError } from '../base/errors.ts';
import type { Fault, FaultPlan } from '../engine/model.ts';
import { checkDuration, type Duration, lasting } from './durations.ts';
import { checkOccasions, type TimeWindow, timesOf } from './occasions.ts';
import { drawsOf, inOrder } from './schedule.ts';
import { nodesOf, type Which } from './which.ts';

/** Who may join, how many do so per hour, and for how long they stay. */
export interface JoinsOptions extends TimeWindow {
  /** Absent from the start; each joins once at most. */
  readonly pool: Which;
  readonly perHour: number;
  /** How long a node stays; default: for ever. */
  readonly session?: Duration;
}

/** Nodes of the pool join one after another, and leave for ever. */
export function joins(options: JoinsOptions): FaultPlan {
  const { pool, perHour, session = Infinity } = options;
  positive('joins', 'perHour', perHour);
  checkOccasions('joins', options);
  if (session !== Infinity) checkDuration('joins', 'session', session);
  return (streams) => {
    const nodes = nodesOf('joins', pool, streams);
    const times = timesOf(options, drawsOf(streams), 0);
    const sessions = drawsOf(streams);
    if (times.length > nodes.length) {
      throw new UserError(
        `joins: the pool must hold a node for each join; got ${nodes.length} nodes for ${times.length} joins: enlarge the pool or lower perHour`,
      );
    }
    const fates = nodes.map((node): Fault => ({ atMs: 0, node, kind: 'absent' }));
    times.forEach((atMs, i) => {
      const node = nodes[i];
      fates.push({ atMs, node, kind: 'restart' });
      if (session === Infinity) return;
      fates.push({ atMs: atMs + lasting(session, sessions.draw(node)), node, kind: 'crash' });
    });
    return inOrder(fates);
  };
}
