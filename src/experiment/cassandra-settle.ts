/**
 * "Gossip settled": what a node that starts waits for before it opens its client ports. It sleeps 5 s, reads the number
 * of endpoints it knows, and then looks once a second until the number was the same in three looks on end: 8 s if it
 * does not change. Source: Gossiper.waitToSettle of 3.11 to 5.0.
 * [!] Whether those endpoints are up it does not ask (CASSANDRA-18543 did, in 4.1.3; taken back by 18854).
 */
import { type Micros, micros, millis } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';
import {
  SETTLE_MIN_WAIT_MS,
  SETTLE_POLL_MS,
  SETTLE_POLLS,
} from '../protocols/cassandra/constants.ts';
import { KNOWN } from '../protocols/cassandra/endpoints.ts';
import type { Ground } from '../protocols/cassandra/ground.ts';

/** Watches one node that starts, and says when it would have found gossip settled. */
export interface Settling extends Observer {
  /** When the node's last life began to gossip, its shadow round over, and when it had settled; null: it has not. */
  gossipsMs(): number | null;
  settledMs(): number | null;
}

/**
 * Watches the last life of one node. A look falls between two events: it is made up for at the first event after it,
 * before the protocol reacts, when nothing has changed since. Horizons must reach an event beyond the last look.
 */
export function settling({ endpoints }: Pick<Ground, 'endpoints'>, node: NodeId): Settling {
  const self = endpoints.pair(node, node);
  let last: Micros = 0; // the event before
  let isDown = false;
  let gossips = Number.NaN;
  let settled = Number.NaN;
  let look = Number.NaN;
  let known = 0;
  let same = 0;

  const count = () => {
    let sum = 0;
    for (let subject = 0; subject < endpoints.n; subject++) {
      if (endpoints.has(endpoints.pair(node, subject), KNOWN)) sum++;
    }
    return sum;
  };

  function before(now: Micros) {
    if (!isDown && Number.isNaN(gossips) && endpoints.has(self, KNOWN)) {
      gossips = last;
      known = Number.NaN; // the first look, after the sleep, has nothing to compare with
      look = gossips + micros(SETTLE_MIN_WAIT_MS);
    }
    while (look < now) {
      const seen = count();
      same = seen === known ? same + 1 : 0;
      known = seen;
      if (same === SETTLE_POLLS) settled = look;
      look = same === SETTLE_POLLS ? Number.NaN : look + micros(SETTLE_POLL_MS);
    }
    last = now;
  }

  return {
    onMessage: before,
    onTimer: before,
    onFault(now, who, kind) {
      before(now);
      if (who !== node || (kind !== 'restart' && kind !== 'crash')) return;
      isDown = kind === 'crash';
      same = 0;
      gossips = settled = look = Number.NaN;
    },
    gossipsMs: () => (Number.isNaN(gossips) ? null : millis(gossips)),
    settledMs: () => (Number.isNaN(settled) ? null : millis(settled)),
  };
}
