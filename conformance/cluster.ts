/** A whole cluster, simulated, and what happened in it. */
import { micros } from '../src/base/time.ts';
import { type Fault, type Input, type Link, LOST, type NodeId } from '../src/engine/model.ts';
import { simulate } from '../src/engine/simulate.ts';
import { complete } from '../src/network/index.ts';
import { cassandraOn } from '../src/protocols/cassandra/cassandra.ts';
import { ALIVE, LIVE } from '../src/protocols/cassandra/endpoints.ts';
import { type Ground, groundOf } from '../src/protocols/cassandra/ground.ts';
import { type CassandraOptions, settingsOf } from '../src/protocols/cassandra/options.ts';
import type { GossipEvent } from '../src/protocols/cassandra/world.ts';

/** One way; far below the second between rounds. */
export const LATENCY_MS = 1;

export interface ClusterEvent {
  readonly atMs: number;
  readonly event: GossipEvent;
  readonly node: NodeId;
  readonly subject: NodeId;
  readonly wasAlive: boolean;
  /** Since the last report of the subject, and mean of the window, at the observer and at that time. */
  readonly silenceMs: number;
  readonly meanMs: number;
}

export interface Cluster {
  readonly nodes: number;
  readonly seed: string;
  readonly options: CassandraOptions;
  readonly horizonMs: number;
  readonly faults?: readonly Fault[];
  readonly workload?: readonly Input[];
  /** Messages that never arrive. */
  readonly loses?: (from: NodeId, to: NodeId, nowMs: number) => boolean;
  /** Hears of each report to the detector that ends an interval. */
  readonly onInterval?: (nowMs: number, intervalMs: number) => void;
}

export interface Story {
  readonly events: readonly ClusterEvent[];
  /** At the end. */
  readonly sees: (node: NodeId, subject: NodeId) => 'UP' | 'DOWN' | 'limbo';
}

export function runCluster(cluster: Cluster): Story {
  const { nodes, options, onInterval } = cluster;
  const ground = groundOf(nodes, settingsOf(options, nodes));
  const { endpoints, detector } = ground;
  const { windows } = detector;
  const events: ClusterEvent[] = [];
  let now = 0;
  if (onInterval !== undefined) listen(ground, onInterval);
  simulate({
    seed: cluster.seed,
    n: nodes,
    protocol: (env) =>
      cassandraOn(ground, options, (event, node, subject, wasAlive) => {
        now = env.now();
        const pair = endpoints.pair(node, subject);
        const silenceMs = (now - windows.last[pair]) / 1000;
        const meanMs = windows.mean(pair) / 1000;
        events.push({ atMs: now / 1000, event, node, subject, wasAlive, silenceMs, meanMs });
      })(env),
    link: linkOf(cluster),
    overlay: complete,
    horizonMs: cluster.horizonMs,
    faults: cluster.faults ?? [],
    workload: cluster.workload ?? [],
  });
  const sees: Story['sees'] = (node, subject) => {
    const pair = endpoints.pair(node, subject);
    if (endpoints.has(pair, ALIVE)) return 'UP';
    return endpoints.has(pair, LIVE) ? 'limbo' : 'DOWN';
  };
  return { events, sees };
}

function linkOf({ loses }: Cluster): Link {
  const delay = micros(LATENCY_MS);
  return () => ({ delay: (from, to, now) => (loses?.(from, to, now / 1000) ? LOST : delay) });
}

function listen({ detector }: Ground, onInterval: NonNullable<Cluster['onInterval']>): void {
  const { windows } = detector;
  windows.heard = (pair, now) => {
    if (windows.has(pair)) onInterval(now / 1000, (now - windows.last[pair]) / 1000);
  };
}
