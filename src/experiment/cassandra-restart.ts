/** One node of a Cassandra cluster goes down and comes back: who sees whom UP, and when, and what "settled" is worth. */
import { quantile } from '../base/statistics.ts';
import { type Micros, millis } from '../base/time.ts';
import {
  JOINED,
  type Link,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { crash } from '../faults/crash.ts';
import { cassandraOn } from '../protocols/cassandra/cassandra.ts';
import { SHUTDOWN_ANNOUNCE_MS } from '../protocols/cassandra/constants.ts';
import { ALIVE, type Endpoints } from '../protocols/cassandra/endpoints.ts';
import { groundOf } from '../protocols/cassandra/ground.ts';
import { type CassandraOptions, settingsOf } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';
import { type Settled, settleReader } from './cassandra-settle.ts';

/** The node's last words: none, or a goodbye to all, and the end of the process 2 s later. */
export type Going = 'killed' | 'stopped';

export interface RestartOptions {
  readonly n: number;
  readonly options: CassandraOptions;
  readonly link: Link;
  readonly going: Going;
  /** The cluster's age when it goes; the last node. */
  readonly uptimeMs: number;
  /** From the end of the process to its new start. */
  readonly downMs: number;
  /** After the new start. */
  readonly watchMs: number;
  readonly seed: string;
}

/** Times in s since the new start; null: not within the time that was watched. */
export interface Restarted {
  /** Share of the others that said DOWN before the new start. */
  readonly convicted: number;
  /** The shadow round ends. */
  readonly gossip_s: number | null;
  /** From then until the first states of others are there. */
  readonly states_s: number | null;
  /** From the arrival of a peer's state until it is UP in the node's view, the first of the peers. */
  readonly echo_s: number | null;
  /** Share of the peers that are UP as fast as that one. */
  readonly at_once: number | null;
  readonly sees_all_s: number | null;
  /** From the end of the shadow round until the first, the median and the last of the others has the new generation. */
  readonly news_first_s: number | null;
  readonly news_median_s: number | null;
  readonly news_last_s: number | null;
  readonly seen_median_s: number | null;
  readonly seen_last_s: number | null;
  /** How long a peer saw it DOWN in all, mean of the peers. */
  readonly down_s: number | null;
  /** From the end of the process until a peer notices it, by DOWN or by the new life, mean of the peers. */
  readonly unnoticed_s: number | null;
  /** From the end of the shadow round. */
  readonly settle_s: number | null;
  /** Share of the peers that are UP in the node's view when it opens its ports. */
  readonly up_at_settle: number | null;
  /** Share of the peers that see the node UP then. */
  readonly seen_at_settle: number | null;
  /** s since the new start, ascending: UP in a peer's view; a peer UP in the node's. */
  readonly seenAt: readonly number[];
  readonly seesAt: readonly number[];
}

export function restartOne(run: RestartOptions): Restarted {
  const { n, options, link, going, uptimeMs, downMs, watchMs, seed } = run;
  const subject = n - 1;
  const endMs = uptimeMs + (going === 'stopped' ? SHUTDOWN_ANNOUNCE_MS : 0);
  const startMs = endMs + downMs;
  const withStop: CassandraOptions = { ...options, commands: [{ do: 'stop' }] };
  const ground = groundOf(n, settingsOf(withStop, n));
  const { endpoints } = ground;
  const views = watchOf(n, subject, { endMs, startMs });
  let shares = { up_at_settle: null as number | null, seen_at_settle: null as number | null };
  const reader = settleReader(endpoints, subject, () => {
    shares = sharesAt(endpoints, subject);
  });
  simulate({
    ...cassandraCluster(n, startMs + watchMs, withStop, link),
    protocol: cassandraOn(ground, withStop),
    seed,
    workload: going === 'stopped' ? [{ atMs: uptimeMs, node: subject, input: 0 }] : [],
    faults: crash({ nodes: [subject], atMs: endMs, restartMs: startMs }),
    stop: () => reader.settled() !== undefined && views.done(),
    observers: [reader, views],
  });
  return { ...views.measured(reader.settled()), ...shares };
}

function sharesAt(endpoints: Endpoints, subject: NodeId) {
  const others = Array.from({ length: endpoints.n - 1 }, (_, node) => node);
  const share = (pairOf: (other: NodeId) => number) =>
    others.filter((other) => endpoints.has(pairOf(other), ALIVE)).length / others.length;
  return {
    up_at_settle: share((other) => endpoints.pair(subject, other)),
    seen_at_settle: share((other) => endpoints.pair(other, subject)),
  };
}

/** Times are s since the new start. All but the last node are observers. */
function watchOf(
  n: number,
  subject: NodeId,
  { endMs, startMs }: { endMs: number; startMs: number },
) {
  const peers = n - 1;
  const blank = () => new Float64Array(peers).fill(Number.NaN);
  const states = blank(); // [peer] its state has come to the node
  const sees = blank(); // [peer] it is UP in the node's view
  const news = blank(); // [peer] it has the new generation
  const seen = blank(); // [peer] it sees the node UP
  const downSince = blank();
  const noticed = blank(); // [peer] the first DOWN after the end of the process, or the new generation
  const down = new Float64Array(peers);
  let convicted = 0;
  let seesUp = 0;
  let seenUp = 0;
  const since = (now: Micros) => (millis(now) - startMs) / 1000;

  const observer: Observer = {
    onFact(now, fact, node, about) {
      const s = since(now);
      if (about === subject && node < peers) {
        if (fact === SUSPECTED) {
          downSince[node] = s;
          if (Number.isNaN(noticed[node])) noticed[node] = s;
          if (s < 0) convicted++;
          else if (seen[node] >= 0) seenUp--;
          seen[node] = Number.NaN;
        } else if (fact === JOINED && s >= 0) {
          if (Number.isNaN(noticed[node])) noticed[node] = s;
          news[node] = s;
        } else if (fact === TRUSTED && s >= 0) {
          down[node] += s - downSince[node];
          seen[node] = s;
          seenUp++;
        }
      } else if (node === subject && s >= 0) {
        if (fact === JOINED) states[about] = s;
        else if (fact === TRUSTED) {
          sees[about] = s;
          seesUp++;
        } else if (fact === SUSPECTED) {
          sees[about] = Number.NaN;
          seesUp--;
        }
      }
    },
  };

  function measured(settled: Settled | undefined) {
    const gossip = settled === undefined ? null : (settled.gossipMs - startMs) / 1000;
    const [seesAt, seenAt, newsAt, statesAt] = [sees, seen, news, states].map(ascending);
    const of = (all: readonly number[], p: number) =>
      all.length < peers ? null : quantile(all, p);
    const newsOf = (p: number) => {
      const time = of(newsAt, p);
      return time === null || gossip === null ? null : time - gossip;
    };
    const echoes = ascending(sees.map((time, peer) => time - states[peer]));
    const first = echoes.length === 0 ? null : echoes[0];
    return {
      convicted: convicted / peers,
      gossip_s: gossip,
      states_s: gossip === null || statesAt.length === 0 ? null : statesAt[0] - gossip,
      echo_s: first,
      at_once: first === null ? null : echoes.filter((s) => s < first + 1e-6).length / peers,
      sees_all_s: of(seesAt, 1),
      news_first_s: newsOf(0),
      news_median_s: newsOf(0.5),
      news_last_s: newsOf(1),
      seen_median_s: of(seenAt, 0.5),
      seen_last_s: of(seenAt, 1),
      down_s: seenAt.length < peers ? null : meanOf(down),
      unnoticed_s: newsAt.length < peers ? null : meanOf(noticed) + (startMs - endMs) / 1000,
      settle_s: settled === undefined ? null : (settled.endMs - settled.gossipMs) / 1000,
      ...{ seenAt, seesAt },
    };
  }

  return { ...observer, done: () => seesUp === peers && seenUp === peers, measured };
}

const ascending = (times: Float64Array): number[] =>
  [...times].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
