/**
 * Where on an axis a condition on a mean stops to hold: bisection, with runs added at each point until the interval there
 * lies on one side, or there are enough. All intervals hold together with 95 % by Bonferroni's inequality, over the points
 * that there may be and the looks at each. Probabilistic bisection (Waeber, Frazier, Henderson, SIAM J. Control Optim. 51,
 * 2013) takes fewer runs, but needs to know how often each answer is right.
 */
import type { Measures } from '../../model.ts';
import { answer, type Condition } from '../condition.ts';
import { type MeanEstimate, meanEstimate } from './estimate.ts';

const ALPHA = 0.05; // for all that is said

export interface Point extends MeanEstimate {
  readonly x: number;
  readonly runs: number;
  /** Undefined: the runs do not tell. */
  readonly holds: boolean | undefined;
}

export interface Search {
  readonly condition: Condition;
  /** Of a rate: what it is counted over. */
  readonly exposure: string | undefined;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  /** How wide the bracket may be. */
  readonly precision: number;
  /** Runs at a point: at first, then twice as many, and so on. */
  readonly first: number;
  readonly most: number;
  /** Replicates from .. to-1 at x. */
  readonly ask: (x: number, from: number, to: number) => Promise<readonly Measures[]>;
}

export interface Found {
  /** 'bracket': the ends have different answers; 'holds' or 'fails': both have the same; 'unclear': one has none. */
  readonly is: 'bracket' | 'holds' | 'fails' | 'unclear';
  readonly low: Point;
  readonly high: Point;
  /** All that were looked at, ascending. */
  readonly points: readonly Point[];
  /** Confidence of each interval, such that all of them together have 95 %. */
  readonly level: number;
  /** Three points that go up and down again, or down and up. */
  readonly bend: readonly [number, number, number] | undefined;
}

export async function search(of: Search): Promise<Found> {
  const level = levelOf(of);
  const points: Point[] = [];
  const at = async (x: number): Promise<Point> => {
    const point = await settle(of, x, level);
    points.push(point);
    points.sort((a, b) => a.x - b.x);
    return point;
  };
  let [low, high] = [await at(of.low), await at(of.high)];
  const is = endsOf(low, high);
  for (let gap = next(of, points, low, high); is === 'bracket' && gap; ) {
    const point = await at(middle(gap, of));
    if (point.holds === low.holds) low = point;
    else if (point.holds === high.holds) high = point;
    gap = next(of, points, low, high);
  }
  return { is, low, high, points, level, bend: bendOf(points) };
}

function endsOf(low: Point, high: Point): Found['is'] {
  if (low.holds === undefined || high.holds === undefined) return 'unclear';
  return low.holds !== high.holds ? 'bracket' : low.holds ? 'holds' : 'fails';
}

type Gap = readonly [from: number, to: number];

/** The wider of the gaps between the bracket and the points in it that do not tell; none that is wide enough: done. */
function next(of: Search, points: readonly Point[], low: Point, high: Point): Gap | undefined {
  const inside = points.filter(({ x }) => x > low.x && x < high.x).map(({ x }) => x);
  const gaps: Gap[] = [
    [low.x, inside[0] ?? high.x],
    [inside[inside.length - 1] ?? low.x, high.x],
  ];
  const [wide] = gaps.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  return wide[1] - wide[0] > of.precision * (1 + 1e-9) ? wide : undefined;
}

/** Round, as far as the precision allows. */
function middle([from, to]: Gap, { whole, precision }: Search): number {
  if (whole) return Math.floor((from + to) / 2);
  const digits = 1 - Math.floor(Math.log10(precision));
  return Number(((from + to) / 2).toFixed(Math.max(0, Math.min(20, digits))));
}

/** Numbers of runs after which a point is looked at. */
export function looks({ first, most }: Pick<Search, 'first' | 'most'>): number[] {
  const sizes: number[] = [];
  for (let size = Math.min(first, most); size < most; size *= 2) sizes.push(size);
  return [...sizes, most];
}

/** Both gaps of a bracket may be halved until they are narrow: twice as many points as bisection has, and the ends;
 *  and two more, as middles are round. */
function levelOf(of: Search): number {
  const halvings = Math.max(0, Math.ceil(Math.log2((of.high - of.low) / of.precision)));
  return 1 - ALPHA / ((2 * halvings + 4) * looks(of).length);
}

async function settle(of: Search, x: number, level: number): Promise<Point> {
  const runs: Measures[] = [];
  let point: Point | undefined;
  for (const size of looks(of)) {
    runs.push(...(await of.ask(x, runs.length, size)));
    const estimate = meanEstimate(runs, of.condition.measure, of.exposure, level);
    point = { x, runs: size, ...estimate, holds: answer(of.condition, estimate) };
    if (point.holds !== undefined) break;
  }
  return point!;
}

function bendOf(points: readonly Point[]): Found['bend'] {
  for (const [j, { x, low, high }] of points.entries()) {
    for (const before of points.slice(0, j)) {
      for (const after of points.slice(j + 1)) {
        const peak = low > before.high && low > after.high;
        const dip = high < before.low && high < after.low;
        if (peak || dip) return [before.x, x, after.x];
      }
    }
  }
  return undefined;
}
