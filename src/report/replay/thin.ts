/** Which messages a page shows of a run that has more than a browser should hold: all that told news, and every k-th other. */

import { APPLIED, DUPLICATE, PLACED, READ, SERVED } from '../../engine/model.ts';
import { type Chronicle, FACT, HEARD, SENT } from '../../metrics/chronicle/index.ts';

/** Some 17 bytes of the page each. */
export const MOST_MESSAGES = 200_000;

export interface Thinned {
  readonly kept: Int32Array; // [i] happenings of the chronicle, rising
  readonly news: Uint8Array; // [happening] 1: something came of that message
  readonly leftOut: number;
  /** Which of the others are kept: one of so many. */
  readonly oneOf: number;
  /** False: of those that told news as few are kept as of the others, since there are too many of them, too. */
  readonly hasAllNews: boolean;
}

/** Facts that are nothing new, or that messages are not told for. */
const NO_NEWS = new Set([DUPLICATE, READ, PLACED, SERVED, APPLIED]);

export function thinned(chronicle: Chronicle, most: number = MOST_MESSAGES): Thinned {
  const { length, what } = chronicle;
  const news = newsOf(chronicle);
  let [sent, told] = [0, 0];
  for (let i = 0; i < length; i++) {
    if (what[i] !== SENT) continue;
    sent++;
    told += news[i];
  }
  const hasAllNews = told <= most / 2;
  const [others, room] = hasAllNews ? [sent - told, most - told] : [sent, most];
  const oneOf = Math.max(1, Math.ceil(others / room));
  const kept: number[] = [];
  let seen = 0; // of the others
  for (let i = 0; i < length; i++) {
    if (what[i] !== SENT) continue;
    if ((hasAllNews && news[i] === 1) || seen++ % oneOf === 0) kept.push(i);
  }
  return { kept: Int32Array.from(kept), news, leftOut: sent - kept.length, oneOf, hasAllNews };
}

function newsOf({ length, what, word, cause }: Chronicle): Uint8Array {
  const news = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    if (what[i] !== FACT || NO_NEWS.has(word[i])) continue;
    const heard = cause[i];
    if (heard >= 0 && what[heard] === HEARD) news[cause[heard]] = 1;
  }
  return news;
}
