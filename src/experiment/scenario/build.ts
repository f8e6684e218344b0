/** What was read -> the scenario of one replicate. */
import type { Rounds, Scenario } from '../../engine/model.ts';
import { protocols } from '../../protocols/registry.ts';
import { faultsOf } from './build-faults.ts';
import { linkOf } from './build-network.ts';
import { overlayOf } from './build-overlay.ts';
import { type Inside, protocolOf } from './build-protocol.ts';
import { drawsFor } from './nodes.ts';
import type { Group } from './read.ts';
import { groupAt, numberAt, textAt } from './values.ts';

export interface Run extends Scenario<unknown> {
  /** What meters may look into. */
  readonly inside: Inside;
}

export function scenarioOf(scenario: Group, seed: string): Run {
  const n = numberAt(scenario, 'nodes');
  const draws = drawsFor(seed, n);
  const { word, values } = groupAt(scenario, 'protocol');
  const hasRounds = protocols[word].rounds || values.behind !== undefined;
  return {
    ...{ seed, n },
    ...protocolOf(scenario, seed, draws),
    link: linkOf(scenario, draws),
    overlay: overlayOf(scenario),
    ...(hasRounds ? { rounds: roundsOf(scenario) } : {}),
    faults: faultsOf(scenario),
    horizonMs: numberAt(scenario, 'duration'),
  };
}

export function roundsOf(scenario: Group): Rounds {
  const rounds = groupAt(scenario, 'rounds');
  return {
    periodMs: numberAt(rounds, 'period'),
    phase: textAt(rounds, 'phase') as Rounds['phase'],
    missed: textAt(rounds, 'missed') as NonNullable<Rounds['missed']>,
  };
}
