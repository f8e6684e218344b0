/** The tags of a member's timers: what it is for, and a number of 24 bits. */
export const PROBE_TICK = 1;
export const PROBE_SENT = 2; // a ping that had to wait has left; number of the probe
export const PROBE_TIMEOUT = 3; // number of the probe
export const PROBE_DEADLINE = 4; // number of the probe
export const PROBE_ASKED = 5; // requests that had to wait have left; number of the probe
export const RELAY_TIMEOUT = 6; // number of the relayed ping
export const GOSSIP_TICK = 7;
export const GOSSIP_SENT = 8; // a packet that had to wait has left
export const SUSPICION_END = 9; // subject
export const SYNC = 10;
export const SYNC_TIMEOUT = 11; // number of the exchange
export const INBOX = 12;
/** Added to one of these that lets others go first. */
export const LATE = 64;

const NUMBERS = 2 ** 24;

export const tagOf = (what: number, number = 0): number => what * NUMBERS + (number % NUMBERS);
export const whatOf = (tag: number): number => tag >>> 24;
export const numberOf = (tag: number): number => tag & (NUMBERS - 1);
