/**
 * How many bytes the stamps of ordering layers take, how long they keep an uplink busy, and what goes wrong where there is
 * no order. Derived here. The model: each writer is a Poisson process; a write is mailed to all other nodes.
 * Vectors are written as in protocols/ordering/sizes.ts: the number of entries, and of each its index and its counter, 7 bits
 * a byte. Nothing below 16384 is counted in three bytes.
 */
import { gammaP, incompleteBeta } from '../base/special.ts';

const TWO_BYTES = 128; // the first whole number that needs them

/** Of layers whose stamps are as long for every write. */
export const fixedBytes = {
  fifo: 4 + 4, // origin, sequence
  lamport: 8 + 4, // counter, origin
  hybrid: 8 + 4, // clock and counter in one word, origin
  wallClock: 8,
  full: (n: number): number => 4 + 4 * n, // origin, an entry for every node
  probabilistic: (entries: number): number => 4 + 4 * entries,
} as const;

/** Bytes of an index, in the mean over the indices 0 .. entries-1. */
export const indexBytes = (entries: number): number =>
  1 + Math.max(0, entries - TWO_BYTES) / entries;

/** Bytes of a counter times the probability that it is not 0; the counter is Poisson. */
export const counterBytes = (mean: number): number =>
  mean === 0 ? 0 : -Math.expm1(-mean) + gammaP(TWO_BYTES, mean);

/** P(at least `least` of `trials`). */
const binomialTail = (trials: number, p: number, least: number): number => {
  if (least <= 0) return 1;
  if (least > trials || p <= 0) return 0;
  return p >= 1 ? 1 : incompleteBeta(least, trials - least + 1, p);
};

/** How many nodes write, and what their stamps hold. */
export interface VectorOptions {
  /** Nodes that write. */
  readonly nodes: number;
  /** Entries of a node: its clients, or 1. */
  readonly perNode: number;
  /** Writes per second of an entry. */
  readonly perSecond: number;
  readonly delayS: number;
  /** The write is a dot apart from the vector: its entry is as another of its node's, and there are origin and counter. */
  readonly isDotted?: boolean;
}

/**
 * Mean length of a vector that is written at time t, when writers began at 0 and all that has arrived is in it. The entry of
 * a writer at the same node is Poisson with mean r t, of another node's r (t - delay), independent of the writer's own
 * (Slivnyak), which is one more than Poisson with mean r t.
 */
export function vectorBytes(t: number, options: VectorOptions): number {
  const { nodes, perNode, perSecond, delayS, isDotted = false } = options;
  const here = perSecond * t;
  const away = perSecond * Math.max(0, t - delayS);
  const others = { here: perNode - (isDotted ? 0 : 1), away: (nodes - 1) * perNode };
  const own = isDotted ? 0 : 1;
  const index = indexBytes(nodes * perNode);
  const present = (mean: number) => index * -Math.expm1(-mean) + counterBytes(mean);
  const ownCounter = 1 + gammaP(TWO_BYTES - 1, here);
  const entries = others.here * present(here) + others.away * present(away);
  return (
    1 +
    manyEntries(own, others, { here: -Math.expm1(-here), away: -Math.expm1(-away) }) +
    entries +
    (isDotted ? ownCounter + 4 : index + ownCounter)
  );
}

interface HereAway {
  readonly here: number;
  readonly away: number;
}

/** P(so many entries that their number needs two bytes). */
function manyEntries(own: number, others: HereAway, present: HereAway): number {
  if (own + others.here + others.away < TWO_BYTES) return 0;
  let sum = 0;
  for (let k = 0; k <= others.here; k++) {
    const exactly =
      binomialTail(others.here, present.here, k) - binomialTail(others.here, present.here, k + 1);
    sum += exactly * binomialTail(others.away, present.away, TWO_BYTES - own - k);
  }
  return sum;
}

const STEPS = 2000;

/** Mean of f over (from, to): by midpoints. */
export function meanOver(from: number, to: number, f: (t: number) => number): number {
  const step = (to - from) / STEPS;
  let sum = 0;
  for (let i = 0; i < STEPS; i++) sum += f(from + (i + 0.5) * step);
  return sum / STEPS;
}

/**
 * Entries of a delta in the mean over writes: its own, and those writers of whom a write was applied since the origin's
 * last. A race: of the writes of i and j, which are one Poisson process, was the last before this one j's? With
 * probability r_j / (r_i + r_j); half, where all write alike.
 */
