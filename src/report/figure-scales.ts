/** From the points of a figure to its x and y: which values an axis can show, where it ends, its ticks and its title. */
import type { CellSummary, Figure } from '../experiment/model.ts';
import { type Axis, gridAxis, linearAxis, logAxis, thinned } from './figure-axis.ts';
import { counted, type Drawing, type Point } from './figure-points.ts';
import type { Json } from './figure-spec.ts';
import { AXIS_TITLE_PX, LABEL_PX } from './figure-style.ts';
import { textWidth, wrapped } from './font.ts';
import { rounded } from './numbers.ts';

/** Inside a plot, so that points at its ends do not stick out. */
const MARGIN_PX = 10;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Scaled {
  readonly x: Json;
  readonly y: Json;
  /** Those that the axes can show; bands end where the y axis ends. */
  readonly points: readonly Point[];
  /** For the caption. */
  readonly notes: readonly string[];
}

export function scaled(
  figure: Figure,
  drawing: Drawing,
  summaries: readonly CellSummary[],
  { width, height }: Size,
): Scaled {
  const { points, notes } = onScales(figure, drawing.points);
  const shares = isShare(figure, summaries) && points.every(({ y }) => y === null || y <= 1);
  const y = yAxis(figure, points, height, shares);
  const x = xAxis(figure, drawing, points, width);
  const late = figure.y.scale !== 'log' && y.domain[0] > 0;
  return {
    x: xChannel(figure, drawing, x, width),
    y: channel('y', withHeadroom(y, figure, height), figure.y, height),
    points: points.map((point) => cut(point, y.domain)),
    notes: late ? [...notes, 'The y axis does not start at 0.'] : notes,
  };
}

/** A point whose band ends where the axis ends. */
function cut(point: Point, [least, greatest]: readonly [number, number]): Point {
  if (point.mark !== 'measured') return point;
  const within = (value: number | null | undefined) =>
    typeof value === 'number' && point.y !== null
      ? Math.min(Math.max(value, least), greatest)
      : null;
  return { ...point, low: within(point.low), high: within(point.high) };
}

const isLog = (scale: string | undefined) => scale === 'log' || scale === 'log2';

/** Takes out what a log axis cannot show, and says so. */
function onScales(figure: Figure, points: readonly Point[]) {
  const off = ({ x, y }: Point) =>
    (isLog(figure.y.scale) && y !== null && y <= 0) ||
    (isLog(figure.x.scale) && typeof x === 'number' && x <= 0);
  const hidden = points.filter(
    (point) => point.mark !== 'line' && off(point) && !isReplaced(point, points),
  );
  const zero = hidden.every(({ x, y }) => x === 0 || y === 0) ? 'at zero' : 'at or below zero';
  return {
    points: points.flatMap((point) => {
      if (!off(point)) return [point];
      return isLog(figure.x.scale) && Number(point.x) <= 0 ? [] : [{ ...point, y: null }];
    }),
    notes: hidden.length > 0 ? [`${counted(hidden.length, 'point')} ${zero} not shown.`] : [],
  };
}

/** A reference, such as an upper bound, stands in its place. */
const isReplaced = (point: Point, points: readonly Point[]): boolean =>
  points
    .filter(({ mark, x, facet }) => mark === 'points' && x === point.x && facet === point.facet)
    .some(({ color }) => color === null || color === point.color);

/** A measure none of whose values leaves 0..1; of a series likewise. */
function isShare({ y }: Figure, summaries: readonly CellSummary[]): boolean {
  const all = summaries.flatMap(({ measures, series }) => series[y.field] ?? [measures[y.field]]);
  const known = all.filter((statistic) => statistic?.count > 0);
  return known.length > 0 && known.every(({ min, max }) => min >= 0 && max <= 1);
}

function yAxis(figure: Figure, points: readonly Point[], sizePx: number, shares: boolean): Axis {
  const ours = points.filter((point) => point.mark !== 'line');
  const values = numbers(ours.flatMap(({ y, low, high }) => [y, low, high]));
  const lines = numbers(points.filter(({ mark }) => mark === 'line').map(({ y }) => y));
  if (!isLog(figure.y.scale)) {
    return linearAxis([...values, ...lines], shares);
  }
  const above = values.filter((value) => value > 0);
  const reach = [Math.min(...above) / 10, Math.max(...above) * 10]; // a theory may leave the figure
  const shown = [...above, ...lines.filter((y) => y >= reach[0] && y <= reach[1])];
  return logAxis(shares ? shown.map((value) => Math.min(value, 1)) : shown, sizePx);
}

const numbers = (list: readonly (number | null | undefined)[]): number[] =>
  list.filter((value) => typeof value === 'number');

function xAxis(figure: Figure, drawing: Drawing, points: readonly Point[], sizePx: number): Axis {
  const shown = points.filter(({ y }) => y !== null || drawing.xKind !== 'series');
  const values = numbers(
    shown.flatMap(({ x, xLow, xHigh }) => [typeof x === 'number' ? x : null, xLow, xHigh]),
  );
  const base = figure.x.scale === 'log2' ? 2 : figure.x.scale === 'log' ? 10 : 0;
  if (drawing.xKind !== 'measure') return gridAxis(values, base, sizePx);
  if (base === 0) return linearAxis(values, false);
  const above = values.filter((x) => x > 0);
  return thinned(logAxis(above, sizePx), sizePx);
}

function xChannel(figure: Figure, drawing: Drawing, axis: Axis, sizePx: number): Json {
  if (drawing.xKind !== 'name') return channel('x', axis, figure.x, sizePx);
  const { names } = drawing;
  const wide = names.some((name) => textWidth(name, LABEL_PX) > sizePx / names.length - 6);
  return {
    field: 'x',
    type: 'ordinal',
    scale: { domain: names },
    axis: { title: figure.x.title, labelAngle: wide ? -30 : 0 },
  };
}

/** A little more above the highest tick. */
function withHeadroom(axis: Axis, { y }: Figure, sizePx: number): Axis {
  const [low, high] = axis.domain;
  const share = sizePx / (sizePx - MARGIN_PX / 2);
  const top = isLog(y.scale) ? low * (high / low) ** share : low + (high - low) * share;
  return { ...axis, domain: [low, rounded(top)] };
}

function channel(
  field: 'x' | 'y',
  { domain, ticks, labels }: Axis,
  { title, scale = 'linear' }: { title: string; scale?: string },
  sizePx: number,
): Json {
  const base = scale === 'log2' ? { type: 'log', base: 2 } : { type: scale };
  const padding = field === 'x' ? { padding: MARGIN_PX } : {};
  const labelled = labels && {
    labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(ticks)}, datum.value)]`,
  };
  return {
    field,
    type: 'quantitative',
    scale: { ...base, domain, ...(isLog(scale) ? {} : { zero: false }), nice: false, ...padding },
    axis: {
      title: wrapped(title, sizePx, AXIS_TITLE_PX),
      ...(ticks && { values: ticks }),
      ...labelled,
    },
  };
}
