/** From whom a node learnt what it holds of another, back to who was the first to say so. */
import { type Fact, SUSPECTED } from '../../../engine/model.ts';
import { HEARD, NO_CAUSE, TIMED } from '../../../metrics/chronicle/index.ts';
import type { Ground } from './ground.ts';
import { type Saying, type Speech, sayingsIn } from './speech.ts';

/** A node heard from another. */
export interface Hearsay {
  readonly heard: number;
  readonly sent: number;
  /** The fact by which the other had come to hold it; undefined: it is not known how. */
  readonly of: number | undefined;
}

/** The message from which the fact came; undefined: the node came to it of its own accord. */
export function learnt(ground: Ground, speech: Speech, fact: number): Hearsay | undefined {
  const { word, cause } = ground.chronicle;
  if (!cameOfMessages(ground, cause[fact])) return undefined;
  const wanted: readonly Saying['status'][] =
    word[fact] === speech.verdict ? ['dead'] : ['suspect', 'dead'];
  const heard = candidates(ground, fact).find((i) => said(ground, i, fact, wanted).length > 0);
  if (heard === undefined) return undefined;
  const sent = cause[heard];
  return { heard, sent, of: heldBy(ground, speech, sent, fact, said(ground, heard, fact, wanted)) };
}

/** News may be put by until all that has come is read: a timer of the same instant. */
function cameOfMessages({ chronicle }: Ground, doing: number): boolean {
  const { what, cause, at } = chronicle;
  if (doing === NO_CAUSE) return false;
  if (what[doing] === HEARD) return true;
  const set = cause[doing];
  return what[doing] === TIMED && set !== NO_CAUSE && what[set] === HEARD && at[set] === at[doing];
}

/** Messages that the node has heard at the instant of the fact: the one that it reacts to, and the latest, come first. */
function candidates({ chronicle }: Ground, fact: number): readonly number[] {
  const { what, node, at, cause } = chronicle;
  const found: number[] = [];
  for (let i = fact; i >= 0 && at[i] === at[fact]; i--) {
    if (what[i] === HEARD && node[i] === node[fact]) found.push(i);
  }
  const doing = cause[fact];
  return found.includes(doing) ? [doing] : found;
}

const said = (
  ground: Ground,
  heard: number,
  fact: number,
  wanted: readonly Saying['status'][],
): readonly Saying[] =>
  sayingsIn(ground.said(heard), ground.chronicle.other[fact]).filter(({ status }) =>
    wanted.includes(status),
  );

/** The fact by which the sender held what it said. */
function heldBy(
  ground: Ground,
  { verdict }: Speech,
  sent: number,
  fact: number,
  sayings: readonly Saying[],
): number | undefined {
  const { node, other } = ground.chronicle;
  const kinds: Fact[] = sayings.some(({ status }) => status === 'dead') ? [verdict] : [SUSPECTED];
  return ground.facts(kinds, other[fact], node[sent], 0, sent).at(-1);
}
