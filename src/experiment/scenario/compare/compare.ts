/**
 * Two scenarios, run with the same luck and compared in pairs: each measure's difference B - A and ratio B / A.
 * Sources: base/paired.ts (intervals); Holm, Scand. J. Statist. 6, 1979 (which differ, over all measures).
 */
import { signTest } from '../../../base/exact-share.ts';
import {
  correlation,
  difference,
  type Ratio,
  ratio,
  shareDifference,
} from '../../../base/paired.ts';
import { type Interval, poissonInterval, statistic, sum } from '../../../base/statistics.ts';
import type { Measures } from '../../model.ts';
import { sampleOf } from '../samples.ts';

const LEVEL = 0.95;

export interface Comparison {
  readonly measure: string;
  readonly kind: 'mean' | 'share' | 'rate';
  /** Pairs of runs in which both have it; in how many only one of them. */
  readonly pairs: number;
  readonly only_a: number;
  readonly only_b: number;
  /** Means over these pairs. */
  readonly a: number | null;
  readonly b: number | null;
  /** B - A. */
  readonly difference: (Interval & { readonly mean: number }) | null;
  /** B / A; null where A may be 0. */
  readonly ratio: Ratio | null;
  /** Two-sided, of no difference. */
  readonly p: number | null;
  /** Beyond doubt, by Holm's correction over all measures that were compared, at 5 %. */
  readonly differs: boolean;
  /** Of the values of a pair; null where either does not vary. */
  readonly correlation: number | null;
  /** How many times as many runs would be needed, were they not paired. */
  readonly pairing_gain: number | null;
  /** Of a rate that was counted in neither: the upper end of its 95 % interval, by Poisson's law. */
  readonly both_below: number | null;
}

export interface Compared {
  readonly names: readonly string[];
  /** Rate -> the column that it is counted over. */
  readonly exposures: Readonly<Record<string, string>>;
}

/** In the order of `names`. Replicate r of `a` and of `b` had the same luck. */
export function compare(
  a: readonly Measures[],
  b: readonly Measures[],
  { names, exposures }: Compared,
): Comparison[] {
  const single = names.map((name) => compareOne(a, b, name, exposures[name]));
  const certain = holm(single.map(({ p }) => p));
  return single.map((of, i) => ({ ...of, differs: certain[i] }));
}

function compareOne(
  a: readonly Measures[],
  b: readonly Measures[],
  measure: string,
  exposure: string | undefined,
): Comparison {
  const [ofA, ofB] = [sampleOf(a, measure), sampleOf(b, measure)];
  const kept = ofA.map((_, i) => i).filter((i) => ofA[i] !== null && ofB[i] !== null);
  const isShare = [...ofA, ...ofB].some((value) => typeof value === 'boolean');
  const x = kept.map((i) => Number(ofA[i]));
  const y = kept.map((i) => Number(ofB[i]));
  const per = (runs: readonly Measures[]) =>
    exposure === undefined ? 0 : sum(kept.map((i) => Number(runs[i][exposure])));
  const nothing = exposure !== undefined && kept.length > 0 && [...x, ...y].every((v) => v === 0);
  return {
    measure,
    kind: isShare ? 'share' : exposure === undefined ? 'mean' : 'rate',
    pairs: kept.length,
    only_a: ofA.filter((value, i) => value !== null && ofB[i] === null).length,
    only_b: ofB.filter((value, i) => value !== null && ofA[i] === null).length,
    a: known(statistic(x).mean),
    b: known(statistic(y).mean),
    ...(isShare ? ofShares(x, y) : ofNumbers(x, y, exposure !== undefined)),
    differs: false,
    correlation: known(correlation(x, y)),
    pairing_gain: known(gain(x, y)),
    both_below: nothing ? poissonInterval(0, LEVEL).high / Math.min(per(a), per(b)) : null,
  };
}

type Result = Pick<Comparison, 'difference' | 'ratio' | 'p'>;

/**
 * Where the differences are lumpy, as of rates that are seldom counted, or of values that differ by the same in every pair,
 * t alone would be too sure: then the sign test, which needs six pairs to be sure of anything, has to agree.
 */
function ofNumbers(x: readonly number[], y: readonly number[], isRate: boolean): Result {
  if (x.length < 2) return { difference: null, ratio: null, p: null };
  const { p: ofT, ...of } = difference(x, y);
  const up = x.filter((value, i) => y[i] > value).length;
  const down = x.filter((value, i) => y[i] < value).length;
  const lumpy = isRate || of.low === of.high;
  const p = lumpy ? Math.max(ofT, signTest(up, down)) : ofT;
  return { difference: of, ratio: positive(x, y) ? (ratio(x, y) ?? null) : null, p };
}

/** A ratio says something of what has a zero. */
const positive = (x: readonly number[], y: readonly number[]): boolean =>
  [...x, ...y].every((value) => value >= 0);

function ofShares(x: readonly number[], y: readonly number[]): Result {
  if (x.length === 0) return { difference: null, ratio: null, p: null };
  const count = (a: number, b: number) => x.filter((value, i) => value === a && y[i] === b).length;
  const [both, first, second, none] = [count(1, 1), count(1, 0), count(0, 1), count(0, 0)];
  return {
    difference: shareDifference({ both, first, second, none }),
    ratio: null,
    p: signTest(first, second),
  };
}

/** Variance of a difference without pairs, over that with pairs. */
function gain(x: readonly number[], y: readonly number[]): number {
  const apart = statistic(x).sd ** 2 + statistic(y).sd ** 2;
  const paired = statistic(y.map((value, i) => value - x[i])).sd ** 2;
  return paired > 0 ? apart / paired : NaN;
}

/** Which hypotheses fall, at 5 % for all of them together; null has none. */
export function holm(ps: readonly (number | null)[], alpha = 1 - LEVEL): boolean[] {
  const order = ps.map((_, i) => i).filter((i) => ps[i] !== null);
  order.sort((i, j) => ps[i]! - ps[j]!);
  const stop = order.findIndex((i, rank) => ps[i]! > alpha / (order.length - rank));
  const fallen = new Set(stop < 0 ? order : order.slice(0, stop));
  return ps.map((_, i) => fallen.has(i));
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
