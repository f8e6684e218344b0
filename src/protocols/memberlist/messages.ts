/**
 * What members send each other. A packet is one message and news that ride with it; on a connection go tables, and the
 * pings of last resort. Sizes: measured of memberlist 0.2.2 with names of 4 and metadata of 8 bytes, before compression.
 */
import type { NodeId } from '../../engine/model.ts';
import { ALIVE } from './members.ts';

export const GOSSIP = 0; // nothing but news
/** The kind of a ping. */
export const PING = 1;
export const ACK = 2; // target -> who pinged
export const PING_REQ = 3; // prober -> relay: ping the target for me
export const RELAYED = 4; // relay -> prober: the target has answered
export const NACK = 5; // relay -> prober: it has not, but I am here
// On a connection:
export const CONNECT = 6; // may I?
export const ACCEPT = 7;
export const STREAM_PING = 8;
export const STREAM_ACK = 9;
export const PUSH = 10; // my table
export const PULL = 11; // and mine

/** Something about a member: that it is ALIVE, SUSPECT or DEAD. Shared by all that pass it on; nobody changes it. */
export interface News {
  readonly status: number;
  readonly subject: NodeId;
  readonly incarnation: number;
  /** Who says so; of a death: the subject itself, if it leaves. */
  readonly from: NodeId;
}

/** A packet: one message, and news that ride with it. */
export interface MemberlistMessage {
  readonly kind: number;
  /** Of a ping and its answers: number at whoever expects the answer. */
  readonly seq: number;
  /** Of a PING_REQ: whom to ping. Of a CONNECT and ACCEPT: what for, STREAM_PING or PUSH. */
  readonly target: number;
  readonly news: readonly News[];
  /** PUSH and PULL: subject, status, incarnation, and so on. */
  readonly table?: Int32Array;
}

export const NO_NEWS: readonly News[] = [];
export const TABLE_WORDS = 3;

export const PACKET_BYTES = 1400; // UDPBufferSize
/** Of a packet of several messages. */
const COMPOUND_BYTES = 2;
export const PART_BYTES = 2;
const CRC_BYTES = 5; // of gossip
export const ALIVE_BYTES = 68;
export const ACCUSATION_BYTES = 35; // suspect or dead
/** alive without its type, and the key "State" with a digit; and the header of the table. */
const ENTRY_BYTES = ALIVE_BYTES - 1 + 7;
const TABLE_BYTES = 34;

const OWN_BYTES: readonly number[] = [0, 65, 18, 91, 18, 9, 0, 0, 65, 18, TABLE_BYTES, TABLE_BYTES];

export const bytesOfNews = ({ status }: News): number =>
  status === ALIVE ? ALIVE_BYTES : ACCUSATION_BYTES;

/** What is left for news, each with its PART_BYTES, in a packet of that kind. */
export const roomBeside = (kind: number): number => PACKET_BYTES - OWN_BYTES[kind] - COMPOUND_BYTES;

export function bytesOf({ kind, news, table }: MemberlistMessage): number {
  let bytes = OWN_BYTES[kind];
  if (kind === GOSSIP) bytes += CRC_BYTES;
  if (table !== undefined) bytes += (table.length / TABLE_WORDS) * ENTRY_BYTES;
  for (const one of news) bytes += bytesOfNews(one);
  const parts = news.length + (kind === GOSSIP ? 0 : 1);
  return parts > 1 ? bytes + COMPOUND_BYTES + parts * PART_BYTES : bytes;
}

const KIND_NAMES = [
  ...['GOSSIP', 'PING', 'ACK', 'PING-REQ', 'RELAYED', 'NACK'],
  ...['CONNECT', 'ACCEPT', 'STREAM-PING', 'STREAM-ACK', 'PUSH', 'PULL'],
];
const STATUS_NAMES = ['unknown', 'alive', 'suspect', 'dead', 'left']; // [status]

/** As a line of a trace: `PING-REQ 7 #12; 5 suspect by 3 (0)`, subjects with their incarnations in brackets. */
export function wordsOf({ kind, seq, target, news, table }: MemberlistMessage): string {
  const whom = kind === PING_REQ ? ` ${target}` : '';
  const number = kind >= PING && kind <= NACK ? ` #${seq}` : '';
  const told = news.map(({ status, subject, incarnation, from }) => {
    const accuser = status === ALIVE ? '' : ` by ${from}`;
    return `${subject} ${STATUS_NAMES[status]}${accuser} (${incarnation})`;
  });
  const rows = table === undefined ? [] : [`${table.length / TABLE_WORDS} members`];
  return [`${KIND_NAMES[kind]}${whom}${number}`, ...told, ...rows].join('; ');
}

/** What a table says of a subject: `88 suspect (0)`; undefined: it is no table, or has no row of it. */
export function rowWords({ table }: MemberlistMessage, subject: NodeId): string | undefined {
  if (table === undefined) return undefined;
  for (let i = 0; i < table.length; i += TABLE_WORDS) {
    if (table[i] === subject) return `${subject} ${STATUS_NAMES[table[i + 1]]} (${table[i + 2]})`;
  }
  return undefined;
}
