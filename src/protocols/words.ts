/** Messages in words, for traces and replays. The first word is the kind of message. */
import { wordsOf as broadcastWords } from './broadcast/messages.ts';
import { type CassandraMessage, wordsOf as cassandraWords } from './cassandra/messages.ts';
import { wordsOf as heartbeatWords } from './heartbeat/messages.ts';
import { wordsOf as loadWords } from './load/load.ts';
import { type MemberlistMessage, wordsOf as memberlistWords } from './memberlist/messages.ts';
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
