/**
 * Generations: one per life of a process, the second in which it started, and larger than the one before even if the
 * clock went back. Source: SystemKeyspace.incrementAndGetGeneration, Gossiper.applyStateLocally.
 */
import { MAX_GENERATION_DIFFERENCE_SEC } from './constants.ts';

/** The generation of a process that starts; `stored` is what its disk holds of the life before, if anything. */
export function generationAtStart(nowSec: number, stored: number | undefined): number {
  if (stored === undefined) return nowSec;
  return Math.max(stored + 1, nowSec);
}

/**
 * A later generation is absurd. [!] Held against the local clock, not against the generation that is known: that broke
 * clusters which had been up for a year (CASSANDRA-10969). And asked for endpoints only that are known already.
 */
export const latestPlausible = (localClockSec: number): number =>
  localClockSec + MAX_GENERATION_DIFFERENCE_SEC;

export const isAbsurd = (generation: number, localClockSec: number): boolean =>
  generation > latestPlausible(localClockSec);
