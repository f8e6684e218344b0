/** The picture of the nodes at a time, in three layers: what they stand on, messages, and the nodes. */
import { cleared, kept, type Sheet } from './canvas.ts';
import { drawFlights } from './flights.ts';
import { Glyphs } from './glyphs.ts';
import { drawDividers, drawEdges, drawRegions, type Frame } from './ground.ts';
import { NodesLayer, type Standing } from './nodes-layer.ts';
import type { Palette } from './palette.ts';
import { type Positions, positionsAt } from './positions.ts';
import type { State } from './state.ts';

const MARGIN = 24; // pixels
const WIDEST = 1.45; // times the height
const [LEAST, MOST] = [2, 15]; // pixels, of the radius of a node
const ROOM_FOR_NUMBERS = 24; // pixels between neighbours; in rows, beside the nodes themselves

export interface Layers {
  readonly ground: HTMLCanvasElement;
  readonly flights: HTMLCanvasElement;
  readonly nodes: HTMLCanvasElement;
}

/** All that hangs on where the nodes are, and on colours. */
interface Scene {
  readonly key: string;
  readonly positions: Positions;
  readonly frame: Frame;
  readonly standing: Standing;
}

export class Picture {
  readonly #layers: Layers;
  readonly #state: State;
  readonly #spacing: number; // of neighbours, where the picture is 2 wide
  readonly #nodes: NodesLayer;
  #palette: Palette;
  #scene: Scene | undefined;

  constructor(layers: Layers, state: State, palette: Palette) {
    this.#layers = layers;
    this.#state = state;
    this.#palette = palette;
    this.#spacing = spacingOf(state.replay);
    this.#nodes = new NodesLayer(layers.nodes.getContext('2d')!, state);
  }

  recolour(palette: Palette): void {
    this.#palette = palette;
    this.#scene = undefined;
  }

  /** @param glow microseconds of the run for which the line of a message stays. */
  draw(glow: number): void {
    const scene = this.#sceneNow();
    const { positions, frame, standing } = scene;
    const sheet = cleared(this.#layers.flights);
    drawFlights(sheet, this.#state, positions, frame, this.#palette, glow);
    this.#rings(sheet.context, scene);
    this.#nodes.draw(standing);
  }

  /** The node at that place of the canvas, or near it; -1: none. */
  nodeAt(px: number, py: number): number {
    if (this.#scene === undefined) return -1;
    const { x, y, glyphs } = this.#scene.standing;
    let [best, least] = [-1, Math.max(10, 1.5 * glyphs.radius) ** 2];
    for (let node = 0; node < x.length; node++) {
      const distance = (x[node] - px) ** 2 + (y[node] - py) ** 2;
      if (distance <= least) [best, least] = [node, distance];
    }
    return best;
  }

  /** As long as nothing moves, the same. */
  #sceneNow(): Scene {
    const sheet = kept(this.#layers.nodes);
    const positions = positionsAt(this.#state.replay, this.#state.time);
    const key = `${sheet.width} ${sheet.height} ${sheet.scale} ${positions.key}`;
    if (this.#scene?.key !== key) {
      this.#scene = this.#arranged(key, sheet, positions);
      this.#ground(this.#scene);
    }
    return this.#scene;
  }

  #arranged(key: string, { width, height, scale }: Sheet, positions: Positions): Scene {
    const high = Math.max(1, Math.min(width, height) / 2 - MARGIN);
    const wide = Math.max(high, Math.min(width / 2 - MARGIN, WIDEST * high));
    const frame: Frame = {
      ...{ wide, high },
      x: (x) => width / 2 + x * wide,
      y: (y) => height / 2 + y * high,
    };
    const apart = Math.max(0, ...positions.dividers.map(({ strength }) => strength));
    const room = this.#spacing * high * (1 - 0.25 * apart); // sides of a partition stand closer
    const radius = Math.round(2 * Math.max(LEAST, Math.min(MOST, 0.36 * room))) / 2;
    const isInRows = this.#state.replay.regions.length > 0;
    const hasNumbers = room >= ROOM_FOR_NUMBERS + (isInRows ? 2 * radius : 0);
    const standing: Standing = {
      x: positions.x.map((x) => Math.round(frame.x(x))),
      y: positions.y.map((y) => Math.round(frame.y(y))),
      ...{ width, height, palette: this.#palette },
      glyphs: new Glyphs(this.#palette, scale, radius),
      numbers: hasNumbers ? numbersAt(positions, isInRows, radius + 11) : undefined,
    };
    return { key, positions, frame, standing };
  }

  #ground({ positions, frame }: Scene): void {
    const { context } = cleared(this.#layers.ground);
    const { replay } = this.#state;
    drawRegions(context, replay, frame, this.#palette, positions.calm);
    drawEdges(context, replay, positions, frame, this.#palette);
    drawDividers(context, positions, frame, this.#palette);
  }

  /** Around who is cut off alone, the chosen node, and the one of which its view is asked. */
  #rings(context: CanvasRenderingContext2D, { positions, standing }: Scene): void {
    const { node, other } = this.#state;
    const { radius } = standing.glyphs;
    const ring = (of: number, out: number, colour: 'cut' | 'accent', dash: number[]) => {
      context.beginPath();
      context.arc(standing.x[of], standing.y[of], radius + out, 0, 2 * Math.PI);
      context.strokeStyle = this.#palette[colour];
      context.lineWidth = 3;
      context.setLineDash(dash);
      context.stroke();
      context.setLineDash([]);
    };
    for (const [of, strength] of positions.alone) {
      context.globalAlpha = strength;
      ring(of, 9, 'cut', [5, 4]);
    }
    context.globalAlpha = 1;
    if (node >= 0) ring(node, 8, 'accent', []);
    if (other >= 0) ring(other, 8, 'accent', [3, 3]);
  }
}

/** Outside of the nodes, as seen from the middle; in rows below them. */
function numbersAt({ x, y }: Positions, isInRows: boolean, far: number) {
  const lengths = x.map((value, node) => Math.hypot(value, y[node]));
  const isBelow = (node: number) => isInRows || lengths[node] === 0;
  return {
    dx: x.map((value, node) => (isBelow(node) ? 0 : (value / lengths[node]) * far)),
    dy: y.map((value, node) => (isBelow(node) ? far : (value / lengths[node]) * far)),
  };
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
