/**
 * "Gossip settled", which a node waits for before it opens its ports to clients: 5 s after gossip has started the number
 * of known endpoints is noted, and then compared once a second until it has been the same three times in a row.
 * Source: Gossiper.waitToSettle. [!] Liveness plays no part, and endpoints saved on disk are known from the start.
 */
import { type Micros, micros, millis } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';
import {
  INTERVAL_MS,
  SETTLE_MIN_WAIT_MS,
  SETTLE_POLL_MS,
  SETTLE_POLLS,
} from '../protocols/cassandra/constants.ts';
import { type Endpoints, KNOWN } from '../protocols/cassandra/endpoints.ts';
import { ROUND } from '../protocols/cassandra/life.ts';

export interface Settled {
  /** The shadow round has ended. */
  readonly gossipMs: number;
  /** Ports open to clients. */
  readonly endMs: number;
}

/**
 * Watches one node, from its next start on. `onSettled` is called before the first event at the node at or after that
 * time: what it sees of that node is the state at that time.
 */
export function settleReader(
  endpoints: Endpoints,
  node: NodeId,
  onSettled?: (settled: Settled) => void,
): Observer & { readonly settled: () => Settled | undefined } {
  let awaited = false; // started, and its first round has not come yet
  let gossip: Micros = Number.NaN;
  let next: Micros = Infinity; // look
  let seen = -1;
  let alike = 0;
  let settled: Settled | undefined;

  function look() {
    const known = knownTo(endpoints, node);
    alike = known === seen ? alike + 1 : 0;
    seen = known;
    if (alike < SETTLE_POLLS) {
      next += micros(SETTLE_POLL_MS);
      return;
    }
    settled = { gossipMs: millis(gossip), endMs: millis(next) };
    next = Infinity;
    onSettled?.(settled);
  }
  /** All looks up to now; nothing has changed at the node since its last event. */
  function upTo(now: Micros) {
    while (next <= now) look();
  }

  return {
    settled: () => settled,
    onFault(_now, at, kind) {
      if (at !== node) return;
      awaited = kind === 'restart';
      next = Infinity;
      seen = -1;
      alike = 0;
    },
    onMessage(now, at) {
      if (at === node) upTo(now);
    },
    onTimer(now, at, tag) {
      if (at !== node) return;
      if (awaited && tag === ROUND) {
        awaited = false;
        gossip = now - micros(INTERVAL_MS);
        next = gossip + micros(SETTLE_MIN_WAIT_MS);
      }
      upTo(now);
    },
  };
}

function knownTo(endpoints: Endpoints, node: NodeId): number {
  let known = 0;
  for (let subject = 0; subject < endpoints.n; subject++) {
    if (endpoints.has(endpoints.pair(node, subject), KNOWN)) known++;
  }
  return known;
}
