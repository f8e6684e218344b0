/** The protocols by name, with their sources and options: what `hearsay list protocols` shows. */
import { cassandra } from './cassandra/cassandra.ts';
import {
  INTERVAL_MS,
  PHI_CONVICT_THRESHOLD,
  RING_DELAY_MS,
  WINDOW_SAMPLES,
} from './cassandra/constants.ts';
import { directHeartbeats } from './heartbeat/direct.ts';
import { heartbeat } from './heartbeat/heartbeat.ts';
import { ENTRY_BYTES } from './heartbeat/messages.ts';
import { loadBalancing } from './load/load.ts';
import { memberlistEntry } from './memberlist/entry.ts';
import { ordering } from './ordering/ordering.ts';
import { broadcasts } from './registry-broadcast.ts';
import type { ProtocolEntry } from './registry-entry.ts';
import { scuttlebutt } from './scuttlebutt/scuttlebutt.ts';
import { swim } from './swim/swim.ts';

export type { ProtocolEntry };

export const protocols: Readonly<Record<string, ProtocolEntry>> = {
  ...broadcasts,
  heartbeat: {
    about: 'members count their heartbeats, gossip what they heard, and suspect who falls silent',
    source: 'van Renesse, Minsky, Hayden 1998',
    file: 'heartbeat/heartbeat.ts',
    make: heartbeat,
    options: {
      failMs: {
        default: 'required',
        about: 'T_fail: no news for so long, and a member is suspected',
      },
      cleanupMs: {
        default: '2 failMs',
        about: 'T_cleanup: no news for so long, and it is forgotten',
      },
      fanout: { default: 1, about: 'partners per round' },
      exchange: { default: 'push', about: 'push, pull or push-pull' },
      maxEntries: { default: 'all', about: 'entries of a message at most; or messageBytes' },
      messageBytes: { default: 'no limit', about: 'bytes of a message at most' },
      entryBytes: { default: ENTRY_BYTES, about: 'bytes of an entry' },
      entries: { default: 'round-robin', about: 'round-robin or random: which, where not all fit' },
      knows: { default: 'all', about: 'whom a node knows by name at its start' },
      partners: {
        default: 'overlay',
        about: 'overlay, members, or addresses for multi-level gossip',
      },
      broadcast: { default: false, about: 'whether to broadcast for recovery from a catastrophe' },
      judged: { default: 'at-rounds', about: 'at-rounds or exact: when suspicion begins' },
      detector: { default: 'T_fail', about: 'a detector instead of T_fail' },
      level: { default: "the detector's own", about: 'at which it suspects' },
      clock: { default: 'true', about: 'true or own: the clock that news are stamped with' },
    },
  },
  'direct-heartbeats': {
    about: 'a node sends its heartbeats straight to those that watch it',
    source: 'Chen, Toueg, Aguilera 2002',
    file: 'heartbeat/direct.ts',
    make: directHeartbeats,
    options: {
      detector: { default: 'required', about: 'who suspects' },
      level: { default: "the detector's own", about: 'at which it suspects' },
      watchers: { default: 'all others', about: 'who watches a node' },
      gapMs: { default: 'the rounds', about: 'gaps between heartbeats, by a law' },
      heartbeatBytes: { default: 8, about: 'payload of a heartbeat, bytes' },
    },
  },
  cassandra: {
    about: 'endpoint states by SYN, ACK and ACK2, phi of exponential intervals, up by echo',
    source: 'Apache Cassandra 3.11 to trunk, org.apache.cassandra.gms',
    file: 'cassandra/cassandra.ts',
    make: cassandra,
    options: {
      version: { default: 'required', about: '3.11, 4.0, 4.1, 5.0, 5.0-fixed, trunk, or your own' },
      seeds: { default: 'the first three nodes', about: 'of all nodes, or of each' },
      threshold: { default: PHI_CONVICT_THRESHOLD, about: 'phi_convict_threshold' },
      samples: { default: WINDOW_SAMPLES, about: 'of an arrival window' },
      shortRun: { default: false, about: 'fewer rounds than samples: 4 KB less per pair' },
      maxIntervalMs: {
        default: 'that of the version',
        about: 'longest interval that is a sample; null: no cap',
      },
      members: { default: 'all nodes', about: 'who runs at time 0; the others join' },
      bootstrapMs: { default: RING_DELAY_MS, about: 'from BOOT to NORMAL' },
      spreadMs: { default: INTERVAL_MS, about: 'over which the first rounds are spread' },
      load: { default: 'none', about: 'value of LOAD, published after 2 s and then each 60 s' },
      commands: { default: 'publish SCHEMA', about: 'what the inputs of the workload mean' },
      metadataMembers: { default: 'none', about: 'of the cluster metadata service, in trunk' },
      vnodes: { default: 16, about: 'tokens per node, for the size of messages' },
      clusterName: { default: "'Test Cluster'", about: 'for the size of messages' },
    },
  },
  ordering: {
    about:
      'a replicated register set over any broadcast: when a write is applied, and which one wins',
    source:
      'Lamport 1978; Birman, Schiper, Stephenson 1991; Mostéfaoui, Weiss 2017; Cassandra; others',
    file: 'ordering/ordering.ts',
    make: ordering,
    options: {
      delivery: {
        default: 'at-once',
        about: 'at-once, fifo, causal or probabilistic: when a write that has come may be applied',
      },
      resolution: {
        default: 'arrival',
        about: 'arrival, lamport, wall-clock, hybrid, version-vectors or dotted: which write wins',
      },
      encoding: { default: 'full', about: 'of causal vectors: full, sparse or delta' },
      entries: { default: 100, about: 'of probabilistic delivery: length of the vector, R' },
      own: { default: 2, about: 'of probabilistic delivery: entries that a node owns, K' },
      resolutionUs: { default: 1, about: 'of the wall clock: read in steps of so many us' },
      entryOf: { default: 'node', about: 'of version vectors: an entry for a node or a client' },
    },
  },
  'load-balancing': {
    about:
      'jobs go to the server with the least load known by gossip, of some or of all; or by a board',
    source: 'Mitzenmacher 2000, 2001',
    file: 'load/load.ts',
    make: loadBalancing,
    options: {
      load: { default: 'required', about: 'jobs per server and mean service time, below 1' },
      choices: {
        default: 2,
        about: 'servers drawn for a job; 1: at random, Infinity: all are compared',
      },
      source: {
        default: 'gossip',
        about: 'gossip, board, individual, polls or fresh: how the loads of others are known',
      },
      everyMs: { default: 'required', about: 'between readings of a load, for boards and polls' },
      serviceMs: { default: 1000, about: 'mean of the service times, which are exponential' },
    },
  },
  scuttlebutt: {
    about:
      'all try to know the mappings of all: digests, then what the other lacks, as far as it fits',
    source: 'van Renesse, Dumitriu, Gough, Thomas 2008',
    file: 'scuttlebutt/scuttlebutt.ts',
    make: scuttlebutt,
    options: {
      keys: { default: 64, about: 'mappings per participant' },
      order: {
        default: 'depth',
        about: 'depth, breadth, precise-newest or precise-oldest: who goes first',
      },
      mtu: {
        default: 'Infinity',
        about: 'updates a message carries at most; a number or steps [from ms, value]',
      },
      rate: { default: 1, about: 'updates a participant makes per second; a number or steps' },
      updates: { default: 'regular', about: 'regular or poisson' },
      flow: { default: 'none', about: 'flow control: initial, increase, decrease of the rate' },
      valueBytes: { default: 8, about: 'payload of a value, bytes' },
    },
  },
  memberlist: memberlistEntry,
  swim: {
    about: 'each pings one other a period, others ping for it; suspicions, which can be refuted',
    source: 'Das, Gupta, Motivala 2002',
    file: 'swim/swim.ts',
    make: swim,
    options: {
      timeoutMs: { default: 500, about: 'how long a ping may go unanswered before others ping' },
      indirect: { default: 1, about: 'k: members that are asked to ping' },
      targets: { default: 'round-robin', about: 'round-robin or random: whom a member pings' },
      dissemination: {
        default: 'infection',
        about: 'infection: news rides on pings and acks; or multicast',
      },
      suspicion: { default: true, about: 'suspected first, and declared failed if not refuted' },
      suspicionPeriods: {
        default: 'lambda ceil(ln(n + 1))',
        about: 'periods for which a member is suspected',
      },
      lambda: { default: 3, about: 'an update is passed on lambda ceil(ln(n + 1)) times' },
      updatesPerMessage: { default: 6, about: 'updates on a message at most' },
      members: { default: 'all', about: 'nodes that are the group at the start; others join' },
    },
  },
};
