/** The protocols that detect failures and keep membership, with their sources and options. */
import { bytes, flag, ms, number, whole, word } from '../base/kinds.ts';
import { cassandraEntry } from './cassandra/entry.ts';
import { directHeartbeats } from './heartbeat/direct.ts';
import { heartbeat } from './heartbeat/heartbeat.ts';
import { ENTRY_BYTES } from './heartbeat/messages.ts';
import { memberlistEntry } from './memberlist/entry.ts';
import type { OptionsOf, ProtocolEntry } from './registry-entry.ts';
import { swim } from './swim/swim.ts';

export const detections = {
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
      table: { default: 'WebAssembly', about: 'which kernel merges, and its first width' },
    } satisfies OptionsOf<typeof heartbeat>,
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
    } satisfies OptionsOf<typeof directHeartbeats>,
  },
  cassandra: cassandraEntry,
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
    } satisfies OptionsOf<typeof swim>,
  },
} satisfies Readonly<Record<string, ProtocolEntry>>;
