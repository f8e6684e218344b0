/** Times below the lines. */
import { INK, type Plane, SMALL_PX, short, TINY_PX } from './look.ts';
import { line, text } from './svg.ts';

/** Of what happens, as far as there is room. */
export function axis({
  drawn,
  x,
  left,
  right,
  y,
}: Pick<Plane, 'drawn' | 'x' | 'right'> & { readonly left: number; readonly y: number }): string {
  const times = [
    ...drawn.dots.map(({ at }) => at),
    ...drawn.spans.flatMap(({ from, until }) => [from, until]),
    ...[drawn.from, drawn.until],
    ...drawn.spells.flatMap(({ from, until }) => [from, until]),
    ...drawn.arrows.flatMap(({ sent, arrived = sent }) => [sent, arrived]),
  ].filter((time) => time >= drawn.from && time <= drawn.until);
  const taken: number[] = [];
  const parts = [line(left - 6, y, right + 6, y, { stroke: '#666666', 'stroke-width': 1 })];
  for (const time of new Set(times)) {
    const at = x(time);
    if (taken.some((other) => Math.abs(other - at) < 52)) {
      parts.push(line(at, y, at, y + 3, { stroke: '#999999', 'stroke-width': 0.8 }));
      continue;
    }
    taken.push(at);
    parts.push(line(at, y, at, y + 6, { stroke: '#666666', 'stroke-width': 1 }));
    parts.push(
      text(short(time), at, y + 19, {
        'text-anchor': 'middle',
        'font-size': TINY_PX + 0.5,
        fill: INK,
      }),
    );
  }
  parts.push(
    text(
      'time (s); the longer nothing happens, the more it is shortened',
      (left + right) / 2,
      y + 37,
      {
        'text-anchor': 'middle',
        'font-size': SMALL_PX,
        fill: INK,
      },
    ),
  );
  return parts.join('');
}
