/** The first figure of an experiment in a few lines of the terminal: a row of bars for each of its lines. */
import type { CellSummary, Drawable, Figure } from '../experiment/model.ts';
import { columns } from './columns.ts';
import { draw, type Point } from './figure-points.ts';
import { significant, valueText } from './numbers.ts';
import { sparkline } from './sparkline.ts';

/** Fewer points are read in the table. */
const LEAST_POINTS = 4;
const MOST_LINES = 8;
const MOST_BARS = 40;

/** Empty where no line has enough points, or they are in no order. */
export function sparklines(
  experiment: Drawable,
  summaries: readonly CellSummary[],
  width: number,
): string {
  const [figure] = experiment.figures;
  if (figure === undefined) return '';
  const { points, xKind } = draw(experiment, figure, summaries);
  if (xKind === 'name' || xKind === 'measure') return ''; // in no order
  const measured = points.filter(({ mark, y }) => mark === 'measured' && y !== null);
  const lines = linesOf(figure, measured);
  const shown = [...lines].filter(([, line]) => line.length >= LEAST_POINTS);
  if (shown.length === 0) return '';
  const { x, y } = figure;
  const title = `${y.title}, each from its least to its greatest`;
  const rows = shown.slice(0, MOST_LINES).map(([name, line]) => {
    const values = line.map((point) => point.y!);
    return [
      `  ${name}`,
      `${valueText(line[0].x)} to ${valueText(line[line.length - 1].x)}`,
      sparkline(thinned(values)),
      `${significant(Math.min(...values), 3)} to ${significant(Math.max(...values), 3)}`,
    ];
  });
  const more = shown.length - rows.length;
  const shape = [
    { title: figure.name, wraps: true },
    { title: x.title },
    { title: 'over it' },
    { title: 'least to greatest' },
  ];
  const rest = more > 0 ? [`and ${more} more lines: see the figure`] : [];
  return columns(shape, [title, ...rows, ...rest], width);
}

/** Points of one colour, facet and detail, by name. */
function linesOf(
  { color, facet }: Figure,
  points: readonly Point[],
): ReadonlyMap<string, readonly Point[]> {
  const lines = new Map<string, Point[]>();
  for (const point of points) {
    const parts = [
      point.color === null ? '' : `${color!.field} ${valueText(point.color)}`,
      point.facet === null ? '' : `${facet!.field} ${valueText(point.facet)}`,
      point.detail,
    ];
    const name = parts.filter((part) => part !== '').join(', ') || 'all';
    const line = lines.get(name);
    if (line === undefined) lines.set(name, [point]);
    else line.push(point);
  }
  return lines;
}

/** Every so many-th, and the last. */
function thinned<T>(values: readonly T[]): readonly T[] {
  if (values.length <= MOST_BARS) return values;
  const step = (values.length - 1) / (MOST_BARS - 1);
  return Array.from({ length: MOST_BARS }, (_, i) => values[Math.round(i * step)]);
}
