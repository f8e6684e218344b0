/**
 * An explanation as a space-time diagram (Lamport, CACM 21(7), 1978): a line for each node, time from left to right,
 * messages as arrows, limited to what the explanation rests on.
 */
import type { Explained, Question } from '../../experiment/scenario/explain/index.ts';
import { textOf } from '../../experiment/scenario/explain/index.ts';
import { PADDING_PX, TITLE_PX } from '../figure-style.ts';
import { FONT, textWidth, wrapped } from '../font.ts';
import { axis } from './axis.ts';
import { type Drawn, drawnOf } from './drawn.ts';
import { Labels } from './labels.ts';
import { legend } from './legend.ts';
import { INK, SMALL_PX } from './look.ts';
import { Marks } from './marks.ts';
import { document, element, text } from './svg.ts';
import { timeScale } from './time-scale.ts';

const WIDTH_PX = 1080;
const ROW_PX = 62;

/** As SVG. */
export function diagram(explained: Explained, question: Question): string {
  const drawn = drawnOf(explained);
  const { nodes } = drawn;
  const names = nodes.map((node) => `node ${node}`);
  const left = PADDING_PX + Math.max(...names.map((name) => textWidth(name, SMALL_PX, true))) + 12;
  const right = WIDTH_PX - PADDING_PX - 32;
  const titles = titleLines(explained, question);
  const first = PADDING_PX + titles.height + 44;
  const scale = timeScale(timesOf(drawn), right - left);
  const x = (time: number) => left + scale(Math.min(Math.max(time, drawn.from), drawn.until));
  const y = (node: number) => first + ROW_PX * nodes.indexOf(node);
  const bottom = first + ROW_PX * (nodes.length - 1) + 38;
  const labels = new Labels(WIDTH_PX);
  const marks = new Marks({ drawn, x, y, labels, right });
  const rows = nodes
    .map((node, i) =>
      text(names[i], left - 12, y(node) + 4, {
        'text-anchor': 'end',
        'font-weight': 'bold',
        fill: INK,
        'font-size': SMALL_PX,
      }),
    )
    .join('');
  const scaleLine = axis({ drawn, x, left, right, y: bottom });
  const below = legend(drawn, left, bottom + 56, right - left);
  const body = titles.svg + marks.svg() + rows + scaleLine + below.svg;
  return document(
    WIDTH_PX,
    bottom + 56 + below.height + PADDING_PX,
    `${textOf(question)}: ${explained.explanation.answer[0]}`,
    element('g', { 'font-family': FONT }, body),
  );
}

/** All times at which something is drawn. */
const timesOf = ({ arrows, dots, spans, spells, from, until }: Drawn): readonly number[] =>
  [
    ...arrows.flatMap(({ sent, arrived, heard }) => [sent, arrived ?? sent, heard ?? sent]),
    ...dots.map(({ at }) => at),
    ...spans.flatMap((span) => [span.from, span.until]),
    ...spells.flatMap((spell) => [spell.from, spell.until]),
    ...[from, until],
  ].filter((time) => time >= from && time <= until);

/** The answer in bold, what led to it below. */
function titleLines({ explanation }: Explained, _question: Question) {
  const room = WIDTH_PX - 2 * PADDING_PX;
  const [first, second = ''] = explanation.answer;
  const bold = wrapped(first, room, TITLE_PX, true);
  const plain = wrapped(second, room, SMALL_PX);
  let y = PADDING_PX;
  const svg = [
    ...bold.map((one) =>
      text(one, PADDING_PX, (y += 19), { 'font-size': TITLE_PX, 'font-weight': 'bold', fill: INK }),
    ),
    ...plain.map((one) =>
      text(one, PADDING_PX, (y += 17), { 'font-size': SMALL_PX, fill: '#444444' }),
    ),
  ].join('');
  return { svg, height: y - PADDING_PX };
}
