/** How fast this machine is, for estimates of time. */
import { performance } from 'node:perf_hooks';
import { quantile } from '../base/statistics.ts';
import { simulate } from '../engine/simulate.ts';
import { push } from '../protocols/broadcast/push.ts';
import { synchronous } from './models.ts';

const WARM_UP_RUNS = 12; // until it is compiled
const FEWEST_RUNS = 9;
const CALIBRATION_MS = 40;

/** Per event, of a usual machine. */
export const USUAL_NS = 200;
const SOON_S = 0.5;

/** Nanoseconds per event: as usual where all is done in a moment, otherwise measured, which takes a moment itself. */
export const paceFor = (events: number): number =>
  events * USUAL_NS < SOON_S * 1e9 ? USUAL_NS : nanosecondsPerEvent();

/**
 * Measures this machine: nanoseconds per event of a small push epidemic. Takes about 50 ms. The median, since a run that
 * shares its core with another program, or is still being compiled, says nothing.
 */
export function nanosecondsPerEvent(): number {
  for (let run = 0; run < WARM_UP_RUNS; run++) sample(run);
  const samples: number[] = []; // [run] ns per event
  const end = performance.now() + CALIBRATION_MS;
  while (performance.now() < end || samples.length < FEWEST_RUNS) {
    samples.push(sample(WARM_UP_RUNS + samples.length));
  }
  return quantile(
    samples.sort((a, b) => a - b),
    0.5,
  );
}

/** By the processor's time, which other programs on the machine do not lengthen. */
function sample(run: number): number {
  const start = process.cpuUsage();
  const seed = `calibration/${run}`;
  const { events } = simulate({ ...synchronous(256, 20), seed, protocol: push() });
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / events;
}
