/** A load that wanders: Brownian motion, one path per node, exact at whatever times it is asked for. */
import { normalQuantile } from '../base/quantiles.ts';
import { Stream } from '../base/stream.ts';
import type { Micros } from '../base/time.ts';
import type { NodeId } from '../engine/model.ts';

/** @param sd after a second; times of a node must not go back. */
export function randomWalk(seed: string, n: number, sd: number) {
  const steps = new Stream(seed, 'random walk', n);
  const value = new Float64Array(n); // [node]
  const last = new Float64Array(n); // [node] us
  return (node: NodeId, now: Micros): number => {
    if (now > last[node]) {
      const seconds = (now - last[node]) / 1e6;
      value[node] += sd * Math.sqrt(seconds) * normalQuantile(steps.draw(node));
      last[node] = now;
    }
    return value[node];
  };
}
