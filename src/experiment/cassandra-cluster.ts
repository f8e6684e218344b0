/** A Cassandra cluster as a scenario: what all experiments about it share. */
import type { Link, Scenario } from '../engine/model.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';
import { cassandra } from '../protocols/cassandra/cassandra.ts';
import type { CassandraMessage } from '../protocols/cassandra/messages.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';

/** One way within a datacentre. */
const LAN = constant({ ms: 0.5 });
/** IPv4 and TCP. */
const HEADER_BYTES = 40;

/**
 * Rounds are the protocol's own timers. All nodes are members that run at time 0 unless `members` says otherwise: their
 * arrival windows then hold nothing but the first sample of 2 s, so give them time before you measure.
 */
export const cassandraCluster = (
  n: number,
  horizonMs: number,
  options: CassandraOptions,
  link: Link = LAN,
): Omit<Scenario<CassandraMessage>, 'seed'> => ({
  n,
  protocol: cassandra(options),
  link,
  overlay: complete,
  headerBytes: HEADER_BYTES,
  horizonMs,
});

/** For the estimate before the start: about what `seconds` of a cluster cost, in events of some 100 ns. */
export const clusterEvents = (n: number, seconds: number): number => n * seconds * (10 + n);

/** About what a cluster takes with windows kept as sums (`shortRun`), or whole. */
export const clusterBytes = (n: number, windows: 'sums' | 'whole' = 'sums'): number =>
  10_000_000 + n * n * (windows === 'sums' ? 60 : 4060);
