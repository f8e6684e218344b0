/** The lines of the nodes. */
import type { Place } from './labels.ts';
import { INK, LINE, PAUSE, type Plane, short, TIME, TINY_PX } from './look.ts';
import { element, line, text } from './svg.ts';

/** The line of a node: it ends where the node goes down, and is a bar while it is paused. */
export function lifeSvg(plane: Plane, node: number): string {
  const { drawn, x, y, right } = plane;
  const at = y(node);
  const left = x(drawn.from) - 6;
  const parts: string[] = [];
  let from = left;
  for (const spell of drawn.spells.filter((one) => one.node === node)) {
    const begins = spell.from < drawn.from ? left : x(spell.from);
    const ends = spell.until > drawn.until ? right + 6 : x(spell.until);
    if (spell.is === 'down') {
      parts.push(line(from, at, begins, at, { stroke: LINE, 'stroke-width': 1.5 }));
      parts.push(
        line(begins, at, ends, at, {
          stroke: LINE,
          'stroke-width': 1,
          'stroke-dasharray': '1.5 5',
        }),
      );
      if (spell.from >= drawn.from)
        parts.push(line(begins, at - 9, begins, at + 9, { stroke: INK, 'stroke-width': 2.5 }));
      if (spell.until <= drawn.until)
        parts.push(line(ends, at - 6, ends, at + 6, { stroke: INK, 'stroke-width': 1 }));
      from = ends;
    } else {
      parts.push(
        element('rect', {
          x: begins,
          y: at - 5,
          width: Math.max(1, ends - begins),
          height: 10,
          fill: PAUSE,
        }),
      );
    }
    parts.push(
      spellName(plane, spell.is, Math.max(begins, left), Math.min(ends, right), at, spell),
    );
  }
  const whole = line(from, at, right + 6, at, { stroke: LINE, 'stroke-width': 1.5 });
  return parts.join('') + whole;
}

function spellName(
  plane: Plane,
  is: string,
  begins: number,
  ends: number,
  at: number,
  spell: { from: number; until: number },
): string {
  const { labels, drawn } = plane;
  const known = spell.from < drawn.from || spell.until > drawn.until;
  const reach = Number.isFinite(spell.until)
    ? `${short(spell.from)}–${short(spell.until)} s`
    : `from ${short(spell.from)} s on`;
  const words = known ? `${is}, ${reach}` : is;
  const places: Place[] = [
    { x: (begins + ends) / 2, y: at + 18, anchor: 'middle' },
    { x: begins, y: at + 18, anchor: 'start' },
    { x: begins, y: at - 9, anchor: 'start' },
    { x: ends, y: at + 18, anchor: 'end' },
    { x: begins, y: at + 31, anchor: 'start' },
  ];
  const place = labels.put(words, TINY_PX, places);
  if (place === undefined) return '';
  return text(words, place.x, place.y, {
    'text-anchor': place.anchor,
    'font-size': TINY_PX,
    fill: TIME,
  });
}
