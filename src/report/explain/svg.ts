/** SVG by hand: elements as text, numbers to a tenth of a px. */

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const shown = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10 + 0) : escaped(value);

type Attributes = Readonly<Record<string, string | number>>;

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${shown(value)}"`)
    .join('');

export const element = (name: string, attributes: Attributes, inside = ''): string =>
  inside === ''
    ? `<${name}${attributesOf(attributes)}/>`
    : `<${name}${attributesOf(attributes)}>${inside}</${name}>`;

export const line = (x1: number, y1: number, x2: number, y2: number, look: Attributes): string =>
  element('line', { x1, y1, x2, y2, ...look });

/** On a halo, so that it can be read across lines. */
export const text = (content: string, x: number, y: number, look: Attributes): string =>
  element(
    'text',
    { x, y, stroke: 'white', 'stroke-width': 3, 'paint-order': 'stroke', ...look },
    escaped(content),
  );

/** A point of an arrow that comes from (x1, y1). */
export function arrowHead(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  look: Attributes,
): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - 9 * ux, y2 - 9 * uy];
  const corner = (side: number) => `${shown(bx - side * 3.6 * uy)},${shown(by + side * 3.6 * ux)}`;
  return element('polygon', {
    points: `${shown(x2)},${shown(y2)} ${corner(1)} ${corner(-1)}`,
    ...look,
  });
}

export const cross = (x: number, y: number, size: number, look: Attributes): string =>
  line(x - size, y - size, x + size, y + size, look) +
  line(x - size, y + size, x + size, y - size, look);

export const document = (width: number, height: number, title: string, body: string): string =>
  `<svg role="img" aria-label="${escaped(title)}" xmlns="http://www.w3.org/2000/svg" width="${shown(width)}" height="${shown(height)}" viewBox="0 0 ${shown(width)} ${shown(height)}"><rect width="100%" height="100%" fill="white"/>${body}</svg>\n`;
