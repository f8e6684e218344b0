/** What is drawn along the lines of the nodes. */
import { grouped } from '../numbers.ts';
import type { Arrow, Dot, Drawn } from './drawn.ts';
import type { Labels, Place } from './labels.ts';
import { arrowHead, cross, element, line, text } from './svg.ts';

export const SMALL_PX = 12;
const TINY_PX = 10.5;
export const INK = '#222222';
export const LINE = '#8a8a8a';
export const MESSAGE = '#0072b2';
export const LOSS = '#d55e00';
export const CUT = '#8c3b00';
export const PAUSE = '#c8c8c8';
export const TIME = '#555555';
/** [kind of fact] Okabe and Ito. */
export const DOTS: Readonly<Record<Dot['is'], string>> = {
  suspected: '#e69f00',
  verdict: '#8c3b00',
  trusted: '#009e73',
  delivered: '#0072b2',
};
/** Of the way to its receiver, where a lost message is crossed out. */
const LOST_SHARE = 0.62;
const LOST_PX = 34;

export interface Plane {
  readonly drawn: Drawn;
  readonly x: (time: number) => number;
  readonly y: (node: number) => number;
  readonly labels: Labels;
  /** Where the lines end. */
  readonly right: number;
}

export class Marks {
  readonly #plane: Plane;

  constructor(plane: Plane) {
    this.#plane = plane;
  }

  svg(): string {
    const { drawn } = this.#plane;
    const lines = drawn.nodes.map((node) => this.#life(node));
    const spans = drawn.spans.map((span, i) => this.#span(span, i));
    const dots = drawn.dots.map((dot) => this.#dot(dot));
    const arrows = drawn.arrows.map((arrow) => this.#arrow(arrow));
    const names = drawn.arrows.map((arrow) => this.#name(arrow));
    return [
      ...lines,
      ...spans.map(({ svg }) => svg),
      ...arrows,
      ...dots.map(({ point }) => point),
      ...names,
      ...dots.map(({ label }) => label),
    ].join('');
  }

  /** The line of a node: it ends where the node goes down, and is a bar while it is paused. */
  #life(node: number): string {
    const { drawn, x, y, right } = this.#plane;
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
        this.#spellName(spell.is, Math.max(begins, left), Math.min(ends, right), at, spell),
      );
    }
    const whole = line(from, at, right + 6, at, { stroke: LINE, 'stroke-width': 1.5 });
    return parts.join('') + whole;
  }

  #spellName(
    is: string,
    begins: number,
    ends: number,
    at: number,
    spell: { from: number; until: number },
  ): string {
    const { labels, drawn } = this.#plane;
    const until = Number.isFinite(spell.until) ? `–${short(spell.until)}` : ' on';
    const known = spell.from < drawn.from || spell.until > drawn.until;
    const words = known ? `${is}, ${short(spell.from)}${until} s` : is;
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

  /** Where an arrow goes. */
  #ends({ from, to, sent, arrived, fate }: Arrow) {
    const { x, y, right } = this.#plane;
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

  #arrow(arrow: Arrow): string {
    const { start, end } = this.#ends(arrow);
    const { x } = this.#plane;
    const isLost = arrow.fate === 'lost' || arrow.fate === 'cut';
    const colour = arrow.fate === 'cut' ? CUT : isLost || arrow.fate === 'missed' ? LOSS : MESSAGE;
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
  #name(arrow: Arrow): string {
    const { labels, drawn } = this.#plane;
    if (drawn.arrows.length > 24 && arrow.kind === drawn.arrows[0].kind) return '';
    const { start, end } = this.#ends(arrow);
    const at = (share: number, side: number): Place => ({
      x: start.x + (end.x - start.x) * share + side * 5,
      y: start.y + (end.y - start.y) * share + 4,
      anchor: side > 0 ? 'start' : 'end',
    });
    const places = [0.5, 0.35, 0.65, 0.25].flatMap((share) => [at(share, 1), at(share, -1)]);
    const place = labels.put(arrow.kind, TINY_PX, places);
    if (place === undefined) return '';
    const fill = arrow.fate === 'heard' || arrow.fate === 'pending' ? MESSAGE : LOSS;
    return text(arrow.kind, place.x, place.y, {
      'text-anchor': place.anchor,
      'font-size': TINY_PX,
      fill,
    });
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

/** Seconds, to a millisecond. */
export const short = (time: number): string => grouped(String(Number((time / 1e6).toFixed(3))));

/** Times below the lines: of what happens, as far as there is room. */
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
