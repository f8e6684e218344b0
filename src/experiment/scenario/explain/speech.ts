/** What the facts and messages of a protocol mean to who asks about one node. */
import { UserError } from '../../../base/errors.ts';
import { DIED, type Fact, FORGOTTEN, type NodeId, SUSPECTED } from '../../../engine/model.ts';
import { kindIn } from '../../../metrics/chronicle/index.ts';

/** What a message says of the node that is asked about. */
export interface Saying {
  readonly status: 'alive' | 'suspect' | 'dead';
  readonly incarnation: number;
}

/** How a protocol notices that a node is gone: it asks, or it waits for news. */
export interface Speech {
  readonly by: 'probes' | 'silence';
  /** By this fact a node is held to be dead. */
  readonly verdict: Fact;
  /** `17 declares 88 dead`: what follows the name of the node that does. */
  readonly declares: (subject: NodeId) => string;
}

const SPEECHES: Readonly<Record<string, Speech>> = {
  swim: { by: 'probes', verdict: FORGOTTEN, declares: (s) => `declares ${s} failed` },
  memberlist: { by: 'probes', verdict: DIED, declares: (s) => `declares ${s} dead` },
  cassandra: {
    by: 'silence',
    verdict: SUSPECTED,
    declares: (s) => `convicts ${s}, marking it DOWN`,
  },
  heartbeat: { by: 'silence', verdict: SUSPECTED, declares: (s) => `suspects ${s}` },
  'direct-heartbeats': { by: 'silence', verdict: SUSPECTED, declares: (s) => `suspects ${s}` },
};

/** Undefined: the protocol holds nobody to be dead. */
export const speechOf = (protocol: string): Speech | undefined => SPEECHES[protocol];

/** A `UserError` where the protocol holds nobody to be dead. @param instead what to ask, as the end of the sentence. */
export function speechFor(verb: string, protocol: string, instead: string): Speech {
  const speech = speechOf(protocol);
  if (speech !== undefined) return speech;
  throw new UserError(`${verb}: ${protocol} holds no node to be dead; ${instead}`);
}

const PROBES = [
  ...['PING', 'PING-REQ', 'ACK', 'RELAYED', 'NACK'],
  ...['CONNECT', 'ACCEPT', 'STREAM-PING', 'STREAM-ACK'],
];
export const isProbe = (words: string): boolean => PROBES.includes(kindIn(words));

const STATUS = { alive: 'alive', suspect: 'suspect', failed: 'dead', dead: 'dead' } as const;

/** What the words of a message say of the node: news that rides on it, or the row of a table. */
export function sayingsIn(words: string, subject: NodeId): readonly Saying[] {
  const said = new RegExp(
    `; ${subject} (alive|suspect|failed|dead)(?: by \\d+)? \\((\\d+)\\)`,
    'g',
  );
  return [...words.matchAll(said)].map(([, status, incarnation]) => ({
    status: STATUS[status as keyof typeof STATUS],
    incarnation: Number(incarnation),
  }));
}

/** Heartbeats of a generation are fewer. */
const GENERATION = 1e6;

/** How new the news of the node is that a message carries: more is newer; undefined: it carries none. */
export function versionIn(words: string, subject: NodeId): number | undefined {
  const [, whole, heartbeat] =
    new RegExp(`; ${subject} at (\\d+)(?:\\.(\\d+))?$`).exec(words) ?? [];
  if (whole === undefined) return undefined;
  if (heartbeat === undefined) return Number(whole);
  return Number(whole) * GENERATION + Math.min(Number(heartbeat), GENERATION - 1);
}
