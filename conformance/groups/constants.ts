/** The block `constants` of a file: the times and limits. Those that we do not name are passed over and told. */

import { BOOTSTRAPPING, DEAD_STATES } from '../../src/protocols/cassandra/application-state.ts';
import { PHI_FACTOR } from '../../src/protocols/cassandra/arrival-windows.ts';
import * as our from '../../src/protocols/cassandra/constants.ts';
import { VERSIONS } from '../../src/protocols/cassandra/versions.ts';
import { differences } from '../compare.ts';
import type { Fields } from '../format.ts';

const { 3.11: v311, '4.0': v40, '4.1': v41, '5.0': v50 } = VERSIONS;

export const CONSTANTS: Fields = {
  gossipIntervalMs: our.INTERVAL_MS,
  sampleSize: our.WINDOW_SAMPLES,
  initialIntervalMs: our.INITIAL_INTERVAL_MS,
  phiFactor: PHI_FACTOR,
  phiConvictThreshold: our.PHI_CONVICT_THRESHOLD,
  phiConvictThresholdRange: our.PHI_CONVICT_RANGE,
  maxLocalPauseMs: our.MAX_LOCAL_PAUSE_MS,
  ringDelayMs: our.RING_DELAY_MS,
  quarantineMs: our.QUARANTINE_MS,
  fatClientMs: our.FAT_CLIENT_MS,
  failedBootstrapMs: {
    3.11: v311.failedBootstrapMs,
    '4.0': v40.failedBootstrapMs,
    '4.1': v41.failedBootstrapMs,
    '5.0': v50.failedBootstrapMs,
  },
  veryLongTimeMs: our.VERY_LONG_TIME_MS,
  maxGenerationDifferenceSec: our.MAX_GENERATION_DIFFERENCE_SEC,
  shutdownAnnounceMs: our.SHUTDOWN_ANNOUNCE_MS,
  loadBroadcastMs: our.LOAD_EVERY_MS,
  loadFirstBroadcastMs: our.LOAD_FIRST_MS,
  diskUsageMonitorMs: our.DISK_USAGE_EVERY_MS,
  settleMinWaitMs: our.SETTLE_MIN_WAIT_MS,
  settlePollMs: our.SETTLE_POLL_MS,
  settlePollsNeeded: our.SETTLE_POLLS,
  echoTimeoutMs: our.ECHO_TIMEOUT_MS,
  gossipVerbTimeoutMs: our.GOSSIP_TIMEOUT_MS,
  deadStates: DEAD_STATES,
  silentShutdownStates: [...DEAD_STATES, ...BOOTSTRAPPING],
  emptyHeartbeatVersion: { 3.11: v311.emptyHeartbeat, '4.0+': v40.emptyHeartbeat },
  shutdownHeartbeatVersion: our.HIGHEST_VERSION,
  assassinateHeartbeat: our.ASSASSINATE_HEARTBEAT,
  assassinateGenerationAheadSec: our.ASSASSINATE_GENERATION_AHEAD_SEC,
};

export interface ConstantsReport {
  readonly checked: number;
  readonly failures: readonly string[];
  /** Told in words, or not a constant of ours. */
  readonly passedOver: readonly string[];
}

export function checkConstants(constants: Fields): ConstantsReport {
  const names = Object.keys(constants);
  const known = names.filter((name) => Object.hasOwn(CONSTANTS, name));
  return {
    checked: known.length,
    failures: known.flatMap((name) => differences({ [name]: constants[name] }, CONSTANTS)),
    passedOver: names.filter((name) => !known.includes(name)),
  };
}
