/** How all figures look: sizes in px at 1x, and Vega-Lite's config. Made for print at half a page's width or more. */
import { FONT } from './font.ts';

export const LABEL_PX = 12;
export const AXIS_TITLE_PX = 13;
export const TITLE_PX = 15;
export const CAPTION_PX = 12;

export const PADDING_PX = 14;
/** Between plots side by side; between rows of plots there is a heading, and an axis where each has its own. */
export const FACET_GAP_PX = 40;
export const HEADING_PX = 22;
export const AXIS_PX = 46;

const INK = '#222222';
const GRID = '#e3e3e3';

export const config = {
  aria: false, // else every point says its values in words: the SVG grows fourfold
  background: 'white',
  font: FONT,
  padding: PADDING_PX,
  view: { stroke: '#999999' },
  title: {
    color: INK,
    fontSize: TITLE_PX,
    subtitleFontSize: CAPTION_PX,
    subtitleColor: '#444444',
    lineHeight: 19,
    subtitleLineHeight: 16,
    subtitlePadding: 5,
    offset: 12,
  },
  axis: {
    labelFontSize: LABEL_PX,
    titleFontSize: AXIS_TITLE_PX,
    titleFontWeight: 'normal',
    titlePadding: 8,
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
    rowPadding: 4,
    layout: { bottom: { direction: 'vertical', anchor: 'start', margin: 6 } },
  },
} as const;
