/** The picture of the nodes at a time. */
import { cleared } from './canvas.ts';
import { drawFlights } from './flights.ts';
import { Glyphs, sideOf } from './glyphs.ts';
import { drawDividers, drawEdges, drawRegions, type Frame } from './ground.ts';
import { lookOf } from './looks.ts';
import type { Palette } from './palette.ts';
import { type Positions, positionsAt } from './positions.ts';
import type { State } from './state.ts';

const MARGIN = 18; // pixels
const [LEAST, MOST] = [2, 15]; // pixels, of the radius of a node
const ROOM_FOR_NUMBERS = 24; // pixels between neighbours

export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #state: State;
  readonly #spacing: number; // of neighbours, where the picture is 2 wide
  #palette: Palette;
  #glyphs: Glyphs | undefined;
  #positions: Positions | undefined;
  #frame: Frame | undefined;

  constructor(canvas: HTMLCanvasElement, state: State, palette: Palette) {
    this.#canvas = canvas;
    this.#state = state;
    this.#palette = palette;
    this.#spacing = spacingOf(state.replay);
  }

  recolour(palette: Palette): void {
    this.#palette = palette;
    this.#glyphs = undefined;
  }

  /** @param glow microseconds of the run for which the line of a message stays. */
  draw(glow: number): void {
    const { context, width, height, scale } = cleared(this.#canvas);
    const state = this.#state;
    const unit = Math.max(1, Math.min(width, height) / 2 - MARGIN);
    const frame: Frame = {
      unit,
      x: (x) => width / 2 + x * unit,
      y: (y) => height / 2 + y * unit,
    };
    const positions = positionsAt(state.replay, state.time);
    this.#glyphs ??= new Glyphs(this.#palette, scale);
    [this.#frame, this.#positions] = [frame, positions];
    drawRegions(context, state.replay, frame, this.#palette, positions.calm);
    drawEdges(context, state.replay, positions, frame, this.#palette);
    drawDividers(context, positions, frame, this.#palette);
    drawFlights(context, state, positions, frame, this.#palette, glow);
    this.#nodes(context, positions, frame);
  }

  /** The node at that place of the canvas, or near it; -1: none. */
  nodeAt(px: number, py: number): number {
    if (this.#positions === undefined || this.#frame === undefined) return -1;
    const { x, y } = this.#positions;
    let [best, least] = [-1, Math.max(10, 1.5 * this.#radius(this.#frame)) ** 2];
    for (let node = 0; node < x.length; node++) {
      const distance = (this.#frame.x(x[node]) - px) ** 2 + (this.#frame.y(y[node]) - py) ** 2;
      if (distance <= least) [best, least] = [node, distance];
    }
    return best;
  }

  #radius({ unit }: Frame): number {
    const room = this.#spacing * unit * 0.36;
    return Math.round(2 * Math.max(LEAST, Math.min(MOST, room))) / 2;
  }

  #nodes(context: CanvasRenderingContext2D, { x, y, alone }: Positions, frame: Frame): void {
    const radius = this.#radius(frame);
    const side = sideOf(radius);
    const glyphs = this.#glyphs!;
    for (let node = 0; node < x.length; node++) {
      const glyph = glyphs.of(lookOf(this.#state, node), radius);
      const [px, py] = [frame.x(x[node]), frame.y(y[node])];
      context.drawImage(glyph, px - side / 2, py - side / 2, side, side);
    }
    for (const [node, strength] of alone) {
      context.globalAlpha = strength;
      this.#around(context, frame.x(x[node]), frame.y(y[node]), radius + 6, 'cut', [5, 4]);
      context.globalAlpha = 1;
    }
    for (const [chosen, dash] of [
      [this.#state.node, []],
      [this.#state.other, [3, 3]],
    ] as const) {
      if (chosen < 0) continue;
      this.#around(context, frame.x(x[chosen]), frame.y(y[chosen]), radius + 4, 'accent', dash);
    }
    if (this.#spacing * frame.unit >= ROOM_FOR_NUMBERS) this.#numbers(context, x, y, frame, radius);
  }

  #around(
    context: CanvasRenderingContext2D,
    x: number,
    y: number,
    radius: number,
    colour: 'cut' | 'accent',
    dash: readonly number[],
  ): void {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = this.#palette[colour];
    context.lineWidth = 3;
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
  }

  /** Outside of the nodes, as seen from the middle. */
  #numbers(
    context: CanvasRenderingContext2D,
    x: Float64Array,
    y: Float64Array,
    frame: Frame,
    radius: number,
  ): void {
    context.font = '11px "DejaVu Sans", Verdana, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let node = 0; node < x.length; node++) {
      const length = this.#state.replay.regions.length > 0 ? 0 : Math.hypot(x[node], y[node]);
      const [ux, uy] = length === 0 ? [0, 1] : [x[node] / length, y[node] / length];
      const far = radius + 11;
      const [px, py] = [frame.x(x[node]) + ux * far, frame.y(y[node]) + uy * far];
      context.lineWidth = 3;
      context.strokeStyle = this.#palette.page;
      context.strokeText(String(node), px, py);
      context.fillStyle = this.#palette.soft;
      context.fillText(String(node), px, py);
    }
    context.textAlign = 'left';
  }
}

/** What most nodes have to their nearest neighbour, seen from some of them. */
function spacingOf({ n, x, y }: { n: number; x: Float64Array; y: Float64Array }): number {
  const nearest: number[] = [];
  for (let node = 0; node < n; node += Math.ceil(n / 200)) {
    let least = Infinity;
    for (let other = 0; other < n; other++) {
      if (other !== node)
        least = Math.min(least, Math.hypot(x[node] - x[other], y[node] - y[other]));
    }
    nearest.push(least);
  }
  nearest.sort((a, b) => a - b);
  return nearest[Math.floor(nearest.length / 4)];
}
