/**
 * Messages: a line with a dot where the message is; when it has arrived the line fades, and one that is lost ends half way in a
 * cross. Lines of one kind and strength are drawn together.
 */
import { LOST, MISSED } from '../../report/replay/model.ts';
import type { Sheet } from './canvas.ts';
import type { Frame } from './ground.ts';
import type { Palette } from './palette.ts';
import type { Positions } from './positions.ts';
import type { State } from './state.ts';

const STRENGTHS = 4;
const KINDS = ['other', 'news', 'lost'] as const;
type Kind = (typeof KINDS)[number];

/** Of those that tell no news, at once; of more, one in so many is drawn. */
const MOST_LINES = 1200;

export function drawFlights(
  { context, scale }: Sheet,
  state: State,
  { x, y }: Positions,
  frame: Frame,
  palette: Palette,
  glow: number,
): void {
  const lines = KINDS.map(() => Array.from({ length: STRENGTHS }, () => new Path2D()));
  const used = KINDS.map(() => new Uint32Array(STRENGTHS));
  const dots: [number, number, Kind][] = [];
  const crosses = new Path2D();
  const { from, to, fate, news } = state.replay.messages;
  const oneOf = Math.ceil(state.index.seen(state.time, glow) / MOST_LINES);
  state.index.at(state.time, glow, (i, share, over) => {
    const [a, b] = [from[i], to[i]];
    if (i % oneOf !== 0 && news[i] === 0) return;
    if (state.node >= 0 && a !== state.node && b !== state.node) return;
    const kind = fate[i] === LOST ? 2 : news[i] === 1 ? 1 : 0;
    const reach = kind === 2 ? share / 2 : share;
    const [px, py] = [x[a] + (x[b] - x[a]) * reach, y[a] + (y[b] - y[a]) * reach];
    const [sx, sy, ex, ey] = [frame.x(x[a]), frame.y(y[a]), frame.x(px), frame.y(py)];
    const left = over > 0 ? 1 - over / glow : 1;
    const strength = Math.max(0, Math.min(STRENGTHS - 1, Math.floor(left * STRENGTHS)));
    used[kind][strength]++;
    lines[kind][strength].moveTo(sx, sy);
    lines[kind][strength].lineTo(ex, ey);
    if (share < 1) dots.push([ex, ey, KINDS[kind]]);
    if (share === 1 && (kind === 2 || fate[i] === MISSED)) cross(crosses, ex, ey);
  });
  for (const [kind, name] of KINDS.entries()) {
    context.strokeStyle = name === 'other' ? palette.soft : palette[name];
    context.setLineDash(name === 'lost' ? [5, 4] : []);
    for (let strength = 0; strength < STRENGTHS; strength++) {
      if (used[kind][strength] === 0) continue;
      context.globalAlpha = ((strength + 1) / STRENGTHS) * (name === 'other' ? 0.5 : 0.9);
      stroke(context, lines[kind][strength], scale, name === 'other' ? 1 : 3);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.strokeStyle = palette.lost;
  context.lineWidth = 2;
  context.stroke(crosses);
  for (const [dx, dy, kind] of dots) {
    context.fillStyle = kind === 'other' ? palette.soft : palette[kind];
    context.fillRect(dx - 2.5, dy - 2.5, 5, 5);
  }
}

const SIDEWAYS = [
  [0, 0],
  [0.8, 0],
  [0, 0.8],
] as const;

/** Lines of one pixel of the device are drawn ten times as fast as wider ones, so wider ones are several of these. */
function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  scale: number,
  lines: number,
): void {
  context.lineWidth = 1 / scale;
  for (const [dx, dy] of SIDEWAYS.slice(0, lines)) {
    context.translate(dx, dy);
    context.stroke(path);
    context.translate(-dx, -dy);
  }
}

function cross(path: Path2D, x: number, y: number): void {
  path.moveTo(x - 4, y - 4);
  path.lineTo(x + 4, y + 4);
  path.moveTo(x - 4, y + 4);
  path.lineTo(x + 4, y - 4);
}
