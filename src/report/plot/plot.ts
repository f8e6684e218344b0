/**
 * Rows of a table as a figure: the mean of all rows that share x, colour and facet, with Student's 95 % interval (of true
 * and false the share, with Wilson's); or each row as a point. Where a table has a mean and its interval already, as
 * summary.csv and series.csv of results have, `mean` is drawn with them.
 */
import { UserError } from '../../base/errors.ts';
import { type Statistic, shareStatistic, statistic } from '../../base/statistics.ts';
import type { Cell, CellSummary, Drawable, Figure, Value } from '../../experiment/model.ts';
import { counted } from '../figure-points.ts';
import { axisTitle } from './axis-title.ts';
import { mixedColumns } from './mixed.ts';
import { type Cast, castOf, type Filter, filtered, measureOf } from './rows.ts';
import type { Row, Table } from './table.ts';

export interface PlotRequest {
  /** Names of columns. */
  readonly x: string;
  readonly y: string;
  readonly color?: string;
  readonly facet?: string;
  readonly where: readonly Filter[];
  /** Each row a point. */
  readonly points: boolean;
  readonly xScale: 'linear' | 'log' | 'log2';
  readonly yScale: 'linear' | 'log';
  readonly title: string;
  readonly caption: string;
  /** Of an axis; absent: from the name of the column. */
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly width?: 'one' | 'two';
}

export interface Plot {
  readonly drawable: Drawable;
  readonly summaries: readonly CellSummary[];
  /** What the reader should know: rows left out, things averaged over. */
  readonly notes: readonly string[];
}

/** Of names on x, and of values of colour and facet. */
const MOST = { '--x': 40, '--color': 24, '--facet': 24 };

export function plotOf(whole: Table, request: PlotRequest): Plot {
  const { x, y, points } = request;
  const table = filtered(whole, request.where);
  const casts = placesOf(table, request);
  const value = measureOf(table, y, '--y');
  const { rows, notes } = usable(table, casts, y, value);
  const groups = grouped(rows, casts);
  checkCounts(groups, request);
  const given = intervalOf(table, y);
  const single = points || (!given && groups.every((group) => group.rows.length === 1));
  const summaries = points
    ? rows.map((row, index) => pointOf(row, index, casts, request, value))
    : groups.map((group) => summaryOf(group, y, value, given));
  return {
    drawable: {
      name: 'plot',
      grid: gridOf(summaries),
      measures: points ? { [x]: x, [y]: y } : { [y]: y },
      figures: [figureOf({ ...request, caption: captionOf(request, groups, single) }, single)],
    },
    summaries,
    notes: [...notes, ...mixedNotes(table, [...Object.keys(casts), y], points ? [] : groups)],
  };
}

/** Over names there is no line whose entry in the legend would say what bars are. */
function captionOf({ x, caption }: PlotRequest, groups: readonly Group[], single: boolean): string {
  const names = groups.some(({ cell }) => typeof cell[x] !== 'number');
  const bars = names && !single ? ['Means and their 95 % intervals.'] : [];
  return [caption, ...bars].filter(Boolean).join(' ');
}

/** Rows that have a place, and a sentence on each kind of those that have none, or no value there. */
function usable(table: Table, casts: Casts, y: string, value: Measured) {
  const names = Object.keys(casts).join(', ');
  const rows = table.rows.filter((row) => Object.values(casts).every((cast) => cast(row) !== null));
  const without = rows.filter((row) => value(row) === null).length;
  const nowhere = table.rows.length - rows.length;
  if (rows.length === without)
    throw new UserError(
      `plot: no row of ${table.where} has a value of ${rows.length === 0 ? names : y}`,
    );
  const left = (count: number, of: string) =>
    count === 0
      ? []
      : [`${counted(count, 'row')} of ${table.rows.length} without a value of ${of} left out`];
  return { rows, notes: [...left(nowhere, names), ...left(without, y)] };
}

const mixedNotes = (table: Table, shown: readonly string[], groups: readonly Group[]): string[] => {
  const mixed = mixedColumns(table, shown, groups).join(', ');
  if (mixed === '') return [];
  return [`each mean is over all values of ${mixed}; --where, --color or --facet tells them apart`];
};

interface Group {
  readonly cell: Cell;
  readonly rows: readonly Row[];
}

type Casts = Readonly<Record<string, Cast>>;
type Measured = (row: Row) => number | boolean | null;