export function deltaEntries(rates: readonly number[]): number {
  let sum = 0;
  let all = 0;
  for (const [i, own] of rates.entries()) {
    all += own;
    for (const [j, other] of rates.entries()) if (j !== i) sum += (own * other) / (own + other);
  }
  return 1 + sum / all;
}

/**
 * Mean length of a delta where all writers write alike, with counters below 128. Given the origin's gap g each of the others
 * has changed with probability 1 - exp(-r g), which is uniform over (0, 1): so 0, 1, .. W-1 others are equally likely.
 */
export const deltaBytes = (writers: number): number =>
  4 +
  (1 + Math.max(0, writers - (TWO_BYTES - 1)) / writers) +
  ((writers + 1) / 2) * (indexBytes(writers) + 1);

/** Mail to n nodes over an uplink. */
export interface MailOptions {
  readonly n: number;
  /** Of a copy, its header included. */
  readonly bytes: number;
  readonly bytesPerSecond: number;
  /** Writes per second of a node. */
  readonly perSecond: number;
}

/**
 * From a write until a copy of it has left the uplink, mean over copies, s. The k-th of n - 1 leaves after k of them; before
 * that the write waits for those before it, as in a queue M/D/1 (Pollaczek-Khinchine).
 * `settling`: about how long a queue that begins empty takes to fill, s (the relaxation time of M/M/1, which is longer).
 */
export function mailDelay({ n, bytes, bytesPerSecond, perSecond }: MailOptions) {
  const copy = bytes / bytesPerSecond;
  const mail = (n - 1) * copy;
  const load = perSecond * mail;
  const wait = load < 1 ? (load * mail) / (2 * (1 - load)) : Number.POSITIVE_INFINITY;
  return {
    load,
    wait,
    total: wait + (n / 2) * copy,
    settling: mail / (1 - Math.sqrt(load)) ** 2,
  };
}

/**
 * Share of the applications that break the causal order, if writes are applied as they come; all n nodes write, delays are
 * exponential with mean d. A write at time 0 by i comes to k after X; U = exp(-X/d) is uniform.
 * `direct`: a write that i has applied is missing at k. Of a third node, u before: it has come to i and not to k with
 * probability (1 - exp(-u/d)) U exp(-u/d); of i itself U exp(-u/d). Their number is Poisson with mean m U, m = n r d / 2, so
 * that P(any) = 1 - (1 - exp(-m)) / m.
 * `withChains`: or one is missing that i has not applied either, though an x that i has applied comes after it, as i broke
 * the order itself. Given that nothing direct is missing, the x have come to k; those after a given write are Poisson
 * (`follows`). Taken as independent from write to write, and chains of two.
 * `longer`: what longer chains may add, if each length adds as much less than the one before as two less than one.
 */
export function brokenShare(n: number, perSecond: number, delayS: number) {
  const load = perSecond * delayS;
  const direct = (n * load) / 2;
  const others = Math.max(0, n - 2);
  const follows = (u: number, late: number) => {
    const a = u + (1 + late) * Math.expm1(-u) - (late * Math.expm1(-2 * u)) / 2;
    const b = -Math.expm1(-u) - Math.exp(-u) * ((1 + late) * u + late * Math.expm1(-u));
    return load * (Math.max(0, n - 3) * (a - b) + a);
  };
  const hidden = (late: number) =>
    others * load * integral((u) => Math.exp(-2 * u) * -Math.expm1(-follows(u, late)));
  const share = 1 + Math.expm1(-direct) / direct;
  const withChains = 1 - mean((late) => Math.exp(-late * (direct + hidden(late))));
  const falls = (others * load ** 2 * (Math.max(0, n - 3) / 36 + 1 / 12)) / direct;
  return {
    direct: share,
    withChains,
    longer: falls < 1 ? ((withChains - share) * falls) / (1 - falls) : 1 - withChains,
  };
}

const POINTS = 200;
const FAR = 12; // where exp(-2 u) is nothing

/** Of f over 0 .. far, and its mean over 0 .. 1: by midpoints. */
const integral = (f: (u: number) => number) => FAR * mean((share) => f(share * FAR));
function mean(f: (x: number) => number): number {
  let sum = 0;
  for (let i = 0; i < POINTS; i++) sum += f((i + 0.5) / POINTS);
  return sum / POINTS;
}

/** Probabilistic causal order: P(the entries of one missing are covered) by `unseen` writes (Mostéfaoui, Weiss 2017). */
export const entriesCovered = (entries: number, own: number, unseen: number): number =>
  (1 - (1 - 1 / entries) ** (own * unseen)) ** own;
