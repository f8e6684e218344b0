/**
 * A digest: endpoint, generation, highest version. A SYN has one for every endpoint that its sender knows, itself
 * included. Examining one against the local state says what the ACK carries about the endpoint.
 * Source: GossipDigest.java, Gossiper.examineGossiper, GossipDigestSynVerbHandler.doSort.
 */
import type { Version } from './versions.ts';

export interface Digest {
  readonly generation: number;
  readonly max: number;
}

/** Generation first, then the version; the address is not compared. */
export const compareDigests = (a: Digest, b: Digest): number =>
  a.generation - b.generation || a.max - b.max;

/** a.isSupersededBy(b). */
export const isSuperseded = (a: Digest, b: Digest): boolean => compareDigests(a, b) < 0;

/**
 * The order in which 3.11 examined them: descending by generation and by how far the local version is from it. [!] The
 * generation goes first, whatever the comment there says. Without effect, as an ACK is never cut off.
 */
export function sortedDigests<T extends Digest>(
  digests: readonly T[],
  localMax: (digest: T) => number,
): T[] {
  const apart = (digest: T) => Math.abs(localMax(digest) - digest.max);
  return [...digests].sort((a, b) => b.generation - a.generation || apart(b) - apart(a));
}

/** What the ACK says about the endpoint of a digest. */
export const NOTHING = 0;
export const REQUEST_ALL = 1; // (remote generation, 0): everything of that life
export const REQUEST_NEWER = 2; // (generation, local max version): what is above it
export const SEND_ALL = 3; // what has a version above the floor of the release
export const SEND_NEWER = 4; // what has a version above that of the digest

/** One digest against the local state. An endpoint that is not known is asked for in whole. */
export function examine(
  isKnown: boolean,
  localGeneration: number,
  localMax: number,
  remoteGeneration: number,
  remoteMax: number,
): number {
  if (!isKnown || remoteGeneration > localGeneration) return REQUEST_ALL;
  if (remoteGeneration < localGeneration) return SEND_ALL;
  if (remoteMax > localMax) return REQUEST_NEWER;
  return remoteMax < localMax ? SEND_NEWER : NOTHING;
}

/** Versions above this are sent, when examining said SEND_ALL or SEND_NEWER. */
export const floorOf = (examined: number, remoteMax: number, { floor }: Version): number =>
  examined === SEND_ALL ? floor : remoteMax;

/**
 * Whether there is a delta: something is above the floor. [!] It then carries generation and heartbeat in any case, even
 * where the heartbeat itself is not above it.
 */
export const hasDelta = (localMax: number, floor: number): boolean => localMax > floor;
