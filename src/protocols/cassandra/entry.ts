/** What the registry of protocols says of Cassandra. */
import { flag, type Keys, list, ms, number, text, whole, word } from '../../base/kinds.ts';
import type { OptionsOf, ProtocolEntry } from '../registry-entry.ts';
import { cassandra } from './cassandra.ts';
import {
  INTERVAL_MS,
  LOAD_EVERY_MS,
  PHI_CONVICT_THRESHOLD,
  RING_DELAY_MS,
  WINDOW_SAMPLES,
} from './constants.ts';
import { STAGE_COSTS } from './stage-costs.ts';
import { VERSIONS } from './versions.ts';

/** Those of them that are functions are numbers here, the same for all nodes at all times. */
const costs = { ...STAGE_COSTS, extraUs: 0, slowdown: 1 };
const COSTS: Readonly<Record<keyof typeof costs, string>> = {
  synUs: 'of a SYN, us',
  digestUs: 'of a digest in it, us',
  ackUs: 'of an ACK or ACK2, us',
  stateUs: 'of an endpoint state in it, us',
  echoUs: 'of an echo, its answer or a goodbye, us',
  listenerUs: 'of the listeners of a STATUS, us',
  vnodeUs: 'of each token at a STATUS, us',
  convictUs: 'of marking an endpoint dead, us',
  pendingRangesNs: 'at a STATUS, ns, times the cube of the endpoints known (until 1.1.1)',
  extraUs: 'added to each message, us',
  slowdown: 'all are multiplied by it',
};
const stage: Keys = Object.fromEntries(
  (Object.keys(COSTS) as (keyof typeof costs)[]).map((name) => [
    name,
    { kind: number(), default: costs[name], about: COSTS[name] },
  ]),
);

export const cassandraEntry = {
  about: 'endpoint states by SYN, ACK and ACK2, phi of exponential intervals, up by echo',
  source: 'Apache Cassandra 3.11 to trunk, org.apache.cassandra.gms',
  file: 'cassandra/cassandra.ts',
  family: 'detection',
  rounds: false,
  inputs: ['publish', 'stop', 'decommission', 'removenode', 'assassinate'],
  make: cassandra,
  options: {
    version: {
      default: 'required',
      about: '3.11, 4.0, 4.1, 5.0, 5.0-fixed, trunk, or your own',
      is: word(...Object.keys(VERSIONS)),
    },
    seeds: {
      default: 'the first three nodes',
      about: 'of all nodes, or of each',
      is: list(whole(0)),
    },
    threshold: {
      default: PHI_CONVICT_THRESHOLD,
      about: 'phi_convict_threshold',
      is: number({ above: true }),
    },
    samples: { default: WINDOW_SAMPLES, about: 'of an arrival window', is: whole(1) },
    shortRun: {
      default: false,
      about: 'fewer rounds than samples: 4 KB less per pair',
      is: flag,
    },
    maxIntervalMs: {
      default: 'that of the version',
      about: 'longest interval that is a sample; null: no cap',
      is: ms({ above: true, words: { none: null } }),
    },
    members: { default: 'all nodes', about: 'who runs at time 0; the others join', is: whole(0) },
    bootstrapMs: { default: RING_DELAY_MS, about: 'from BOOT to NORMAL', is: ms() },
    spreadMs: { default: INTERVAL_MS, about: 'over which the first rounds are spread', is: ms() },
    load: { default: 'none', about: 'value of LOAD, published after 2 s and then again', is: text },
    broadcastIntervalMs: {
      default: LOAD_EVERY_MS,
      about: 'from one LOAD to the next',
      is: ms({ above: true }),
    },
    loadSpreadMs: { default: 0, about: 'over which the first LOADs are spread', is: ms() },
    commands: { default: 'publish SCHEMA', about: 'what the inputs of the workload mean' },
    stage: {
      default: 'no time at all',
      about: 'what work on the gossip stage takes; {}: guesses',
      is: { is: 'record', keys: stage },
    },
    metadataMembers: {
      default: 'none',
      about: 'of the cluster metadata service, in trunk',
      is: list(whole(0)),
    },
    vnodes: {
      default: 16,
      about: 'tokens per node, for the size of messages',
      is: whole(1, 4096),
    },
    clusterName: { default: "'Test Cluster'", about: 'for the size of messages', is: text },
  } satisfies OptionsOf<typeof cassandra>,
} satisfies ProtocolEntry;
