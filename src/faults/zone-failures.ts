/** Correlated failures: a rack loses its power, a datacentre its uplink; all nodes of a zone go and come together. */
import { oneOf, wholeNumber } from '../base/errors.ts';
import type { FaultPlan } from '../engine/model.ts';
import { checkDuration, type Duration, lasting } from './durations.ts';
import { outage } from './flapping.ts';
import { checkOccasions, type Occasions, timesOf } from './occasions.ts';
import { inOrder } from './schedule.ts';
import type { ZoneOf } from './which.ts';

/** Which zones fail when, and for how long. */
export type ZoneFailuresOptions = Occasions & {
  /** A whole number from 0 on for each node: `rackOf({ datacentres: 2, racks: 4 })`. */
  readonly zoneOf: ZoneOf;
  /** The zones that fail; default: all that have a node. */
  readonly zones?: readonly number[];
  /** How long a zone is away. A failure that would begin meanwhile is passed over. */
  readonly lasts: Duration;
  /** Default 'crash'. */
  readonly by?: 'crash' | 'pause';
};

/** Each zone fails on occasions of its own. */
export function zoneFailures(options: ZoneFailuresOptions): FaultPlan {
  const { zoneOf, zones, lasts, by = 'crash' } = options;
  checkOccasions('zoneFailures', options);
  checkDuration('zoneFailures', 'lasts', lasts);
  oneOf('zoneFailures', 'by', by, ['crash', 'pause']);
  return (streams) => {
    const members = membersOf(zoneOf, streams.n);
    const failing = (zones ?? [...members.keys()]).toSorted((a, b) => a - b);
    const lanes = failing.reduce((most, zone) => Math.max(most, zone + 1), 1);
    const starts = streams.stream('faults', lanes);
    const lengths = streams.stream('faults', lanes);
    const outages = failing.flatMap((zone) => {
      let backMs = 0;
      return timesOf(options, starts, zone).flatMap((atMs) => {
        const lastsMs = lasting(lasts, lengths.draw(zone));
        if (atMs < backMs) return [];
        backMs = atMs + lastsMs;
        return (members.get(zone) ?? []).flatMap((node) => outage(by, node, atMs, lastsMs));
      });
    });
    return inOrder(outages);
  };
}

/** zone -> its nodes, ascending. */
function membersOf(zoneOf: ZoneOf, n: number): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let node = 0; node < n; node++) {
    const zone = wholeNumber('zoneFailures', `the zone of node ${node}`, zoneOf(node, n), 0);
    const others = members.get(zone);
    if (others === undefined) members.set(zone, [node]);
    else others.push(node);
  }
  return members;
}
