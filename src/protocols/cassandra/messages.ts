/** What nodes send each other. `created`: when, by the simulation's clock; for the guard of status-check.ts. */
import type { Micros } from '../../base/time.ts';
import type { Deltas, Digests } from './deltas.ts';
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
}

export interface Ack2 {
  readonly kind: typeof ACK2;
  readonly created: Micros;
  readonly deltas: Deltas;
}

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
