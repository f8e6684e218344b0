/**
 * Figures are as wide as one or two columns of a paper. What is drawn at 12 px is 7 pt in print, the least that journals
 * take; so a column of 3.5 in is 432 px wide, two of 7.2 in 888 px. Plots get what axes leave them.
 */
import type { Figure } from '../experiment/model.ts';
import type { Axis } from './figure-axis.ts';
import {
  AXIS_TITLE_PX,
  FACET_GAP_PX,
  LABEL_PX,
  MARGIN_PX,
  PADDING_PX,
  TICK_PX,
  TITLE_GAP_PX,
} from './figure-style.ts';
import { textWidth, wrapped } from './font.ts';

/** Of a drawn px in print. */
export const POINTS_PER_PX = 7 / 12;

export type ColumnWidth = 'one' | 'two';
export const WIDTHS: Readonly<Record<ColumnWidth, number>> = { one: 432, two: 888 }; // px

const FRAME_PX = 2; // half a stroke at each side, rounded up

export interface Layout {
  /** Of the whole figure. */
  readonly totalPx: number;
  /** Plots side by side. */
  readonly columns: number;
  /** Of a plot. */
  readonly height: number;
}

/** Small multiples take two columns of a paper, others one, unless the figure says otherwise. */
export function layoutOf({ width }: Figure, facets: number): Layout {
  const wide = (width ?? (facets > 1 ? 'two' : 'one')) === 'two';
  const most = wide ? 3 : 2;
  const columns = facets === 4 ? 2 : Math.min(most, Math.max(1, facets));
  const height = wide ? [320, 240, 200][columns - 1] : [230, 150][columns - 1];
  return { totalPx: WIDTHS[wide ? 'two' : 'one'], columns, height };
}

/** Of title, caption and legends. */
export const textPx = ({ totalPx }: Layout): number => totalPx - 2 * PADDING_PX;

/** How far ticks and labels of the y axis reach to the left of the plot. */
export const extentOf = ({ labels }: Axis): number =>
  Math.ceil(Math.max(...labels.map((text) => textWidth(text, LABEL_PX)), 0)) + TICK_PX + 2;

/** The width of each plot beside a y axis, where the last label on x sticks out by `overhangPx`. */
export function plotWidth(layout: Layout, title: string, y: Axis, overhangPx: number): number {
  const { columns, height } = layout;
  const lines = wrapped(title, height, AXIS_TITLE_PX).length;
  const left = extentOf(y) + TITLE_GAP_PX + AXIS_TITLE_PX + (lines - 1) * (AXIS_TITLE_PX + 2);
  const gaps = (columns - 1) * FACET_GAP_PX;
  return Math.floor((textPx(layout) - left - gaps - Math.ceil(overhangPx) - FRAME_PX) / columns);
}

/** By how much the last label of an x axis sticks out of a plot of that width. */
export function overhang({ domain, ticks, labels }: Axis, log: boolean, sizePx: number): number {
  const last = ticks.length - 1;
  if (last < 0) return 0;
  const [low, high] = domain;
  const share = log
    ? Math.log(ticks[last] / low) / Math.log(high / low)
    : (ticks[last] - low) / (high - low);
  const at = MARGIN_PX + (high > low ? share : 0.5) * (sizePx - 2 * MARGIN_PX);
  return Math.max(0, at + textWidth(labels[last], LABEL_PX) / 2 - sizePx);
}

/** How many entries of a legend fit side by side below the plots. */
export function legendColumns(plotsPx: number, names: readonly string[], besidePx: number): number {
  const widest = Math.max(...names.map((name) => textWidth(name, LABEL_PX)), 1);
  return Math.max(1, Math.min(names.length, Math.floor(plotsPx / (widest + besidePx))));
}
