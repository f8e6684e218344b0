/** Rows of messages that are copies (version-rows.ts): the messages under way, and who keeps one for later. */
import type { Holds } from '../../engine/model.ts';
import { ACK2, ack2Of, ackOf, type CassandraMessage, SYN } from './messages.ts';
import { apart, releaseRows, retainRows } from './row-answers.ts';
import type { VersionRows } from './version-rows.ts';

/** What a message refers to while it is under way. */
export const holdsOf = (rows: VersionRows): Holds<CassandraMessage> => ({
  retain(message) {
    if (message.kind === SYN) rows.retain(message.digests.max);
    else if ('told' in message && message.told !== undefined) retainRows(message.told, rows);
  },
  release(message) {
    if (message.kind === SYN) rows.release(message.digests.max);
    else if ('told' in message && message.told !== undefined) releaseRows(message.told, rows);
  },
});

/** The same message, for whoever keeps it after it has arrived. */
export function kept(message: CassandraMessage): CassandraMessage {
  if (message.kind === SYN) {
    return { ...message, digests: { ...message.digests, max: message.digests.max.slice() } };
  }
  if (!('told' in message) || message.told === undefined) return message;
  const told = apart(message.told);
  const { created } = message;
  const answer = { requests: [], deltas: [], bytes: 0, told };
  if (message.kind === ACK2) return ack2Of(created, answer);
  const asked = { ...message.asked!, news: told.floors, floors: told.max };
  return ackOf(created, { ...answer, asked });
}
