/**
 * The layers of a figure, from back to front: bands or error bars, the measured lines and points, theories as dashed
 * lines, published values as hollow points.
 */
import type { Figure } from '../experiment/model.ts';
import { legendColumns } from './figure-layout.ts';
import type { Drawing, Point } from './figure-points.ts';
import type { Json } from './figure-spec.ts';
import { LABEL_PX } from './figure-style.ts';
import { wrapped } from './font.ts';
import { valueText } from './numbers.ts';
import { colours, dashes, hollowFills, SINGLE, shapes } from './palette.ts';

const MOST_POINTS = 20; // on a line that is drawn; of more, only each second or third point is marked

/** The legends below the figure: what lines and points mean. */
const EXPLANATION = {
  title: null,
  orient: 'bottom',
  offset: 6,
  symbolStrokeColor: 'black',
  symbolStrokeWidth: 1.6,
};
const SYMBOL_PX = 32; // of a series in the legend, with the gap to the next
const STROKE_PX = 50; // of a line
const STROKE_LEGEND = { symbolType: 'stroke', symbolSize: 576, rowPadding: -6 };
const DIAMOND_LEGEND = { symbolType: 'diamond', symbolSize: 90, symbolOffset: 7, labelOffset: 11 };

/** Legends are as wide as all plots together. */
type Laid = Drawing & { readonly plotsPx: number };

interface Axes {
  readonly x: Json;
  readonly y: Json;
}

export function layers(figure: Figure, of: Drawing, { x, y }: Axes, plotsPx: number): Json[] {
  const drawing = { ...of, plotsPx };
  const { xKind, points } = drawing;
  const detail = points.some((point) => point.detail) ? { detail: { field: 'detail' } } : {};
  const encoding = { x, y, ...offset(drawing), ...detail };
  const discrete = xKind === 'name' || xKind === 'measure';
  const bars = discrete || new Set(points.map((point) => point.x)).size < 2;
  const has = (mark: Point['mark']) => points.some((point) => point.mark === mark);
  return [
    ...(bars ? errorBars(figure, drawing, encoding) : [band(figure, drawing, encoding)]),
    ...(xKind === 'name' || figure.joined === false ? [] : [line(figure, drawing, encoding)]),
    measuredPoints(figure, drawing, encoding),
    ...(has('line') ? [theory(figure, drawing, encoding)] : []),
    ...(has('points') ? [published(figure, drawing, encoding)] : []),
  ];
}

const only = (mark: Point['mark'], also = ''): Json[] => [
  { filter: `datum.mark === '${mark}'${also}` },
];

/** One colour for each value of the colour axis; black for what holds for all of them. */
function colour(figure: Figure, drawing: Laid): Json {
  if (!figure.color) return { value: SINGLE };
  const names = drawing.colors.map(valueText);
  const ordered = drawing.colors.every((value) => typeof value === 'number');
  return {
    field: 'color',
    type: 'nominal',
    scale: { domain: names, range: colours(names.length, ordered) },
    legend: {
      title: figure.color.title,
      symbolOpacity: 1,
      orient: 'bottom',
      ...entries(drawing, names, SYMBOL_PX),
    },
  };
}

/** Over names the colours stand side by side. */
function offset(drawing: Laid): Json {
  if (drawing.xKind !== 'name' || drawing.colors.length < 2) return {};
  const domain = drawing.colors.map(valueText);
  return { xOffset: { field: 'color', type: 'nominal', scale: { domain } } };
}

function band(figure: Figure, drawing: Laid, encoding: Json): Json {
  const { y, ...rest } = encoding;
  return {
    transform: only('measured'),
    mark: { type: 'area', opacity: 0.2, line: false },
    encoding: {
      ...rest,
      y: { ...(y as Json), field: 'low' },
      y2: { field: 'high' },
      color: colour(figure, drawing),
    },
  };
}

function errorBars(figure: Figure, drawing: Laid, encoding: Json): Json[] {
  const { x, y } = encoding as unknown as Axes;
  const bar = (channels: Json): Json => ({
    transform: only('measured', ' && isValid(datum.y)'),
    mark: { type: 'rule', strokeWidth: 1.5 },
    encoding: { ...encoding, ...channels, color: colour(figure, drawing) },
  });
  const vertical = bar({ y: { ...y, field: 'low' }, y2: { field: 'high' } });
  if (drawing.xKind !== 'measure') return [vertical];
  return [vertical, bar({ x: { ...x, field: 'xLow' }, x2: { field: 'xHigh' } })];
}

