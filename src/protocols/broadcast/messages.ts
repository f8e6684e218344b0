/**
 * The messages of the broadcast protocols: small integers, so that the engine stores none of them.
 * Bits 0..3 are the tag, 4..23 the rumour, 24..30 a counter where the protocol has one.
 * Only a message with the tag RUMOUR carries a rumour, and never more than one: Demers' traffic m counts these.
 */
import { UserError } from '../../base/errors.ts';

export const RUMOUR = 0; // the rumour itself
export const REQUEST = 1; // tell me what you know
export const NEEDED = 2; // feedback: I had not heard that rumour
export const UNNECESSARY = 3; // feedback: I knew that rumour already
export const CALL = 4; // may I connect? Only where connections are limited
export const ACCEPT = 5; // you may
export const REJECT = 6; // you may not: I have accepted enough calls in this cycle
export const COMPARE = 7; // let us compare our databases
export const HAVE = 8; // a line of the comparison: I have that rumour
export const WANT = 9; // send me that rumour

/** [tag] its name, for traces and tables of traffic. */
export const TAG_NAMES = [
  'RUMOUR',
  'REQUEST',
  'NEEDED',
  'UNNECESSARY',
  'CALL',
  'ACCEPT',
  'REJECT',
  'COMPARE',
  'HAVE',
  'WANT',
] as const;

/** Payload of every message that carries no rumour: the id of a rumour, or a word. */
export const CONTROL_BYTES = 8;

export const MOST_COUNTER = 127;
const MOST_RUMOURS = 2 ** 20;

export const message = (tag: number, about = 0, counter = 0): number =>
  tag | (about << 4) | (counter << 24);

/** The tag of a message. */
export const tagOf = (message: number): number => message & 15;

/** The rumour that the message is about, whether it carries it or not; 0 where it is about none. */
export const aboutOf = (message: number): number => (message >>> 4) & (MOST_RUMOURS - 1);

/** The rumour that the message carries; -1 if it carries none. */
export const rumourOf = (message: number): number =>
  tagOf(message) === RUMOUR ? aboutOf(message) : -1;

export const counterOf = (message: number): number => message >>> 24;

/** Refuses a workload with more rumours than a message can name. */
export function checkRumours(rumours: number): void {
  if (rumours <= MOST_RUMOURS) return;
  throw new UserError(
    `broadcast: the workload may have at most ${MOST_RUMOURS} rumours; got ${rumours}`,
  );
}

/** As a line of a trace: the tag, the rumour that it is about, a counter above 0. */
export function wordsOf(message: number): string {
  const tag = tagOf(message);
  const isAboutNone = tag === REQUEST || tag === CALL || tag === ACCEPT || tag === REJECT;
  const counter = counterOf(message) > 0 ? ` counter ${counterOf(message)}` : '';
  return `${TAG_NAMES[tag]}${isAboutNone || tag === COMPARE ? '' : ` ${aboutOf(message)}`}${counter}`;
}
