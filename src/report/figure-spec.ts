/**
 * A figure as a Vega-Lite spec with its data inside: facets side by side, each with the layers of `figure-layers.ts`
 * over the same axes; the series' legend on the right, the explanation of lines and points below.
 */
import type { CellSummary, Drawable, Figure, Value } from '../experiment/model.ts';
import { layers } from './figure-layers.ts';
import { type Drawing, draw, type Point } from './figure-points.ts';
import { scaled } from './figure-scales.ts';
import {
  AXIS_PX,
  CAPTION_PX,
  config,
  FACET_GAP_PX,
  HEADING_PX,
  LABEL_PX,
  TITLE_PX,
} from './figure-style.ts';
import { textWidth, wrapped } from './font.ts';
import { rounded, valueText } from './numbers.ts';

export type Json = { readonly [key: string]: unknown };

/** The space left of a plot for the axis and its labels, at least. */
const LEFT_PX = 50;

export function figureSpec(
  experiment: Drawable,
  figure: Figure,
  summaries: readonly CellSummary[],
): Json {
  const drawing = draw(experiment, figure, summaries);
  const size = sizeOf(figure, drawing);
  const { x, y, points, notes } = scaled(figure, drawing, summaries, size);
  const caption = [figure.caption, ...drawing.notes, ...notes].join(' ');
  const plot = {
    width: size.width,
    height: size.height,
    layer: layers(figure, drawing, { x, y }),
  };
  const names = drawing.facets.map((value) => facetName(figure, value));
  const ragged = names.length % size.columns !== 0; // a column without a plot in the last row
  const faceted = {
    facet: { field: 'facet', type: 'ordinal', sort: names, header: { title: null } },
    columns: size.columns,
    bounds: 'flush',
    spacing: {
      column: FACET_GAP_PX,
      row: FACET_GAP_PX + HEADING_PX + (ragged ? AXIS_PX : 0),
    },
    ...(ragged && { resolve: { axis: { x: 'independent' } } }),
    spec: plot,
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: figure.title,
    title: titleOf(figure, caption, size.total),
    config,
    ...(names.length > 0 ? faceted : plot),
    data: { values: points.map((point) => row(point, figure)) },
  };
}

const titleOf = ({ title }: Figure, caption: string, widthPx: number) => ({
  anchor: 'start',
  frame: 'bounds',
  text: wrapped(title, widthPx, TITLE_PX, true),
  subtitle: wrapped(caption, widthPx, CAPTION_PX),
});

/** In px; `total` is the width that title and caption may fill. */
function sizeOf(figure: Figure, { facets, colors }: Drawing) {
  const columns = facets.length === 4 ? 2 : Math.min(3, Math.max(1, facets.length));
  const [width, height] = columns === 1 ? [420, 280] : [240, 200];
  const entries = [figure.color?.title ?? '', ...colors.map((value) => valueText(value))];
  const legend = Math.max(...entries.map((text) => textWidth(text, LABEL_PX)));
  const plots = columns * width + (columns - 1) * FACET_GAP_PX;
  return { width, height, columns, total: LEFT_PX + plots + legend };
}

const facetName = ({ facet }: Figure, value: Value): string =>
  `${facet?.title} = ${valueText(value)}`;

/** A point as a row of the spec's data, rounded. */
function row(point: Point, figure: Figure): Json {
  const { mark, label, x, y, low, high, xLow, xHigh, color, facet, detail, order } = point;
  const number = <T>(value: T) => (typeof value === 'number' ? rounded(value) : value);
  return {
    mark,
    ...(mark === 'points' ? { published: label } : { label }),
    ...(facet === null ? {} : { facet: facetName(figure, facet) }),
    ...(figure.color ? { color: color === null ? null : valueText(color) } : {}),
    ...(detail ? { detail } : {}),
    x: number(x),
    ...(xLow === undefined ? {} : { xLow: number(xLow), xHigh: number(xHigh) }),
    y: number(y),
    ...(mark === 'measured' ? { low: number(low), high: number(high) } : {}),
    order,
  };
}