/** The legend entries of all lines: ours solid, theories dashed. */
function dash(drawing: Laid): Json {
  const ours = labels(drawing, 'measured');
  const theories = labels(drawing, 'line');
  return {
    field: 'label',
    type: 'nominal',
    scale: { domain: [...ours, ...theories], range: [[1, 0], ...dashes(theories.length)] },
    legend: {
      ...EXPLANATION,
      ...STROKE_LEGEND,
      ...entries(drawing, [...ours, ...theories], STROKE_PX),
    },
  };
}

/** Side by side as many as fit; what is longer than a line is broken. */
function entries({ plotsPx }: Laid, names: readonly string[], besidePx: number): Json {
  const lines = names.map((name) => wrapped(name, plotsPx - besidePx, LABEL_PX));
  const broken = names.flatMap((name, i) => (lines[i].length > 1 ? [[name, lines[i]]] : []));
  return {
    columns: legendColumns(plotsPx, names, besidePx),
    ...(broken.length > 0 && {
      labelExpr: `${JSON.stringify(Object.fromEntries(broken))}[datum.label] || datum.label`,
    }),
  };
}

const labels = (drawing: Laid, mark: Point['mark']): string[] => [
  ...new Set(drawing.points.filter((point) => point.mark === mark).map(({ label }) => label)),
];

const line = (figure: Figure, drawing: Laid, encoding: Json): Json => ({
  transform: only('measured'),
  mark: { type: 'line', strokeWidth: drawing.xKind === 'measure' ? 1 : 1.8 },
  encoding: {
    ...encoding,
    color: colour(figure, drawing),
    strokeDash: dash(drawing),
    order: { field: 'order', type: 'quantitative' },
  },
});

function measuredPoints(figure: Figure, drawing: Laid, encoding: Json): Json {
  const longest = Math.max(...drawing.points.filter(isMeasured).map(({ order }) => order), 0) + 1;
  const step = figure.joined === false ? 1 : Math.ceil(longest / MOST_POINTS);
  const shape = {
    ...colour(figure, drawing),
    scale: { domain: drawing.colors.map(valueText), range: shapes(drawing.colors.length) },
  };
  return {
    transform: only('measured', step > 1 ? ` && datum.order % ${step} === 0` : ''),
    mark: { type: 'point', filled: true, opacity: 1, size: 45 },
    encoding: {
      ...encoding,
      color: colour(figure, drawing),
      ...(figure.color ? { shape } : {}),
    },
  };
}

const isMeasured = ({ mark }: Point) => mark === 'measured';

/** The colour of the series, or black where a reference holds for all. */
function referenceColour(figure: Figure, drawing: Laid): Json {
  if (!figure.color) return { value: 'black' };
  const test = 'datum.color !== null';
  return { condition: { test, ...colour(figure, drawing) }, value: 'black' };
}

/** Over names a theory is a short stroke at each, as there is nothing between two names. */
function theory(figure: Figure, drawing: Laid, encoding: Json): Json {
  if (drawing.xKind === 'name') {
    return strokes(drawing, { ...encoding, color: referenceColour(figure, drawing) });
  }
  return {
    transform: only('line'),
    mark: { type: 'line', strokeWidth: 1.3, clip: true },
    encoding: {
      ...encoding,
      // Black, one for each series: in the colour of ours it would vanish where the two agree.
      color: { value: 'black' },
      detail: [{ field: 'color' }, { field: 'detail' }],
      strokeDash: dash(drawing),
      order: { field: 'order', type: 'quantitative' },
    },
  };
}

const strokes = (drawing: Laid, encoding: Json): Json => ({
  transform: only('line'),
  mark: { type: 'point', shape: 'stroke', size: 400, strokeWidth: 1.5, opacity: 1, clip: true },
  encoding: { ...encoding, strokeDash: dash(drawing) },
});

/** Diamonds, told apart by their fill. A shape scale of their own would split the legend of the series. */
const published = (figure: Figure, drawing: Laid, encoding: Json): Json => {
  const names = labels(drawing, 'points');
  return {
    transform: only('points'),
    mark: { type: 'point', shape: 'diamond', size: 90, strokeWidth: 1.6, opacity: 1 },
    encoding: {
      ...encoding,
      stroke: referenceColour(figure, drawing),
      fill: {
        field: 'published',
        type: 'nominal',
        scale: { domain: names, range: hollowFills(names.length) },
        legend: {
          ...EXPLANATION,
          ...DIAMOND_LEGEND,
          ...entries(drawing, names, STROKE_PX),
        },
      },
    },
  };
};
