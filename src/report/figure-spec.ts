/**
 * A figure as a Vega-Lite spec with its data inside: facets side by side, each with the layers of `figure-layers.ts`
 * over the same axes; below it the legends of the series, and of lines and points.
 */
import type { CellSummary, Drawable, Figure, Value } from '../experiment/model.ts';
import { layers } from './figure-layers.ts';
import { layoutOf, POINTS_PER_PX, textPx } from './figure-layout.ts';
import { draw, type Point } from './figure-points.ts';
import { scaled } from './figure-scales.ts';
import { AXIS_PX, CAPTION_PX, config, FACET_GAP_PX, HEADING_PX, TITLE_PX } from './figure-style.ts';
import { wrapped } from './font.ts';
import { rounded, valueText } from './numbers.ts';

export type Json = { readonly [key: string]: unknown };

export function figureSpec(
  experiment: Drawable,
  figure: Figure,
  summaries: readonly CellSummary[],
): Json {
  const drawing = draw(experiment, figure, summaries);
  const layout = layoutOf(figure, drawing.facets.length);
  const { x, y, width, points, notes } = scaled(figure, drawing, summaries, layout);
  const caption = [figure.caption, ...drawing.notes, ...notes].filter(Boolean).join(' ');
  const plotsPx = layout.columns * width + (layout.columns - 1) * FACET_GAP_PX;
  const plot = {
    width,
    height: layout.height,
    layer: layers(figure, drawing, { x, y }, plotsPx),
  };
  const names = drawing.facets.map((value) => facetName(figure, value));
  const ragged = names.length % layout.columns !== 0; // a column without a plot in the last row
  const faceted = {
    facet: { field: 'facet', type: 'ordinal', sort: names, header: { title: null } },
    columns: layout.columns,
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
    description: figure.title || `${figure.y.title} over ${figure.x.title}`,
    usermeta: {
      ...{ widthPx: layout.totalPx, printedWidthPt: layout.totalPx * POINTS_PER_PX },
      caption,
    },
    ...(figure.title || caption ? { title: titleOf(figure, caption, textPx(layout)) } : {}),
    config,
    ...(names.length > 0 ? faceted : plot),
    data: { values: points.map((point) => row(point, figure)) },
  };
}

/** A caption alone stands in the place of the title. */
function titleOf({ title }: Figure, caption: string, widthPx: number): Json {
  const subtitle = wrapped(caption, widthPx, CAPTION_PX);
  const place = { anchor: 'start', frame: 'bounds' };
  if (title) return { ...place, text: wrapped(title, widthPx, TITLE_PX, true), subtitle };
  const { subtitleColor: color, subtitleLineHeight: lineHeight } = config.title;
  return {
    ...place,
    text: subtitle,
    fontWeight: 'normal',
    fontSize: CAPTION_PX,
    color,
    lineHeight,
  };
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
