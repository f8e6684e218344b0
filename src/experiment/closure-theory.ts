/**
 * Does a node know of a write s after it was issued: has it received the write itself, or any write whose origin knew of
 * it? Then the write is in the past of all that the node writes. Every node writes at the same rate to all others, delays
 * are independent. Mean field, derived here: with K(s) the probability that it knows,
 *   1 - K(s) = P(delay > s) exp(-rate * integral over v < s of (1 + others * K(v)) P(delay <= s - v) dv),
 * as what comes from the origin itself always carries the news, and what comes from another node if that one knew when it
 * wrote. Left out: what nodes know of one write hangs together a little; an n-th part.
 */
import type { DelayLaw } from './delay-laws.ts';

/** What decides whether a node knows of a write: the law of delays, and how often nodes write. */
export interface Knowledge {
  readonly law: DelayLaw;
  /** Writes of one node. */
  readonly ratePerMs: number;
  /** Nodes that may have carried the news: neither the origin, nor this node, nor who has not received it. */
  readonly others: number;
  /** Of the grid of times, and its number of points: beyond it everybody knows. */
  readonly stepMs: number;
  readonly steps: number;
}

/** [step] K at (step + 1) * stepMs. */
export function known({ law, ratePerMs, others, stepMs, steps }: Knowledge): Float64Array {
  const within = Float64Array.from({ length: steps }, (_, i) => 1 - law.tail((i + 1) * stepMs));
  const known = new Float64Array(steps);
  let fromOrigin = 0; // trapezia of P(delay <= v)
  for (let i = 0; i < steps; i++) {
    fromOrigin += (stepMs * (within[i] + (within[i - 1] ?? 0))) / 2;
    let fromOthers = 0; // both ends of the integral are 0
    for (let v = 0; v < i; v++) fromOthers += stepMs * known[v] * within[i - 1 - v];
    known[i] = 1 - (1 - within[i]) * Math.exp(-ratePerMs * (fromOrigin + others * fromOthers));
  }
  return known;
}

/** K at any time, by the grid. */
export function knownAt(grid: Float64Array, stepMs: number): (ms: number) => number {
  return (ms) => {
    const place = ms / stepMs - 1;
    const low = Math.floor(place);
    if (low + 1 >= grid.length) return 1;
    const before = low < 0 ? 0 : grid[low];
    return before + (place - low) * (grid[low + 1] - before);
  };
}
