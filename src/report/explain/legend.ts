/** What the marks mean: only those that are there. */
import { textWidth } from '../font.ts';
import type { Drawn } from './drawn.ts';
import { CUT, DOTS, INK, LINE, LOSS, MESSAGE, PAUSE, SMALL_PX, TIME } from './look.ts';
import { arrowHead, cross, element, line, text } from './svg.ts';

const MARK_PX = 34;
const GAP_PX = 22;
const LINE_PX = 20;

interface Entry {
  readonly words: string;
  readonly mark: (x: number, y: number) => string;
}

export function legend(drawn: Drawn, left: number, top: number, widthPx: number) {
  let [x, y] = [left, top];
  const parts: string[] = [];
  for (const { words, mark } of entriesOf(drawn)) {
    const width = MARK_PX + textWidth(words, SMALL_PX) + GAP_PX;
    if (x > left && x + width > left + widthPx) [x, y] = [left, y + LINE_PX];
    parts.push(mark(x, y - 4), text(words, x + MARK_PX, y, { 'font-size': SMALL_PX, fill: INK }));
    x += width;
  }
  if (drawn.left > 0) {
    y += LINE_PX;
    const words = `${drawn.left} more messages and facts belong to this and are not drawn.`;
    parts.push(text(words, left, y, { 'font-size': SMALL_PX, fill: INK }));
  }
  return { svg: parts.join(''), height: y - top };
}

function entriesOf({ arrows, dots, spans, spells }: Drawn): readonly Entry[] {
  const is = (fate: string) => arrows.some((arrow) => arrow.fate === fate);
  const has = (fact: string) => dots.some((one) => one.is === fact);
  const arrow =
    (colour: string, dashed: boolean, extra = (_x: number, _y: number) => '') =>
    (x: number, y: number) =>
      line(x, y, x + 26, y, {
        stroke: colour,
        'stroke-width': 1.4,
        ...(dashed ? { 'stroke-dasharray': '5 3' } : {}),
      }) + extra(x, y);
  const head = (colour: string) => (x: number, y: number) =>
    arrowHead(x, y, x + 26, y, { fill: colour });
  const crossed = (colour: string, at: number) => (x: number, y: number) =>
    cross(x + at, y, 4.5, { stroke: colour, 'stroke-width': 2.2 });
  const dot = (colour: string) => (x: number, y: number) =>
    element('circle', { cx: x + 13, cy: y, r: 5, fill: colour });
  const waits = (x: number, y: number) =>
    line(x, y, x + 22, y, { stroke: MESSAGE, 'stroke-width': 2, 'stroke-dasharray': '2 2.5' }) +
    element('circle', {
      cx: x + 25,
      cy: y,
      r: 3.2,
      fill: 'white',
      stroke: MESSAGE,
      'stroke-width': 1.6,
    });
  const bar = (x: number, y: number) =>
    element('rect', { x, y: y - 5, width: 26, height: 10, fill: PAUSE }) +
    line(x, y, x + 26, y, { stroke: LINE, 'stroke-width': 1.5 });
  const end = (x: number, y: number) =>
    line(x, y, x + 13, y, { stroke: LINE, 'stroke-width': 1.5 }) +
    line(x + 13, y - 8, x + 13, y + 8, { stroke: INK, 'stroke-width': 2.5 }) +
    line(x + 13, y, x + 26, y, { stroke: LINE, 'stroke-dasharray': '1.5 5' });
  const bracket = (x: number, y: number) =>
    element('path', {
      d: `M${x},${y - 3}V${y + 2}H${x + 26}V${y - 3}`,
      stroke: TIME,
      fill: 'none',
    });
  const all: (readonly [boolean, string, Entry['mark']])[] = [
    [is('heard'), 'message, heard', arrow(MESSAGE, false, head(MESSAGE))],
    [arrows.some(({ heard }) => heard !== undefined), 'it waits, then is heard', waits],
    [is('lost'), 'lost by chance', arrow(LOSS, true, crossed(LOSS, 22))],
    [is('cut'), 'lost at the partition', arrow(CUT, true, crossed(CUT, 22))],
    [
      is('missed'),
      'comes to a node that is down',
      arrow(LOSS, false, (x, y) => head(LOSS)(x, y) + crossed(LOSS, 26)(x, y)),
    ],
    [is('pending'), 'not heard by the end of the run', arrow(MESSAGE, true, head(MESSAGE))],
    [has('suspected'), 'suspicion', dot(DOTS.suspected)],
    [has('verdict'), 'verdict', dot(DOTS.verdict)],
    [has('trusted'), 'trusted again', dot(DOTS.trusted)],
    [has('delivered'), 'rumour known', dot(DOTS.delivered)],
    [spells.some((spell) => spell.is === 'paused'), 'node is paused', bar],
    [spells.some((spell) => spell.is === 'down'), 'node is down', end],
    [spans.length > 0, 'a time that counts', bracket],
  ];
  return all.filter(([there]) => there).map(([, words, mark]) => ({ words, mark }));
}
