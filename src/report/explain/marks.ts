/** All that is drawn on and between the lines of the nodes. */
import { arrowName, arrowSvg, endsOf } from './arrows.ts';
import type { Dot, Drawn } from './drawn.ts';
import type { Place } from './labels.ts';
import { lifeSvg } from './lives.ts';
import { DOTS, INK, type Plane, SMALL_PX, TIME, TINY_PX } from './look.ts';
import { element, text } from './svg.ts';

export class Marks {
  readonly #plane: Plane;

  constructor(plane: Plane) {
    this.#plane = plane;
  }

  svg(): string {
    const { drawn, labels, y, right } = this.#plane;
    for (const node of drawn.nodes) labels.reserve(0, y(node) - 2, right, y(node) + 2);
    for (const arrow of drawn.arrows) {
      const { start, end } = endsOf(this.#plane, arrow);
      labels.cross(start.x, start.y, end.x, end.y);
    }
    const spans = drawn.spans.map((span, i) => this.#span(span, i));
    const dots = drawn.dots.map((dot) => this.#dot(dot));
    const lines = drawn.nodes.map((node) => lifeSvg(this.#plane, node));
    const arrows = drawn.arrows.map((arrow) => arrowSvg(this.#plane, arrow));
    const names = drawn.arrows.map((arrow) => arrowName(this.#plane, arrow));
    return [
      ...lines,
      ...spans.map(({ svg }) => svg),
      ...arrows,
      ...dots.map(({ point }) => point),
      ...names,
      ...dots.map(({ label }) => label),
    ].join('');
  }

  /** A bracket below the line of the node. */
  #span({ node, from, until, text: words }: Drawn['spans'][number], i: number) {
    const { x, y, labels, drawn } = this.#plane;
    const earlier = drawn.spans
      .slice(0, i)
      .filter((one) => one.node === node && one.until > from && one.from < until);
    const at = y(node) + 12 + 16 * earlier.length;
    const [left, right] = [x(from) + 1, x(until) - 1];
    const look = { stroke: TIME, 'stroke-width': 1, fill: 'none' };
    const bracket = element('path', {
      d: `M${px(left)},${px(at - 5)}V${px(at)}H${px(right)}V${px(at - 5)}`,
      ...look,
    });
    labels.reserve(left, at - 2, right, at + 2);
    const place = labels.put(words, TINY_PX, [
      { x: (left + right) / 2, y: at + 12, anchor: 'middle' },
      { x: left, y: at + 12, anchor: 'start' },
      { x: right, y: at + 12, anchor: 'end' },
      { x: right, y: at + 24, anchor: 'end' },
    ]);
    const label =
      place === undefined
        ? ''
        : text(words, place.x, place.y, {
            'text-anchor': place.anchor,
            'font-size': TINY_PX,
            fill: TIME,
          });
    return { svg: bracket + label };
  }

  #dot({ node, at, is, text: words }: Dot) {
    const { x, y, labels } = this.#plane;
    const [cx, cy] = [x(at), y(node)];
    labels.reserve(cx - 6, cy - 6, cx + 6, cy + 6);
    const radius = is === 'verdict' ? 6.5 : 5;
    const point = element('circle', {
      cx,
      cy,
      r: radius,
      fill: DOTS[is],
      stroke: 'white',
      'stroke-width': 1.2,
    });
    const places = [-11, -24, 22, 35, -37].flatMap((dy): Place[] => [
      { x: cx, y: cy + dy, anchor: 'middle' },
      { x: cx + 6, y: cy + dy, anchor: 'end' },
      { x: cx - 6, y: cy + dy, anchor: 'start' },
    ]);
    const place = labels.put(words, SMALL_PX, places);
    if (place === undefined) return { point, label: '' };
    const look = { 'text-anchor': place.anchor, 'font-size': SMALL_PX, fill: INK };
    return { point, label: text(words, place.x, place.y, look) };
  }
}

const px = (value: number): string => String(Math.round(value * 10) / 10);
