/** About how many events a run of a scenario handles and how many bytes it takes: to plan with, not to believe. */
import { protocols } from '../../protocols/registry.ts';
import type { Group } from './read.ts';
import { groupAt, maybeGroup, numberAt } from './values.ts';

const NODE_BYTES = 2000;
const WINDOW_BYTES = 4; // a sample of an arrival window
const PAIR_BYTES: Readonly<Record<string, number>> = {
  ...{ heartbeat: 12, 'direct-heartbeats': 60, swim: 8, memberlist: 10, cassandra: 60 },
  ...{ scuttlebutt: 600, 'load-balancing': 8, ordering: 16 },
};
const WINDOW_SAMPLES = 1000;

const secondsOf = (scenario: Group): number => numberAt(scenario, 'duration') / 1000;

/** Messages and rounds: a few per node and period. Where tables are told, they take as long as their entries. */
export function eventsOf(scenario: Group): number {
  const n = numberAt(scenario, 'nodes');
  const { word, values } = groupAt(scenario, 'protocol');
  const period = numberAt(groupAt(scenario, 'rounds'), 'period') / 1000;
  const fanout = typeof values.fanout === 'number' ? values.fanout : 1;
  const told = word === 'cassandra' || word === 'scuttlebutt' ? Math.max(1, n / 100) : 1;
  const events = n * (secondsOf(scenario) / period) * (2 + fanout) * told;
  return protocols[word].family === 'broadcast' ? Math.min(events, 100 * n * fanout) : events;
}

export function bytesOf(scenario: Group): number {
  const n = numberAt(scenario, 'nodes');
  const { word } = groupAt(scenario, 'protocol');
  const judges = word === 'cassandra' || maybeGroup(scenario, 'detector') !== undefined;
  const samples = judges ? Math.min(WINDOW_SAMPLES, secondsOf(scenario)) : 0;
  return NODE_BYTES * n + n * n * ((PAIR_BYTES[word] ?? 0) + WINDOW_BYTES * samples);
}
