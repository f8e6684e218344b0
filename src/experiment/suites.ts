/** Named sets of experiments. */

export interface Suite {
  readonly about: string;
  readonly experiments: readonly string[] | 'all';
  /** Runs the small size unless the command line says otherwise. */
  readonly quick: boolean;
}

export const suites: Readonly<Record<string, Suite>> = {
  tour: {
    about: 'what a newcomer should see first, at the quick size',
    experiments: ['push-rounds', 'fanout', 'rumour-mongering', 'topology', 'phi-threshold'],
    quick: true,
  },
  cassandra: {
    about: "the questions of Cassandra's operators, at the quick size",
    experiments: [
      'cassandra-convergence',
      'cassandra-detection',
      'cassandra-false-positives',
      'cassandra-gossip-stage',
      'cassandra-partition',
      'cassandra-one-way-loss',
      'cassandra-restart',
      'cassandra-start-storm',
      'cassandra-seeds',
      'cassandra-load',
    ],
    quick: true,
  },
  order: {
    about: 'order over gossip: what breaks, what keeping it costs, at the quick size',
    experiments: [
      'ordering',
      'overtaking',
      'causal-delivery',
      'short-vectors',
      'vector-clock-cost',
      'lww-clock-skew',
      'lww-clocks',
      'lww-ties',
      'scuttlebutt',
      'scuttlebutt-flow',
      'gossiped-load',
    ],
    quick: true,
  },
  all: { about: 'every experiment, at full size', experiments: 'all', quick: false },
};
