/**
 * Whom a round's SYN goes to: one live endpoint, perhaps an unreachable one, perhaps a seed, in trunk perhaps a member
 * of the cluster metadata service (CMS). Live, unreachable and seeds never contain the node itself.
 * Source: Gossiper.doGossipToLiveMember, maybeGossipToUnreachableMember, maybeGossipToSeed, maybeGossipToCMS; the same
 * formulas from 3.11 to trunk. So at full health a round sends 1 + (1 - S/L) S/L messages.
 */

/**
 * The draw must be below this. [!] Unreachable endpoints in a dead state count here, but are not eligible: nothing is
 * sent if there is no other.
 */
export const unreachableProbability = (live: number, unreachable: number): number =>
  Math.min(1, unreachable / (live + 1));

/** The draw must not be above this. The unreachable target does not count as a seed that was reached. */
export function seedProbability(
  live: number,
  unreachable: number,
  seeds: number,
  liveTargetWasSeed: boolean,
): number {
  if (seeds === 0 || (liveTargetWasSeed && live >= seeds)) return 0;
  return live === 0 ? 1 : Math.min(1, seeds / (live + unreachable));
}

/** Trunk. The draw must not be above this; a division by zero makes it certain. */
export function metadataProbability(
  live: number,
  unreachable: number,
  members: number,
  isMemberOrHasReachedOne: boolean,
): number {
  if (members === 0 || isMemberOrHasReachedOne) return 0;
  return Math.min(1, members / (live + unreachable));
}
