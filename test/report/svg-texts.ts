/** Where the texts of an SVG lie: a walk over its groups with their translations. Turned texts are left out. */
import { textWidth } from '../../src/report/font.ts';

const number = (pattern: RegExp, text: string) => Number(pattern.exec(text)?.[1] ?? 0);

export function cutTexts(svg: string): { all: number; outside: string[] } {
  const width = number(/^<svg [^>]*\bwidth="([\d.]+)"/, svg);
  const shifts = [0]; // of the open groups, in px from the left
  const outside: string[] = [];
  let all = 0;
  for (const [, close, tag, attributes, inner] of svg.matchAll(
    /<(\/?)(g|text)\b([^>]*)>([^<]*)/g,
  )) {
    if (close) {
      if (tag === 'g') shifts.pop();
      continue;
    }
    const x = shifts[shifts.length - 1] + number(/translate\((-?[\d.]+)/, attributes);
    if (tag === 'g') shifts.push(x);
    else if (!attributes.includes('rotate')) {
      all++;
      const bold = attributes.includes('bold');
      const size = number(/font-size="([\d.]+)px"/, attributes);
      const length = textWidth(inner, size, bold);
      const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1];
      const left = x - (anchor === 'end' ? length : anchor === 'middle' ? length / 2 : 0);
      if (left < 0 || left + length > width) outside.push(inner);
    }
  }
  return { all, outside };
}
