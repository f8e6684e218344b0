/**
 * Broadcast for recovery from a catastrophe: after a long partition nobody gossips across it any more, since each side
 * has failed the other. Every second each member broadcasts its list with probability p(t) = (t / 20 s)^a, t being the
 * time since it last received or sent a broadcast, so that there is one after 20 s at the latest. The exponent is set
 * by the size of the group, so that the first of its n members does so after about 10 s.
 * Source: van Renesse, Minsky, Hayden 1998, on catastrophe recovery; form and times from memory, the text was not at hand.
 * The exponents remembered with them, 4.764 and 10.43, do come out, for n = 10 and n = 1000.
 * Deviations: a broadcast is a message to each other node of the population, of which each can be lost alone. Assumed:
 * it carries the list as any gossip, and a node's seconds count from its start.
 */
import { type Micros, micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';

/** The tag of its timers. */
export const SECOND = 1;

/** How members broadcast after a catastrophe. */
export interface BroadcastOptions {
  /** How often the coin is tossed. */
  readonly everyMs: number;
  /** Silence after which it is certain. */
  readonly mostMs: number;
  /** The mean time from one broadcast of the group to the next. */
  readonly expectedMs: number;
}

export class Recovery {
  readonly exponent: number;
  readonly #env: Env<number>;
  readonly #every: Micros;
  readonly #most: Micros;
  readonly #last: Float64Array; // [node] us, when it last sent or received one, or was started

  constructor(env: Env<number>, options: BroadcastOptions) {
    this.exponent = exponentFor(env.n, options);
    this.#env = env;
    this.#every = micros(options.everyMs);
    this.#most = micros(options.mostMs);
    this.#last = new Float64Array(env.n);
  }

  start(node: NodeId): void {
    this.heard(node);
    this.#env.at(node, this.#env.now() + this.#every, SECOND);
  }

  heard(node: NodeId): void {
    this.#last[node] = this.#env.now();
  }

  /** A second is over: whether the node broadcasts its list now. */
  tosses(node: NodeId): boolean {
    const now = this.#env.now();
    this.#env.at(node, now + this.#every, SECOND);
    const p = ((now - this.#last[node]) / this.#most) ** this.exponent;
    if (this.#env.draw(node) >= p) return false;
    this.#last[node] = now;
    return true;
  }
}

/** The mean time in ms until the first of n members broadcasts, if all received the last one at time 0. */
export function meanSilence(n: number, exponent: number, options: BroadcastOptions): number {
  const { everyMs, mostMs } = options;
  let mean = 0;
  let silent = 1; // the probability that nobody has yet
  for (let t = 0; silent > 0; t += everyMs) {
    mean += everyMs * silent;
    silent *= (1 - Math.min(1, ((t + everyMs) / mostMs) ** exponent)) ** n;
  }
  return mean;
}

/** The exponent for which that mean is the one expected, or the nearest there is; by bisection. */
export function exponentFor(n: number, options: BroadcastOptions): number {
  let low = 0;
  let high = 1000;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (meanSilence(n, middle, options) < options.expectedMs) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
