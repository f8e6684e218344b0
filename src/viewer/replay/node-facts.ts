/** What there is to say of a node at a time: whom it doubts and since when, what it knows, what it said and heard last. */
import { DELIVERED } from '../../engine/model.ts';
import { isDoubt } from '../../report/replay/beliefs.ts';
import { isDown } from '../../report/replay/lives.ts';
import { HEARD, LOST } from '../../report/replay/model.ts';
import { countUntil } from '../../report/replay/topics.ts';
import { factText } from './say.ts';
import type { State } from './state.ts';

export interface Doubt {
  readonly node: number; // whom, or who
  readonly belief: number;
  readonly since: number; // microseconds
}

/** Whom it doubts. */
export const doubtsOf = (state: State, observer: number): readonly Doubt[] =>
  doubts(
    state,
    (pair, n) => Math.floor(pair / n) === observer,
    (pair, n) => pair % n,
  );

/** Who doubts it. */
export const doubtersOf = (state: State, subject: number): readonly Doubt[] =>
  doubts(
    state,
    (pair, n) => pair % n === subject,
    (pair, n) => Math.floor(pair / n),
  );

function doubts(
  { views, replay: { n }, time }: State,
  isMeant: (pair: number, n: number) => boolean,
  nodeOf: (pair: number, n: number) => number,
): readonly Doubt[] {
  if (views === undefined) return [];
  const { at, cell, before, after } = views.beliefsLog;
  const since = new Map<number, number>(); // [pair] when its doubt began
  for (let i = 0; i < at.length && at[i] <= time; i++) {
    if (isMeant(cell[i], n) && isDoubt(after[i]) && !isDoubt(before[i])) since.set(cell[i], at[i]);
  }
  return [...since]
    .filter(([pair]) => isDoubt(views.beliefs.value[pair]))
    .map(([pair, since]) => ({ node: nodeOf(pair, n), belief: views.beliefs.value[pair], since }))
    .sort((a, b) => a.node - b.node);
}

export interface Event {
  readonly at: number;
  readonly text: string;
}

const LOOKED_AT = 50_000; // messages, from now back

/** What it has sent, heard and reported last, the latest first. */
export function latestOf({ replay, time }: State, node: number, most: number): readonly Event[] {
  const events: Event[] = [];
  const { at, done, from, to, word, fate } = replay.messages;
  let i = countUntil(at, time) - 1;
  for (const last = i - LOOKED_AT; i >= 0 && i > last && events.length < 4 * most; i--) {
    const said = replay.words[word[i]];
    if (from[i] === node)
      events.push({ at: at[i], text: `to ${to[i]}: ${said}${fate[i] === LOST ? ' (lost)' : ''}` });
    if (to[i] === node && done[i] <= time) {
      const how = fate[i] === HEARD ? '' : ' (it is down)';
      events.push({ at: done[i], text: `from ${from[i]}: ${said}${how}` });
    }
  }
  const { facts } = replay;
  let found = 0;
  for (let k = countUntil(facts.at, time) - 1; k >= 0 && found < most; k--) {
    if (facts.node[k] !== node) continue;
    found++;
    events.push({ at: facts.at[k], text: factText(facts.kind[k], facts.about[k]) });
  }
  return events.sort((a, b) => b.at - a.at).slice(0, most);
}

/** Which topics it knows, and since when. */
export function knownBy({ replay, time }: State, node: number): readonly Event[] {
  const { facts } = replay;
  const first = new Map<number, number>();
  for (let i = 0; i < facts.at.length && facts.at[i] <= time; i++) {
    if (facts.node[i] === node && facts.kind[i] === DELIVERED && !first.has(facts.about[i])) {
      first.set(facts.about[i], facts.at[i]);
    }
  }
  return [...first].map(([topic, at]) => ({ at, text: String(topic) }));
}

/** How many nodes that are up it trusts. */
export function trustedBy(state: State, observer: number): number {
  let count = 0;
  for (let node = 0; node < state.replay.n; node++) {
    if (node !== observer && state.belief(observer, node) === 0 && !isDown(state.condition(node)))
      count++;
  }
  return count;
}
