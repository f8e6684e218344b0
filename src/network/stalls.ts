/**
 * Nodes whose input and output stalls while their timers go on: a saturated network card, a blocked socket, the anomalies of
 * Dadgar, Phillips, Currey, "Lifeguard: local health awareness for more accurate failure detection", DSN-W 2018. What a
 * stalled node sends leaves when the stall ends, and what arrives at it waits until then.
 * Deviations: the wait is unlimited and keeps the order of sending. A node that crashes in a stall has still sent.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import { type Link, LOST, type NodeId } from '../engine/model.ts';
import { wrap } from './wrap.ts';

/** When the input and output of a node is open again: `now` if it is open. */
export type OpenAt = (node: NodeId, now: Micros) => Micros;

/** Who stalls, for how long and how long between, in ms. */
export interface Stall {
  readonly nodes: readonly NodeId[];
  /** The first begins here, and lasts for `blockedMs`; the next begins after `openMs`. */
  readonly startMs: number;
  readonly blockedMs: number;
  readonly openMs: number;
  /** None begins from here on. */
  readonly endMs: number;
}

/** Nodes that stall again and again, in step. */
export function stalls({ nodes, startMs, blockedMs, openMs, endMs }: Stall): OpenAt {
  for (const node of nodes) wholeNumber('stalls', 'nodes', node, 0);
  const start = micros(numberIn('stalls', 'startMs', startMs, 0));
  const blocked = micros(numberIn('stalls', 'blockedMs', blockedMs, 0));
  const period = blocked + micros(numberIn('stalls', 'openMs', openMs, 0.001));
  const end = micros(numberIn('stalls', 'endMs', endMs, startMs));
  const stalled = new Set(nodes);
  return (node, now) => {
    if (now < start || !stalled.has(node)) return now;
    const begin = start + Math.floor((now - start) / period) * period;
    return begin < end ? Math.max(now, begin + blocked) : now;
  };
}

/** A link between nodes that stall. */
export const stalled =
  (openAt: OpenAt, link: Link): Link =>
  (streams) => {
    const inner = link(streams);
    return wrap(inner, (from, to, now, bytes, channel) => {
      const departs = openAt(from, now);
      const delay = inner.delay(from, to, departs, bytes, channel);
      return delay === LOST ? LOST : openAt(to, departs + delay) - now;
    });
  };
