/** Texts that do not lie on each other. */
import { textWidth } from '../font.ts';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Anchor = 'start' | 'middle' | 'end';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: Anchor;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export class Labels {
  readonly #taken: Box[] = [];
  readonly #crossed: Box[] = []; // where arrows go: not for texts that name something else
  readonly #widthPx: number;

  constructor(widthPx: number) {
    this.#widthPx = widthPx;
  }

  /** Nothing else may be there. */
  reserve(left: number, top: number, right: number, bottom: number): void {
    this.#taken.push({ left, top, right, bottom });
  }

  /** An arrow goes there, along a straight line. */
  cross(x1: number, y1: number, x2: number, y2: number): void {
    const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 6);
    for (let i = 0; i <= steps; i++) {
      const x = x1 + ((x2 - x1) * i) / Math.max(1, steps);
      const y = y1 + ((y2 - y1) * i) / Math.max(1, steps);
      this.#crossed.push({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 });
    }
  }

  /** The first of the places where the text lies on no arrow, or else on no other text; undefined: there is none. */
  put(text: string, sizePx: number, places: readonly Place[]): Place | undefined {
    return (
      this.#free(text, sizePx, places, [...this.#taken, ...this.#crossed]) ??
      this.#free(text, sizePx, places, this.#taken)
    );
  }

  #free(
    text: string,
    sizePx: number,
    places: readonly Place[],
    taken: readonly Box[],
  ): Place | undefined {
    const width = textWidth(text, sizePx);
    for (const place of places) {
      const left = place.x - { start: 0, middle: width / 2, end: width }[place.anchor];
      const box = {
        left: left - 2,
        right: left + width + 2,
        top: place.y - sizePx * 0.85,
        bottom: place.y + sizePx * 0.3,
      };
      if (box.left < 0 || box.right > this.#widthPx) continue;
      if (taken.some((other) => overlap(other, box))) continue;
      this.#taken.push(box);
      return place;
    }
    return undefined;
  }
}
