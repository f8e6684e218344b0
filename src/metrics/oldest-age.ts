/**
 * The oldest age: of each subject, the age of the newest heartbeat that every live observer has, it or a later one. It is
 * above T at time t where what the subject counted after t - T is not everywhere by t. So at times that do not depend on
 * what happened its law is that of the time that a heartbeat takes to be everywhere, without following any of them.
 * The age counts from when the subject counted that heartbeat, not from its arrival. Nodes that fall do not come back.
 * Memory: 8 bytes per heartbeat counted.
 */
import { wholeNumber } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';

/** An observer that is asked during the run. */
export interface OldestAge extends Observer {
  /** [subject] us; NaN: it is down, or nobody else is up. Valid until the next call. */
  at(now: Micros): Float64Array;
}

/** @param heartbeatOf the newest heartbeat of the subject that the observer knows; 0 before the first. */
export function oldestAge(
  n: number,
  heartbeatOf: (observer: NodeId, subject: NodeId) => number,
): OldestAge {
  wholeNumber('oldest age', 'n', n, 1);
  const up = new Uint8Array(n).fill(1); // [node]
  const counted: Micros[][] = Array.from({ length: n }, () => [0]); // [subject][heartbeat] when
  const ages = new Float64Array(n);

  function leastKnown(subject: NodeId): number {
    let least = Infinity;
    for (let observer = 0; observer < n; observer++) {
      if (up[observer] === 0 || observer === subject) continue;
      const heartbeat = heartbeatOf(observer, subject);
      if (heartbeat < least) least = heartbeat;
    }
    return least;
  }

  return {
    onRound: (now, node) => counted[node].push(now),
    onFault(_now, node, kind) {
      if (kind === 'crash' || kind === 'absent') up[node] = 0;
    },
    at(now) {
      for (let subject = 0; subject < n; subject++) {
        const least = up[subject] === 1 ? leastKnown(subject) : Infinity;
        ages[subject] = least === Infinity ? NaN : now - counted[subject][least];
      }
      return ages;
    },
  };
}