/** The columns that say where a row is drawn. With points, x is a number as y is. */
function placesOf(table: Table, { x, y, color, facet, points }: PlotRequest): Casts {
  if (x === y) throw new UserError(`plot: --x and --y are both ${x}; name two columns`);
  if (points && [color, facet].includes(x))
    throw new UserError(`plot: with --points, ${x} is on x alone; name another --color or --facet`);
  const casts: Record<string, Cast> = { [x]: castOf(table, x, '--x') };
  if (color !== undefined) casts[color] = castOf(table, color, '--color');
  if (facet !== undefined) casts[facet] = castOf(table, facet, '--facet');
  if (points && table.rows.some((row) => typeof casts[x](row) === 'string'))
    throw new UserError(
      `plot: --points needs numbers on x; column ${x} of ${table.where} has names`,
    );
  return casts;
}

/** Rows at one place, in the order in which places appear. */
function grouped(rows: readonly Row[], casts: Casts): Group[] {
  const all = new Map<string, { cell: Cell; rows: Row[] }>();
  for (const row of rows) {
    const cell = cellOf(row, casts);
    const key = JSON.stringify(cell);
    const group = all.get(key);
    if (group === undefined) all.set(key, { cell, rows: [row] });
    else group.rows.push(row);
  }
  return [...all.values()];
}

function summaryOf(
  { cell, rows }: Group,
  y: string,
  value: Measured,
  given: ReturnType<typeof intervalOf>,
): CellSummary {
  const of = given && rows.length === 1 ? given(rows[0], value) : statisticOf(rows.map(value));
  return { cell, replicates: rows.length, measures: { [y]: of }, series: {} };
}

const cellOf = (row: Row, casts: Casts): Cell =>
  Object.fromEntries(Object.entries(casts).map(([name, cast]) => [name, cast(row) as Value]));

/** Shares of true and false, or numbers. Of a single number there is no interval. */
function statisticOf(values: readonly (number | boolean | null)[]): Statistic {
  return values.some((value) => typeof value === 'boolean')
    ? shareStatistic(values as (boolean | null)[])
    : statistic(values as (number | null)[]);
}

/** The interval that stands beside a mean. */
function intervalOf(table: Table, y: string) {
  if (y !== 'mean' || !['ci_low', 'ci_high'].every((name) => table.columns.includes(name)))
    return undefined;
  const [low, high] = ['ci_low', 'ci_high'].map((name) => measureOf(table, name, '--y'));
  return (row: Row, value: Measured): Statistic => {
    const of = statisticOf([value(row)]);
    return { ...of, ciLow: Number(low(row) ?? NaN), ciHigh: Number(high(row) ?? NaN) };
  };
}

/** A row as a cell of its own, x and y both measures. */
function pointOf(
  row: Row,
  index: number,
  casts: Casts,
  { x, y }: PlotRequest,
  value: Measured,
): CellSummary {
  const { [x]: at, ...cell } = cellOf(row, casts);
  return {
    cell: { ...cell, row: index },
    replicates: 1,
    measures: { [x]: statisticOf([Number(at)]), [y]: statisticOf([value(row)]) },
    series: {},
  };
}

const gridOf = (summaries: readonly CellSummary[]): Record<string, Value[]> =>
  Object.fromEntries(
    Object.keys(summaries[0].cell).map((axis) => [
      axis,
      [...new Set(summaries.map(({ cell }) => cell[axis]))],
    ]),
  );

function checkCounts(groups: readonly Group[], { x, color, facet, points }: PlotRequest): void {
  const options = { '--x': x, '--color': color, '--facet': facet } as const;
  for (const [option, column] of Object.entries(options)) {
    if (column === undefined) continue;
    const values = new Set(groups.map(({ cell }) => cell[column]));
    const most = MOST[option as keyof typeof MOST];
    const free =
      option === '--x' && (points || [...values].every((value) => typeof value === 'number'));
    if (!free && values.size > most)
      throw new UserError(
        `plot: ${option}: ${column} has ${values.size} different values, too many to tell apart; --where chooses some (at most ${most})`,
      );
  }
}

function figureOf(request: PlotRequest, single: boolean): Figure {
  const { x, y, color, facet, title, caption, xScale, yScale, width, points } = request;
  return {
    name: 'plot',
    title,
    caption,
    x: { field: x, title: request.xTitle ?? axisTitle(x), scale: xScale },
    y: { field: y, title: request.yTitle ?? axisTitle(y), scale: yScale },
    ...(color === undefined ? {} : { color: { field: color, title: axisTitle(color) } }),
    ...(facet === undefined ? {} : { facet: { field: facet, title: axisTitle(facet) } }),
    ...(width === undefined ? {} : { width }),
    ...(points ? { joined: false } : {}),
    band: single ? 'none' : 'ci',
  };
}
