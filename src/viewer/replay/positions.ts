/**
 * Where nodes stand at a time: where the layout has them, but for partitions. Who is cut off alone steps out of the picture's
 * middle; sides of several nodes move apart, and a line is drawn between them. It is a function of the time alone.
 */
import type { Cut, Replay } from './run.ts';

/** A line between two sides; what is sent across is lost. */
export interface Divider {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly strength: number; // from 0 to 1
  readonly oneWay: boolean;
}

export interface Positions {
  readonly x: Float64Array; // [node] from -1 to 1
  readonly y: Float64Array;
  readonly dividers: readonly Divider[];
  readonly alone: ReadonlyMap<number, number>; // node that is cut off by itself -> how far it has moved, from 0 to 1
  /** The same while nothing moves. */
  readonly key: string;
  /** How much of the layout is left; 0: its regions hold no more. */
  readonly calm: number;
}

const RAMP_SHARE = 0.012; // of the run, in which nodes move

/** How far sides are apart: from 0 to 1, and back after the end. */
export function strengthOf(
  { start, end }: Pick<Cut, 'start' | 'end'>,
  time: number,
  length: number,
) {
  const ramp = Math.max(1, RAMP_SHARE * length);
  const since = (from: number) => smooth((time - from) / ramp);
  return (start === 0 ? 1 : since(start)) * (1 - since(end));
}

const smooth = (share: number): number => {
  const s = Math.max(0, Math.min(1, share));
  return s * s * (3 - 2 * s);
};

const UNMOVED = { dividers: [], alone: new Map<number, number>(), key: '', calm: 1 };

export function positionsAt(replay: Replay, time: number): Positions {
  const cuts = replay.cuts
    .map((cut) => ({ cut, strength: strengthOf(cut, time, replay.end) }))
    .filter(({ strength }) => strength > 0);
  if (cuts.length === 0) return { ...UNMOVED, x: replay.x, y: replay.y };
  const [x, y] = [replay.x.slice(), replay.y.slice()];
  const alone = new Map<number, number>();
  const dividers: Divider[] = [];
  for (const { cut, strength } of cuts) {
    const one = loner(cut.isSide);
    if (one !== undefined) alone.set(one, Math.max(strength, alone.get(one) ?? 0));
    else dividers.push(apart(x, y, cut, strength));
  }
  stepOut(x, y, alone);
  const calm = 1 - Math.max(0, ...cuts.map(({ strength }) => strength));
  const key = cuts.map(({ cut, strength }) => `${replay.cuts.indexOf(cut)}:${strength}`).join();
  return { x, y, dividers, alone, key, calm };
}

/** The only node of a side, if there is one. */
function loner(isSide: Uint8Array): number | undefined {
  const size = isSide.reduce((sum, is) => sum + is, 0);
  if (size === 1) return isSide.indexOf(1);
  return size === isSide.length - 1 ? isSide.indexOf(0) : undefined;
}

function stepOut(x: Float64Array, y: Float64Array, alone: ReadonlyMap<number, number>): void {
  if (alone.size === 0) return;
  const shrink = 1 - 0.2 * Math.max(...alone.values());
  for (let node = 0; node < x.length; node++) {
    x[node] *= shrink;
    y[node] *= shrink;
    const strength = alone.get(node);
    if (strength === undefined) continue;
    const length = Math.hypot(x[node], y[node]) || 1;
    const scale = 1 + strength * (0.95 / length - 1);
    x[node] *= scale;
    y[node] *= scale;
  }
}

/** Moves the two sides of a cut away from each other; where they lie through each other each gets half of the picture. */
function apart(
  x: Float64Array,
  y: Float64Array,
  { isSide, oneWay }: Cut,
  strength: number,
): Divider {
  const [side, rest] = [centre(x, y, isSide, 1), centre(x, y, isSide, 0)];
  const length = Math.hypot(side.x - rest.x, side.y - rest.y);
  const [ux, uy] =
    length > 1e-6 ? [(side.x - rest.x) / length, (side.y - rest.y) / length] : [1, 0];
  const along = x.map((value, node) => value * ux + y[node] * uy);
  let [low, high] = [Infinity, -Infinity]; // the nearest of the side, the furthest of the rest
  along.forEach((value, node) => {
    if (isSide[node] === 1) low = Math.min(low, value);
    else high = Math.max(high, value);
  });
  if (low >= high) {
    const shrink = 1 - 0.2 * strength;
    for (let node = 0; node < x.length; node++) {
      const shift = (isSide[node] === 1 ? 0.18 : -0.18) * strength;
      x[node] = x[node] * shrink + shift * ux;
      y[node] = y[node] * shrink + shift * uy;
    }
    const middle = ((low + high) / 2) * shrink;
    return {
      ...{ x1: middle * ux - 1.4 * uy, y1: middle * uy + 1.4 * ux },
      ...{ x2: middle * ux + 1.4 * uy, y2: middle * uy - 1.4 * ux },
      ...{ strength, oneWay },
    };
  }
  const shrink = 1 - 0.52 * strength;
  for (let node = 0; node < x.length; node++) {
    x[node] = x[node] * shrink + (isSide[node] === 1 ? -0.52 : 0.52) * strength;
    y[node] *= 1 - 0.1 * strength;
  }
  return { x1: 0, y1: -1, x2: 0, y2: 1, strength, oneWay };
}

function centre(x: Float64Array, y: Float64Array, isSide: Uint8Array, is: number) {
  let [sumX, sumY, size] = [0, 0, 0];
  for (let node = 0; node < x.length; node++) {
    if (isSide[node] !== is) continue;
    sumX += x[node];
    sumY += y[node];
    size++;
  }
  return { x: sumX / size, y: sumY / size };
}
