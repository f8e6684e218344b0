/**
 * The keys of application states, numbered as on the wire, and what a STATUS means.
 * Source: ApplicationState.java, VersionedValue.java, Gossiper.DEAD_STATES and SILENT_SHUTDOWN_STATES.
 */
import { shown, UserError } from '../../base/errors.ts';
import type { Version } from './versions.ts';

/** [key] its name; the ordinal is what is sent. The last ones are padding for versions to come. */
export const KEY_NAMES = [
  'STATUS',
  'LOAD',
  'SCHEMA',
  'DC',
  'RACK',
  'RELEASE_VERSION',
  'REMOVAL_COORDINATOR',
  'INTERNAL_IP',
  'RPC_ADDRESS',
  'X_11_PADDING',
  'SEVERITY',
  'NET_VERSION',
  'HOST_ID',
  'TOKENS',
  'RPC_READY',
  'INTERNAL_ADDRESS_AND_PORT', // from here on 4.0
  'NATIVE_ADDRESS_AND_PORT',
  'STATUS_WITH_PORT',
  'SSTABLE_VERSIONS',
  'DISK_USAGE', // 4.1
  'INDEX_STATUS', // 5.0
  ...Array.from({ length: 10 }, (_, i) => `X${i + 1}`),
] as const;

export type Key = number;

const KEYS = new Map<string, Key>(KEY_NAMES.map((name, key) => [name, key]));

/** The key of that name, or a UserError. */
export function keyOf(name: string): Key {
  const key = KEYS.get(name);
  if (key !== undefined) return key;
  throw new UserError(
    `cassandra: an application state must be one of ${KEY_NAMES.slice(0, 21).join(', ')}; got ${shown(name)}`,
  );
}

export const STATUS = keyOf('STATUS');
export const LOAD = keyOf('LOAD');
export const SCHEMA = keyOf('SCHEMA');
export const DC = keyOf('DC');
export const RACK = keyOf('RACK');
export const RELEASE_VERSION = keyOf('RELEASE_VERSION');
export const REMOVAL_COORDINATOR = keyOf('REMOVAL_COORDINATOR');
export const NET_VERSION = keyOf('NET_VERSION');
export const HOST_ID = keyOf('HOST_ID');
export const TOKENS = keyOf('TOKENS');
export const RPC_READY = keyOf('RPC_READY');
export const STATUS_WITH_PORT = keyOf('STATUS_WITH_PORT');

/** [key] the key of 4.0 that takes its place: dropped, and listeners not told, where the new one is there. */
export const SUCCESSOR: ReadonlyMap<Key, Key> = new Map([
  [STATUS, STATUS_WITH_PORT],
  [keyOf('INTERNAL_IP'), keyOf('INTERNAL_ADDRESS_AND_PORT')],
  [keyOf('RPC_ADDRESS'), keyOf('NATIVE_ADDRESS_AND_PORT')],
]);

/** Nobody waits for an endpoint in one of these: no echo, no SYN to it while it is unreachable. */
export const DEAD_STATES: readonly string[] = ['removing', 'removed', 'LEFT', 'hibernate'];
export const BOOTSTRAPPING: readonly string[] = ['BOOT', 'BOOT_REPLACE'];
/** Not a dead state: news of the same generation about who has shut down still cause an echo. */
export const SHUTDOWN = 'shutdown';

/** A value is 'NAME,further,pieces': the name. */
export const statusName = (value: string): string => {
  const comma = value.indexOf(',');
  return comma < 0 ? value : value.slice(0, comma);
};

export const isDead = (status: string): boolean => DEAD_STATES.includes(status);

export const isBootstrapping = (status: string): boolean => BOOTSTRAPPING.includes(status);

/** A node in one of these stops without telling anybody. */
export const isSilentShutdown = (status: string, { bootIsSilent }: Version): boolean =>
  isDead(status) || (bootIsSilent && isBootstrapping(status));

/** Which statuses make an endpoint a member of the ring, and which end that; others leave it as it is. */
export const joinsRing = (status: string): boolean => status === 'NORMAL';
export const leavesRing = (status: string): boolean => status === 'LEFT' || status === 'removed';
