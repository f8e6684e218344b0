/** Questions about the examples, whose answers are goldens. */
import { readFileSync } from 'node:fs';
import { explain, questionOf } from '../../../../src/experiment/scenario/explain/index.ts';
import { loadScenario } from '../../../../src/experiment/scenario/index.ts';

const FOLDER = new URL('../../../../experiments/scenarios/', import.meta.url);

export interface Case {
  readonly name: string;
  readonly file: string;
  readonly what: string;
  readonly set?: readonly string[];
  readonly by?: string;
  readonly when?: string;
  readonly replicate?: number;
}

export const CASES: readonly Case[] = [
  { name: 'swim-pause', file: 'pause', what: 'suspected 5' },
  { name: 'swim-loss', file: 'swim', what: 'dead 3', replicate: 1 },
  { name: 'memberlist-crash', file: 'memberlist', what: 'dead 5', by: '3' },
  { name: 'cassandra-crash', file: 'cassandra', what: 'dead 5', by: '3' },
  {
    name: 'heartbeat-loss',
    file: 'heartbeat',
    what: 'dead 4',
    set: ['loss=0.3', 'protocol.failMs=7s', 'duration=10s', 'faults=[]'],
  },
  {
    name: 'direct-loss',
    file: 'direct-heartbeats',
    what: 'dead 4',
    set: ['detector.phi=1', 'duration=60s', 'faults=[]'],
  },
  {
    name: 'unreached-partition',
    file: 'partition',
    what: 'unreached 25 of 0',
    set: ['duration=19s'],
  },
  { name: 'reached', file: 'push', what: 'reached 31' },
  { name: 'not-dead', file: 'cassandra', what: 'not-dead 5', set: ['duration=65s'] },
  { name: 'did-not-happen', file: 'pause', what: 'dead 5' },
];

export function asked({ file, set = [], what, by, when, replicate = 0 }: Case) {
  const text = readFileSync(new URL(`${file}.yaml`, FOLDER), 'utf8');
  const { scenario } = loadScenario(text, file, set);
  const question = questionOf({ what, by, when }, Number(scenario.values.nodes));
  return { explained: explain(scenario, 'hearsay', replicate, question), question };
}
