/** Messages in words, for traces and replays. The first word is the kind of message. */
import type { NodeId } from '../engine/model.ts';
import type { HeartbeatTable } from '../kernel/index.ts';
import { wordsOf as broadcastWords } from './broadcast/messages.ts';
import {
  type CassandraMessage,
  wordsOf as cassandraWords,
  newsWords,
} from './cassandra/messages.ts';
import { wordsOf as heartbeatWords, kindOf, listOf, REQUEST } from './heartbeat/messages.ts';
import { wordsOf as loadWords } from './load/load.ts';
import {
  type MemberlistMessage,
  wordsOf as memberlistWords,
  rowWords,
} from './memberlist/messages.ts';
import { type ScuttlebuttMessage, wordsOf as scuttlebuttWords } from './scuttlebutt/scuttlebutt.ts';
import { type SwimMessage, wordsOf as swimWords } from './swim/messages.ts';

/** Asked when a message is sent and when it arrives: what it refers to may be gone afterwards. */
export type Words = (message: unknown) => string;

const OF: Readonly<Record<string, Words>> = {
  cassandra: (message) => cassandraWords(message as CassandraMessage),
  'direct-heartbeats': () => 'HEARTBEAT',
  heartbeat: (message) => heartbeatWords(message as number),
  'load-balancing': (message) => loadWords(message as number),
  memberlist: (message) => memberlistWords(message as MemberlistMessage),
  scuttlebutt: (message) => scuttlebuttWords(message as ScuttlebuttMessage),
  swim: (message) => swimWords(message as SwimMessage),
};

/** Of a protocol of the registry; all others are broadcasts, or stand over one. */
export const wordsFor = (protocol: string): Words =>
  OF[protocol] ?? ((message) => broadcastWords(message as number));

/**
 * The same, and what the message tells of a subject where that is not among the words anyway: `ACK2 3 states; 88 at
 * 1700000000.412`, `LIST; 88 at 57`, `PUSH; 20 members; 88 suspect (0)`.
 * @param table of heartbeat, whose messages are handles into it.
 */
export function wordsAbout(protocol: string, subject: NodeId, table?: HeartbeatTable): Words {
  const words = wordsFor(protocol);
  const told = (message: unknown): string | undefined => {
    if (protocol === 'cassandra') return newsWords(message as CassandraMessage, subject);
    if (protocol === 'memberlist') return rowWords(message as MemberlistMessage, subject);
    if (table === undefined || kindOf(message as number) === REQUEST) return undefined;
    const version = table.messages.version(listOf(message as number), subject);
    return version === 0 ? undefined : `${subject} at ${version}`;
  };
  return (message) => {
    const tail = told(message);
    return tail === undefined ? words(message) : `${words(message)}; ${tail}`;
  };
}
