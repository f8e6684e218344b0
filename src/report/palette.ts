/**
 * Colours that the colour-blind can tell apart; the test simulates them. In a grey print ordered values differ in
 * lightness; of names some pairs are as light (orange and sky blue), so each series has a point shape of its own as well. Sources: viridis (van der Walt and Smith, 2015) for ordered values,
 * without its pale end; Okabe and Ito, "Color universal design", 2008, for names.
 */

// [step] from dark to light
const VIRIDIS = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
];
const OKABE_ITO = [
  ...['#0072b2', '#e69f00', '#8c3b00', '#56b4e9', '#009e73', '#d55e00', '#cc79a7'],
  '#4d4d4d', // grey, which is theirs as little as the brown: black is for what is published
];

/** The one colour of a figure without a colour axis. */
export const SINGLE = '#31688e';

/** Of points; the diamond is kept for published values. */
const SHAPES = [
  'circle',
  'square',
  'triangle-up',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
  'M-1,-1L-0.5,-1L0,-0.5L0.5,-1L1,-1L1,-0.5L0.5,0L1,0.5L1,1L0.5,1L0,0.5L-0.5,1L-1,1L-1,0.5L-0.5,0L-1,-0.5Z', // x
];
const FILLS = ['transparent', '#c8c8c8', '#707070'];
const DASHES = [
  [5, 3],
  [1.5, 2],
  [9, 3, 2, 3],
  [12, 4],
];

const cycled = <T>(list: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => list[i % list.length]);

/** One colour per value: a scale from dark to light for ordered values, distinct hues for names. */
export function colours(count: number, ordered: boolean): string[] {
  if (!ordered && count <= OKABE_ITO.length) return OKABE_ITO.slice(0, count);
  const [first, last] = count <= 3 ? [1, 6] : [0, VIRIDIS.length - 1];
  const step = (last - first) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, i) => between(VIRIDIS, first + i * step));
}

export const shapes = (count: number): string[] => cycled(SHAPES, count);
/** Of the diamonds of published values. */
export const hollowFills = (count: number): string[] => cycled(FILLS, count);
export const dashes = (count: number): number[][] => cycled(DASHES, count);

/** The colour at a position between two entries of a list, mixed channel by channel. */
function between(list: readonly string[], position: number): string {
  const index = Math.floor(position);
  const share = position - index;
  const from = channels(list[index]);
  const to = channels(list[Math.min(index + 1, list.length - 1)]);
  const mixed = from.map((value, i) => Math.round(value + share * (to[i] - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const channels = (colour: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
