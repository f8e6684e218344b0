/** Scuttlebutt in the setting of figure 2 of van Renesse et al. 2008: too many updates for the mtu, for 50 s. */
import { micros } from '../base/time.ts';
import type { Rounds } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { type StaleRows, staleSamples } from '../metrics/index.ts';
import { complete, constant } from '../network/index.ts';
import type { ScuttlebuttOptions } from '../protocols/scuttlebutt/options.ts';
import type { Order } from '../protocols/scuttlebutt/orders.ts';
import { groundOf, scuttlebuttOn } from '../protocols/scuttlebutt/scuttlebutt.ts';

/** Mappings of each participant in figure 2. */
export const OVERLOAD_KEYS = 64;
/** Updates that a message carries at most there. */
export const OVERLOAD_MTU = 100;
/** With other numbers of participants the mtu changes in proportion, for the same load. */
export const OVERLOAD_N = 128;
/** When the mtu begins to bind, in s. */
export const MTU_FROM_S = 15;
/** [from s, updates per second and participant] */
export const OVERLOAD_RATE = [
  [0, 1],
  [25, 2],
  [75, 1],
  [120, 0],
] as const;

/** A group under overload, and how it orders updates. */
export interface Overload {
  readonly n: number;
  readonly order: Order;
  readonly seed: string;
  readonly phase: Rounds['phase'];
  readonly latencyMs: number;
}

/** What is stale at each participant at these times, s, ascending. */
export function overload(
  { n, order, seed, phase, latencyMs }: Overload,
  atS: readonly number[],
): readonly StaleRows[] {
  const options: ScuttlebuttOptions = {
    order,
    keys: OVERLOAD_KEYS,
    mtu: [
      [0, Infinity],
      [1000 * MTU_FROM_S, Math.round((OVERLOAD_MTU * n) / OVERLOAD_N)],
    ],
    rate: OVERLOAD_RATE.map(([fromS, rate]) => [1000 * fromS, rate]),
  };
  const ground = groundOf(n, options);
  const samples = staleSamples(
    { n, keys: OVERLOAD_KEYS, observers: Array.from({ length: n }, (_, node) => node) },
    atS.map((s) => micros(1000 * s)),
    (observer, owner, key) => ground.state.staleSince(observer, owner, key),
  );
  simulate({
    seed,
    n,
    protocol: scuttlebuttOn(ground, options),
    link: constant({ ms: latencyMs }),
    overlay: complete,
    rounds: { periodMs: 1000, phase },
    horizonMs: 1000 * atS[atS.length - 1] + 1000,
    observers: [samples],
  });
  return samples.rows;
}
