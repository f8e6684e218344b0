/** The clock of the page: how fast the run is played, and what a link says of its time. */
import { SPEEDS } from '../../report/replay/speeds.ts';

/** Shown for that long, if nobody chooses another speed. */
const SECONDS = 30;

export const speedFor = (end: number): number =>
  SPEEDS.findLast((speed) => speed <= end / 1e6 / SECONDS) ?? SPEEDS[0];

/** For how much of the run the line of a message stays when it has arrived: half a second for who looks at it. */
export const glowAt = (speed: number): number => speed * 0.5e6;

/** '#t=12.5s' -> microseconds; undefined if it says no time. */
export function timeIn(hash: string): number | undefined {
  const [, seconds] = /^#t=(\d+(?:\.\d*)?)s?$/.exec(hash) ?? [];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1e6);
}

/** Exact: a link leads to the very instant. */
export const hashOf = (time: number): string => `#t=${Math.round(time) / 1e6}s`;
