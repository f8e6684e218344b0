/** What the replicates of a scenario say together. */
import { type QuantileEstimate, quantileEstimate } from '../../base/quantile-interval.ts';
import { LEVEL, sum } from '../../base/statistics.ts';
import type { Measures } from '../model.ts';
import type { Plan } from '../plan.ts';
import { levelOf } from '../precision.ts';
import { replicateSeed } from '../seeds.ts';
import { summaryOf } from '../summary.ts';
import { type Counted, NAMES } from './about.ts';
import { EXPOSURE, hashIn } from './sweep/columns.ts';

/** A run as it is shown. */
export interface Replicate {
  readonly replicate: number;
  readonly seed: string;
  readonly hash: string;
  readonly events: number;
  readonly measured: Measures;
}

/** A mean, a share or a rate with its 95 % interval; null where there is none. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Runs in which it is defined. */
  readonly runs: number;
  /** [probability] of the runs in which it is defined; none of what is true or not. */
  readonly quantiles?: Readonly<Record<string, Ends>>;
}

type Ends = { readonly [End in keyof QuantileEstimate]: number | null };

/** Of which nothing was counted. */
export interface Zero {
  readonly measure: string;
  readonly sentence: string;
}

/** @param runs with traces. */
export const replicatesOf = (seed: string, runs: readonly Measures[]): Replicate[] =>
  runs.map((run, replicate) => {
    const { trace_high: _, trace_low: __, trace_events, ...measured } = run;
    const events = Number(trace_events);
    return { replicate, seed: replicateSeed(seed, replicate), hash: hashIn(run), events, measured };
  });

/** The plan has one cell, whose runs these are. */
export function estimatesOf(
  { experiment, cells, request }: Plan,
  runs: readonly Measures[],
  quantiles: readonly number[],
): { readonly estimates: Readonly<Record<string, Estimate>>; readonly zeros: readonly Zero[] } {
  const level = request.precision === undefined ? LEVEL : levelOf(request.precision);
  const { measures } = summaryOf(experiment, cells[0], runs, level);
  const names = Object.keys(NAMES).filter((name) => Object.hasOwn(measures, name));
  const estimates = names.map((name): [string, Estimate] => {
    const { mean, ciLow, ciHigh, count } = measures[name];
    const own = { value: known(mean), low: known(ciLow), high: known(ciHigh), runs: count };
    return [name, { ...own, ...quantilesOf(runs, name, quantiles, level) }];
  });
  const zeros = names.flatMap((measure) => {
    const { counted } = NAMES[measure];
    const { max, ciHigh } = measures[measure];
    if (counted === undefined || max !== 0) return [];
    const exposure = sum(runs.map((run) => Number(run[measure + EXPOSURE])));
    return [{ measure, sentence: zeroText(counted, exposure, ciHigh) }];
  });
  return { estimates: Object.fromEntries(estimates), zeros };
}

function quantilesOf(
  runs: readonly Measures[],
  name: string,
  quantiles: readonly number[],
  level: number,
): Pick<Estimate, 'quantiles'> {
  const values = runs.map((run) => run[name]).filter((value) => typeof value === 'number');
  if (quantiles.length === 0 || values.length === 0) return {};
  const entries = quantiles.map((p): [string, Ends] => {
    const { value, low, high } = quantileEstimate(values, p, level);
    return [String(p), { value: known(value), low: known(low), high: known(high) }];
  });
  return { quantiles: Object.fromEntries(entries) };
}

/** '0 mistakes in 300 pair-hours: below 0.0123 per pair-hour at 95 %.' */
const zeroText = ({ what, per }: Counted, exposure: number, below: number): string =>
  `0 ${what} in ${Number(exposure.toPrecision(3))} ${per}s: below ${Number(below.toPrecision(3))} per ${per} at 95 %.`;

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
