/** Plain tables for the terminal: no vertical lines, long texts wrapped so that a line fits into `width` characters. */
import Table from 'cli-table3';

export interface Column {
  readonly title: string;
  /** Text is wrapped where the line is too long; numbers are not. */
  readonly wraps?: boolean;
  readonly align?: 'left' | 'right';
  /** Colours a cell; applied after measuring. */
  readonly paint?: (text: string) => string;
}

/** The texts of a row's cells, or one heading over the whole width. */
export type Row = readonly string[] | string;

/** Characters a line, unless told otherwise. */
export const LINE = 110;
const LEAST = 8; // characters that a wrapped column keeps
const GAP = 2; // blanks after a column

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, '']),
);

export function columns(shape: readonly Column[], rows: readonly Row[], width: number): string {
  const widths = fitted(
    shape,
    rows.filter((row) => typeof row !== 'string'),
    width,
  );
  const whole = widths.reduce((sum, w) => sum + w + GAP, -GAP);
  const table = new Table({
    chars: { ...NO_LINES, 'top-mid': '', 'bottom-mid': '', 'left-mid': '', 'mid-mid': '' },
    colWidths: widths.map((w) => w + GAP),
    colAligns: shape.map(({ align = 'left' }) => align),
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    wordWrap: false, // done below: the table would cut a word at a blank in front
  });
  table.push(shape.map(({ title }) => title));
  table.push(widths.map((w) => '─'.repeat(w)));
  for (const row of rows) {
    if (typeof row === 'string') {
      for (const content of heading(row, whole)) {
        table.push([{ colSpan: shape.length, content, hAlign: 'left' }]);
      }
    } else
      for (const line of lines(row.map((text, i) => cell(text, shape[i], widths[i]))))
        table.push(line);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The lines of a heading; an empty one is a line. */
const heading = (text: string, width: number): string[] =>
  text === '' ? [text] : filled(text, width);

/** The lines of a cell. A wrapped text keeps its indent on every line. */
function cell(text: string, { wraps, paint }: Column, width: number): string[] {
  if (paint !== undefined) return [paint(text)];
  if (wraps !== true || text.length <= width) return [text];
  const indent = /^ */.exec(text)![0];
  return filled(text.trim(), width - indent.length).map((line) => indent + line);
}

/** A row of the table for each line: with several lines in a cell it takes seconds (cli-table3 0.6.5). */
function lines(cells: readonly string[][]): string[][] {
  const height = Math.max(...cells.map((texts) => texts.length));
  return Array.from({ length: height }, (_, k) => cells.map((texts) => texts[k] ?? ''));
}

/** The widths of the columns: as wide as their texts, the widest wrapped one narrower until a line fits. */
function fitted(
  shape: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const texts = (i: number) => [shape[i].title, ...rows.map((row) => row[i])];
  const longest = (list: readonly string[]) => Math.max(...list.map((text) => text.length));
  const natural = shape.map((_, i) => longest(texts(i)));
  const least = shape.map(({ wraps }, i) =>
    wraps ? Math.max(LEAST, longest(texts(i).flatMap((text) => text.split(/\s/)))) : natural[i],
  );
  const widths = [...natural];
  const over = () => widths.reduce((sum, w) => sum + w + GAP, -GAP) - width;
  while (over() > 0) {
    const slack = widths.map((w, i) => (w > least[i] ? w : 0));
    const widest = slack.indexOf(Math.max(...slack));
    if (slack[widest] === 0) break;
    widths[widest]--;
  }
  return widths;
}

/** Breaks text at blanks into lines of at most `width` characters. */
export function filled(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.length - 1;
    if (last < 0 || lines[last].length + 1 + word.length > width) lines.push(word);
    else lines[last] += ` ${word}`;
  }
  return lines;
}
