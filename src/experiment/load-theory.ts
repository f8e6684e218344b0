/**
 * How old is a value that its owner publishes every T and that then spreads (exchange-spread-theory.ts)? The last
 * publication was u ago, u uniform in (0, T), those before it u + T, u + 2T ...: the value that a node believes is the last
 * one that has arrived. Times in periods of gossip. Derived here; a publication and the next one are taken to spread on
 * their own, each with a beginning as it is in the mean.
 */
import type { ExchangeSpread } from './exchange-spread-theory.ts';

const STEPS = 50; // per period

export interface PublishedAges {
  /** T / 2 + mean delay: a value is replaced as much later as it came. */
  readonly mean: number;
  /** Of the square root: a random walk is off by so much. */
  readonly meanRoot: number;
  /** The oldest that one node has of the others, whose publications come at any time. */
  readonly oldest: number;
  /** The probability that two nodes believe different values of a third. */
  readonly disagreement: number;
}

/** Ages of what others know of a value that is published every `every` periods. */
export function publishedAges(spread: ExchangeSpread, n: number, every: number): PublishedAges {
  const unheard = unheardOf(spread, n);
  let [mean, meanRoot, oldest] = [0, 0, 0];
  const older = olderThan(unheard, Math.round(every * STEPS));
  for (let i = 0; i < older.length; i++) {
    mean += older[i] / STEPS;
    meanRoot += older[i] * (Math.sqrt((i + 1) / STEPS) - Math.sqrt(i / STEPS));
    oldest += (1 - (1 - older[i]) ** (n - 1)) / STEPS;
  }
  const differ = unheard.reduce((sum, p) => sum + (2 * p * (1 - p)) / STEPS, 0);
  return { mean, meanRoot, oldest, disagreement: differ / every };
}

/** [step] the probability that another node has not heard of a publication so old. */
function unheardOf(spread: ExchangeSpread, n: number): number[] {
  const unheard: number[] = [];
  for (let i = 0; unheard.length === 0 || unheard[i - 1] > 1e-9; i++) {
    unheard.push(Math.min(1, (spread.unaware(n, (i + 0.5) / STEPS) * n) / (n - 1)));
  }
  return unheard;
}

/** [step] P(age > a) at the middle of steps: of all publications younger than that none has arrived. */
function olderThan(unheard: readonly number[], every: number): number[] {
  const none = new Float64Array(every).fill(1); // [u] of those u, u + T, ... ago that are younger than a
  const older: number[] = [];
  let sum = every;
  for (let i = 0; i < unheard.length + every; i++) {
    const u = i % every;
    const after = none[u] * (unheard[i] ?? 0); // what is older has arrived in any case
    older.push((sum - (none[u] - after) / 2) / every);
    sum -= none[u] - after;
    none[u] = after;
  }
  return older;
}
