/**
 * A curve for the terminal: in Braille, whose letters are two dots wide and four high (Unicode 10.0, U+2800 and after), or
 * in plain ASCII, one mark a letter; with axes.
 */
import { significant } from './numbers.ts';

export interface ChartOptions {
  /** Letters a line, axis and all. */
  readonly width: number;
  /** Lines of the curve. */
  readonly height: number;
  readonly ascii: boolean;
  /** What the highest line stands for. */
  readonly most: number;
  /** What the last column stands for, in s. */
  readonly until_s: number;
  /** Colours the curve. */
  readonly paint?: (text: string) => string;
}

/** [row][column of a letter] the bit of its dot. */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
const LEAST_WIDTH = 30;

/** How many letters the axis on the left takes. */
const axisWidth = (most: number): number =>
  Math.max(significant(most, 3).length, significant(most / 2, 3).length) + 2;

/** How many values `chart` draws. */
export function pointsOf({ width, most, ascii }: ChartOptions): number {
  const columns = Math.max(LEAST_WIDTH, width) - axisWidth(most);
  return ascii ? columns : 2 * columns;
}

/** @param values as many as `pointsOf` says, from 0 to `most`. */
export function chart(values: ArrayLike<number>, options: ChartOptions): string {
  const { height, ascii, most, until_s, paint = (text) => text } = options;
  const grid = ascii ? asciiLines(values, options) : brailleLines(values, options);
  const left = axisWidth(most);
  const [corner, bar, dash] = ascii ? ['+', '|', '-'] : ['└', '│', '─'];
  const lines = grid.map((line, row) => {
    const label = labelAt(row, height, most);
    return label.padStart(left - 2) + ` ${bar}${paint(line)}`.trimEnd();
  });
  const width = pointsOf(options) / (ascii ? 1 : 2);
  return [
    ...lines,
    `${' '.repeat(left - 1)}${corner}${dash.repeat(width)}`,
    `${' '.repeat(left)}${ticks(width, until_s)}`,
  ].join('\n');
}

/** At the top, in the middle and at the bottom. */
function labelAt(row: number, height: number, most: number): string {
  if (row === 0) return significant(most, 3);
  if (row === height - 1) return '0';
  return row === (height - 1) / 2 ? significant(most / 2, 3) : '';
}

/** The place of a value, in dots from the top. */
const placeOf = (value: number, most: number, dots: number): number =>
  Math.round((1 - Math.min(1, most === 0 ? 0 : value / most)) * (dots - 1));

function asciiLines(values: ArrayLike<number>, { height, most }: ChartOptions): string[] {
  const rows = Array.from({ length: height }, () => new Array<string>(values.length).fill(' '));
  for (let i = 0; i < values.length; i++) rows[placeOf(values[i], most, height)][i] = '*';
  return rows.map((row) => row.join('').trimEnd());
}

/** Steps are joined by dots above each other. */
function brailleLines(values: ArrayLike<number>, { height, most }: ChartOptions): string[] {
  const columns = Math.ceil(values.length / 2);
  const rows = Array.from({ length: height }, () => new Uint8Array(columns));
  let before = placeOf(values[0] ?? 0, most, 4 * height);
  for (let i = 0; i < values.length; i++) {
    const place = placeOf(values[i], most, 4 * height);
    const step = Math.sign(place - before) || 1;
    const first = before === place ? place : before + step;
    for (let dot = first; dot !== place + step; dot += step) {
      rows[dot >> 2][i >> 1] |= BITS[dot & 3][i & 1];
    }
    before = place;
  }
  return rows.map((row) => {
    const letters = Array.from(row, (bits) =>
      bits === 0 ? ' ' : String.fromCharCode(0x2800 + bits),
    );
    return letters.join('').trimEnd();
  });
}

/** Seconds below the axis: at its ends, and in the middle. */
function ticks(width: number, until_s: number): string {
  const last = `${significant(until_s, 3)} s`;
  const middle = significant(until_s / 2, 3);
  const half = '0'.padEnd(Math.round(width / 2 - middle.length / 2)) + middle;
  return half + last.padStart(width - half.length);
}
