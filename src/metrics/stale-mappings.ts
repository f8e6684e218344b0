/**
 * Stale mappings: those that a participant holds of others and that their owners have overwritten. Staleness counts from
 * when the owner first overwrote what is held. Source: van Renesse et al. 2008, section 4, figures 2a and 2b.
 */
import { type Micros, millis } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';

/** Stale mappings at one participant: how many, and the oldest. */
export interface Stale {
  /** Mappings of others that are stale, per observer, in the mean. */
  readonly count: number;
  /** The longest time for which one has been, of all observers, and the mean of their longest; ms. */
  readonly maxMs: number;
  readonly meanMaxMs: number;
}

/** The same, as each of the observers sees it: [as listed]. */
export interface StaleRows {
  readonly counts: Float64Array;
  /** 0 where none is stale. */
  readonly longestMs: Float64Array;
}

/** What the sampler asks: when the owner first overwrote what the observer holds; Infinity if it is not stale. */
export type StaleSince = (observer: NodeId, owner: NodeId, key: number) => Micros;

/** What participants hold of each other, and what they have written. */
export interface Mappings {
  readonly n: number;
  readonly keys: number;
  readonly observers: readonly NodeId[];
}

/** Stale mappings of each participant, at present. */
export function staleRows(
  { n, keys, observers }: Mappings,
  now: Micros,
  since: StaleSince,
): StaleRows {
  const counts = new Float64Array(observers.length);
  const longestMs = new Float64Array(observers.length);
  for (let i = 0; i < observers.length; i++) {
    const observer = observers[i];
    let count = 0;
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
    counts[i] = count;
    longestMs[i] = millis(longest);
  }
  return { counts, longestMs };
}

/** Stale mappings in the mean of the participants, at present. */
export function staleMappings(mappings: Mappings, now: Micros, since: StaleSince): Stale {
  const { counts, longestMs } = staleRows(mappings, now, since);
  const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
  return { count: mean(counts), maxMs: Math.max(...longestMs), meanMaxMs: mean(longestMs) };
}

/** Asked after the run: stale mappings at the times of the samples. */
export interface StaleSamples extends Observer {
  /** [time] as far as the run has come. */
  readonly rows: readonly StaleRows[];
}

/** Looks at these times, ascending, before anything else happens then. A run must go on beyond the last of them. */
export function staleSamples(
  mappings: Mappings,
  times: readonly Micros[],
  since: StaleSince,
): StaleSamples {
  const rows: StaleRows[] = [];
  const look = (now: Micros) => {
    while (rows.length < times.length && now >= times[rows.length]) {
      rows.push(staleRows(mappings, times[rows.length], since));
    }
  };
  return { rows, onRound: look, onTimer: look, onMessage: look };
}
