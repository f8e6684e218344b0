/** The messages of SWIM. Each carries updates: what its sender holds of some subjects at this moment. */
import type { NodeId } from '../../engine/model.ts';

export const PING = 0; // prober or relay -> target: are you there?
export const ACK = 1; // target -> who pinged; a relay passes it on to the prober
export const PING_REQ = 2; // prober -> relay: ping the target for me
export const NEWS = 3; // multicast: nothing but updates
export const JOIN = 4; // a new member -> anybody: let me in
export const WELCOME = 5; // the answer: all whom I know

/** A ping, an ack, or a request to ping, with updates. */
export interface SwimMessage {
  readonly kind: number;
  /** Who wants to know whether the target is there, and in which of its periods. */
  readonly prober: NodeId;
  readonly target: NodeId;
  readonly period: number;
  /** Subject, status, incarnation, and so on. */
  readonly updates: Int32Array;
}

export const UPDATE_WORDS = 3;
export const NO_UPDATES = new Int32Array(0);

/** The paper's sizes: 15 bytes without updates, 135 with six. */
const BASIC_BYTES = 15;
const UPDATE_BYTES = 20;

export const bytesOf = ({ updates }: SwimMessage): number =>
  BASIC_BYTES + (updates.length / UPDATE_WORDS) * UPDATE_BYTES;

const KIND_NAMES = ['PING', 'ACK', 'PING-REQ', 'NEWS', 'JOIN', 'WELCOME'] as const;
const STATUS_NAMES = ['unknown', 'alive', 'suspect', 'failed'] as const; // [status]

/** As a line of a trace: `PING-REQ 7 for 3; 5 suspect (0)`, subjects with their incarnations in brackets. */
export function wordsOf({ kind, prober, target, updates }: SwimMessage): string {
  const isProbe = kind === PING || kind === ACK || kind === PING_REQ;
  const news = Array.from({ length: updates.length / UPDATE_WORDS }, (_, i) => {
    const [subject, status, incarnation] = updates.subarray(i * UPDATE_WORDS);
    return `${subject} ${STATUS_NAMES[status]} (${incarnation})`;
  });
  const probe = isProbe ? ` ${target} for ${prober}` : '';
  return [`${KIND_NAMES[kind]}${probe}`, ...news].join('; ');
}
