/**
 * Saying goodbye: GOSSIP_SHUTDOWN to each live endpoint, then 2 s later the end. At the receiver: liveness.ts,
 * markAsShutdown. Source: Gossiper.stop, GossipShutdown (5.0), GossipShutdownVerbHandler.
 */
import { isSilentShutdown } from './application-state.ts';
import type { Version } from './versions.ts';

/** A node that never joined, or that is leaving or bootstrapping, tells nobody. */
export const announcesShutdown = (status: string, hasJoined: boolean, version: Version): boolean =>
  hasJoined && !isSilentShutdown(status, version);

/** The sender's state is on board if both can read it. */
export const carriesState = (from: Version, to: Version): boolean =>
  from.shutdownPayload && to.shutdownPayload;
