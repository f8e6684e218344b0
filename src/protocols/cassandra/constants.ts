/**
 * The times and limits of Cassandra's gossip, the same in all versions.
 * Source: Gossiper.java, FailureDetector.java, StorageService.java and conf/cassandra.yaml of 3.11 to trunk.
 */

/** Between two rounds: a fixed delay, from the end of one to the beginning of the next. */
export const INTERVAL_MS = 1000;

/** StorageService.RING_DELAY. */
export const RING_DELAY_MS = 30_000;
/** For so long after its removal nothing is believed about an endpoint: 2 x RING_DELAY. */
export const QUARANTINE_MS = 2 * RING_DELAY_MS;
/** An endpoint that has no part in the ring is forgotten after so much silence: QUARANTINE / 2. */
export const FAT_CLIENT_MS = QUARANTINE_MS / 2;
/** An endpoint that has left is remembered for three days ("a very long time"), so that nobody resurrects it. */
export const VERY_LONG_TIME_MS = 259_200_000;

/** A generation further ahead of the local clock is absurd: 365 days. */
export const MAX_GENERATION_DIFFERENCE_SEC = 31_536_000;
/** No news of that generation can be newer: the heartbeat version of who has shut down. */
export const HIGHEST_VERSION = 2 ** 31 - 1;

/** Samples of an arrival window. */
export const WINDOW_SAMPLES = 1000;
/** The first report puts this guess into the window: twice the interval. */
export const INITIAL_INTERVAL_MS = 2 * INTERVAL_MS;
/** phi_convict_threshold, and what cassandra.yaml accepts. */
export const PHI_CONVICT_THRESHOLD = 8;
export const PHI_CONVICT_RANGE = [5, 16] as const;
/** Status checks further apart: the process has been paused, and convicts nobody for as long. */
export const MAX_LOCAL_PAUSE_MS = 5000;

/** The stage is behind if what it has processed last was made so long ago, and something waits. */
export const STAGE_BEHIND_MS = 1000;
/** It is then given so long to catch up. */
export const STAGE_GRACE_MS = 100;

/** rpc_timeout: an answer to an echo that comes later does not count. */
export const ECHO_TIMEOUT_MS = 10_000;
/** Older SYN, ACK and ACK2 are dropped unread. */
export const GOSSIP_TIMEOUT_MS = 300_000;
/** A node that shuts down gives its announcement so long. */
export const SHUTDOWN_ANNOUNCE_MS = 2000;

/** LOAD: first, and then after each. */
export const LOAD_FIRST_MS = 2000;
export const LOAD_EVERY_MS = 60_000;
export const DISK_USAGE_EVERY_MS = 30_000;

/** "Gossip settled": the first look, then how often, and how many looks without a new endpoint. */
export const SETTLE_MIN_WAIT_MS = 5000;
export const SETTLE_POLL_MS = 1000;
export const SETTLE_POLLS = 3;

/** assassinateEndpoint of an endpoint that is not known. */
export const ASSASSINATE_GENERATION_AHEAD_SEC = 60;
export const ASSASSINATE_HEARTBEAT = 9999;
/** It then waits for the news to spread. */
export const ASSASSINATE_REST_MS = 4 * INTERVAL_MS;
