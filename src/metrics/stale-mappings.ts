/**
 * Stale mappings: those that a participant holds of others and that their owners have overwritten. Staleness counts from
 * when the owner first overwrote what is held. Source: van Renesse et al. 2008, section 4, figures 2a and 2b.
 */
import { type Micros, millis } from '../base/time.ts';
import type { NodeId } from '../engine/model.ts';

export interface Stale {
  /** Mappings of others that are stale, per observer, in the mean. */
  readonly count: number;
  /** The longest time for which one has been, of all observers, and the mean of their longest; ms. */
  readonly maxMs: number;
  readonly meanMaxMs: number;
}

/** What the sampler asks: when the owner first overwrote what the observer holds; Infinity if it is not stale. */
export type StaleSince = (observer: NodeId, owner: NodeId, key: number) => Micros;

export interface Mappings {
  readonly n: number;
  readonly keys: number;
  readonly observers: readonly NodeId[];
}

export function staleMappings(
  { n, keys, observers }: Mappings,
  now: Micros,
  since: StaleSince,
): Stale {
  let count = 0;
  let max = 0;
  let sumOfMax = 0;
  for (const observer of observers) {
    let longest = 0;
    for (let owner = 0; owner < n; owner++) {
      if (owner === observer) continue;
      for (let key = 0; key < keys; key++) {
        const stale = now - since(observer, owner, key);
        if (stale < 0) continue; // Infinity: it is not
        count++;
        if (stale > longest) longest = stale;
      }
    }
    sumOfMax += longest;
    if (longest > max) max = longest;
  }
  return {
    count: count / observers.length,
    maxMs: millis(max),
    meanMaxMs: millis(sumOfMax / observers.length),
  };
}
