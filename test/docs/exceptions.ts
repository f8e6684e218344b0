/** Commands of the documentation that are not run as they stand, and why. A test names those that are not there any more. */

/** 'options': its words are read by the real parser. 'dry-run': it is run with --dry-run as well. */
export type Instead = 'options' | 'dry-run';

const HOURS = 'takes from minutes to hours; the experiments have tests of their own';
const OTHERS = 'needs files of another machine, or of the reader';
const REDIS = 'needs a Redis server; test/experiment/redis/ has one';

export const INSTEAD: Readonly<Record<string, readonly [Instead, why: string]>> = {
  'npx hearsay run fanout --set fanout=2,3 --set n=5000 --replicates 50': ['dry-run', HOURS],
  'npx hearsay run cassandra': ['dry-run', HOURS],
  'npx hearsay run order': ['dry-run', HOURS],
  'npx hearsay run all': ['options', HOURS],
  'npx hearsay reproduce': ['options', HOURS],
  'npx hearsay bench merge heartbeat detectors': [
    'options',
    'times would be of a busy machine; test/bench/ runs it small',
  ],
  'npx hearsay simulate cluster.yaml --precision 5%': ['options', HOURS],
  'npx hearsay sweep cluster.yaml --over protocol.threshold=6,8,10,12 --over nodes=25,50,100': [
    'dry-run',
    HOURS,
  ],
  'npx hearsay tune cluster.yaml --over protocol.threshold=5,6,8,10,12,16': ['options', HOURS],
  'npx hearsay run fanout --shard 1/2': ['dry-run', HOURS],
  'npx hearsay run fanout --shard 2/2': ['dry-run', HOURS],
  'npx hearsay collect results': ['options', OTHERS],
  'npx hearsay collect results copy-of-b': ['options', OTHERS],
  'npx hearsay worker --redis redis://10.0.0.1:6379': ['options', REDIS],
  'npx hearsay run all --redis redis://10.0.0.1:6379': ['options', REDIS],
};

/** A second of CPU time and more each: run by `npm run test:full` only. */
export const SLOW: readonly string[] = [
  'npx hearsay tune experiments/scenarios/tune-cassandra.yaml --set nodes=200 --set faults.0.lasts=5s --over protocol.threshold=5,6,8,10,12 --replicates 3 --out answer',
  'npx hearsay tune experiments/scenarios/false-deaths.yaml --over protocol.suspicionMult=2,4,6,8',
  "npx hearsay explain rumour.yaml --what 'unreached 12' --search 20",
  'npx hearsay list',
  'npx hearsay run cassandra',
  'npx hearsay run order',
  'npx hearsay run fanout --shard 2/2',
  'npx hearsay sweep cluster.yaml --over protocol.threshold=6,8,10,12 --over nodes=25,50,100',
  'npx hearsay run fanout --quick',
  'npx hearsay simulate cluster.yaml --replicates 20',
  'npx hearsay compare cluster.yaml --b-set protocol.threshold=12',
  "npx hearsay find experiments/scenarios/infect-and-die.yaml --axis loss=0..0.9 --where 'unreached_frac <= 5%'",
  'npx hearsay hunt cluster.yaml --for false-death',
  'npx hearsay sweep rumour.yaml --over protocol.fanout=4..12:5 --measure reached_all --replicates 100',
  "npx hearsay find rumour.yaml --set protocol.fanout=8 --axis loss=0..0.6 --where 'reached_all >= 50%' --precision 0.05",
  'npx hearsay sweep rumour.yaml --over protocol.fanout=1..12 --over loss=0,0.1,0.3 --measure reached_all --replicates 100 --out answer',
  'npx hearsay run ./burst.mjs --quick',
  'npx hearsay run ./burst.mjs',
  'npx hearsay tune experiments/scenarios/tune-cassandra.yaml --set nodes=200 --set faults.0.lasts=5s --over protocol.threshold=5,6,8,10,12 --replicates 3',
  'npx hearsay run cassandra-false-positives --quick',
  'npx hearsay compare experiments/scenarios/tune-cassandra.yaml --set nodes=50 --set protocol.threshold=8 --b-set protocol.version=5.0 --replicates 4',
  'npx hearsay run cassandra-seeds --quick',
  'npx hearsay run cassandra-partition --quick',
  'npx hearsay run cassandra-gossip-stage --quick',
  "npx hearsay find experiments/scenarios/memberlist.yaml --set loss=0 --axis latency.value=10ms..800ms --where 'mistakes_per_pair_h <= 1' --precision 50ms",
  "npx hearsay find experiments/scenarios/memberlist.yaml --axis loss=0..0.5 --where 'mistakes_per_pair_h <= 1' --precision 0.05 --max-replicates 200",
  'npx hearsay run gossip-storm --quick',
  'npx hearsay run partition-memory --quick',
];

/** What is not the command line of hearsay, and why it is not run. */
export const FOREIGN: Readonly<Record<string, string>> = {
  'npm ci && npm start':
    'the machine that runs the tests has done the first; test/cli has the tour',
  'npm ci && npm test': 'this is what runs now',
  '/usr/bin/time -v node rounds.mjs 10000 20': 'minutes; the script runs small',
  'apt-get install gcc libtestu01-0-dev': 'changes the machine',
  'npm run bench:crush': 'needs TestU01; test/bench/crush tests the orders of draws',
  'npm run bench:crush -- --battery crush --order run': 'as above',
  'npm run bench:crush -- --order seeds --seed again': 'as above',
};

/** What scripts of the documentation are given, where they want something. */
export const WITH: Readonly<Record<string, readonly string[]>> = {
  'rounds.mjs': ['50', '5'],
  'cassandra.mjs': ['10', '30', 'sums'],
};
