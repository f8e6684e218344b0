/**
 * The status check, which ends each round, on the timer and not on the gossip stage: is the stage too far behind to
 * judge anybody; who is convicted; who is forgotten; and when is a quarantine over. All limits are exceeded strictly.
 * Source: Gossiper.doStatusCheck.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { isBootstrapping, isDead } from './application-state.ts';
import {
  FAT_CLIENT_MS,
  INTERVAL_MS,
  QUARANTINE_MS,
  STAGE_BEHIND_MS,
  VERY_LONG_TIME_MS,
} from './constants.ts';
import { ALIVE, type Endpoints, KNOWN, QUARANTINED, RING } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Liveness } from './liveness.ts';
import { CONVICT, EVICT, NONE, REMOVE, type TaskKind } from './stage.ts';
import type { Version } from './versions.ts';

export interface Checked {
  readonly endpoints: Endpoints;
  readonly detector: FailureDetector;
  readonly version: Version;
  /** Has the gossip stage carry out a verdict, and waits for it; false: the check must wait, too. */
  readonly submit: (node: NodeId, verdict: TaskKind, subject: NodeId) => boolean;
}

/**
 * After so many messages with reports a row is looked at again, at the latest. While windows are young few reports could
 * bring a mean down: then it is sooner, unless the row can be left alone for several rounds.
 */
const MOST_REPORTS = 32;
const FEW_REPORTS = 6;
const WORTH_A_WAIT = micros(4 * INTERVAL_MS);

/** The check of a node is through. */
export const CHECKED = -1;

/**
 * All that the node knows, one by one, and then its quarantines. An endpoint takes two steps: is it convicted, and is it
 * forgotten. [!] Also who is dead already is convicted again, at each check: it changes nothing, but has to wait.
 * @param from the step to begin with: 0, or what the call before returned.
 * @returns CHECKED, or where to go on once the stage has carried out the verdict.
 */
export function checkStatus(node: NodeId, parts: Checked, now: Micros, from = 0): number {
  const { endpoints, detector } = parts;
  if (from === 0 && (now <= endpoints.quietUntil[node] || isCalm(node, parts, now))) {
    detector.isPaused(node, now); // asked for the first with a window, and once is enough
  } else {
    const next = checkEach(node, parts, now, from);
    if (next !== CHECKED) return next;
  }
  for (const [subject, since] of endpoints.quarantine[node]) {
    if (quarantineIsOver(since, now)) endpoints.endQuarantine(node, subject);
  }
  return CHECKED;
}

/**
 * Whether a look at each would find nothing, and somebody has a window. It then knows until when it is so, unless something
 * happens meanwhile: reports move convictions further away, or are too few to matter (`safeUntil`), and whatever else
 * matters here is a disturbance (endpoints.ts).
 */
function isCalm(node: NodeId, { endpoints, detector }: Checked, now: Micros): boolean {
  if (hasStrangers(node, endpoints) || !hasWindow(node, endpoints, detector)) return false;
  const late = detector.safeUntil(node, MOST_REPORTS);
  const isLong = late - now > WORTH_A_WAIT;
  const until = isLong ? late : detector.safeUntil(node, FEW_REPORTS);
  if (until < now) return false;
  endpoints.quietUntil[node] = until;
  endpoints.quietFor[node] = isLong ? MOST_REPORTS : FEW_REPORTS;
  return true;
}

/** Endpoints outside the ring. */
function hasStrangers(node: NodeId, { n, flags }: Endpoints): boolean {
  const self = node * (n + 1);
  for (let pair = node * n; pair < (node + 1) * n; pair++) {
    if ((flags[pair] & (KNOWN | RING)) === KNOWN && pair !== self) return true;
  }
  return false;
}

function hasWindow(node: NodeId, endpoints: Endpoints, { windows }: FailureDetector): boolean {
  for (let subject = 0; subject < endpoints.n; subject++) {
    const pair = endpoints.pair(node, subject);
    if (subject !== node && endpoints.has(pair, KNOWN) && windows.has(pair)) return true;
  }
  return false;
}

function checkEach(node: NodeId, parts: Checked, now: Micros, from: number): number {
  const { endpoints, detector, submit } = parts;
  const { n, flags } = endpoints;
  const { windows } = detector;
  let isPaused: boolean | undefined; // undefined: nobody with a window was met yet
  windows.carry(node);
  endpoints.disturb(node);
  for (let subject = from >> 1; subject < n; subject++) {
    const pair = node * n + subject;
    if (subject === node || (flags[pair] & KNOWN) === 0) continue;
    if (2 * subject >= from && windows.has(pair)) {
      isPaused ??= detector.isPaused(node, now);
      const convicts =
        !isPaused && detector.mayConvict(pair, now) && detector.convicts(detector.phi(pair, now));
      if (convicts && !submit(node, CONVICT, subject)) return 2 * subject + 1;
    }
    if ((flags[pair] & (KNOWN | RING)) !== KNOWN) continue;
    const verdict = verdictOnStranger(node, subject, parts, now);
    if (verdict !== NONE && !submit(node, verdict, subject)) return 2 * subject + 2;
  }
  return CHECKED;
}

/** Of those outside the ring: silent clients are removed, and who has left is forgotten in the end. */
function verdictOnStranger(node: NodeId, subject: NodeId, parts: Checked, now: Micros): TaskKind {
  const { endpoints, version } = parts;
  const pair = endpoints.pair(node, subject);
  const status = endpoints.status(pair);
  const silent = now - lastUpdate(pair, parts) > fatClientTimeout(status, version);
  if (silent && isGossipOnly(false, status) && !endpoints.has(pair, QUARANTINED)) return REMOVE;
  const expiry = endpoints.expiry[node].get(subject);
  return isExpired(endpoints.has(pair, ALIVE), false, now, expiry) ? EVICT : NONE;
}

/** A report is an update, and all that is told of it is the time of the report. */
export const lastUpdate = (
  pair: number,
  { endpoints, detector }: Pick<Checked, 'endpoints' | 'detector'>,
): Micros => Math.max(endpoints.updated[pair], detector.windows.lastOr(pair, -Infinity));

/** What the gossip stage then does. */
export function carryOut(
  node: NodeId,
  verdict: TaskKind,
  subject: NodeId,
  liveness: Liveness,
): void {
  if (verdict === CONVICT) liveness.convict(node, subject);
  if (verdict === REMOVE) liveness.removeEndpoint(node, subject);
  if (verdict === REMOVE || verdict === EVICT) liveness.evict(node, subject);
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
