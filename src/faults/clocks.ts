/**
 * Clocks that are wrong, and NTP that sets them right now and then. An offset is the clock less simulated time.
 * Source: Mills, "Network Time Protocol version 4", RFC 5905: above a step threshold of 128 ms an offset is stepped
 * away, below it is slewed; the rate 500 ppm is the kernel's (RFC 1589). Deviations: NTP also learns the drift, and
 * slews by a feedback loop; here the drift stays, and a slew is a straight line that the next correction replaces.
 */

import { numberIn, positive } from '../base/errors.ts';
import type { Stream } from '../base/stream.ts';
import type { ClockChange, FaultPlan, NodeId } from '../engine/model.ts';
import { type ClockLaw, checkClockLaw, value } from './clock-laws.ts';
import { checkOccasions, type TimeWindow, timesOf } from './occasions.ts';
import { drawsOf, inOrder } from './schedule.ts';
import { nodesOf, type Which } from './which.ts';

/** How wrong clocks are, and how they are corrected. */
export interface ClocksOptions {
  /** Default: all. */
  readonly nodes?: Which;
  /** Offset at the start, in ms: a constant, or a law such as `normalSkew(100)`; default 0. */
  readonly skewMs?: ClockLaw;
  /** Gain in parts per million: a constant, or a law such as `uniformDrift(50)`; default 0. */
  readonly driftPpm?: ClockLaw;
  readonly ntp?: NtpOptions;
  /** True: no clock ever goes back. */
  readonly monotone?: boolean;
}

/** How often a clock is corrected, and how well. */
export interface NtpOptions extends TimeWindow {
  /** Between two corrections; the first comes at a random age of the first interval. */
  readonly everyMs: number;
  /** Error of a measured offset, in ms; default 0. */
  readonly errorMs?: ClockLaw;
  /** Default 128. */
  readonly stepAboveMs?: number;
  /** Default 500. */
  readonly slewPpm?: number;
}

/** Skews, drifts and corrects the clocks of nodes. */
export function clocks(options: ClocksOptions): FaultPlan {
  const { nodes = 'all', skewMs = 0, driftPpm = 0, ntp, monotone } = options;
  checkClockLaw('clocks', 'skewMs', skewMs);
  checkClockLaw('clocks', 'driftPpm', driftPpm);
  if (ntp !== undefined) checkNtp(ntp);
  return (streams) => {
    const skews = drawsOf(streams);
    const drifts = drawsOf(streams);
    const polls = drawsOf(streams);
    const errors = drawsOf(streams);
    const changes = nodesOf('clocks', nodes, streams).flatMap((node) => {
      const skew = value(skewMs, skews.draw(node));
      const drift = value(driftPpm, drifts.draw(node));
      const start: ClockChange = {
        ...{ atMs: 0, node, kind: 'clock', stepMs: skew, driftPpm: drift },
        ...(monotone === undefined ? {} : { monotone }),
      };
      if (ntp === undefined) return [start];
      const times = timesOf({ ...ntp, phase: 'random' }, polls, node);
      return [start, ...corrections({ node, times, skew, drift, ntp, errors })];
    });
    return inOrder(changes);
  };
}

interface Corrected {
  readonly node: NodeId;
  readonly times: readonly number[]; // [correction] ms
  readonly skew: number;
  readonly drift: number;
  readonly ntp: NtpOptions;
  readonly errors: Stream;
}

/** What NTP does to one clock. */
function corrections({ node, times, skew, drift, ntp, errors }: Corrected): ClockChange[] {
  const { errorMs = 0, stepAboveMs = 128, slewPpm = 500 } = ntp;
  let offset = skew; // ms, at `last`
  let slew = 0; // ms still to be gained at `last`
  let last = 0;
  return times.map((atMs) => {
    const slewed = Math.min(Math.abs(slew), ((atMs - last) * slewPpm) / 1e6);
    offset += ((atMs - last) * drift) / 1e6 + Math.sign(slew) * slewed;
    last = atMs;
    const measured = offset + value(errorMs, errors.draw(node));
    const steps = Math.abs(measured) > stepAboveMs;
    slew = steps ? 0 : 0 - measured; // not -0
    if (steps) offset -= measured;
    const correction = steps ? { stepMs: -measured, slewMs: 0 } : { slewMs: slew, slewPpm };
    return { atMs, node, kind: 'clock', ...correction };
  });
}

function checkNtp(ntp: NtpOptions): void {
  const { errorMs = 0, stepAboveMs = 128, slewPpm = 500 } = ntp;
  checkOccasions('clocks: ntp', ntp);
  checkClockLaw('clocks: ntp', 'errorMs', errorMs);
  numberIn('clocks: ntp', 'stepAboveMs', stepAboveMs, 0);
  positive('clocks: ntp', 'slewPpm', slewPpm);
}
