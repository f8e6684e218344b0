/**
 * What failure detection costs and how long it takes, of protocols side by side: heartbeat gossip, SWIM, memberlist. In
 * bytes that a member sends per second at rest, headers included, and in seconds from a crash. Derived here from the
 * messages and rules of each; timers are all `scale` times the usual ones, and latency is neglected.
 */
import { PRESETS } from '../protocols/memberlist/presets.ts';
import { pushPullAfter, shortestSuspicion } from '../protocols/memberlist/scaling.ts';
import { periodsToFail } from './gossip-failure-theory.ts';
import { detectionExcess } from './gossip-spread-theory.ts';
import { meanNotice } from './swim-theory.ts';

/** A protocol that tells who is down. */
export type Rival = 'heartbeat' | 'cassandra' | 'swim' | 'memberlist';

/** One period, usually: a gossip, a probe. */
export const RIVAL_PERIOD_S = 1;
/** P_mistake for which the T_fail of heartbeat gossip is chosen. */
export const PROMISED = 1e-6;
/** Headers of IPv4 and UDP, bytes. */
export const UDP_BYTES = 28;
const ENTRY_BYTES = 12; // of a heartbeat
const SWIM_BYTES = 15; // of a ping or ack without updates
const LAMBDA = 3; // of SWIM: a suspicion lasts for lambda ceil(ln(n + 1)) periods
/** memberlist: a ping, an ack; a table: its head and an entry. */
const [PING_BYTES, ACK_BYTES, TABLE_BYTES, TABLE_ENTRY_BYTES] = [65, 18, 34, 74];

/** A list of all to one other; a ping and an ack; the same, and now and then two tables behind a handshake. */
export function bytesAtRest(rival: Exclude<Rival, 'cassandra'>, n: number): number {
  if (rival === 'heartbeat') return (ENTRY_BYTES * n + UDP_BYTES) / RIVAL_PERIOD_S;
  if (rival === 'swim') return (2 * (SWIM_BYTES + UDP_BYTES)) / RIVAL_PERIOD_S;
  const { pushPullIntervalMs } = PRESETS.lan;
  const exchange = 4 * UDP_BYTES + 2 * (TABLE_BYTES + TABLE_ENTRY_BYTES * n);
  const probe = PING_BYTES + ACK_BYTES + 2 * UDP_BYTES;
  return probe / RIVAL_PERIOD_S + exchange / (pushPullAfter(pushPullIntervalMs, n) / 1000);
}

/** T_fail in periods. */
export const heartbeatFailPeriods = (n: number): number => periodsToFail({ n }, PROMISED);

/** For how many periods SWIM suspects in a group of n, by default. */
export const swimSuspicionPeriods = (n: number): number => LAMBDA * Math.ceil(Math.log(n + 1));

/** Above it the order of targets hardly matters: by 1 / 2n periods. */
const IN_TURN = 128;

/** Until the first ping that meets a dead member; on clocks of their own, in turn. */
export const noticePeriods = (n: number): number =>
  meanNotice({ n, targets: n > IN_TURN ? 'random' : 'round-robin', clocks: 'random phases' });

/**
 * Heartbeats: of the mean observer, T_fail after the last news and then at its next round, half a period later. SWIM and
 * memberlist: of the first member to say so, who pinged in vain for a period and then suspected for as long as it must:
 * in memberlist the shortest time, since enough others accuse the dead one meanwhile.
 */
export function detectionSeconds(rival: Exclude<Rival, 'cassandra'>, n: number): number {
  if (rival === 'heartbeat')
    return (
      (heartbeatFailPeriods(n) + detectionExcess({ n }, 'periodic').mean + 1 / 2) * RIVAL_PERIOD_S
    );
  if (rival === 'swim') return (noticePeriods(n) + 1 + swimSuspicionPeriods(n)) * RIVAL_PERIOD_S;
  const { suspicionMult, probeIntervalMs } = PRESETS.lan;
  const suspicion = shortestSuspicion(suspicionMult, n, probeIntervalMs) / 1000;
  return (noticePeriods(n) + 1) * RIVAL_PERIOD_S + suspicion;
}
