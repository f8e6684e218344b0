/** The options of the protocol, their defaults and their checks. */
import { numberIn, oneOf, positive, wholeNumber } from '../../base/errors.ts';
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { keyOf } from './application-state.ts';
import {
  FAT_CLIENT_MS,
  INTERVAL_MS,
  LOAD_EVERY_MS,
  PHI_CONVICT_THRESHOLD,
  RING_DELAY_MS,
  WINDOW_SAMPLES,
} from './constants.ts';
import { seedList } from './seeds.ts';
import { type StageCosts, stageCostsOf } from './stage-costs.ts';
import { type Version, type VersionName, versionOf } from './versions.ts';

/** What an input of the workload makes a node do. */
export type Command =
  | { readonly do: 'stop' } // gracefully; to start it again, let it crash after 2 s and restart
  | { readonly do: 'decommission' }
  | { readonly do: 'removenode' | 'assassinate'; readonly victim: NodeId }
  | { readonly do: 'publish'; readonly key: string; readonly value: string };

/** Options of `cassandra`, with their units. */
export interface CassandraOptions {
  /** A preset (versions.ts), or one with something changed. */
  readonly version: VersionName | Version;
  /** The seeds of all nodes, or of each; default: nodes 0, 1 and 2. */
  readonly seeds?: readonly NodeId[] | ((node: NodeId) => readonly NodeId[]);
  /** phi_convict_threshold; default 8. */
  readonly threshold?: number;
  /** Samples of an arrival window; default 1000. */
  readonly samples?: number;
  /** The run has fewer rounds than a window has samples: 4 KB less per pair, and the same results. Default: false. */
  readonly shortRun?: boolean;
  /** fd_max_interval_ms; default: that of the version. null: no cap. */
  readonly maxIntervalMs?: number | null;
  /**
   * Nodes 0 .. members-1 are a cluster that runs at time 0: all know all, and all are up. Default: all nodes. The others
   * join when they start: shadow round, BOOT, NORMAL.
   */
  readonly members?: number;
  /** From BOOT to NORMAL; default: ring delay, 30 s. 0: a new node is NORMAL at once, as a seed is. */
  readonly bootstrapMs?: number;
  /** First rounds of members are spread over so long, uniformly; default: an interval. */
  readonly spreadMs?: number;
  /** Value of LOAD, published after 2 s and then at each broadcast interval; default: none is published. */
  readonly load?: (node: NodeId, now: Micros) => string;
  /** cassandra.broadcast_interval_ms: from one LOAD to the next; default 60 s. */
  readonly broadcastIntervalMs?: number;
  /** First LOADs of members are spread over so long after the 2 s, uniformly, as of a cluster long up; default 0. */
  readonly loadSpreadMs?: number;
  /** [input] what the workload's inputs mean; those beyond publish SCHEMA = their number. */
  readonly commands?: readonly Command[];
  /** What work on the gossip stage takes (stage-costs.ts); {}: our guesses. Default: no time at all. */
  readonly stage?: Partial<StageCosts>;
  /** Members of the cluster metadata service, in trunk; default: none. */
  readonly metadataMembers?: readonly NodeId[];
  /** Tokens per node, for the size of messages; default 16. */
  readonly vnodes?: number;
  readonly clusterName?: string;
}

const WHERE = 'cassandra';
const PARTITIONER = 'org.apache.cassandra.dht.Murmur3Partitioner';

export interface Settings {
  readonly version: Version;
  readonly seeds: (node: NodeId) => readonly NodeId[];
  /** Whether the node is named in its own list. */
  readonly isSeed: (node: NodeId) => boolean;
  readonly detector: {
    readonly threshold: number;
    readonly samples: number;
    readonly maxIntervalMs: number | null;
    readonly values: 'intervals' | 'sum';
  };
  readonly members: number;
  readonly bootstrapMs: number;
  readonly spreadMs: number;
  readonly load: ((node: NodeId, now: Micros) => string) | undefined;
  readonly broadcastIntervalMs: number;
  readonly loadSpreadMs: number;
  readonly commands: readonly Command[];
  readonly stage: StageCosts | undefined;
  readonly metadataMembers: readonly NodeId[];
  readonly vnodes: number;
  readonly names: { readonly cluster: string; readonly partitioner: string };
}

/** The options with their defaults for a population of n, or a UserError. */
export function settingsOf(options: CassandraOptions, n: number): Settings {
  const version =
    typeof options.version === 'string' ? versionOf(options.version) : options.version;
  const { threshold = PHI_CONVICT_THRESHOLD, samples = WINDOW_SAMPLES, commands = [] } = options;
  const { maxIntervalMs = version.maxIntervalMs, shortRun = false } = options;
  positive(WHERE, 'threshold', threshold);
  if (maxIntervalMs !== null) positive(WHERE, 'maxIntervalMs', maxIntervalMs);
  for (const command of commands) checkCommand(command, n);
  return {
    version,
    ...seedsOf(options.seeds ?? firstNodes(n), n),
    detector: {
      threshold,
      samples: wholeNumber(WHERE, 'samples', samples, 1),
      maxIntervalMs,
      values: shortRun ? 'sum' : 'intervals',
    },
    members: wholeNumber(WHERE, 'members', options.members ?? n, 0, n),
    bootstrapMs: numberIn(WHERE, 'bootstrapMs', options.bootstrapMs ?? RING_DELAY_MS, 0),
    spreadMs: numberIn(WHERE, 'spreadMs', options.spreadMs ?? INTERVAL_MS, 0, FAT_CLIENT_MS),
    load: options.load,
    broadcastIntervalMs: positive(
      WHERE,
      'broadcastIntervalMs',
      options.broadcastIntervalMs ?? LOAD_EVERY_MS,
    ),
    loadSpreadMs: numberIn(WHERE, 'loadSpreadMs', options.loadSpreadMs ?? 0, 0),
    commands,
    stage: options.stage === undefined ? undefined : stageCostsOf(options.stage),
    metadataMembers: (options.metadataMembers ?? []).map((node) =>
      wholeNumber(WHERE, 'a member of metadataMembers', node, 0, n - 1),
    ),
    vnodes: wholeNumber(WHERE, 'vnodes', options.vnodes ?? 16, 1, 4096),
    names: { cluster: options.clusterName ?? 'Test Cluster', partitioner: PARTITIONER },
  };
}

const firstNodes = (n: number): NodeId[] => Array.from({ length: Math.min(3, n) }, (_, i) => i);

function seedsOf(given: NonNullable<CassandraOptions['seeds']>, n: number) {
  const offered = (node: NodeId) => (typeof given === 'function' ? given(node) : given);
  const lists = Array.from({ length: n }, (_, node) => {
    for (const seed of offered(node)) wholeNumber(WHERE, `a seed of node ${node}`, seed, 0, n - 1);
    return seedList(offered(node), node);
  });
  return {
    seeds: (node: NodeId) => lists[node],
    isSeed: (node: NodeId) => offered(node).includes(node),
  };
}

const COMMANDS = ['stop', 'publish', 'decommission', 'removenode', 'assassinate'];

function checkCommand(command: Command, n: number): void {
  oneOf(WHERE, 'do of a command', command.do, COMMANDS);
  if (command.do === 'publish') keyOf(command.key);
  if ('victim' in command)
    wholeNumber(WHERE, `the victim of ${command.do}`, command.victim, 0, n - 1);
}
