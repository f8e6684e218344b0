/** Where a replicate takes place: how its nodes lie to each other, and which pairs are cut off when. For pictures of it. */
import { micros } from '../../base/time.ts';
import type { Neighbours, NodeId } from '../../engine/model.ts';
import { streamsOf } from '../../engine/streams.ts';
import type { Cut, Placement } from '../../network/index.ts';
import { replicateSeed } from '../seeds.ts';
import { scenarioOf } from './build.ts';
import { cutsIn } from './build-cuts.ts';
import type { Group } from './read.ts';
import { groupAt, groupsAt, maybeNumber, numberAt } from './values.ts';

export interface Place {
  readonly graph: Graph;
  /** Runs of consecutive nodes; absent: there are none. */
  readonly zones?: Required<Placement>;
  /** Those of the run's links, by their beginning. */
  readonly cuts: readonly CutOff[];
  /** `NODE TIME` (microseconds) at which a slow node is quick again: observers hear of both changes alike. */
  readonly quickAgain: ReadonlySet<string>;
}

/** Who may gossip with whom: everybody with everybody where no neighbours are given. */
export interface Graph {
  readonly name: string;
  readonly width?: number; // of a grid
  readonly neighbours?: Neighbours;
}

/** Between `start` and `end` (microseconds, Infinity: never healed) nothing goes from the side to the others, nor back. */
export interface CutOff {
  readonly start: number;
  readonly end: number;
  /** Only what the side sends is lost. */
  readonly oneWay: boolean;
  readonly side: readonly NodeId[];
}

/** Of the run that `runReplicate` makes of the same three: its graph and its sides are drawn from the same streams. */
export function placeOf(scenario: Group, seed: string, replicate: number): Place {
  const runSeed = replicateSeed(seed, replicate);
  const n = numberAt(scenario, 'nodes');
  const fresh = () => streamsOf(runSeed, n);
  const { overlay, faults } = scenarioOf(scenario, runSeed);
  const planned = typeof faults === 'function' ? faults(fresh()) : (faults ?? []);
  const zones = zonesOf(scenario);
  const { word, values } = groupAt(scenario, 'overlay');
  const isComplete = word === 'complete' || word === 'datacentres';
  return {
    graph: {
      name: word,
      ...(word === 'grid' ? { width: values.width as number } : {}),
      ...(isComplete ? {} : { neighbours: overlay(fresh()) }),
    },
    ...(zones === undefined ? {} : { zones }),
    cuts: cutsIn(groupsAt(scenario, 'partitions'), fresh())
      .map(cutOff)
      .sort((a, b) => a.start - b.start),
    quickAgain: new Set(
      planned.flatMap((fault) =>
        fault.kind === 'slow' && fault.serviceMs === 0
          ? [`${fault.node} ${micros(fault.atMs)}`]
          : [],
      ),
    ),
  };
}

const cutOff = ({ from, startMs, endMs = Infinity, oneWay = false }: Cut): CutOff => ({
  ...{ start: micros(startMs), end: micros(endMs), oneWay },
  side: from as readonly NodeId[],
});

/** Of the overlay, else of the latencies, else those that lose their power together. */
function zonesOf(scenario: Group): Required<Placement> | undefined {
  const [overlay, latency] = [groupAt(scenario, 'overlay'), groupAt(scenario, 'latency')];
  for (const group of [overlay, latency]) {
    if (group.word !== 'datacentres') continue;
    return { datacentres: numberAt(group, 'datacentres'), racks: numberAt(group, 'racks') };
  }
  if (latency.word === 'matrix')
    return { datacentres: (latency.values.rows as readonly unknown[]).length, racks: 1 };
  const outage = groupsAt(scenario, 'faults').find(({ word }) => word === 'outage');
  const zones = outage && maybeNumber(outage, 'zones');
  return zones === undefined ? undefined : { datacentres: zones, racks: 1 };
}
