/** What grows with the number of members. Source: memberlist, util.go and suspicion.go. */
import type { Micros } from '../../base/time.ts';

/** How often a broadcast is sent: mult * ceil(log10(n + 1)). */
export const transmitLimit = (mult: number, n: number): number =>
  mult * Math.ceil(Math.log10(n + 1));

/** The shortest suspicion: mult * max(1, log10 n) probe intervals; the logarithm is cut to three digits. */
export const shortestSuspicion = (mult: number, n: number, interval: Micros): Micros =>
  Math.floor((mult * Math.trunc(Math.max(1, Math.log10(Math.max(1, n))) * 1000) * interval) / 1000);

/** How long a suspicion lasts in all after so many of the k confirmations that are expected; whole milliseconds. */
export function suspicionAfter(confirmations: number, k: number, min: Micros, max: Micros): Micros {
  const share = Math.log(confirmations + 1) / Math.log(k + 1);
  const ms = Math.floor(1000 * (max / 1e6 - (share * (max - min)) / 1e6));
  return Math.max(min, ms * 1000);
}

/** From one push/pull to the next: doubled, tripled and so on with each doubling of n beyond 32. */
export const pushPullAfter = (interval: Micros, n: number): Micros =>
  n <= 32 ? interval : interval * (Math.ceil(Math.log2(n) - Math.log2(32)) + 1);
