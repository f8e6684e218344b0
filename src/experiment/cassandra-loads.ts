/** A Cassandra cluster whose loads wander, and what its nodes believe of them. */
import type { Link, Scenario } from '../engine/model.ts';
import { type LoadView, loadView } from '../metrics/load-view.ts';
import { LOAD } from '../protocols/cassandra/application-state.ts';
import { cassandraOn } from '../protocols/cassandra/cassandra.ts';
import { groundOf } from '../protocols/cassandra/ground.ts';
import type { CassandraMessage } from '../protocols/cassandra/messages.ts';
import { type CassandraOptions, settingsOf } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';
import { randomWalk } from './random-walk.ts';

/** A cluster whose nodes publish their load now and then. */
export interface LoadedCluster {
  readonly n: number;
  readonly seed: string;
  /** All but the load, whose changes have a standard deviation of 1 after a second. */
  readonly options: Omit<CassandraOptions, 'load'>;
  readonly link: Link;
  readonly fromMs: number;
  readonly everyMs: number;
  readonly untilMs: number;
}

/** Its scenario, and an observer of what nodes believe of the loads of others. */
export function loadedCluster(cluster: LoadedCluster): {
  readonly scenario: Scenario<CassandraMessage>;
  readonly view: LoadView;
} {
  const { n, seed, link, fromMs, everyMs, untilMs } = cluster;
  const values: (string | undefined)[] = []; // [set of states, in the book] its LOAD: sets never change
  const view = loadView({
    ...{ n, fromMs, everyMs, untilMs },
    load: randomWalk(seed, n, 1),
    believed(observer, subject) {
      const set = endpoints.states[observer * n + subject];
      return (values[set] ??= endpoints.book.value(set, LOAD));
    },
  });
  const options: CassandraOptions = { ...cluster.options, load: view.publish };
  const ground = groundOf(n, settingsOf(options, n));
  const { endpoints } = ground;
  const scenario = {
    ...cassandraCluster(n, untilMs, options, link),
    protocol: cassandraOn(ground, options),
    seed,
    observers: [view],
  };
  return { scenario, view };
}
