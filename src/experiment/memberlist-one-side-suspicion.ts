/** A suspicion in the prototype of one side of a partition of memberlist. Times in s. */
import type { Preset } from '../protocols/memberlist/presets.ts';

export interface Suspected {
  readonly since: number;
  readonly accusers: number[];
  /** The shortest and the longest that it may last. */
  readonly min: number;
  readonly max: number;
  /** Confirmations that are expected. */
  readonly k: number;
  end: number;
}

/** @param known how many members are known to the member that begins to suspect */
export function begun(preset: Preset, known: number, since: number): Suspected {
  const { suspicionMult, suspicionMaxMult, probeIntervalMs } = preset;
  const min = (suspicionMult * Math.max(1, Math.log10(known)) * probeIntervalMs) / 1000;
  const k = known < suspicionMult ? 0 : suspicionMult - 2;
  const max = k < 1 ? min : suspicionMaxMult * min;
  return { since, accusers: [], min, max, k, end: Infinity };
}

export const confirms = ({ accusers, k }: Suspected, from: number): boolean =>
  accusers.length <= k && !accusers.includes(from);

/** Each accuser shortens it, the first by nothing. */
export function accuse(suspected: Suspected, from: number, now: number): void {
  const { since, accusers, min, max, k } = suspected;
  accusers.push(from);
  const share = k < 1 ? 0 : Math.log(accusers.length) / Math.log(k + 1);
  suspected.end = Math.max(now, since + max - share * (max - min));
}
