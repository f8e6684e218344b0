/** What nodes send each other. `created`: when, by the simulation's clock; for the guard of status-check.ts. */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { DELTA_WORDS, type Deltas, DIGEST_WORDS, type Digests, lengthOf } from './deltas.ts';
import type { Answer } from './exchange.ts';
import { type AskedRows, deltasIn, requestsIn, type ToldRows } from './row-answers.ts';
import type { Synopsis } from './synopsis.ts';

export const SYN = 0;
export const ACK = 1;
export const ACK2 = 2;
export const ECHO = 3;
export const ECHO_ANSWER = 4;
export const GOODBYE = 5; // GOSSIP_SHUTDOWN
export const MESSAGE_NAMES = ['SYN', 'ACK', 'ACK2', 'ECHO', 'ECHO_ANSWER', 'SHUTDOWN'] as const;

export interface Syn {
  readonly kind: typeof SYN;
  readonly created: Micros;
  readonly digests: Synopsis;
}

export interface Ack {
  readonly kind: typeof ACK;
  readonly created: Micros;
  readonly requests: Digests;
  readonly deltas: Deltas;
  /** The same by rows, if it was made so. */
  readonly asked?: AskedRows | undefined;
  readonly told?: ToldRows;
}

export interface Ack2 {
  readonly kind: typeof ACK2;
  readonly created: Micros;
  readonly deltas: Deltas;
  readonly told?: ToldRows;
}

/** By rows: its deltas are written down when somebody reads them. */
class RowAck2 implements Ack2 {
  readonly kind = ACK2;
  readonly created: Micros;
  readonly told: ToldRows;

  constructor(created: Micros, told: ToldRows) {
    this.created = created;
    this.told = told;
  }

  get deltas(): Deltas {
    return deltasIn(this.told);
  }
}

/** By rows: its requests and deltas are written down when somebody reads them. */
class RowAck implements Ack {
  readonly kind = ACK;
  readonly created: Micros;
  readonly told: ToldRows;
  readonly asked: AskedRows;

  constructor(created: Micros, told: ToldRows, asked: AskedRows) {
    this.created = created;
    this.told = told;
    this.asked = asked;
  }

  get requests(): Digests {
    return requestsIn(this.asked);
  }

  get deltas(): Deltas {
    return deltasIn(this.told);
  }
}

export function ackOf(created: Micros, answer: Answer): Ack {
  const { told, asked } = answer;
  if (told !== undefined && asked !== undefined) return new RowAck(created, told, asked);
  return { kind: ACK, created, requests: answer.requests, deltas: answer.deltas };
}

export function ack2Of(created: Micros, answer: Answer): Ack2 {
  if (answer.told !== undefined) return new RowAck2(created, answer.told);
  return { kind: ACK2, created, deltas: answer.deltas };
}

/** Deltas in it. */
export const deltaCount = (message: Ack | Ack2): number =>
  message.told?.count ?? lengthOf(message.deltas);

export interface Echo {
  readonly kind: typeof ECHO;
  readonly created: Micros;
  /** Of the life that is asked for. */
  readonly generation: number;
}

/** Gives back what was in the question. */
export interface EchoAnswer {
  readonly kind: typeof ECHO_ANSWER;
  readonly created: Micros; // of the question
  readonly generation: number;
}

export interface Goodbye {
  readonly kind: typeof GOODBYE;
  readonly created: Micros;
  /** Since 5.0. */
  readonly state?: { readonly generation: number; readonly states: number };
}

export type CassandraMessage = Syn | Ack | Ack2 | Echo | EchoAnswer | Goodbye;

/** What it tells of a subject: `88 at 1700000000.412`, generation and heartbeat; undefined: nothing. */
export function newsWords(message: CassandraMessage, subject: NodeId): string | undefined {
  if (message.kind !== ACK && message.kind !== ACK2) return undefined;
  const { deltas } = message;
  for (let i = 0; i < deltas.length; i += DELTA_WORDS) {
    if (deltas[i] === subject) return `${subject} at ${deltas[i + 1]}.${deltas[i + 2]}`;
  }
  return undefined;
}

/** As a line of a trace: the verb, and how many digests, requests and endpoint states it carries. */
export function wordsOf(message: CassandraMessage): string {
  const name = MESSAGE_NAMES[message.kind];
  if (message.kind === SYN) return `${name} ${message.digests.length} digests`;
  if (message.kind === ACK) {
    const requests = message.requests.length / DIGEST_WORDS;
    return `${name} ${requests} requests, ${deltaCount(message)} states`;
  }
  return message.kind === ACK2 ? `${name} ${deltaCount(message)} states` : name;
}
