/** What a chronicle is: everything that happened in a run, in order, each with what it came of. */
import type { Micros } from '../../base/time.ts';
import type { FaultKind } from '../../engine/model.ts';

/** What a node does, and what is done to it. */
export const STARTED = 0; // node begins a life; cause: the restart
/** Node is handed the input `word`. */
export const HANDED = 1;
/** Node has a round. */
export const ROUND = 2;
/** A timer with the tag `word` goes off; cause: what set it. */
export const TIMED = 3;
/** Node sends `word` to `other`; cause: what node was doing. */
export const SENT = 4;
/** Node hears `word` from `other`; cause: that it was sent. */
export const HEARD = 5;
/** `word` from `other` reaches node, which is down; cause: that it was sent. */
export const MISSED = 6;
/** Node reports the fact `word` about `other`; cause: what node was doing. */
export const FACT = 7;
/** The fault `word` befalls node. */
export const FAULT = 8;
/** Which of the kinds of happenings it is: HANDED .. FAULT. */
export type What = number;
/** [What] its name. */
export const WHAT_NAMES = [
  ...['started', 'handed', 'round', 'timed', 'sent', 'heard', 'missed', 'fact', 'fault'],
] as const;

/** Of nothing that is written down: a round, an input, a fault, a boot. */
export const NO_CAUSE = -1;

/** [word] of a FAULT. */
export const FAULTS: readonly FaultKind[] = [
  ...(['absent', 'crash', 'restart', 'pause', 'resume', 'slow', 'clock'] as const),
];

/** Columns by happening, in the order in which they happened. */
export interface Chronicle {
  readonly n: number;
  readonly length: number;
  /** When the run ended. */
  readonly end: Micros;
  readonly at: Float64Array; // [i] microseconds
  readonly what: Uint8Array; // [i] STARTED .. FAULT
  readonly node: Int32Array; // [i]
  readonly other: Int32Array; // [i] the other node, or what a fact is about; -1 where there is none
  readonly word: Int32Array; // [i] number of the words of a message, of a fact, a fault, an input or a tag; else 0
  readonly cause: Int32Array; // [i] an earlier happening, or NO_CAUSE
  /** [i] of what was SENT: when it arrives, LOST (Infinity) if it never does; it may wait there. Else `at`. */
  readonly arrives: Float64Array;
  readonly bytes: Int32Array; // [i] of what was SENT, with its header; else 0
  /** [word] what messages said; the first word is the kind of message. */
  readonly words: readonly string[];
}

/** PING of "PING 7 for 3; 5 suspect (0)". */
export const kindIn = (words: string): string => /^[^ ;]*/.exec(words)![0];
