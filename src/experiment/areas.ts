/** What an experiment is about, for those who look for one among many. */

interface Area {
  readonly name: string;
  /** Names of experiments, or their beginnings up to a `*`. */
  readonly experiments: readonly string[];
}

const AREAS: readonly Area[] = [
  {
    name: 'Broadcast',
    experiments: [
      ...['push-rounds', 'push-pull-rounds', 'fanout', 'fanout-threshold', 'rumour-mongering'],
      ...['anti-entropy', 'topology', 'loss-and-latency'],
    ],
  },
  {
    name: 'Heartbeats and failure detection',
    experiments: [
      ...['heartbeat-*', 'gossip-failure-detection', 'gossip-mistakes', 'false-positives', 'churn'],
      ...['partition-heal', 'detector-qos', 'nfd-chen', 'phi-threshold'],
    ],
  },
  { name: 'Cassandra', experiments: ['cassandra-*'] },
  {
    name: 'SWIM, Lifeguard and memberlist',
    experiments: [
      'swim-*',
      'lifeguard',
      'lifeguard-*',
      'memberlist-*',
      'gossip-storm',
      'partition-memory',
    ],
  },
  { name: 'State under load', experiments: ['scuttlebutt', 'scuttlebutt-*', 'gossiped-load'] },
  {
    name: 'Order',
    experiments: [
      ...['ordering', 'overtaking', 'causal-delivery', 'short-vectors', 'vector-clock-cost'],
      'lww-*',
    ],
  },
];

export const OTHER_AREA = 'Others';
export const SWEEP_AREA = 'Sweeps of scenarios';

/** Of all areas, in the order in which a reader meets them. */
export const AREA_NAMES: readonly string[] = [
  ...AREAS.map(({ name }) => name),
  OTHER_AREA,
  SWEEP_AREA,
];

/** An experiment of a user's own is among the others. */
export function areaOf(experiment: string): string {
  const belongs = (name: string) =>
    name.endsWith('*') ? experiment.startsWith(name.slice(0, -1)) : experiment === name;
  return AREAS.find(({ experiments }) => experiments.some(belongs))?.name ?? OTHER_AREA;
}
