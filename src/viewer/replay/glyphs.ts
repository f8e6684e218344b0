/** Draws a node of a look: once for each look, and from then on as a picture of it. */
import { type Look, PARTS } from './looks.ts';
import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

export class Glyphs {
  readonly radius: number; // pixels
  readonly side: number; // pixels of a picture
  readonly #palette: Palette;
  readonly #scale: number; // pixels of the device per pixel
  readonly #made = new Map<Look, HTMLCanvasElement>();

  constructor(palette: Palette, scale: number, radius: number) {
    this.#palette = palette;
    this.#scale = scale;
    this.radius = radius;
    this.side = 2 * Math.ceil(1.4 * radius + 2); // with room for ring and cross
  }

  /** A square with the node in its middle. */
  of(look: Look): HTMLCanvasElement {
    const known = this.#made.get(look);
    if (known !== undefined) return known;
    const canvas = document.createElement('canvas');
    const pixels = this.side * this.#scale;
    [canvas.width, canvas.height] = [pixels, pixels];
    const context = canvas.getContext('2d')!;
    context.scale(this.#scale, this.#scale);
    context.translate(this.side / 2, this.side / 2);
    drawNode(context, look, this.radius, this.#palette);
    this.#made.set(look, canvas);
    return canvas;
  }
}

export function drawNode(context: Context, look: Look, r: number, palette: Palette): void {
  const thin = Math.max(0.7, r / 7);
  const circle = (radius: number) => {
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
  };
  context.lineWidth = thin;
  circle(r - thin / 2);
  context.fillStyle = look.base === 'plain' ? palette.node : palette.page;
  context.fill();
  if (look.part > 0) wedge(context, look, r, palette);
  circle(r - thin / 2);
  context.setLineDash(look.base === 'dotted' ? [thin, 1.5 * thin] : []);
  context.strokeStyle = palette.soft;
  context.stroke();
  context.setLineDash([]);
  if (look.dot) {
    circle(r * 0.4);
    context.fillStyle = palette.page;
    context.fill();
  }
  if (look.ring) {
    circle(r + 1.5 * thin);
    context.lineWidth = 1.4 * thin;
    context.strokeStyle = look.tone === 'none' ? palette.ink : palette[look.tone];
    context.stroke();
  }
  drawMark(context, look.mark, r, palette);
}

function wedge(context: Context, { tone, part }: Look, r: number, palette: Palette): void {
  if (tone === 'none') return;
  context.beginPath();
  if (part < PARTS) context.moveTo(0, 0);
  context.arc(0, 0, r - 0.3, -Math.PI / 2, -Math.PI / 2 + (2 * Math.PI * part) / PARTS);
  context.fillStyle = palette[tone];
  context.fill();
}

/** With a rim of the page's colour, so that it is seen on any tone. */
function drawMark(context: Context, mark: Look['mark'], r: number, palette: Palette): void {
  if (mark === 'none') return;
  const path = new Path2D();
  if (mark === 'crashed') {
    const arm = 1.05 * r;
    for (const sign of [1, -1]) {
      path.moveTo(-arm, -arm * sign);
      path.lineTo(arm, arm * sign);
    }
  } else if (mark === 'paused') {
    for (const x of [-0.3 * r, 0.3 * r]) {
      path.moveTo(x, -0.5 * r);
      path.lineTo(x, 0.5 * r);
    }
  } else {
    for (const x of [-0.5 * r, 0, 0.5 * r]) {
      path.moveTo(x, 0);
      path.lineTo(x + 0.01, 0);
    }
  }
  context.lineCap = 'round';
  const width = Math.max(1.2, r / (mark === 'crashed' ? 4 : 3.2));
  for (const [extra, colour] of [
    [Math.max(1, r / 5), palette.page],
    [0, palette.ink],
  ] as const) {
    context.lineWidth = width + extra;
    context.strokeStyle = colour;
    context.stroke(path);
  }
}
