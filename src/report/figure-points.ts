/**
 * What a figure shows, as a list of points: one per cell (or per point of a series) with its interval, and those of the
 * references. Points of one line stand in a row, in the order of x; a missing value is a point with y = null, a gap.
 */
import { assert } from '../base/errors.ts';
import type { Cell, CellSummary, Drawable, Figure, Statistic, Value } from '../experiment/model.ts';
import { referencePoints } from './figure-references.ts';

export interface Point {
  readonly mark: 'measured' | 'line' | 'points';
  /** The entry in the legend that explains the mark. */
  readonly label: string;
  readonly x: number | string;
  readonly xLow?: number;
  readonly xHigh?: number;
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** Null: drawn in black, for all colours alike. */
  readonly color: Value | null;
  readonly facet: Value | null;
  /** Tells lines of one colour apart, where the grid has an axis that the figure does not show. */
  readonly detail: string;
  /** Place on its line. */
  readonly order: number;
}

/** Where x comes from: an axis of numbers, a series, an axis of names, or another measure of the same runs. */
export type XKind = 'number' | 'series' | 'name' | 'measure';

export interface Drawing {
  readonly xKind: XKind;
  readonly points: readonly Point[];
  readonly names: readonly string[]; // on an x axis of names
  readonly colors: readonly Value[]; // in the order of the legend
  readonly facets: readonly Value[];
  readonly notes: readonly string[]; // for the caption
}

/** A place in the figure where ours was measured: a cell, and for a series one of its points. */
export interface Spot {
  readonly cell: Cell;
  readonly x: number | string;
  readonly xStatistic?: Statistic;
  readonly y: Statistic | undefined;
}

export function draw(
  experiment: Drawable,
  figure: Figure,
  summaries: readonly CellSummary[],
): Drawing {
  const { color, facet } = figure;
  const shown = summaries.filter(({ cell }) => figure.where?.(cell) ?? true);
  const spots = shown.flatMap((summary) => spotsOf(experiment, figure, summary));
  const cells = shown.map(({ cell }) => cell);
  const xKind = xKindOf(experiment, figure, cells);
  const hidden = hiddenAxes(figure, xKind, cells);
  const place: Place = (cell) => ({
    color: color ? cell[color.field] : null,
    facet: facet ? cell[facet.field] : null,
    detail: hidden.map((axis) => String(cell[axis])).join(', '),
  });
  const label = `measured: ${BANDS[figure.band ?? 'ci'].label}`;
  const measured = spots.map((spot) => ({ ...ours(spot, figure), label, ...place(spot.cell) }));
  const references = referencePoints(figure, spots, place, xKind);
  const colors = color ? distinct(cells.map((cell) => cell[color.field])) : [];
  const facets = facet ? distinct(cells.map((cell) => cell[facet.field])) : [];
  return {
    xKind,
    points: lined([...measured, ...references], xKind, colors, facets),
    names: [...new Set(spots.map(({ x }) => String(x)))],
    colors,
    facets,
    notes: [...hiddenNotes(hidden), ...missingNotes(spots)],
  };
}

export type Place = (cell: Cell) => Pick<Point, 'color' | 'facet' | 'detail'>;
export type Unordered = Omit<Point, 'order'>;

type Ends = readonly [middle: number, low: number, high: number];

/** What is shown of a statistic. */
const BANDS: Readonly<Record<NonNullable<Figure['band']>, { label: string; of: Shown }>> = {
  none: { label: 'single values', of: ({ mean }) => [mean, mean, mean] },
  ci: { label: 'mean and 95 % CI', of: ({ mean, ciLow, ciHigh }) => [mean, ciLow, ciHigh] },
  quantiles: {
    label: 'mean and 5 % to 95 % of the runs',
    of: ({ mean, p05, p95 }) => [mean, p05, p95],
  },
  range: {
    label: 'median and range of the runs',
    of: ({ p50, min, max }) => [p50, min, max],
  },
};
type Shown = (statistic: Statistic) => Ends;

function ours(spot: Spot, figure: Figure): Omit<Unordered, 'label' | keyof ReturnType<Place>> {
  const shown = BANDS[figure.band ?? 'ci'].of;
  const [y, low, high] = spot.y?.count ? shown(spot.y).map(finite) : [null, null, null];
  const point = { mark: 'measured' as const, x: spot.x, y, low, high };
  if (!spot.xStatistic) return point;
  const [, xLow, xHigh] = shown(spot.xStatistic);
  return { ...point, xLow, xHigh };
}

