/**
 * What last write wins loses, in closed form or as one integral. Clocks are off by independent normal skews of standard
 * deviation s that stay as they are; times in ms. Derived here:
 *   pairWrong     two writes g apart by nodes of which the second has seen the first
 *   wrongOfNext   Poisson writes: of each two in succession, as if nothing else had been written
 *   shadowed      Poisson writes: against all that the writer's node has applied. A write from a clock that is ahead rules
 *                 until true time has caught up with it, so that it shadows more than the one that follows it
 *   lostByRace    true clocks: updates that lose to others which had not seen them
 */
import { normalCdf, normalTail } from '../base/special.ts';
import { sum } from '../base/statistics.ts';

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** E max(0, v + sd Z). */
const ramp = (v: number, sd: number): number =>
  sd === 0 ? Math.max(0, v) : v * normalCdf(v / sd) + sd * density(v / sd);

/** What decides between equal stamps: values drawn at random, or a tombstone, which wins. */
export type Tie = 'values' | 'the later is a tombstone' | 'the earlier is a tombstone';

/** Two writes to a register, the second of which has seen the first; ms. */
export interface Pair {
  /** From the one write to the other. */
  readonly gapMs: number;
  readonly skewMs: number;
  /** Clocks are read in whole multiples of this; default 0: exactly. */
  readonly stepMs?: number;
  readonly tie?: Tie;
}

/**
 * P(the earlier write wins). Stamps differ by g + s sqrt(2) Z: 1 - Phi(g / (s sqrt 2)). Read in steps of r at a random
 * phase, two clocks d apart (|d| < r) show the same with probability 1 - |d| / r, and else their order. Where drawn values
 * decide, that is the same as adding a variate that is uniform in (-r, r); where the later write wins ties, in (0, r),
 * and where the earlier does, in (-r, 0).
 */
export function pairWrong({ gapMs, skewMs, stepMs = 0, tie = 'values' }: Pair): number {
  const sd = skewMs * Math.SQRT2;
  if (stepMs === 0) return sd === 0 ? 0 : normalTail(gapMs / sd);
  const low = tie === 'the later is a tombstone' ? 0 : -stepMs;
  const high = tie === 'the earlier is a tombstone' ? 0 : stepMs;
  return (ramp(-gapMs - low, sd) - ramp(-gapMs - high, sd)) / (high - low);
}

/** A register that nodes with skewed clocks write; ms. */
export interface SkewedRegister {
  /** Between two writes to the register in the mean, over all nodes: a Poisson process. */
  readonly intervalMs: number;
  readonly skewMs: number;
  /** Each write comes from one of them at random. Infinity: no node writes twice. */
  readonly nodes: number;
  /** Mean of the exponential time until a write is applied at another node; 0: at once. */
  readonly latencyMs: number;
}

/** The mean of 1 - Phi(g / (s sqrt 2)) over exponential g of rate r is 1/2 - exp((r s)^2) (1 - Phi(r s sqrt 2)). */
export function wrongOfNext({
  intervalMs,
  skewMs,
  nodes,
}: Omit<SkewedRegister, 'latencyMs'>): number {
  const x = skewMs / intervalMs;
  // Beyond, exp overflows before the tail has vanished: the first two terms of their product.
  const product = x > 18 ? (1 - 1 / (2 * x * x)) / (2 * x * Math.sqrt(Math.PI)) : tailTimesExp(x);
  return (0.5 - product) * (1 - 1 / nodes);
}

const tailTimesExp = (x: number): number => Math.exp(x * x) * normalTail(x * Math.SQRT2);

/** Writes of others within a window of w that have come, per write: the integral of P(latency < u) over u < w. */
const come = (window: number, latency: number): number =>
  latency === 0 ? window : window + latency * Math.expm1(-window / latency);

/**
 * P(a write loses to what is there). A write at t from a node of skew x loses to one at t - u from a node of skew y if
 * t - u + y > t + x, that is u < y - x, and if that has come. Such writes are a Poisson process: given the skews there is
 * none with probability exp(-(r/n) sum over nodes of come(y - x)). In the mean over n - 1 independent y, then over x.
 */
export function shadowed({ intervalMs, skewMs, nodes, latencyMs }: SkewedRegister): number {
  if (skewMs === 0) return 0;
  const seen = (y: number, x: number) => come(skewMs * (y - x), latencyMs) / intervalMs;
  const passes = (x: number): number => {
    if (nodes === Infinity) return Math.exp(-simpson((y) => density(y) * seen(y, x), x, WIDE));
    const one = normalCdf(x) + simpson((y) => density(y) * Math.exp(-seen(y, x) / nodes), x, WIDE);
    return one ** (nodes - 1);
  };
  return 1 - simpson((x) => density(x) * passes(x), -WIDE, WIDE);
}

/** The same where the clocks are known: [node] what each is ahead, ms. */
export function shadowedByClocks(
  offsets: Float64Array,
  { intervalMs, latencyMs }: Pick<SkewedRegister, 'intervalMs' | 'latencyMs'>,
): number {
  const nodes = offsets.length;
  let passes = 0;
  for (const x of offsets) {
    let seen = 0;
    for (const y of offsets) if (y > x) seen += come(y - x, latencyMs);
    passes += Math.exp(-seen / nodes / intervalMs);
  }
  return 1 - passes / nodes;
}

/** Standard deviation of clocks about their mean, ms. */
export function clockSpread(offsets: Float64Array): number {
  const mean = sum(offsets) / offsets.length;
  return Math.sqrt(sum(offsets.map((x) => (x - mean) ** 2)) / (offsets.length - 1));
}

const WIDE = 8; // standard deviations: beyond are 1e-15 of the law

/**
 * P(an update is lost) where stamps are in true order: two clients have read the same, and the later one wins. From the
 * last update back, the one that it builds on is the latest that had come to its node: of its own at once, of others
 * after the latency. The gap between the two is g or more with probability exp(-(r/n) g - r (1 - 1/n) come(g)), and the
 * same again from there, as nothing is known of what came before. What lies between two of this chain is lost: all but
 * 1 / (r E gap). With many nodes and one latency L for all, that is r L / (1 + r L).
 */
export function lostByRace({
  intervalMs,
  nodes,
  latencyMs,
}: Omit<SkewedRegister, 'skewMs'>): number {
  const rate = 1 / intervalMs;
  const longer = (gap: number) =>
    Math.exp(-rate * (gap / nodes + (1 - 1 / nodes) * come(gap, latencyMs)));
  const far = 40 * intervalMs + latencyMs * 2; // beyond are exp(-38) of it
  return 1 - intervalMs / simpson(longer, 0, far, RACE_STEPS);
}

const STEPS = 400;
const RACE_STEPS = 10_000;

/** Simpson's rule. */
function simpson(f: (x: number) => number, from: number, to: number, steps = STEPS): number {
  const width = (to - from) / steps;
  let total = f(from) + f(to);
  for (let i = 1; i < steps; i++) total += f(from + i * width) * (i % 2 === 1 ? 4 : 2);
  return (total * width) / 3;
}
