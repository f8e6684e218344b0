/** A replicate of a scenario, written down. */

import type { NodeId } from '../../engine/model.ts';
import { type Chronicled, chronicle } from '../../metrics/chronicle/index.ts';
import { wordsAbout, wordsFor } from '../../protocols/words.ts';
import { replicateSeed } from '../seeds.ts';
import { scenarioOf } from './build.ts';
import { metersOf } from './measures.ts';
import type { Measured } from './meter.ts';
import type { Group } from './read.ts';
import { groupAt, located } from './values.ts';

export interface ScenarioChronicle extends Chronicled {
  /** As `runReplicate` measures it. */
  readonly measured: Measured;
}

/**
 * The run that `runReplicate` makes of the same three; its memory grows with what happens.
 * @param about a node of which messages are to say what they tell (`wordsAbout`).
 */
export function chronicleOf(
  scenario: Group,
  seed: string,
  replicate: number,
  about?: NodeId,
): ScenarioChronicle {
  const run = scenarioOf(scenario, replicateSeed(seed, replicate));
  const meters = metersOf(scenario, run);
  const observers = meters.map(({ observer }) => observer);
  const protocol = groupAt(scenario, 'protocol');
  const words =
    about === undefined
      ? wordsFor(protocol.word)
      : (message: unknown) =>
          wordsAbout(protocol.word, about, run.inside.heartbeats?.table)(message);
  const options = { words };
  const chronicled = located(protocol, () => chronicle({ ...run, observers }, options));
  const parts = meters.map(({ measure }) => measure(chronicled.outcome));
  return { ...chronicled, measured: Object.assign({}, ...parts) };
}
