/** A Cassandra cluster as a scenario, open to look into: for what facts and messages do not tell. */
import type { Link, Scenario } from '../engine/model.ts';
import { cassandraOn } from '../protocols/cassandra/cassandra.ts';
import { type Ground, groundOf } from '../protocols/cassandra/ground.ts';
import type { CassandraMessage } from '../protocols/cassandra/messages.ts';
import { type CassandraOptions, settingsOf } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';

export interface OpenCluster {
  /** For one run: the ground is the memory and the disks of its nodes. */
  readonly scenario: Omit<Scenario<CassandraMessage>, 'seed'>;
  readonly ground: Ground;
}

/** The scenario of a cluster of n nodes, without a seed, and the state that its nodes keep. */
export function openCluster(
  n: number,
  horizonMs: number,
  options: CassandraOptions,
  link?: Link,
): OpenCluster {
  const ground = groundOf(n, settingsOf(options, n));
  const scenario = cassandraCluster(n, horizonMs, options, link);
  return { scenario: { ...scenario, protocol: cassandraOn(ground, options) }, ground };
}
