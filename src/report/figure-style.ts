/** How all figures look: sizes in px at 1x, of which 12 are 7 pt in print, and Vega-Lite's config. */
import { FONT } from './font.ts';

export const LABEL_PX = 12;
export const AXIS_TITLE_PX = 13;
export const TITLE_PX = 14;
export const CAPTION_PX = 12;

export const PADDING_PX = 8;
/** Inside a plot, so that points at its ends do not stick out. */
export const MARGIN_PX = 10;
export const TICK_PX = 5;
export const MINOR_TICK_PX = 3;
/** Between the labels of an axis and its title. */
export const TITLE_GAP_PX = 6;
/** Between plots side by side; between rows of plots there is a heading, and an axis where each has its own. */
export const FACET_GAP_PX = 28;
export const HEADING_PX = 12;
export const AXIS_PX = 46;

const INK = '#222222';
const GRID = '#e3e3e3';

export const config = {
  aria: false, // else every point says its values in words: the SVG grows fourfold
  background: 'white',
  font: FONT,
  padding: PADDING_PX,
  // The frame in front of the grid, else the lines of the grid at its sides hide it.
  style: { cell: { stroke: '#999999', strokeForeground: true } },
  title: {
    color: INK,
    fontSize: TITLE_PX,
    subtitleFontSize: CAPTION_PX,
    subtitleColor: '#444444',
    lineHeight: 18,
    subtitleLineHeight: 16,
    subtitlePadding: 5,
    offset: 10,
  },
  axis: {
    labelFontSize: LABEL_PX,
    titleFontSize: AXIS_TITLE_PX,
    titleFontWeight: 'normal',
    titlePadding: TITLE_GAP_PX,
    tickSize: TICK_PX,
    labelColor: INK,
    titleColor: INK,
    gridColor: GRID,
    domainColor: '#666666',
    tickColor: '#666666',
    labelLimit: 0,
    titleLimit: 0,
  },
  header: { labelFontSize: AXIS_TITLE_PX, labelColor: INK, labelLimit: 0 },
  legend: {
    labelFontSize: LABEL_PX,
    titleFontSize: LABEL_PX,
    titleFontWeight: 'normal',
    labelColor: INK,
    titleColor: INK,
    labelLimit: 0,
    titleLimit: 0,
    symbolSize: 70,
    rowPadding: 3,
    layout: { bottom: { direction: 'vertical', anchor: 'start', margin: 4, bounds: 'full' } },
  },
} as const;
