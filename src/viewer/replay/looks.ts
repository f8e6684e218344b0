/** What a node looks like, from the state alone. The same look is drawn the same, in the picture and in its legend. */
import { isDoubt, OLD_NEWS, SUSPECTS, UNKNOWN } from '../../report/replay/beliefs.ts';
import { ABSENT, DOWN, isDown, PAUSED, SLOW } from '../../report/replay/lives.ts';
import type { State } from './state.ts';

/** Of a part of the disc; each has a place and a shape of its own beside its colour. */
export type Tone = 'none' | 'known' | 'wrong' | 'right' | 'old' | 'load';

export interface Look {
  /** Of the whole disc: hollow (knows nothing of it), plain, or dotted: not there. */
  readonly base: 'hollow' | 'plain' | 'dotted';
  readonly tone: Tone;
  /** In sixteenths, clockwise from the top: how much of the disc has the tone. */
  readonly part: number;
  /** A dot in the middle: it spreads no more. */
  readonly dot: boolean;
  /** A ring around it: it is suspected. */
  readonly ring: boolean;
  readonly mark: 'none' | 'crashed' | 'paused' | 'slow';
}

export const PARTS = 16;
export const PLAIN: Look = {
  ...{ base: 'plain', tone: 'none', part: 0, dot: false, ring: false, mark: 'none' },
};

const BASES: readonly Look['base'][] = ['hollow', 'plain', 'dotted'];
const TONES: readonly Tone[] = ['none', 'known', 'wrong', 'right', 'old', 'load'];
const MARKS: readonly Look['mark'][] = ['none', 'crashed', 'paused', 'slow'];
const known: Look[] = []; // by a number for each look

/** The same object for the same look: most nodes look at the next frame as they did, and that must be cheap to see. */
function look(
  mark: Look['mark'],
  base: Look['base'],
  tone: Tone = 'none',
  part = 0,
  ring = false,
  dot = false,
): Look {
  const place = (BASES.indexOf(base) * TONES.length + TONES.indexOf(tone)) * (PARTS + 1) + part;
  const flags = (ring ? 2 : 0) + (dot ? 1 : 0);
  const code = (place * 4 + flags) * MARKS.length + MARKS.indexOf(mark);
  return (known[code] ??= { base, tone, part, dot, ring, mark });
}

const markOf = (condition: number): Look['mark'] => {
  if ((condition & DOWN) !== 0) return 'crashed';
  if ((condition & PAUSED) !== 0) return 'paused';
  return (condition & SLOW) !== 0 ? 'slow' : 'none';
};

export function lookOf(state: State, node: number): Look {
  const condition = state.condition(node);
  const mark = markOf(condition);
  if ((condition & ABSENT) !== 0) return look('none', 'dotted');
  switch (state.scene) {
    case 'spread':
      return spreadLook(state, node, mark);
    case 'beliefs':
      return beliefLook(state, node, mark, isDown(condition));
    case 'queues':
      return look(mark, 'plain', 'load', Math.min(PARTS, 2 * state.queue(node)));
    default:
      return look(mark, 'plain');
  }
}

function spreadLook({ spread, time }: State, node: number, mark: Look['mark']): Look {
  if (spread.heard[node] > time) return look(mark, 'hollow');
  const isWaiting = spread.hasApplied && spread.applied[node] > time;
  const part = isWaiting ? PARTS / 2 : PARTS;
  return look(mark, 'plain', 'known', part, false, spread.removed[node] <= time);
}

/** What the chosen node believes of it; where none is chosen, how many doubt it. */
function beliefLook(state: State, node: number, mark: Look['mark'], down: boolean): Look {
  const { views, node: observer } = state;
  if (views === undefined) return look(mark, 'plain');
  if (observer >= 0 && !isDown(state.condition(observer))) {
    const belief = observer === node ? 0 : state.belief(observer, node);
    if (belief === UNKNOWN) return look(mark, 'hollow');
    if (!isDoubt(belief)) return look(mark, 'plain');
    const part = (belief & (OLD_NEWS - 1)) === SUSPECTS ? PARTS / 2 : PARTS;
    return look(mark, 'plain', doubtTone(down, belief >= OLD_NEWS), part, true);
  }
  const doubters = views.doubters[node];
  if (doubters === 0) return look(mark, 'plain');
  const all = views.upNodes - (down ? 0 : 1);
  const part = Math.max(1, Math.min(PARTS, Math.round((PARTS * doubters) / Math.max(1, all))));
  return look(mark, 'plain', doubtTone(down, 2 * views.stale[node] > doubters), part, true);
}

export const doubtTone = (down: boolean, isOld: boolean): Tone => {
  if (down) return 'right';
  return isOld ? 'old' : 'wrong';
};
