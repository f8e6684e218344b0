/**
 * What differs between the versions of Cassandra, as data. All else (target formulas, phi, window, pauses, the check of
 * generations) is the same in all of them.
 * Source: Apache Cassandra 3.11.11, 4.0-rc2, 4.1.8, 5.0-rc1 and 5.0.1, trunk of October 2024 (5.1), package
 * org.apache.cassandra.gms. '5.0-fixed' is 5.0 with CASSANDRA-21025 (November 2025).
 */
import { shown, UserError } from '../../base/errors.ts';

/** What differs between versions. */
export interface Version {
  /** Messages carry the time of their creation (cross_node_timeout, CASSANDRA-15216); else it counts when they arrive. */
  readonly trustsCreation: boolean;
  /** Order of the digests in a SYN; it does not matter, as nothing is ever cut off. */
  readonly digestOrder: 'shuffled' | 'map';
  /** The receiver sorts the digests (removed by CASSANDRA-14174). */
  readonly sortsDigests: boolean;
  /** A peer that knows an older generation is sent what has a version above this. */
  readonly floor: 0 | -1;
  /** Heartbeat version of an endpoint that is known from disk only. */
  readonly emptyHeartbeat: 0 | -1;
  /** Longest interval that becomes a sample; null: no cap, since 2e9 ns were read as ms (CASSANDRA-21025). */
  readonly maxIntervalMs: number | null;
  /** Order in which the endpoints of a received map are merged (CASSANDRA-17676, 17908, 18292). */
  readonly applyOrder: 'map' | 'sorted';
  /** Listeners hear of STATUS before the other keys. */
  readonly statusFirst: boolean;
  /** GOSSIP_SHUTDOWN carries the state of its sender. */
  readonly shutdownPayload: boolean;
  /** A GOSSIP_SHUTDOWN from an endpoint with an empty state is ignored. */
  readonly ignoresEmptyShutdown: boolean;
  /** STATUS_WITH_PORT and its kind exist, and addresses carry a port. */
  readonly withPort: boolean;
  /** A bootstrapping endpoint is forgotten after so much silence. */
  readonly failedBootstrapMs: number;
  /** Statuses besides the dead ones in which a node stops without a GOSSIP_SHUTDOWN: BOOT, BOOT_REPLACE. */
  readonly bootIsSilent: boolean;
  /** A replaced endpoint stays in quarantine for twice the time. */
  readonly replacementQuarantine: boolean;
  /** An extra SYN to a member of the cluster metadata service, and its identifier in each SYN. */
  readonly metadataService: boolean;
  /** The shadow round asks the seeds, or all peers on disk and waits for a tenth of them. */
  readonly shadowRound: 'seeds' | 'peers';
}

const V311: Version = {
  trustsCreation: false,
  digestOrder: 'shuffled',
  sortsDigests: true,
  floor: 0,
  emptyHeartbeat: 0,
  maxIntervalMs: 2000,
  applyOrder: 'map',
  statusFirst: false,
  shutdownPayload: false,
  ignoresEmptyShutdown: false,
  withPort: false,
  failedBootstrapMs: 30_000,
  bootIsSilent: true,
  replacementQuarantine: true,
  metadataService: false,
  shadowRound: 'seeds',
};

const V40: Version = {
  ...V311,
  trustsCreation: true,
  sortsDigests: false,
  floor: -1,
  emptyHeartbeat: -1,
  withPort: true,
};

const V41: Version = {
  ...V40,
  digestOrder: 'map', // since 4.1.3, CASSANDRA-18546
  statusFirst: true,
  ignoresEmptyShutdown: true,
  failedBootstrapMs: 60_000,
};

const V50: Version = {
  ...V41,
  maxIntervalMs: null,
  applyOrder: 'sorted',
  shutdownPayload: true,
  failedBootstrapMs: 300_000,
};

const TRUNK: Version = {
  ...V50,
  failedBootstrapMs: 30_000,
  bootIsSilent: false,
  replacementQuarantine: false,
  metadataService: true,
  shadowRound: 'peers',
};

/** The presets, oldest first. */
export const VERSIONS = {
  '3.11': V311,
  '4.0': V40,
  '4.1': V41,
  '5.0': V50,
  '5.0-fixed': { ...V50, maxIntervalMs: 2000 },
  trunk: TRUNK,
} as const satisfies Readonly<Record<string, Version>>;

/** A version by name. */
export type VersionName = keyof typeof VERSIONS;

/** The preset of that name, or a UserError. */
export function versionOf(name: string): Version {
  if (Object.hasOwn(VERSIONS, name)) return VERSIONS[name as VersionName];
  throw new UserError(
    `cassandra: version must be one of ${Object.keys(VERSIONS).join(', ')}; got ${shown(name)}`,
  );
}
