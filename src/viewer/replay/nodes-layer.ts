/** The nodes, on a canvas of their own: of those that stand still only what looks another way than before is drawn again. */
import type { Glyphs } from './glyphs.ts';
import { type Look, lookOf } from './looks.ts';
import type { Palette } from './palette.ts';
import type { State } from './state.ts';

export interface Standing {
  readonly x: Float64Array; // [node] pixels, whole
  readonly y: Float64Array;
  readonly width: number; // of the canvas
  readonly height: number;
  readonly glyphs: Glyphs;
  readonly palette: Palette;
  /** [node] where its number stands, from its middle; undefined: there is no room. */
  readonly numbers: { readonly dx: Float64Array; readonly dy: Float64Array } | undefined;
}

const NUMBER_REACH = 20; // pixels from the rim of a node

export class NodesLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #state: State;
  readonly #shown: (Look | undefined)[];
  #standing: Standing | undefined;
  #buckets = new Map<number, number[]>(); // of squares as wide as a node reaches, the nodes in it
  #reach = 1;

  constructor(context: CanvasRenderingContext2D, state: State) {
    this.#context = context;
    this.#state = state;
    this.#shown = new Array(state.replay.n).fill(undefined);
  }

  /** @param standing the same object as long as nothing moves. */
  draw(standing: Standing): void {
    const { n } = this.#state.replay;
    const changed: number[] = [];
    for (let node = 0; node < n; node++) {
      const look = lookOf(this.#state, node);
      if (look === this.#shown[node]) continue;
      this.#shown[node] = look;
      changed.push(node);
    }
    if (standing !== this.#standing) {
      this.#standing = standing;
      this.#arrange(standing);
      this.#all(standing);
    } else if (4 * changed.length > n) this.#all(standing);
    else for (const node of changed) this.#again(standing, node);
  }

  #arrange({ x, y, glyphs, numbers }: Standing): void {
    this.#reach = Math.ceil(numbers === undefined ? glyphs.side / 2 : glyphs.radius + NUMBER_REACH);
    this.#buckets = new Map();
    for (let node = 0; node < x.length; node++) {
      const key = this.#bucket(x[node], y[node]);
      const bucket = this.#buckets.get(key);
      if (bucket === undefined) this.#buckets.set(key, [node]);
      else bucket.push(node);
    }
  }

  #bucket(x: number, y: number): number {
    const size = 2 * this.#reach;
    return Math.floor(x / size) * 65_536 + Math.floor(y / size);
  }

  #all(standing: Standing): void {
    this.#context.clearRect(0, 0, standing.width, standing.height);
    for (let node = 0; node < standing.x.length; node++) this.#one(standing, node);
  }

  /** The square around it, with whatever reaches into that: the pixels are those of a picture drawn anew. */
  #again(standing: Standing, node: number): void {
    const context = this.#context;
    const reach = this.#reach;
    const [left, top] = [standing.x[node] - reach, standing.y[node] - reach];
    context.save();
    context.beginPath();
    context.rect(left, top, 2 * reach, 2 * reach);
    context.clip();
    context.clearRect(left, top, 2 * reach, 2 * reach);
    for (const other of this.#near(standing, node)) this.#one(standing, other);
    context.restore();
  }

  #near({ x, y }: Standing, node: number): number[] {
    const near: number[] = [];
    const size = 2 * this.#reach;
    for (const dx of [-size, 0, size]) {
      for (const dy of [-size, 0, size]) {
        near.push(...(this.#buckets.get(this.#bucket(x[node] + dx, y[node] + dy)) ?? []));
      }
    }
    return near
      .filter((other) => Math.abs(x[other] - x[node]) < size && Math.abs(y[other] - y[node]) < size)
      .sort((a, b) => a - b);
  }

  #one({ x, y, glyphs, palette, numbers }: Standing, node: number): void {
    const context = this.#context;
    const half = glyphs.side / 2;
    context.drawImage(
      glyphs.of(this.#shown[node]!),
      x[node] - half,
      y[node] - half,
      glyphs.side,
      glyphs.side,
    );
    if (numbers === undefined) return;
    const [px, py] = [x[node] + numbers.dx[node], y[node] + numbers.dy[node]];
    context.font = '11px "DejaVu Sans", Verdana, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 3;
    context.strokeStyle = palette.page;
    context.strokeText(String(node), px, py);
    context.fillStyle = palette.soft;
    context.fillText(String(node), px, py);
  }
}
