/**
 * The points of a figure's references. A reference that says the same for every colour is drawn once, in black. It is
 * asked with the cell and, under the name of x, the place along a series or the measured x.
 */
import type { Cell, Figure, Reference, Value } from '../experiment/model.ts';
import type { Place, Spot, Unordered, XKind } from './figure-points.ts';
import { rounded } from './numbers.ts';

const CURVE_STEPS = 64; // of a theory's curve along a measured x

export const referencePoints = (
  figure: Figure,
  spots: readonly Spot[],
  place: Place,
  xKind: XKind,
): Unordered[] =>
  (figure.references ?? []).flatMap((reference) => {
    const curve = xKind === 'measure' && reference.mark === 'line';
    const places = curve ? curvePlaces(figure, spots, place) : spots;
    const points = places.map(({ cell, x }) => pointAt(reference, figure, cell, x, place));
    const once = xKind === 'name' ? points : sharedOnce(points); // over names, colours stand apart
    return reference.mark === 'points' ? once.filter(({ y }) => y !== null) : once;
  });

function pointAt(
  reference: Reference,
  figure: Figure,
  cell: Cell,
  x: number | string,
  place: Place,
): Unordered {
  const asked: Cell = { ...cell, [figure.x.field]: x };
  const value = reference.at(figure.x.field in cell ? cell : asked);
  const own = reference.x?.(asked);
  return {
    mark: reference.mark,
    label: reference.label,
    x: own ?? x,
    y: Number.isFinite(value) ? value : null,
    ...place(cell),
  };
}

type Located = Pick<Spot, 'cell' | 'x'>;

/** Where x is measured, a theory is a smooth curve over all x that occur, for each line of the figure. */
function curvePlaces(figure: Figure, spots: readonly Spot[], place: Place): Located[] {
  const all = spots.map(({ x }) => Number(x));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const logarithmic = figure.x.scale !== undefined && figure.x.scale !== 'linear' && low > 0;
  const at = (share: number) =>
    logarithmic ? low * (high / low) ** share : low + (high - low) * share;
  const firsts = new Map<string, Cell>(); // line -> one of its cells
  for (const { cell } of spots) {
    const line = JSON.stringify(place(cell));
    if (!firsts.has(line)) firsts.set(line, cell);
  }
  return [...firsts.values()].flatMap((cell) =>
    Array.from({ length: CURVE_STEPS + 1 }, (_, i) => ({ cell, x: at(i / CURVE_STEPS) })),
  );
}

function sharedOnce(points: readonly Unordered[]): Unordered[] {
  const lines = new Map<string, Map<Value | null, Unordered[]>>(); // facet, detail -> colour -> its points
  for (const point of points) {
    const key = JSON.stringify([point.facet, point.detail]);
    const byColour = lines.get(key) ?? new Map<Value | null, Unordered[]>();
    lines.set(key, byColour);
    byColour.set(point.color, [...(byColour.get(point.color) ?? []), point]);
  }
  const places = (line: readonly Unordered[]) =>
    JSON.stringify(line.map(({ x, y }) => [x, y === null ? null : rounded(y)]));
  const alike = [...lines.values()].every(
    (byColour) => new Set([...byColour.values()].map(places)).size === 1,
  );
  if (!alike) return [...points];
  return [...lines.values()].flatMap((byColour) =>
    [...byColour.values()][0].map((point) => ({ ...point, color: null })),
  );
}
