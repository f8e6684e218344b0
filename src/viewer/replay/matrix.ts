/** Who believes what of whom: a row for each observer, a column for each subject. False positives differ from detections. */
import { isDoubt, OLD_NEWS, UNKNOWN } from '../../report/replay/beliefs.ts';
import { isDown } from '../../report/replay/lives.ts';
import { cleared } from './canvas.ts';
import { doubtTone, type Tone } from './looks.ts';
import type { Palette } from './palette.ts';
import type { State } from './state.ts';

const LEFT = 34; // pixels, for numbers
const TOP = 26;
const ROOM_FOR_SHAPES = 7; // pixels of a cell

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

  constructor(canvas: HTMLCanvasElement, state: State, palette: Palette) {
    this.#canvas = canvas;
    this.#state = state;
    this.#palette = palette;
  }

  recolour(palette: Palette): void {
    this.#palette = palette;
  }

  draw(): void {
    const { context, width, height } = cleared(this.#canvas);
    const state = this.#state;
    const { n } = state.replay;
    const palette = this.#palette;
    this.#cell = Math.min(24, (Math.min(width - LEFT, height - TOP) - 8) / n);
    const size = this.#cell;
    const side = size * n;
    context.fillStyle = palette.page;
    context.fillRect(LEFT, TOP, side, side);
    for (let observer = 0; observer < n; observer++) {
      for (let subject = 0; subject < n; subject++) {
        const cell = cellOf(state, observer, subject);
        if (cell !== 'none')
          drawCell(context, cell, LEFT + subject * size, TOP + observer * size, size, palette);
      }
    }
    this.#lines(context, n, side);
    this.#numbers(context, n);
  }

  /** The pair at that place of the canvas. */
  pairAt(x: number, y: number): readonly [observer: number, subject: number] | undefined {
    const [subject, observer] = [(x - LEFT) / this.#cell, (y - TOP) / this.#cell].map(Math.floor);
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
        context.moveTo(LEFT + i * this.#cell, TOP);
        context.lineTo(LEFT + i * this.#cell, TOP + side);
        context.moveTo(LEFT, TOP + i * this.#cell);
        context.lineTo(LEFT + side, TOP + i * this.#cell);
      }
    } else context.rect(LEFT, TOP, side, side);
    context.moveTo(LEFT, TOP);
    context.lineTo(LEFT + side, TOP + side);
    context.stroke();
    const { node, other } = this.#state;
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    if (node >= 0) context.strokeRect(LEFT, TOP + node * this.#cell, side, this.#cell);
    if (other >= 0) context.strokeRect(LEFT + other * this.#cell, TOP, this.#cell, side);
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
      context.fillText(String(i), LEFT - 5, TOP + at);
      context.textAlign = 'center';
      context.fillText(String(i), LEFT + at, TOP - 9);
    }
    context.textAlign = 'left';
  }
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
