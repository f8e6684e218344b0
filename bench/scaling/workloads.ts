/** What grows with the population: five protocols under one load each, metrics switched on. */
import type { Micros } from '../../src/base/time.ts';
import {
  DIED,
  type Fact,
  type Observer,
  type Scenario,
  SUSPECTED,
} from '../../src/engine/model.ts';
import { cassandraCluster } from '../../src/experiment/cassandra-cluster.ts';
import { clusterScenario, START_MS } from '../../src/experiment/memberlist-setup.ts';
import { coverage } from '../../src/metrics/coverage.ts';
import { constant, uniform } from '../../src/network/latency.ts';
import { complete } from '../../src/network/overlay.ts';
import { push } from '../../src/protocols/broadcast/push.ts';
import { heartbeat } from '../../src/protocols/heartbeat/heartbeat.ts';
import { swim } from '../../src/protocols/swim/swim.ts';

export interface Workload {
  readonly name: string;
  /** What a run is, with its length: the caption of its figure and the remark of its law. */
  readonly what: string;
  readonly first: number; // the smallest population; each further one is twice as large
  readonly seconds: number; // that are simulated
  readonly scenario: (n: number) => Scenario<never>;
}

const SEED = 'scaling';
const ROUNDS = { periodMs: 1000, phase: 'random' } as const;

/** Counts what failure detectors say; as all meters of suspicion, it does without first news. */
function verdicts(): Observer & { count: number } {
  const meter = {
    count: 0,
    skipsFirstNews: true,
    onFact(_now: Micros, fact: Fact) {
      if (fact === SUSPECTED || fact === DIED) meter.count++;
    },
  };
  return meter;
}

/** A scenario of any messages: here it is only simulated. */
const scenario = <M>(it: Scenario<M>): Scenario<never> => it as unknown as Scenario<never>;

const heartbeats = (n: number, horizonMs: number): Scenario<never> =>
  scenario({
    ...{ seed: SEED, n, overlay: complete, rounds: ROUNDS, horizonMs },
    protocol: heartbeat({ failMs: 40_000 }),
    link: uniform({ minMs: 1, maxMs: 50 }),
    observers: [verdicts()],
  });

export const workloads: readonly Workload[] = [
  {
    name: 'push',
    what: 'push of one rumour, fanout 1, a round a second, latency 1 to 200 ms; 30 simulated seconds',
    first: 1000,
    seconds: 30,
    scenario: (n) =>
      scenario({
        ...{ seed: SEED, n, protocol: push(), overlay: complete, rounds: ROUNDS },
        link: uniform({ minMs: 1, maxMs: 200 }),
        workload: [{ atMs: 0, node: 0, input: 0 }],
        observers: [coverage({ n })],
        horizonMs: 30_000,
      }),
  },
  {
    name: 'heartbeat',
    what: 'heartbeat gossip, full tables, fanout 1, a round a second, T_fail 40 s; 60 simulated seconds from the start on',
    first: 500,
    seconds: 60,
    scenario: (n) => heartbeats(n, 60_000),
  },
  {
    name: 'heartbeat-unread',
    what: 'the same for 30 seconds: it ends before T_fail, and the tables are never read',
    first: 500,
    seconds: 30,
    scenario: (n) => heartbeats(n, 30_000),
  },
  {
    name: 'swim',
    what: 'SWIM, a period of a second, all members well; 30 simulated seconds',
    first: 500,
    seconds: 30,
    scenario: (n) =>
      scenario({
        ...{ seed: SEED, n, overlay: complete, rounds: ROUNDS, protocol: swim() },
        link: constant({ ms: 1 }),
        observers: [verdicts()],
        horizonMs: 30_000,
      }),
  },
  {
    name: 'memberlist',
    what: 'memberlist, its LAN preset, all members well; 30 simulated seconds',
    first: 500,
    seconds: 30,
    scenario: (n) =>
      scenario({
        ...clusterScenario({ n, variant: 'pp', seed: SEED }, {}, verdicts()),
        horizonMs: START_MS + 30_000,
      }),
  },
  {
    name: 'cassandra',
    what: 'Cassandra 4.1, arrival windows kept as sums; 30 simulated seconds',
    first: 125,
    seconds: 30,
    scenario: (n) =>
      scenario({
        ...cassandraCluster(n, 30_000, { version: '4.1', shortRun: true }),
        seed: SEED,
        observers: [verdicts()],
      }),
  },
];
