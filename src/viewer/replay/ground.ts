/** What nodes stand on: datacentres and racks, the edges of a graph, and the lines between the sides of a partition. */
import type { Palette } from './palette.ts';
import type { Positions } from './positions.ts';
import type { Replay } from './run.ts';

/** From -1..1 to pixels. */
export interface Frame {
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
  readonly wide: number; // pixels from 0 to 1, across
  readonly high: number; // ... and down
}

type Context = CanvasRenderingContext2D;

export function drawRegions(
  context: Context,
  { regions }: Replay,
  frame: Frame,
  palette: Palette,
  calm: number,
): void {
  context.globalAlpha = calm;
  for (const { label, x, y, w, h, inner } of regions) {
    const [left, top] = [frame.x(x - w / 2), frame.y(y - h / 2)];
    context.beginPath();
    context.roundRect(left, top, w * frame.wide, h * frame.high, 8);
    context.strokeStyle = palette.line;
    context.lineWidth = inner ? 1 : 1.5;
    context.stroke();
    if (label === '' || w * frame.wide < 50) continue;
    context.fillStyle = palette.soft;
    context.font = `${inner ? 11 : 13}px "DejaVu Sans", Verdana, sans-serif`;
    context.textBaseline = 'top';
    context.fillText(label, left + 7, top + 6, w * frame.wide - 14);
  }
  context.globalAlpha = 1;
}

export function drawEdges(
  context: Context,
  { edges }: Replay,
  { x, y }: Positions,
  frame: Frame,
  palette: Palette,
): void {
  if (edges.length === 0) return;
  context.beginPath();
  for (let i = 0; i < edges.length; i += 2) {
    const [a, b] = [edges[i], edges[i + 1]];
    context.moveTo(frame.x(x[a]), frame.y(y[a]));
    context.lineTo(frame.x(x[b]), frame.y(y[b]));
  }
  context.strokeStyle = palette.line;
  context.lineWidth = 0.8;
  context.stroke();
}

export function drawDividers(
  context: Context,
  { dividers }: Positions,
  frame: Frame,
  palette: Palette,
): void {
  for (const { x1, y1, x2, y2, strength, oneWay } of dividers) {
    context.globalAlpha = strength;
    context.beginPath();
    context.moveTo(frame.x(x1), frame.y(y1));
    context.lineTo(frame.x(x2), frame.y(y2));
    context.strokeStyle = palette.cut;
    context.lineWidth = 3;
    context.setLineDash(oneWay ? [2, 6] : [12, 7]);
    context.lineCap = 'butt';
    context.stroke();
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
}
