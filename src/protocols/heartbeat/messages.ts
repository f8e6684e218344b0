/**
 * The messages of the heartbeat protocol: bits 0..1 say what kind, the others are the handle of a list in the table.
 * Sizes: an entry is 6 bytes of address and 2 of heartbeat, as van Renesse, Minsky, Hayden 1998 count (from memory), and
 * 4 more of generation, which the paper does not have.
 */
export const LIST = 0; // gossip: merge this
export const CALL = 1; // gossip, and send me yours
export const REQUEST = 2; // send me yours; carries no list
export const BROADCAST = 3; // gossip to everybody there may be

/** Bytes of an entry of a list. */
export const ENTRY_BYTES = 12;
/** Payload of a REQUEST: who asks. */
export const REQUEST_BYTES = 8;

export const message = (kind: number, list = 0): number => kind | (list << 2);

export const kindOf = (message: number): number => message & 3;

/** The handle; none where the kind is REQUEST. */
export const listOf = (message: number): number => message >>> 2;

const KIND_NAMES = ['LIST', 'CALL', 'REQUEST', 'BROADCAST'] as const;

/** As a line of a trace. What is in a list only its table knows. */
export const wordsOf = (message: number): string => KIND_NAMES[kindOf(message)];
