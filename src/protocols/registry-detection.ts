/** The protocols that detect failures and keep membership, with their sources and options. */
import { bytes, flag, list, ms, number, text, whole, word } from '../base/kinds.ts';
import { cassandra } from './cassandra/cassandra.ts';
import {
  INTERVAL_MS,
  PHI_CONVICT_THRESHOLD,
  RING_DELAY_MS,
  WINDOW_SAMPLES,
} from './cassandra/constants.ts';
import { VERSIONS as CASSANDRA_VERSIONS } from './cassandra/versions.ts';
import { directHeartbeats } from './heartbeat/direct.ts';
import { heartbeat } from './heartbeat/heartbeat.ts';
import { ENTRY_BYTES } from './heartbeat/messages.ts';
import { memberlistEntry } from './memberlist/entry.ts';
import type { ProtocolEntry } from './registry-entry.ts';
import { swim } from './swim/swim.ts';

export const detections: Readonly<Record<string, ProtocolEntry>> = {
  heartbeat: {
    about: 'members count their heartbeats, gossip what they heard, and suspect who falls silent',
    source: 'van Renesse, Minsky, Hayden 1998',
    file: 'heartbeat/heartbeat.ts',
    family: 'detection',
    rounds: true,
    inputs: [],
    make: heartbeat,
    options: {
      failMs: {
        default: 'required',
        about: 'T_fail: no news for so long, and a member is suspected',
        is: ms({ above: true }),
      },
      cleanupMs: {
        default: '2 failMs',
        about: 'T_cleanup: no news for so long, and it is forgotten',
        is: ms({ above: true, words: { never: Infinity } }),
      },
      fanout: { default: 1, about: 'partners per round', is: whole(1) },
      exchange: {
        default: 'push',
        about: 'push, pull or push-pull',
        is: word('push', 'pull', 'push-pull'),
      },
      maxEntries: {
        default: 'all',
        about: 'entries of a message at most; or messageBytes',
        is: whole(1),
      },
      messageBytes: {
        default: 'no limit',
        about: 'bytes of a message at most',
        is: bytes({ above: true }),
      },
      entryBytes: { default: ENTRY_BYTES, about: 'bytes of an entry', is: bytes({ above: true }) },
      entries: {
        default: 'round-robin',
        about: 'round-robin or random: which, where not all fit',
        is: word('round-robin', 'random'),
      },
      knows: { default: 'all', about: 'whom a node knows by name at its start' },
      partners: {
        default: 'overlay',
        about: 'overlay, members, or addresses for multi-level gossip',
        is: word('overlay', 'members'),
      },
      broadcast: {
        default: false,
        about: 'whether to broadcast for recovery from a catastrophe',
        is: flag,
      },
      judged: {
        default: 'at-rounds',
        about: 'at-rounds or exact: when suspicion begins',
        is: word('at-rounds', 'exact'),
      },
      detector: { default: 'T_fail', about: 'a detector instead of T_fail' },
      level: { default: "the detector's own", about: 'at which it suspects' },
      clock: {
        default: 'true',
        about: 'true or own: the clock that news are stamped with',
        is: word('true', 'own'),
      },
    },
  },
  'direct-heartbeats': {
    about: 'a node sends its heartbeats straight to those that watch it',
    source: 'Chen, Toueg, Aguilera 2002',
    file: 'heartbeat/direct.ts',
    family: 'detection',
    rounds: true,
    inputs: [],
    make: directHeartbeats,
    options: {
      detector: { default: 'required', about: 'who suspects' },
      level: { default: "the detector's own", about: 'at which it suspects' },
      watchers: { default: 'all others', about: 'who watches a node' },
      gapMs: { default: 'the rounds', about: 'gaps between heartbeats, by a law' },
      heartbeatBytes: { default: 8, about: 'payload of a heartbeat, bytes', is: bytes() },
    },
  },
  cassandra: {
    about: 'endpoint states by SYN, ACK and ACK2, phi of exponential intervals, up by echo',
    source: 'Apache Cassandra 3.11 to trunk, org.apache.cassandra.gms',
    file: 'cassandra/cassandra.ts',
    family: 'detection',
    rounds: false,
    inputs: ['publish', 'stop', 'decommission'],
    make: cassandra,
    options: {
      version: {
        default: 'required',
        about: '3.11, 4.0, 4.1, 5.0, 5.0-fixed, trunk, or your own',
        is: word(...Object.keys(CASSANDRA_VERSIONS)),
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
      load: { default: 'none', about: 'value of LOAD, published after 2 s and then each 60 s' },
      commands: { default: 'publish SCHEMA', about: 'what the inputs of the workload mean' },
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
    },
  },
  memberlist: memberlistEntry,
  swim: {
    about: 'each pings one other a period, others ping for it; suspicions, which can be refuted',
    source: 'Das, Gupta, Motivala 2002',
    file: 'swim/swim.ts',
    family: 'detection',
    rounds: true,
    inputs: [],
    make: swim,
    options: {
      timeoutMs: {
        default: 500,
        about: 'how long a ping may go unanswered before others ping',
        is: ms({ above: true }),
      },
      indirect: { default: 1, about: 'k: members that are asked to ping', is: whole(0) },
      targets: {
        default: 'round-robin',
        about: 'round-robin or random: whom a member pings',
        is: word('round-robin', 'random'),
      },
      dissemination: {
        default: 'infection',
        about: 'infection: news rides on pings and acks; or multicast',
        is: word('infection', 'multicast'),
      },
      suspicion: {
        default: true,
        about: 'suspected first, and declared failed if not refuted',
        is: flag,
      },
      suspicionPeriods: {
        default: 'lambda ceil(ln(n + 1))',
        about: 'periods for which a member is suspected',
        is: whole(1),
      },
      lambda: {
        default: 3,
        about: 'an update is passed on lambda ceil(ln(n + 1)) times',
        is: number({ least: 0.1, most: 1000 }),
      },
      updatesPerMessage: { default: 6, about: 'updates on a message at most', is: whole(1) },
      members: {
        default: 'all',
        about: 'nodes that are the group at the start; others join',
        is: whole(1),
      },
    },
  },
};
