/** Happenings in words. */
import { millis } from '../../base/time.ts';
import {
  DIED,
  FACT_NAMES,
  FORGOTTEN,
  JOINED,
  LOST,
  PLACED,
  SUSPECTED,
  TRUSTED,
} from '../../engine/model.ts';
import {
  type Chronicle,
  FACT,
  FAULT,
  FAULTS,
  HANDED,
  HEARD,
  kindIn,
  MISSED,
  ROUND,
  SENT,
  STARTED,
} from '../../metrics/chronicle/index.ts';

/** Of these `about` is a node; of the others a rumour, an operation or a number. */
const ABOUT_NODES: ReadonlySet<number> = new Set([
  ...[SUSPECTED, TRUSTED, JOINED, FORGOTTEN, PLACED, DIED],
]);

export const isAboutNode = (fact: number): boolean => ABOUT_NODES.has(fact);

export const isMessage = (what: number): boolean =>
  what === SENT || what === HEARD || what === MISSED;

/** 1012.345, whole microseconds. */
export const msText = (time: number): string => millis(time).toFixed(3);

/** On one line, whatever a protocol of a user's own says. */
export const lineOf = (text: string): string => text.replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, ' ');

/** The kind of a message, fact or fault; null of what has none. */
export function kindOf({ what, word, words }: Chronicle, i: number): string | null {
  if (isMessage(what[i])) return kindIn(words[word[i]]);
  if (what[i] === FACT) return FACT_NAMES[word[i]];
  return what[i] === FAULT ? FAULTS[word[i]] : null;
}

/** What a node does, without the node: `SUSPECTED n7`, `round`. Messages: in full, without where they go. */
export function wordsOf(chronicle: Chronicle, i: number): string {
  const { what, word, words, other } = chronicle;
  switch (what[i]) {
    case STARTED:
      return 'starts';
    case HANDED:
      return `is handed ${word[i]}`;
    case ROUND:
      return 'round';
    case FACT:
      return `${FACT_NAMES[word[i]]} ${isAboutNode(word[i]) ? 'n' : ''}${other[i]}`;
    case FAULT:
      return FAULTS[word[i]];
    default:
      return isMessage(what[i]) ? lineOf(words[word[i]]) : `timer ${word[i]}`;
  }
}

/** With where it goes: `-> n4 PING 7, 74 B, lost`. */
export function sentenceOf(chronicle: Chronicle, i: number): string {
  const { what, other, bytes, arrives } = chronicle;
  const said = wordsOf(chronicle, i);
  if (what[i] === HEARD) return `<- n${other[i]} ${said}`;
  if (what[i] === MISSED) return `<- n${other[i]} ${said}, but is down`;
  if (what[i] !== SENT) return said;
  const fate = arrives[i] === LOST ? 'lost' : `arrives ${msText(arrives[i])}`;
  return `-> n${other[i]} ${said}, ${bytes[i]} B, ${fate}`;
}