const finite = (x: number | null): number | null => (Number.isFinite(x) ? x : null);

function spotsOf(experiment: Drawable, figure: Figure, summary: CellSummary): Spot[] {
  const { cell, measures, series } = summary;
  const { x, y } = figure;
  const points = experiment.series?.[y.field]?.at;
  if (points) return points.map((at, i) => ({ cell, x: at, y: series[y.field]?.[i] }));
  if (x.field in cell) return [{ cell, x: position(cell[x.field]), y: measures[y.field] }];
  const xStatistic = measures[x.field];
  if (!xStatistic?.count) return [];
  return [{ cell, x: xStatistic.mean, xStatistic, y: measures[y.field] }];
}

const position = (value: Value): number | string =>
  typeof value === 'number' ? value : String(value);

function xKindOf(experiment: Drawable, figure: Figure, cells: readonly Cell[]): XKind {
  const { x, y } = figure;
  const where = `experiment ${experiment.name}, figure ${figure.name}`;
  if (experiment.series?.[y.field]) return 'series';
  assert(y.field in experiment.measures, `${where}: y.field ${y.field} is no measure or series`);
  if (x.field in experiment.grid) {
    return cells.every((cell) => typeof cell[x.field] === 'number') ? 'number' : 'name';
  }
  assert(x.field in experiment.measures, `${where}: x.field ${x.field} is no axis or measure`);
  return 'measure';
}

/** Axes with several values that neither x nor colour nor facet shows: each of their values is a line of its own. */
function hiddenAxes(figure: Figure, xKind: XKind, cells: readonly Cell[]): string[] {
  if (xKind === 'measure') return [];
  const shown = [figure.x.field, figure.color?.field, figure.facet?.field];
  const axes = Object.keys(cells[0] ?? {}).filter((axis) => !shown.includes(axis));
  return axes.filter((axis) => new Set(cells.map((cell) => cell[axis])).size > 1);
}

const hiddenNotes = (hidden: readonly string[]): string[] =>
  hidden.length === 0 ? [] : [`One line for each value of ${hidden.join(' and ')}.`];

function missingNotes(spots: readonly Spot[]): string[] {
  const without = spots.filter(({ y }) => !y?.count).length;
  const missing = spots.flatMap(({ y }) => (y?.count && y.missing > 0 ? [y] : []));
  const notes: string[] = [];
  if (without > 0) notes.push(`${counted(without, 'point')} without a value not shown.`);
  if (missing.length > 0) {
    const most = Math.max(...missing.map((y) => y.missing / (y.missing + y.count)));
    const percent = Math.max(1, Math.round(100 * most));
    notes.push(`Runs without a value (at most ${percent} % of a point's runs) are left out.`);
  }
  return notes;
}

export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Numbers ascending; names in the order of the grid. */
function distinct(values: readonly Value[]): Value[] {
  const list = [...new Set(values)];
  return list.every((value) => typeof value === 'number') ? list.sort((a, b) => a - b) : list;
}

/** Sorts by line, along each line by x (a measured x: in the order of the grid), and numbers the points of each. */
function lined(
  points: readonly Unordered[],
  xKind: XKind,
  colors: readonly Value[],
  facets: readonly Value[],
): Point[] {
  const rank = (list: readonly Value[], value: Value | null) =>
    value === null ? -1 : list.indexOf(value);
  const lines = new Map<string, Unordered[]>();
  for (const point of points) {
    const { label, facet, color, detail } = point;
    const key = JSON.stringify([label, facet, color, detail]);
    if (!lines.has(key)) lines.set(key, []);
    lines.get(key)!.push(point);
  }
  const sorted = [...lines.values()].sort(
    ([a], [b]) =>
      rank(facets, a.facet) - rank(facets, b.facet) ||
      rank(colors, a.color) - rank(colors, b.color),
  );
  if (xKind === 'number' || xKind === 'series')
    for (const line of sorted) line.sort((a, b) => Number(a.x) - Number(b.x));
  return sorted.flatMap((line) => line.map((point, order) => ({ ...point, order })));
}
