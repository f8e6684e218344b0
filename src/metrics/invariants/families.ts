/** What the messages of the protocols here claim of subjects, for `sourced`. */
import { HIGHEST_VERSION } from '../../protocols/cassandra/constants.ts';
import { DELTA_WORDS } from '../../protocols/cassandra/deltas.ts';
import {
  ACK,
  ACK2,
  type CassandraMessage,
  GOODBYE,
  SYN,
} from '../../protocols/cassandra/messages.ts';
import { type MemberlistMessage, TABLE_WORDS } from '../../protocols/memberlist/messages.ts';
import type { ScuttlebuttMessage } from '../../protocols/scuttlebutt/scuttlebutt.ts';
import { firstOf } from '../../protocols/swim/members.ts';
import { type SwimMessage, UPDATE_WORDS } from '../../protocols/swim/messages.ts';
import { type Claim, sourced } from './sourced.ts';

/** Triples of a subject, something else, and its incarnation. */
function incarnations(words: Int32Array, length: number, claim: Claim): void {
  for (let i = 0; i < words.length; i += length) claim(words[i], words[i + 2]);
}

/** All are members in their first life, and know it of each other. */
export const swimSources = sourced<SwimMessage>({
  what: 'an incarnation',
  initial: firstOf(1),
  read: ({ updates }, claim) => incarnations(updates, UPDATE_WORDS, claim),
});

/** No member of memberlist is given an incarnation that it has not taken itself. */
export const memberlistSources = sourced<MemberlistMessage>({
  what: 'an incarnation',
  initial: 1,
  repeats: true, // what it said at its start is queued beside its refutations, as in memberlist
  read({ news, table }, claim) {
    for (const { subject, incarnation } of news) claim(subject, incarnation);
    if (table !== undefined) incarnations(table, TABLE_WORDS, claim);
  },
});

/** A generation, and versions in it; HIGHEST_VERSION is what others make of a node that says goodbye. */
const MOST_VERSIONS = 2 ** 20;
const versioned = (generation: number, version: number): number =>
  generation * MOST_VERSIONS + version;

/** No endpoint of Cassandra is given a generation and heartbeat above its own. */
export const cassandraSources = sourced<CassandraMessage>({
  what: 'a generation and version',
  repeats: true, // a digest has the highest version, a delta that of the heartbeat
  read(message, claim, from) {
    if (message.kind === GOODBYE) claim(from, Infinity); // others mark it so, with versions of theirs
    if (message.kind === SYN) {
      // Of others not: a digest counts the versions of states, which deltas carry by number only.
      const { generation, max } = message.digests;
      if (max.length > 0) claim(from, versioned(generation[from], max[from]));
    }
    if (message.kind !== ACK && message.kind !== ACK2) return;
    const { deltas } = message;
    for (let i = 0; i < deltas.length; i += DELTA_WORDS) {
      const heartbeat = deltas[i + 2];
      if (heartbeat < HIGHEST_VERSION) claim(deltas[i], versioned(deltas[i + 1], heartbeat));
    }
  },
});

/** Of precise orders a digest is more than a version for each participant, and is not read. */
export const scuttlebuttSources = (n: number) =>
  sourced<ScuttlebuttMessage>({
    what: 'a version',
    initial: 0,
    repeats: true,
    read(message, claim) {
      if ('digest' in message && message.digest.length === n)
        message.digest.forEach((version, participant) => {
          claim(participant, version);
        });
      if ('updates' in message)
        for (let i = 0; i < message.updates.length; i += 2)
          claim(message.updates[i], message.updates[i + 1]);
    },
  });
