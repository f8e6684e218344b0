/** What colours and shapes mean, drawn by what draws the picture. */
import { OLD_NEWS, UNKNOWN } from '../../report/replay/beliefs.ts';
import { element } from './dom.ts';
import { drawNode } from './glyphs.ts';
import { type Look, PARTS, PLAIN } from './looks.ts';
import { drawCell } from './matrix.ts';
import type { Palette } from './palette.ts';
import { topicName } from './say.ts';
import type { State } from './state.ts';

type Draw = (context: CanvasRenderingContext2D, palette: Palette) => void;
type Entry = readonly [text: string, draw: Draw];

const SIDE = 26; // pixels

const node =
  (look: Partial<Look>): Draw =>
  (context, palette) => {
    context.translate(SIDE / 2, SIDE / 2);
    drawNode(context, { ...PLAIN, ...look }, 8, palette);
  };

const line =
  (
    colour: 'soft' | 'news' | 'lost' | 'cut',
    dash: readonly number[],
    width: number,
    end: 'dot' | 'cross' | '',
  ): Draw =>
  (context, palette) => {
    context.strokeStyle = context.fillStyle = palette[colour];
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(2, 13);
    context.lineTo(20, 13);
    context.stroke();
    context.setLineDash([]);
    if (end === 'dot') context.fillRect(17.5, 10.5, 5, 5);
    if (end !== 'cross') return;
    context.lineWidth = 2;
    context.stroke(new Path2D('M16,9l8,8M16,17l8,-8'));
  };

const cell =
  (of: Parameters<typeof drawCell>[1]): Draw =>
  (context, palette) =>
    drawCell(context, of, 4, 4, 18, palette);

function nodes(state: State): readonly Entry[] {
  const { scene } = state;
  if (scene === 'spread') {
    const what = `the ${topicName(state)}`;
    const applied: Entry[] = state.spread.hasApplied
      ? [['has it, and has not applied it', node({ tone: 'known', part: PARTS / 2 })]]
      : [];
    const removed: Entry[] = state.spread.removed.some((time) => time < Infinity)
      ? [['knows it, spreads it no more', node({ tone: 'known', part: PARTS, dot: true })]]
      : [];
    return [
      [`does not know ${what}`, node({ base: 'hollow' })],
      ...applied,
      [
        state.spread.hasApplied ? 'has applied it' : 'knows it',
        node({ tone: 'known', part: PARTS }),
      ],
      ...removed,
    ];
  }
  if (scene === 'beliefs') {
    const after = state.views?.beliefsLog.after ?? new Int32Array(0);
    const isStale = after.some((belief) => belief >= OLD_NEWS);
    const old = node({ tone: 'old', part: 8, ring: true });
    const unknown = node({ base: 'hollow' });
    return [
      ['trusted', node({})],
      ['alive, doubted by so many: false positive', node({ tone: 'wrong', part: 5, ring: true })],
      ['down, and so many know', node({ tone: 'right', part: 10, ring: true, mark: 'crashed' })],
      ...(isStale ? ([['up again, doubted for its earlier life', old]] as Entry[]) : []),
      ...(after.includes(UNKNOWN) ? ([['not known to the chosen node', unknown]] as Entry[]) : []),
    ];
  }
  if (scene === 'queues')
    return [['jobs here: full means 8 or more', node({ tone: 'load', part: 6 })]];
  return [['a node', node({})]];
}

function conditions({ replay: { faults } }: State): readonly Entry[] {
  const has = (...kinds: readonly number[]) => faults.kind.some((kind) => kinds.includes(kind));
  const all: readonly [boolean, Entry][] = [
    [has(1), ['crashed', node({ mark: 'crashed' })]],
    [has(3), ['paused', node({ mark: 'paused' })]],
    [has(5), ['slow', node({ mark: 'slow' })]],
    [has(0), ['not there yet', node({ base: 'dotted' })]],
  ];
  return all.filter(([is]) => is).map(([, entry]) => entry);
}

function messages({ replay: { messages, cuts } }: State): readonly Entry[] {
  const lost = messages.fate.includes(1) || messages.fate.includes(2);
  return [
    ['a message', line('soft', [], 1.2, 'dot')],
    ...(messages.news.includes(1)
      ? ([['... that tells news', line('news', [], 2, 'dot')]] as Entry[])
      : []),
    ...(lost ? ([['... that is lost', line('lost', [5, 4], 2, 'cross')]] as Entry[]) : []),
    ...(cuts.length > 0 ? ([['a partition', line('cut', [8, 4], 3, '')]] as Entry[]) : []),
  ];
}

const MATRIX: readonly Entry[] = [
  ['trusts a live node', (context) => context.strokeRect(4.5, 4.5, 17, 17)],
  ['doubts a live one: a false positive', cell('wrong')],
  ['doubts a dead one: detected', cell('right')],
  ['trusts a dead one: not noticed', cell('missed')],
  ['doubts it because of its earlier life', cell('old')],
  ['does not know it, or is down', cell('unknown')],
];

export function showLegend(
  host: HTMLElement,
  state: State,
  palette: Palette,
  isMatrix: boolean,
): void {
  const entries = isMatrix ? MATRIX : [...nodes(state), ...conditions(state), ...messages(state)];
  const rows = 'A row is who believes, a column is of whom.';
  const chosen =
    'Of a chosen node, what it believes: half is suspected, full is held to be dead, or dropped.';
  const wide = isMatrix ? [rows] : state.scene === 'beliefs' ? [chosen] : [];
  host.replaceChildren(
    ...entries.map(([text, draw]) => {
      const canvas = element('canvas', { 'aria-hidden': 'true' });
      const scale = 2;
      [canvas.width, canvas.height] = [SIDE * scale, SIDE * scale];
      const context = canvas.getContext('2d')!;
      context.scale(scale, scale);
      context.strokeStyle = palette.line;
      draw(context, palette);
      return element('li', {}, canvas, text);
    }),
    ...wide.map((text) => element('li', { class: 'wide' }, text)),
  );
}
