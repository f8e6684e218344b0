/** The options of the heartbeat protocol, their defaults and their checks. */
import { numberIn, oneOf, positive, UserError, wholeNumber } from '../../base/errors.ts';
import { micros } from '../../base/time.ts';
import type { DetectorFactory } from '../../detectors/model.ts';
import type { NodeId } from '../../engine/model.ts';
import type { TableOptions } from '../../kernel/index.ts';
import type { BroadcastOptions } from './broadcast.ts';
import { ENTRY_BYTES } from './messages.ts';
import type { PartnerChoice } from './partners.ts';

/** Options of `heartbeat`, with their units. */
export interface HeartbeatOptions {
  /** Partners per round; default 1. */
  readonly fanout?: number;
  /** T_fail: no news for so long, and a member is suspected and not gossiped any more. */
  readonly failMs: number;
  /** T_cleanup: no news for so long, and it is forgotten; default 2 T_fail. Infinity: never. */
  readonly cleanupMs?: number;
  /** 'push' (default, the paper): a list to the partner. 'pull': a list from it. 'push-pull': both. */
  readonly exchange?: 'push' | 'pull' | 'push-pull';
  /** Entries of a message at most, the sender's own included; default: all. */
  readonly maxEntries?: number;
  /** Bytes of a message at most, instead of `maxEntries`. */
  readonly messageBytes?: number;
  /** Bytes of an entry; default 12 (messages.ts). */
  readonly entryBytes?: number;
  /** Which entries, where not all fit; default 'round-robin'. */
  readonly entries?: 'round-robin' | 'random';
  /** Whom a node knows by name when it starts: 'all' (default), or its contacts, the same for all or by node. */
  readonly knows?: 'all' | readonly NodeId[] | ((node: NodeId) => readonly NodeId[]);
  /** 'overlay' (default): as the scenario says. 'members': any whom the node knows and does not suspect, as in the paper.
   *  A function: the address of a node, for multi-level gossip (levels.ts). */
  readonly partners?: PartnerChoice;
  /** Broadcasts for recovery (broadcast.ts): `true`, or other times than the paper's; default false. */
  readonly broadcast?: boolean | Partial<BroadcastOptions>;
  /** Suspicion and forgetting 'at-rounds' (default), or at the 'exact' time. */
  readonly judged?: 'at-rounds' | 'exact';
  /** Instead of T_fail: who suspects, and at which level (default: the detector's own). */
  readonly detector?: DetectorFactory;
  readonly level?: number;
  /** The time that nodes stamp news with: the 'true' one (default), or their 'own', with its faults. */
  readonly clock?: 'true' | 'own';
  readonly table?: TableOptions;
}

const WHERE = 'heartbeat';
const BROADCAST: BroadcastOptions = { everyMs: 1000, mostMs: 20_000, expectedMs: 10_000 };

const DEFAULTS = {
  fanout: 1,
  exchange: 'push',
  entryBytes: ENTRY_BYTES,
  entries: 'round-robin',
  knows: 'all',
  partners: 'overlay',
  judged: 'at-rounds',
  clock: 'true',
} as const;

/** The options with their defaults for a population of n, or a UserError. */
export function settingsOf(options: HeartbeatOptions, n: number) {
  const all = { cleanupMs: 2 * options.failMs, ...DEFAULTS, ...options };
  wholeNumber(WHERE, 'fanout', all.fanout, 1, n);
  positive(WHERE, 'failMs', all.failMs);
  positive(WHERE, 'entryBytes', all.entryBytes);
  oneOf(WHERE, 'exchange', all.exchange, ['push', 'pull', 'push-pull']);
  oneOf(WHERE, 'entries', all.entries, ['round-robin', 'random']);
  oneOf(WHERE, 'judged', all.judged, ['at-rounds', 'exact']);
  oneOf(WHERE, 'clock', all.clock, ['true', 'own']);
  if (typeof all.partners === 'string') {
    oneOf(WHERE, 'partners', all.partners, ['overlay', 'members']);
  }
  if (all.cleanupMs !== Infinity) numberIn(WHERE, 'cleanupMs', all.cleanupMs, all.failMs);
  return {
    ...all,
    fail: micros(all.failMs),
    cleanup: micros(all.cleanupMs),
    maxEntries: entriesOf(all),
    broadcast: broadcastOf(options.broadcast ?? false),
    contacts: contactsOf(all.knows, n),
  };
}

function entriesOf(options: HeartbeatOptions & { entryBytes: number }): number {
  const { maxEntries, messageBytes, entryBytes } = options;
  if (maxEntries !== undefined && messageBytes !== undefined) {
    throw new UserError(
      `${WHERE}: maxEntries and messageBytes must not both be given; got ${maxEntries} and ${messageBytes}`,
    );
  }
  if (messageBytes !== undefined) {
    return Math.floor(numberIn(WHERE, 'messageBytes', messageBytes, entryBytes) / entryBytes);
  }
  return maxEntries === undefined ? Infinity : wholeNumber(WHERE, 'maxEntries', maxEntries, 1);
}

function broadcastOf(given: boolean | Partial<BroadcastOptions>): BroadcastOptions | undefined {
  if (given === false) return undefined;
  const all = { ...BROADCAST, ...(given === true ? {} : given) };
  positive(WHERE, 'broadcast.everyMs', all.everyMs);
  numberIn(WHERE, 'broadcast.mostMs', all.mostMs, all.everyMs);
  numberIn(WHERE, 'broadcast.expectedMs', all.expectedMs, all.everyMs, all.mostMs);
  return all;
}

type EachContact = (node: NodeId, visit: (contact: NodeId) => void) => void;

/** Those whom a node knows by name when it starts: everybody, or what goes through them. */
function contactsOf(knows: NonNullable<HeartbeatOptions['knows']>, n: number): 'all' | EachContact {
  if (typeof knows === 'string') {
    oneOf(WHERE, 'knows', knows, ['all']);
    return knows;
  }
  return (node, visit) => {
    for (const contact of typeof knows === 'function' ? knows(node) : knows) {
      visit(wholeNumber(WHERE, `a contact of node ${node}`, contact, 0, n - 1));
    }
  };
}
