/** Who believes what of whom: a row for each observer, a column for each subject. False positives differ from detections. */
import { isDoubt, OLD_NEWS, UNKNOWN } from '../../report/replay/beliefs.ts';
import { isDown } from '../../report/replay/lives.ts';
import { cleared } from './canvas.ts';
import { doubtTone, type Tone } from './looks.ts';
import type { Palette } from './palette.ts';
import type { State } from './state.ts';

const LEFT = 34; // pixels, for numbers
const TOP = 26;
const ROOM_FOR_SHAPES = 5; // pixels of a cell

type Cell = Tone | 'unknown' | 'missed' | 'gone';

/** 'missed': a dead one is trusted; 'gone': the observer is down. */
export function cellOf(state: State, observer: number, subject: number): Cell {
  if (isDown(state.condition(observer))) return 'gone';
  if (observer === subject) return 'none';
  const belief = state.belief(observer, subject);
  const down = isDown(state.condition(subject));
  if (belief === UNKNOWN) return 'unknown';
  if (isDoubt(belief)) return doubtTone(down, belief >= OLD_NEWS);
  return down ? 'missed' : 'none';
}

export class Matrix {
  readonly #canvas: HTMLCanvasElement;
  readonly #state: State;
  #palette: Palette;
  #cell = 1; // pixels
  #left = LEFT; // of the first column
  #shown = '';

  constructor(canvas: HTMLCanvasElement, state: State, palette: Palette) {
    this.#canvas = canvas;
    this.#state = state;
    this.#palette = palette;
  }

  recolour(palette: Palette): void {
    this.#palette = palette;
    this.#shown = '';
  }

  /** If it is another one than before. */
  draw(): void {
    const { views, node, other, replay } = this.#state;
    const { clientWidth, clientHeight } = this.#canvas;
    const shown = [views?.lives.position, views?.beliefs.position, node, other];
    const key = [...shown, clientWidth, clientHeight].join();
    if (key === this.#shown) return;
    this.#shown = key;
    const { context, width, height, scale } = cleared(this.#canvas);
    const { n } = replay;
    const room = (Math.min(width - LEFT, height - TOP) - 8) / n;
    this.#cell = room >= 3 ? Math.min(24, Math.floor(room)) : room;
    const side = this.#cell * n;
    this.#left = Math.round(Math.max(LEFT, (width - side) / 2));
    if (room >= 3) this.#cells(context, n, scale);
    else this.#pixels(context, n, side);
    this.#lines(context, n, side);
    this.#numbers(context, n);
  }

  #cells(context: CanvasRenderingContext2D, n: number, scale: number): void {
    const size = this.#cell;
    const pictures = new Map<Cell, HTMLCanvasElement>();
    for (let observer = 0; observer < n; observer++) {
      for (let subject = 0; subject < n; subject++) {
        const cell = cellOf(this.#state, observer, subject);
        if (cell === 'none') continue;
        const picture = pictures.get(cell) ?? pictureOf(cell, size, scale, this.#palette);
        pictures.set(cell, picture);
        const [x, y] = [this.#left + subject * size, TOP + observer * size];
        context.drawImage(picture, x, y, size, size);
      }
    }
  }

  /** Many nodes: a pixel for each pair, made as large or small as there is room. */
  #pixels(context: CanvasRenderingContext2D, n: number, side: number): void {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [n, n];
    const own = canvas.getContext('2d')!;
    for (let observer = 0; observer < n; observer++) {
      for (let subject = 0; subject < n; subject++) {
        const cell = cellOf(this.#state, observer, subject);
        if (cell !== 'none') drawCell(own, cell, subject, observer, 1, this.#palette);
      }
    }
    context.drawImage(canvas, this.#left, TOP, side, side);
  }

  /** The pair at that place of the canvas. */
  pairAt(x: number, y: number): readonly [observer: number, subject: number] | undefined {
    const [subject, observer] = [(x - this.#left) / this.#cell, (y - TOP) / this.#cell].map(
      Math.floor,
    );
    const { n } = this.#state.replay;
    const isIn = observer >= 0 && subject >= 0 && observer < n && subject < n;
    return isIn ? [observer, subject] : undefined;
  }

  #lines(context: CanvasRenderingContext2D, n: number, side: number): void {
    const palette = this.#palette;
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.beginPath();
    if (this.#cell >= 6) {
      for (let i = 0; i <= n; i++) {
        context.moveTo(this.#left + i * this.#cell, TOP);
        context.lineTo(this.#left + i * this.#cell, TOP + side);
        context.moveTo(this.#left, TOP + i * this.#cell);
        context.lineTo(this.#left + side, TOP + i * this.#cell);
      }
    } else context.rect(this.#left, TOP, side, side);
    context.moveTo(this.#left, TOP);
    context.lineTo(this.#left + side, TOP + side);
    context.stroke();
    const { node, other } = this.#state;
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    if (node >= 0) context.strokeRect(this.#left, TOP + node * this.#cell, side, this.#cell);
    if (other >= 0) context.strokeRect(this.#left + other * this.#cell, TOP, this.#cell, side);
  }

  #numbers(context: CanvasRenderingContext2D, n: number): void {
    const step =
      [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((by) => by * this.#cell >= 16) ?? n;
    context.font = '10px "DejaVu Sans", Verdana, sans-serif';
    context.fillStyle = this.#palette.soft;
    context.textBaseline = 'middle';
    for (let i = 0; i < n; i += step) {
      const at = (i + 0.5) * this.#cell;
      context.textAlign = 'right';
      context.fillText(String(i), this.#left - 5, TOP + at);
      context.textAlign = 'center';
      context.fillText(String(i), this.#left + at, TOP - 9);
    }
    context.textAlign = 'left';
  }
}

function pictureOf(cell: Cell, size: number, scale: number, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size * scale, size * scale];
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  drawCell(context, cell, 0, 0, size, palette);
  return canvas;
}

/** A colour and, where there is room, a shape: false positives have a triangle, detections a cross, trust in the dead a ring. */
export function drawCell(
  context: CanvasRenderingContext2D,
  cell: Cell,
  x: number,
  y: number,
  size: number,
  palette: Palette,
): void {
  if (cell === 'none') return;
  const isFaint = cell === 'unknown' || cell === 'gone';
  context.fillStyle = isFaint ? palette.unknown : palette[cell === 'missed' ? 'load' : cell];
  context.globalAlpha = cell === 'gone' ? 0.45 : 1;
  context.fillRect(x, y, size, size);
  context.globalAlpha = 1;
  if (size < ROOM_FOR_SHAPES || isFaint) return;
  const [cx, cy, r] = [x + size / 2, y + size / 2, size * 0.27];
  context.beginPath();
  if (cell === 'wrong') {
    context.moveTo(cx, cy - r);
    context.lineTo(cx + r, cy + r);
    context.lineTo(cx - r, cy + r);
    context.closePath();
  } else if (cell === 'right') {
    context.moveTo(cx - r, cy - r);
    context.lineTo(cx + r, cy + r);
    context.moveTo(cx - r, cy + r);
    context.lineTo(cx + r, cy - r);
  } else if (cell === 'old') {
    context.moveTo(cx - r, cy);
    context.lineTo(cx + r, cy);
  } else context.arc(cx, cy, r, 0, 2 * Math.PI);
  context.strokeStyle = palette.page;
  context.lineWidth = Math.max(1, size / 12);
  context.stroke();
}
