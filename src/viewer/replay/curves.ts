/** The curves beside the picture: what grows and falls in the run, as steps over time. Nothing of it is drawn here. */
import { countUntil } from '../../report/replay/topics.ts';
import { wrongPairs } from '../../report/replay/views.ts';
import type { Tone } from './looks.ts';
import type { Replay } from './run.ts';
import type { State } from './state.ts';

/** A value holds from its time to the next. */
export interface Steps {
  readonly at: Float64Array; // [i] rising
  readonly value: Float64Array; // [i]
}

export interface Line {
  readonly label: string;
  readonly tone: Tone | 'soft' | 'lost';
  readonly dash: boolean;
  readonly steps: Steps;
}

export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
}

export function chartsOf(state: State): readonly Chart[] {
  const { replay } = state;
  return [...sceneCharts(state), traffic(replay)];
}

function sceneCharts(state: State): readonly Chart[] {
  if (state.scene === 'spread') {
    const { times, hasApplied } = state.spread;
    const value = Float64Array.from(times, (_, i) => i + 1);
    const label = hasApplied ? 'have applied it' : 'know it';
    const line = { label, tone: 'known', dash: false, steps: { at: times, value } } as const;
    return [{ title: 'Nodes', lines: [line] }];
  }
  if (state.scene === 'beliefs') {
    const { at, doubtedUp, trustedDown } = wrongPairs(state.replay);
    const [live, dead] = ['a live node is doubted', 'a dead node is trusted'];
    const lines = [
      { label: live, tone: 'wrong', dash: false, steps: { at, value: doubtedUp } },
      { label: dead, tone: 'load', dash: true, steps: { at, value: trustedDown } },
    ] as const;
    return [{ title: 'Pairs of nodes in which', lines }];
  }
  return [];
}

function traffic({ slice, sent, lost }: Replay): Chart {
  const at = sent.map((_, i) => i * slice);
  const perSecond = (counts: Float64Array) => counts.map((count) => (count * 1e6) / slice);
  const lines = [
    { label: 'sent', tone: 'soft', dash: false, steps: { at, value: perSecond(sent) } },
    { label: 'lost', tone: 'lost', dash: true, steps: { at, value: perSecond(lost) } },
  ] as const;
  return { title: 'Messages per second', lines };
}

/** 0 before the first. */
export function valueAt({ at, value }: Steps, time: number): number {
  const steps = countUntil(at, time);
  return steps === 0 ? 0 : value[steps - 1];
}

/** Of many steps in one column of the picture, the highest and the last are kept. */
export function pathOf(
  { at, value }: Steps,
  end: number,
  most: number,
  w: number,
  h: number,
): string {
  const x = (time: number) => Math.round(10 * (time / Math.max(1, end)) * w) / 10;
  const y = (of: number) => Math.round(10 * (h - (of / most) * h)) / 10;
  let path = `M0,${y(0)}`;
  for (let i = 0; i < at.length; ) {
    const column = Math.floor(x(at[i]));
    const first = i;
    let highest = 0;
    for (; i < at.length && Math.floor(x(at[i])) === column; i++)
      highest = Math.max(highest, value[i]);
    path += `H${x(at[first])}V${y(highest)}`;
    if (value[i - 1] !== highest) path += `V${y(value[i - 1])}`;
  }
  return `${path}H${w}`;
}

export const highest = ({ lines }: Chart): number =>
  Math.max(1, ...lines.map(({ steps }) => steps.value.reduce((a, b) => Math.max(a, b), 0)));
