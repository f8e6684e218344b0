/**
 * What a vector of R entries gets wrong where each of the nodes owns K of them. A write comes while one that happened before
 * it is missing; it is applied all the same if writes that were applied here, and that its origin had not seen, have counted
 * up the K entries of the missing one. Source: Mostéfaoui, Weiss, "Probabilistic causal message ordering", PaCT 2017.
 */

/** A vector of R entries of which each node owns K. */
export interface ShortVector {
  /** R. */
  readonly entries: number;
  /** K. */
  readonly own: number;
}

/** As published, X writes unseen: K X draws of an entry, each from all R; and the K entries of the missing one apart. */
export const publishedError = ({ entries, own }: ShortVector, unseen: number): number =>
  (1 - (1 - 1 / entries) ** (own * unseen)) ** own;

/** Its mean where X is a Poisson number. */
export function publishedMean(vector: ShortVector, unseen: number): number {
  let chance = Math.exp(-unseen);
  let mean = 0;
  const most = unseen + 10 * Math.sqrt(unseen) + 10;
  for (let count = 0; count < most; count++) {
    mean += chance * publishedError(vector, count);
    chance *= unseen / (count + 1);
  }
  return mean;
}

/** As published: the K with the least error, not a whole number. */
export const publishedOptimum = (entries: number, unseen: number): number =>
  (entries * Math.LN2) / unseen;

/**
 * Exactly, for sets of K different entries, drawn uniformly for each origin: what a second write of an origin counts up is
 * counted up already, so that it is the number of origins that matters. Inclusion and exclusion of the entries missed.
 */
export function errorOfOrigins({ entries, own }: ShortVector, origins: number): number {
  let sum = 0;
  let sign = 1; // (-1)^missed
  let ways = 1; // own over missed
  let spared = 1; // probability that an origin owns none of so many entries
  for (let missed = 0; missed <= own; missed++) {
    sum += sign * ways * spared ** origins;
    sign = -sign;
    ways = (ways * (own - missed)) / (missed + 1);
    spared *= Math.max(0, entries - own - missed) / (entries - missed);
  }
  return Math.max(0, sum);
}

/** The mean of `errorOfOrigins` where each of so many nodes has written a Poisson number of them, `unseen` in all. */
export function errorOfNodes(vector: ShortVector, unseen: number, nodes: number): number {
  const wrote = 1 - Math.exp(-unseen / nodes);
  let chance = (1 - wrote) ** nodes; // binomial
  let mean = 0;
  for (let origins = 0; origins <= nodes; origins++) {
    mean += chance * errorOfOrigins(vector, origins);
    chance *= ((nodes - origins) * wrote) / ((origins + 1) * (1 - wrote));
  }
  return mean;
}

/** Latency of at least so much, and an exponential rest of a mean that is small beside it. */
export interface Jitter {
  readonly minMs: number;
  readonly jitterMs: number;
}

/**
 * Writes applied at a node that the origin of a write has not seen when that write comes and has overtaken another, per write
 * that a node issues in a ms. Those of a third node were under way to the origin: a latency of minMs + d, where d is what the
 * write itself had above the least. The node's own were under way for a whole latency, or have been issued since the
 * write was. Of a write that is early d has half the mean rest; of the first of several that overtake, less.
 */
export const unseenPerRate = (n: number, { minMs, jitterMs }: Jitter, d = jitterMs / 2): number =>
  (n - 2) * (minMs + d) + (minMs + jitterMs) + (minMs + d);
