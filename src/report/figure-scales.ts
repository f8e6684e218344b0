/** From the points of a figure to its x and y: which values an axis can show, where it ends, its ticks and its title. */
import type { CellSummary, Figure } from '../experiment/model.ts';
import { type Axis, gridAxis, linearAxis, logAxis, thinned } from './figure-axis.ts';
import { extentOf, type Layout, overhang, plotWidth } from './figure-layout.ts';
import { counted, type Drawing, type Point } from './figure-points.ts';
import type { Json } from './figure-spec.ts';
import { AXIS_TITLE_PX, LABEL_PX, MARGIN_PX, MINOR_TICK_PX, TICK_PX } from './figure-style.ts';
import { textWidth, wrapped } from './font.ts';
import { rounded } from './numbers.ts';

export interface Scaled {
  readonly x: Json;
  readonly y: Json;
  /** Of each plot. */
  readonly width: number;
  /** Those that the axes can show; bands end where the y axis ends. */
  readonly points: readonly Point[];
  /** For the caption. */
  readonly notes: readonly string[];
}

export function scaled(
  figure: Figure,
  drawing: Drawing,
  summaries: readonly CellSummary[],
  layout: Layout,
): Scaled {
  const { height } = layout;
  const { points, notes } = onScales(figure, drawing.points);
  const signs = signsOf(figure.y.field, summaries);
  const shares = signs.shares && points.every(({ y }) => y === null || y <= 1);
  const y = yAxis(figure, points, height, { ...signs, shares });
  const axisX = (sizePx: number) =>
    xAxis(figure, drawing, points, sizePx, signsOf(figure.x.field, summaries));
  const widthBeside = (px: number) => plotWidth(layout, figure.y.title, y, px);
  const roomy = widthBeside(0);
  const width = widthBeside(overhang(axisX(roomy), isLog(figure.x.scale), roomy));
  const x = axisX(width);
  const late = figure.y.scale !== 'log' && y.domain[0] > 0;
  return {
    x: xChannel(figure, drawing, x, width),
    y: channel('y', withHeadroom(y, figure, height), figure.y, height),
    width,
    points: points.map((point) => cut(point, x.domain, y.domain)),
    notes: late ? [...notes, 'The y axis does not start at 0.'] : notes,
  };
}

type Ends = readonly [number, number];

/** A point whose bands and bars end where the axes end. */
function cut(point: Point, xEnds: Ends, yEnds: Ends): Point {
  if (point.mark !== 'measured') return point;
  const { x, xLow, xHigh, y, low, high } = point;
  const within = (value: number | null | undefined, [least, greatest]: Ends, of: unknown) =>
    typeof value === 'number' && typeof of === 'number'
      ? Math.min(Math.max(value, least), greatest)
      : null;
  const cutY = { ...point, low: within(low, yEnds, y), high: within(high, yEnds, y) };
  if (xLow === undefined || xHigh === undefined) return cutY;
  return { ...cutY, xLow: within(xLow, xEnds, x)!, xHigh: within(xHigh, xEnds, x)! };
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

/** Whether no value of a measure or series, in any run, is below 0, or leaves 0..1. */
function signsOf(field: string, summaries: readonly CellSummary[]): Signs {
  const all = summaries.flatMap(({ measures, series }) => series[field] ?? [measures[field]]);
  const known = all.filter((statistic) => statistic?.count > 0);
  const positive = known.length > 0 && known.every(({ min }) => min >= 0);
  return { positive, shares: positive && known.every(({ max }) => max <= 1) };
}

interface Signs {
  readonly positive: boolean;
  readonly shares: boolean;
}

function yAxis(figure: Figure, points: readonly Point[], sizePx: number, signs: Signs): Axis {
  const ours = points.filter((point) => point.mark !== 'line');
  const values = bounded(numbers(ours.flatMap(({ y, low, high }) => [y, low, high])), ours, signs);
  const lines = numbers(points.filter(({ mark }) => mark === 'line').map(({ y }) => y));
  if (!isLog(figure.y.scale)) {
    return linearAxis([...values, ...lines], signs.shares);
  }
  const above = values.filter((value) => value > 0);
  const reach = [Math.min(...above) / 10, Math.max(...above) * 10]; // a theory may leave the figure
  const shown = [...above, ...lines.filter((y) => y >= reach[0] && y <= reach[1])];
  return logAxis(signs.shares ? shown.map((value) => Math.min(value, 1)) : shown, sizePx);
}

/** What is never below zero has no use for an axis below zero, even where an interval around its mean reaches there. */
const bounded = (values: readonly number[], points: readonly Point[], { positive }: Signs) =>
  positive && points.every(({ y }) => y === null || y >= 0)
    ? values.map((value) => Math.max(value, 0))
    : values;

const numbers = (list: readonly (number | null | undefined)[]): number[] =>
  list.filter((value) => typeof value === 'number');

function xAxis(
  figure: Figure,
  drawing: Drawing,
  points: readonly Point[],
  sizePx: number,
  { positive }: Signs,
): Axis {
  const shown = points.filter(({ y }) => y !== null || drawing.xKind !== 'series');
  const values = numbers(
    shown.flatMap(({ x, xLow, xHigh }) => [typeof x === 'number' ? x : null, xLow, xHigh]),
  );
  const base = figure.x.scale === 'log2' ? 2 : figure.x.scale === 'log' ? 10 : 0;
  if (drawing.xKind !== 'measure') return gridAxis(values, base, sizePx);
  if (base === 0) {
    return linearAxis(positive ? values.map((value) => Math.max(value, 0)) : values, false);
  }
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
  axis: Axis,
  { title, scale = 'linear' }: { title: string; scale?: string },
  sizePx: number,
): Json {
  const { domain, ticks, labels, minor = [] } = axis;
  const base = scale === 'log2' ? { type: 'log', base: 2 } : { type: scale };
  const padding = field === 'x' ? { padding: MARGIN_PX } : {};
  const place = `indexof(${JSON.stringify(ticks)}, datum.value)`;
  const unlabelled = (value: number) => ({ test: `${place} < 0`, value });
  return {
    field,
    type: 'quantitative',
    scale: { ...base, domain, ...(isLog(scale) ? {} : { zero: false }), nice: false, ...padding },
    axis: {
      title: wrapped(title, sizePx, AXIS_TITLE_PX),
      values: [...ticks, ...minor],
      labelOverlap: false,
      labelExpr: `${place} < 0 ? '' : ${JSON.stringify(labels)}[${place}]`,
      ...(field === 'y' && { minExtent: extentOf(axis), maxExtent: extentOf(axis) }),
      ...(minor.length > 0 && {
        gridOpacity: { condition: unlabelled(0), value: 1 },
        tickSize: { condition: unlabelled(MINOR_TICK_PX), value: TICK_PX },
      }),
    },
  };
}
