/** Replicates of a scenario. */
import { simulate } from '../../engine/simulate.ts';
import { replicateSeed } from '../seeds.ts';
import { scenarioOf } from './build.ts';
import { metersOf } from './measures.ts';
import type { Measured } from './meter.ts';
import type { Group } from './read.ts';
import { groupAt, located } from './values.ts';

/** One run. */
export interface Run {
  /** Of the trace: the same run has the same. */
  readonly hash: string;
  readonly events: number;
  readonly measured: Measured;
}

export const runReplicate = (scenario: Group, seed: string, replicate: number): Run =>
  measure(scenario, replicateSeed(seed, replicate));

/** One run, with that seed. */
export function measure(scenario: Group, seed: string): Run {
  const run = scenarioOf(scenario, seed);
  const meters = metersOf(scenario, run);
  const observers = meters.map(({ observer }) => observer);
  // What a protocol refuses in the middle of a run, such as one that is too long for it, stands where the protocol does.
  const outcome = located(groupAt(scenario, 'protocol'), () => simulate({ ...run, observers }));
  const measured: Measured = Object.assign({}, ...meters.map(({ measure }) => measure(outcome)));
  return { hash: outcome.hash, events: outcome.events, measured };
}
