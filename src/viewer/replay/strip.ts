/** The strip above the slider: a shape for each moment that one can jump to. */
import type { Mark } from '../../report/replay/model.ts';
import { cleared } from './canvas.ts';
import type { Palette } from './palette.ts';
import type { Replay } from './run.ts';

export const SLIDER_INSET = 8; // pixels, half of its thumb (style.css)
const NEAR = 7; // pixels

const TONES = {
  ...{ input: 'known', fault: 'ink', cut: 'cut', right: 'right', wrong: 'wrong', done: 'accent' },
  ...{ pause: 'soft', life: 'ink' },
} as const satisfies Record<Mark['kind'], keyof Palette>;

/** How high each kind stands, so that those of one moment do not hide each other. */
const ROWS: readonly (readonly Mark['kind'][])[] = [
  ...([['done'], ['wrong'], ['right'], ['input'], ['cut'], ['fault', 'pause', 'life']] as const),
];

const xOf = (time: number, end: number, width: number): number =>
  SLIDER_INSET + (time / Math.max(1, end)) * (width - 2 * SLIDER_INSET);

export function drawStrip(
  canvas: HTMLCanvasElement,
  { marks, cuts, end }: Replay,
  palette: Palette,
): void {
  const { context, width, height } = cleared(canvas);
  context.fillStyle = palette.cut;
  context.globalAlpha = Math.min(0.18, 0.6 / Math.max(1, cuts.length));
  for (const cut of cuts) {
    const [left, right] = [xOf(cut.start, end, width), xOf(Math.min(end, cut.end), end, width)];
    context.fillRect(left, 0, right - left, height);
  }
  context.globalAlpha = 1;
  const step = (height - 8) / (ROWS.length - 1);
  for (const { at, kind } of marks) {
    drawShape(
      context,
      kind,
      xOf(at, end, width),
      4 + ROWS.findIndex((kinds) => kinds.includes(kind)) * step,
      palette,
    );
  }
}

/** The shape of a kind of moment, also for the list. */
export function drawShape(
  context: CanvasRenderingContext2D,
  kind: Mark['kind'],
  x: number,
  y: number,
  palette: Palette,
): void {
  const r = 4;
  context.strokeStyle = context.fillStyle = palette[TONES[kind]];
  context.lineWidth = 2;
  context.beginPath();
  if (kind === 'input') context.arc(x, y, r - 0.5, 0, 2 * Math.PI);
  else if (kind === 'right') context.rect(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1);
  else if (kind === 'wrong') polygon(context, [x, y - r], [x + r, y + r], [x - r, y + r]);
  else if (kind === 'done') polygon(context, [x, y - r], [x + r, y], [x, y + r], [x - r, y]);
  else if (kind === 'cut') context.rect(x - 1, y - r, 2, 2 * r);
  else if (kind === 'pause') {
    context.rect(x - 3, y - r, 2, 2 * r);
    context.rect(x + 1, y - r, 2, 2 * r);
  } else if (kind === 'life') context.arc(x, y, r - 1, 0, 2 * Math.PI);
  if (kind === 'life') context.stroke();
  else if (kind === 'fault') {
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x - r, y + r);
    context.lineTo(x + r, y - r);
    context.stroke();
  } else context.fill();
}

function polygon(context: CanvasRenderingContext2D, ...corners: readonly [number, number][]): void {
  for (const [i, [x, y]] of corners.entries()) {
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

/** The time at that place of the strip: of a moment, if one is near. */
export function timeAt({ marks, end }: Replay, x: number, width: number): number {
  const inside = (x - SLIDER_INSET) / Math.max(1, width - 2 * SLIDER_INSET);
  const time = Math.round(Math.max(0, Math.min(1, inside)) * end);
  let [best, least] = [time, NEAR];
  for (const { at } of marks) {
    const distance = Math.abs(xOf(at, end, width) - x);
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}
