/**
 * What news about an endpoint is worth, endpoint by endpoint: to the failure detector, and then to the local state.
 * Source: Gossiper.notifyFailureDetector and applyStateLocally.
 * [!] Versions are compared by the highest of a whole delta: one with a newer key but a lower highest version is
 * dropped. [!] The detector goes by the heartbeat alone, and it must exceed the highest local version of all.
 */
import { isAbsurd } from './generation.ts';

/** To the detector; for endpoints that are known already. */
export const NO_REPORT = 0;
export const REPORT = 1;
export const REPORT_NEW_LIFE = 2; // if it is not alive, its arrival window is forgotten first

export function reportOf(
  localGeneration: number,
  localMax: number,
  remoteGeneration: number,
  remoteHeartbeat: number,
): number {
  if (remoteGeneration > localGeneration) return REPORT_NEW_LIFE;
  return remoteGeneration === localGeneration && remoteHeartbeat > localMax ? REPORT : NO_REPORT;
}

/** To the state of an endpoint that is known already. One that is not is always a new life: no generation is absurd. */
export const ABSURD = 0; // ignored, no echo
export const OLDER_LIFE = 1; // ignored, no echo
export const NEW_LIFE = 2; // major state change: replaces the whole state
export const NEWER = 3; // same life: merged key by key
export const STALE = 4; // same life, nothing new; [!] whoever is not alive is still sent an echo

/** [!] Absurdity is asked first: who got in with an absurd generation, unknown, is never updated in that life. */
export function worthOf(
  localClockSec: number,
  localGeneration: number,
  localMax: number,
  remoteGeneration: number,
  remoteMax: number,
): number {
  if (isAbsurd(remoteGeneration, localClockSec)) return ABSURD;
  if (remoteGeneration > localGeneration) return NEW_LIFE;
  if (remoteGeneration < localGeneration) return OLDER_LIFE;
  return remoteMax > localMax ? NEWER : STALE;
}
