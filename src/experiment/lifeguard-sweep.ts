/**
 * A sweep over the periods of the paper's interval experiment, summed. Times open are thinned out where a block is too short
 * for false deaths, and stand for their neighbours then.
 */

import { lifeguardInterval } from './lifeguard-interval.ts';
import { LIFEGUARD_OPEN_MS, type LifeguardBed } from './lifeguard-setup.ts';

/** long: blocks that outlast the shortest suspicion at alpha = 5, 10.5 s; short: the others. one: a single pair, for a look. */
export type LifeguardBlocks = 'long' | 'short' | 'one';

interface Periods {
  readonly blockedMs: readonly number[];
  readonly openMs: readonly number[];
  /** [place in openMs] how many of the paper's it stands for. */
  readonly weights: readonly number[];
}

/** Which of the periods of the paper are run, and for how many each stands. */
export const LIFEGUARD_PERIODS: Readonly<Record<LifeguardBlocks, Periods>> = {
  long: {
    blockedMs: [16_384, 32_768],
    openMs: LIFEGUARD_OPEN_MS,
    weights: LIFEGUARD_OPEN_MS.map(() => 1),
  },
  short: { blockedMs: [128, 512, 2048, 8192], openMs: [1, 256, 16_384], weights: [3, 3, 2] },
  one: { blockedMs: [32_768], openMs: [1], weights: [1] },
};

/** Sums over a sweep, weighted by what each run stands for. */
export interface LifeguardSums {
  falseDeaths: number;
  falseDeathsAtHealthy: number;
  messages: number;
  bytes: number;
  /** Simulated. */
  seconds: number;
  /** [place in LIFEGUARD_OPEN_MS] false deaths; NaN where it is not run. */
  readonly byOpenMs: number[];
}

/** Runs the sweep for one group with so many anomalous members. */
export function lifeguardSweep(
  bed: LifeguardBed,
  anomalous: number,
  blocks: LifeguardBlocks,
): LifeguardSums {
  const { blockedMs, openMs, weights } = LIFEGUARD_PERIODS[blocks];
  const sum: LifeguardSums = {
    ...{ falseDeaths: 0, falseDeathsAtHealthy: 0, messages: 0, bytes: 0, seconds: 0 },
    byOpenMs: LIFEGUARD_OPEN_MS.map((open) => (openMs.includes(open) ? 0 : Number.NaN)),
  };
  for (const blocked of blockedMs) {
    openMs.forEach((open, place) => {
      const seed = `${bed.seed} ${blocked} ${open}`;
      const found = lifeguardInterval(
        { ...bed, seed },
        { anomalous, blockedMs: blocked, openMs: open },
      );
      const weight = weights[place];
      sum.falseDeaths += weight * found.falseDeaths;
      sum.falseDeathsAtHealthy += weight * found.falseDeathsAtHealthy;
      sum.messages += weight * found.messages;
      sum.bytes += weight * found.bytes;
      sum.seconds += weight * found.seconds;
      sum.byOpenMs[LIFEGUARD_OPEN_MS.indexOf(open)] += weight * found.falseDeaths;
    });
  }
  return sum;
}
