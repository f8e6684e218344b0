/** Amounts of a measure as a sentence gives them: '1.8 s', '34 %', with the ends of their interval in the same unit. */
import { unitOf } from '../experiment/scenario/condition.ts';
import { alike, significant } from './numbers.ts';

export interface Amount {
  readonly amount: string;
  /** Without the unit, as they stand behind the amount: '1.6 to 2.0'. */
  readonly ends: string;
}

/** A value with its unit: 1500 of detect_mean_ms is '1.5 s'. */
export function amountText(measure: string, value: number): string {
  const { factor, suffix } = scaleOf(measure, value);
  return `${significant(value * factor)}${suffix}`;
}

/** `low` <= `value` <= `high`, all in the unit that suits `value`. */
export function amountOf(measure: string, value: number, low: number, high: number): Amount {
  const { factor, suffix } = scaleOf(measure, value);
  return scaled([value, low, high], factor, suffix);
}

/** A change by a ratio: 1.34 is '34 %'. */
export const percentOf = (value: number, low: number, high: number): Amount =>
  scaled([value, low, high], 100, ' %');

function scaled(values: readonly number[], factor: number, suffix: string): Amount {
  const scaled = values.map((value) => value * factor);
  const [amount, low, high] = alike(scaled, (scaled[2] - scaled[1]) / 2);
  return { amount: `${amount}${suffix}`, ends: `${low} to ${high}` };
}

const SUFFIXES = { none: '', ms: ' ms', bytes: ' B', 'bytes/s': ' B/s' } as const;

function scaleOf(measure: string, value: number) {
  const unit = unitOf(measure);
  if (unit === 'ms' && Math.abs(value) >= 1000) return { factor: 1e-3, suffix: ' s' };
  if (measure.endsWith('_frac') || measure.endsWith('_all')) return { factor: 100, suffix: ' %' };
  if (measure.endsWith('_per_pair_h')) return { factor: 1, suffix: ' per pair and hour' };
  return { factor: 1, suffix: SUFFIXES[unit] };
}
