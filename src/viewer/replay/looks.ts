/** What a node looks like, from the state alone. The same look is drawn the same, in the picture and in its legend. */
import { isDoubt, OLD_NEWS, UNKNOWN } from '../../report/replay/beliefs.ts';
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

export const lookKey = ({ base, tone, part, dot, ring, mark }: Look): string =>
  `${base} ${tone} ${part} ${dot} ${ring} ${mark}`;

const markOf = (condition: number): Look['mark'] => {
  if ((condition & DOWN) !== 0) return 'crashed';
  if ((condition & PAUSED) !== 0) return 'paused';
  return (condition & SLOW) !== 0 ? 'slow' : 'none';
};

export function lookOf(state: State, node: number): Look {
  const condition = state.condition(node);
  const mark = markOf(condition);
  if ((condition & ABSENT) !== 0) return { ...PLAIN, base: 'dotted' };
  switch (state.scene) {
    case 'spread':
      return { ...spreadLook(state, node), mark };
    case 'beliefs':
      return { ...beliefLook(state, node, isDown(condition)), mark };
    case 'queues':
      return { ...PLAIN, tone: 'load', part: Math.min(PARTS, 2 * state.queue(node)), mark };
    default:
      return { ...PLAIN, mark };
  }
}

function spreadLook({ spread, time }: State, node: number): Look {
  if (spread.heard[node] > time) return { ...PLAIN, base: 'hollow' };
  const isWaiting = spread.hasApplied && spread.applied[node] > time;
  return {
    ...{ ...PLAIN, tone: 'known', part: isWaiting ? PARTS / 2 : PARTS },
    dot: spread.removed[node] <= time,
  };
}

/** What the chosen node believes of it; where none is chosen, how many doubt it. */
function beliefLook(state: State, node: number, down: boolean): Look {
  const { views, node: observer } = state;
  if (views === undefined) return PLAIN;
  if (observer >= 0 && !isDown(state.condition(observer))) {
    const belief = observer === node ? 0 : state.belief(observer, node);
    if (belief === UNKNOWN) return { ...PLAIN, base: 'hollow' };
    if (!isDoubt(belief)) return PLAIN;
    const part = (belief & (OLD_NEWS - 1)) === 1 ? PARTS / 2 : PARTS;
    return { ...PLAIN, tone: doubtTone(down, belief >= OLD_NEWS), part, ring: true };
  }
  const doubters = views.doubters[node];
  if (doubters === 0) return PLAIN;
  const all = views.upNodes - (down ? 0 : 1);
  const part = Math.max(1, Math.min(PARTS, Math.round((PARTS * doubters) / Math.max(1, all))));
  const isOld = 2 * views.stale[node] > doubters;
  return { ...PLAIN, tone: doubtTone(down, isOld), part, ring: true };
}

export const doubtTone = (down: boolean, isOld: boolean): Tone => {
  if (down) return 'right';
  return isOld ? 'old' : 'wrong';
};
