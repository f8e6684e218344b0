/** What is observed of a run, by name. */
import type { Family } from '../../protocols/registry-entry.ts';
import type { Run } from './build.ts';
import type { Meter, MeterOf } from './meter.ts';
import { deathsMeter } from './meters-deaths.ts';
import { detectionMeter, livesMeter, viewsMeter } from './meters-detection.ts';
import { orderMeter } from './meters-ordering.ts';
import { loadMeter, staleMeter } from './meters-state.ts';
import { peaksMeter, spreadMeter, trafficMeter } from './meters-traffic.ts';
import type { Group } from './read.ts';

interface Observed {
  readonly make: MeterOf;
  /** Of protocols of these families; absent: of all. */
  readonly of?: readonly Family[];
}

const OBSERVED = {
  spread: { make: spreadMeter, of: ['broadcast', 'ordering'] },
  traffic: { make: trafficMeter },
  peaks: { make: peaksMeter },
  detection: { make: detectionMeter, of: ['detection'] },
  deaths: { make: deathsMeter, of: ['detection'] },
  views: { make: viewsMeter, of: ['detection'] },
  lives: { make: livesMeter, of: ['detection'] },
  order: { make: orderMeter, of: ['ordering'] },
  load: { make: loadMeter, of: ['load'] },
  staleness: { make: staleMeter, of: ['state'] },
} as const satisfies Readonly<Record<string, Observed>>;

/** What can be observed of a family of protocols; of any, where it is not known yet. */
export const observable = (family: string): readonly string[] =>
  Object.entries<Observed>(OBSERVED)
    .filter(([, { of }]) => family === '' || of === undefined || of.includes(family as Family))
    .map(([name]) => name);

export const DEFAULTS: Readonly<Record<Family, readonly (keyof typeof OBSERVED)[]>> = {
  broadcast: ['spread', 'traffic'],
  detection: ['detection', 'views', 'traffic'],
  ordering: ['order', 'traffic'],
  load: ['load', 'traffic'],
  state: ['staleness', 'traffic'],
};

export const metersOf = (scenario: Group, run: Run): readonly Meter[] =>
  (scenario.values.observe as readonly (keyof typeof OBSERVED)[]).map((name) =>
    OBSERVED[name].make(scenario, run),
  );
