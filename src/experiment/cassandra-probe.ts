/** A Cassandra cluster that can be looked into: each interval between detector reports, and the windows they go into. */
import { type Micros, millis } from '../base/time.ts';
import type { Link, NodeId, Scenario } from '../engine/model.ts';
import type { CassandraMessage } from '../protocols/cassandra/messages.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';
import { openCluster } from './cassandra-ground.ts';

/** An arrival window, at the time of the question. */
export interface WindowView {
  /** The last report, ms. */
  readonly lastMs: number;
  readonly meanMs: number;
  readonly samples: number;
}

/** A scenario to be run once with its observers, and what they have seen. */
export interface CassandraProbe {
  readonly scenario: Omit<Scenario<CassandraMessage>, 'seed'>;
  /** What the observer's detector has of the subject. */
  window(observer: NodeId, subject: NodeId): WindowView;
}

export interface ProbeOptions {
  readonly n: number;
  readonly horizonMs: number;
  readonly options: CassandraOptions;
  readonly link?: Link;
  /** Each report that ends an interval, recorded as a sample or not. */
  readonly onInterval?: (now: Micros, interval: Micros) => void;
}

/** For one run. */
export function cassandraProbe(probe: ProbeOptions): CassandraProbe {
  const { n, horizonMs, options, link, onInterval } = probe;
  const { scenario, ground } = openCluster(n, horizonMs, options, link);
  const { windows } = ground.detector;
  if (onInterval !== undefined) {
    windows.heard = (pair, now) => {
      if (windows.has(pair)) onInterval(now, now - windows.last[pair]);
    };
  }
  return {
    scenario,
    window(observer, subject) {
      const pair = ground.endpoints.pair(observer, subject);
      return {
        lastMs: millis(windows.last[pair]),
        meanMs: millis(windows.mean(pair)),
        samples: windows.samples.count(pair),
      };
    },
  };
}
