/**
 * The status check, which ends each round, on the timer and not on the gossip stage: is the stage too far behind to
 * judge anybody; who is convicted; who is forgotten; and when is a quarantine over. All limits are exceeded strictly.
 * Source: Gossiper.doStatusCheck.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { isBootstrapping, isDead } from './application-state.ts';
import { FAT_CLIENT_MS, QUARANTINE_MS, STAGE_BEHIND_MS, VERY_LONG_TIME_MS } from './constants.ts';
import { ALIVE, type Endpoints, KNOWN, QUARANTINED, RING } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Liveness } from './liveness.ts';
import type { Version } from './versions.ts';

export interface Checked {
  readonly endpoints: Endpoints;
  readonly detector: FailureDetector;
  readonly liveness: Liveness;
  readonly version: Version;
}

/** All that the node knows, one by one, and then its quarantines. */
export function checkStatus(node: NodeId, parts: Checked, now: Micros): void {
  const { endpoints, detector, liveness } = parts;
  const { n, flags } = endpoints;
  const { windows } = detector;
  let isPaused: boolean | undefined; // undefined: nobody with a window was met yet
  for (let subject = 0, pair = node * n; subject < n; subject++, pair++) {
    if (subject === node || (flags[pair] & KNOWN) === 0) continue;
    if (windows.has(pair)) {
      isPaused ??= detector.isPaused(node, now);
      if (!isPaused && detector.convicts(detector.phi(pair, now))) liveness.convict(node, subject);
    }
    if ((flags[pair] & RING) === 0) forgetStranger(node, subject, parts, now);
  }
  for (const [subject, since] of endpoints.quarantine[node]) {
    if (quarantineIsOver(since, now)) endpoints.endQuarantine(node, subject);
  }
}

/** Of those outside the ring: silent clients are removed, and who has left is forgotten in the end. */
function forgetStranger(node: NodeId, subject: NodeId, parts: Checked, now: Micros): void {
  const { endpoints, liveness, version } = parts;
  const pair = endpoints.pair(node, subject);
  const status = endpoints.status(pair);
  const silent = now - endpoints.updated[pair] > fatClientTimeout(status, version);
  if (silent && isGossipOnly(false, status) && !endpoints.has(pair, QUARANTINED)) {
    liveness.removeEndpoint(node, subject);
    liveness.evict(node, subject);
    return;
  }
  const expiry = endpoints.expiry[node].get(subject);
  if (isExpired(endpoints.has(pair, ALIVE), false, now, expiry)) liveness.evict(node, subject);
}

/**
 * Something waits for the stage, and what it has processed last was created more than 1 s ago. The check then waits for
 * 100 ms, and is skipped if it is still so.
 */
export const stageIsBehind = (
  pending: number,
  lastProcessedCreated: Micros,
  now: Micros,
): boolean => pending > 0 && lastProcessedCreated < now - micros(STAGE_BEHIND_MS);

/** Not in the ring, and not in a dead state: a client, or a node that has not finished its bootstrap. */
export const isGossipOnly = (inRing: boolean, status: string): boolean =>
  !inRing && !isDead(status);

/** After how much silence such a one is forgotten. */
export const fatClientTimeout = (status: string, { failedBootstrapMs }: Version): Micros =>
  micros(isBootstrapping(status) ? failedBootstrapMs : FAT_CLIENT_MS);

/** Whether an endpoint that is not alive has been remembered for long enough; who is in the ring, always. */
export const isExpired = (
  isAlive: boolean,
  inRing: boolean,
  now: Micros,
  expiry: Micros | undefined,
): boolean => !isAlive && !inRing && now > (expiry ?? now + micros(VERY_LONG_TIME_MS));

export const quarantineIsOver = (since: Micros, now: Micros): boolean =>
  now - since > micros(QUARANTINE_MS);

/** A replaced endpoint is put in quarantine as if that began when the usual one ends (until 5.0). */
export const quarantineBegins = (
  now: Micros,
  isReplaced: boolean,
  { replacementQuarantine }: Version,
): Micros => (isReplaced && replacementQuarantine ? now + micros(QUARANTINE_MS) : now);
