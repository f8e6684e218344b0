/** Messages as arrows: how far they come, and what they are. */
import type { Arrow } from './drawn.ts';
import type { Place } from './labels.ts';
import { CUT, LOSS, MESSAGE, type Plane, TINY_PX } from './look.ts';
import { arrowHead, cross, element, line, text } from './svg.ts';

/** Of the way to its receiver, where a lost message is crossed out. */
const LOST_SHARE = 0.62;
const LOST_PX = 34;

/** Where an arrow goes. */
export function endsOf({ x, y, right }: Plane, { from, to, sent, arrived, fate }: Arrow) {
  const start = { x: x(sent), y: y(from) };
  if (fate === 'lost' || fate === 'cut') {
    const end = {
      x: start.x + LOST_PX * LOST_SHARE,
      y: start.y + (y(to) - start.y) * LOST_SHARE,
    };
    return { start, end };
  }
  if (arrived === undefined) return { start, end: { x: right, y: y(to) } };
  return { start, end: { x: x(arrived), y: y(to) } };
}

export function arrowSvg(plane: Plane, arrow: Arrow): string {
  const { x } = plane;
  const { start, end } = endsOf(plane, arrow);
  const isLost = arrow.fate === 'lost' || arrow.fate === 'cut';
  const colour = colourOf(arrow);
  const dash = arrow.fate === 'pending' || isLost ? { 'stroke-dasharray': '5 3' } : {};
  const shaft = line(start.x, start.y, end.x, end.y, {
    stroke: colour,
    'stroke-width': 1.4,
    ...dash,
  });
  if (isLost) return shaft + cross(end.x, end.y, 4.5, { stroke: colour, 'stroke-width': 2.2 });
  const head = arrowHead(start.x, start.y, end.x, end.y, { fill: colour });
  if (arrow.fate === 'missed')
    return shaft + head + cross(end.x, end.y, 4.5, { stroke: colour, 'stroke-width': 2.2 });
  if (arrow.heard === undefined) return shaft + head;
  const heard = x(arrow.heard);
  const waits = line(end.x, end.y, heard, end.y, {
    stroke: colour,
    'stroke-width': 2,
    'stroke-dasharray': '2 2.5',
  });
  return (
    shaft +
    head +
    waits +
    element('circle', {
      cx: heard,
      cy: end.y,
      r: 3.2,
      fill: 'white',
      stroke: colour,
      'stroke-width': 1.6,
    })
  );
}

/** The kind of the message, along its way. */
export function arrowName(plane: Plane, arrow: Arrow): string {
  const { labels, drawn } = plane;
  if (drawn.arrows.length > 24 && arrow.kind === drawn.arrows[0].kind) return '';
  const { start, end } = endsOf(plane, arrow);
  const at = (share: number, side: number): Place => ({
    x: start.x + (end.x - start.x) * share + side * 5,
    y: start.y + (end.y - start.y) * share + 4,
    anchor: side > 0 ? 'start' : 'end',
  });
  const places = [0.5, 0.35, 0.65, 0.25].flatMap((share) => [at(share, 1), at(share, -1)]);
  const place = labels.put(arrow.kind, TINY_PX, places);
  if (place === undefined) return '';
  const fill = colourOf(arrow);
  return text(arrow.kind, place.x, place.y, {
    'text-anchor': place.anchor,
    'font-size': TINY_PX,
    fill,
  });
}

function colourOf({ fate }: Arrow): string {
  if (fate === 'cut') return CUT;
  return fate === 'lost' || fate === 'missed' ? LOSS : MESSAGE;
}
