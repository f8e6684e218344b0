/** Runs about the seeds of a Cassandra cluster: SYNs that they get, a cluster from nothing, a start without any seed. */
import { Stream } from '../base/stream.ts';
import { millis } from '../base/time.ts';
import {
  type Fault,
  FORGOTTEN,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { inOrder } from '../faults/schedule.ts';
import { INTERVAL_MS } from '../protocols/cassandra/constants.ts';
import { ROUND } from '../protocols/cassandra/life.ts';
import { type CassandraMessage, SYN } from '../protocols/cassandra/messages.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';

const firstNodes = (count: number): NodeId[] => Array.from({ length: count }, (_, node) => node);

// ---- SYNs in a healthy cluster ----

export interface LoadOptions {
  readonly n: number;
  /** Nodes 0 .. seeds-1. */
  readonly seeds: number;
  readonly version: CassandraOptions['version'];
  readonly seconds: number;
  readonly seed: string;
}

/** SYNs that arrive per second, mean of the seeds, of the others and of all. */
export interface SynsMeasured {
  readonly seed_syns: number;
  readonly other_syns: number | null;
  readonly all_syns: number;
}

export function countSyns({ n, seeds, version, seconds, seed }: LoadOptions): SynsMeasured {
  const warmUpMs = 2000;
  let toSeeds = 0;
  let toOthers = 0;
  simulate<CassandraMessage>({
    ...cassandraCluster(n, warmUpMs + seconds * 1000, {
      ...{ version, seeds: firstNodes(seeds), shortRun: true },
    }),
    seed,
    observers: [
      {
        onSend(now, _from, to, message) {
          if (message.kind !== SYN || millis(now) < warmUpMs) return;
          if (to < seeds) toSeeds++;
          else toOthers++;
        },
      },
    ],
  });
  return {
    seed_syns: toSeeds / seeds / seconds,
    other_syns: seeds === n ? null : toOthers / (n - seeds) / seconds,
    all_syns: (toSeeds + toOthers) / n / seconds,
  };
}

// ---- a cluster from nothing ----

export interface FormOptions {
  readonly n: number;
  readonly options: CassandraOptions;
  /** [node] when it starts. */
  readonly startsMs: readonly number[];
  readonly horizonMs: number;
  /** Sides of which to tell how many pairs across have met; default: none. */
  readonly side?: (node: NodeId) => number;
  readonly seed: string;
}

/** When nodes start, ms: all at random within a second, or the seeds so long before the others. */
export function startTimes(n: number, seeds: number, seedsFirstMs: number, seed: string): number[] {
  const draws = new Stream(seed, 'starts', n);
  return firstNodes(n).map((node) => 1000 * draws.draw(node) + (node < seeds ? 0 : seedsFirstMs));
}

/** s since the last node has started; null: not within the horizon. */
export interface Formed {
  readonly half_s: number | null;
  readonly all_s: number | null;
  /** Share of the ordered pairs of which one sees the other UP, at the end. */
  readonly met: number;
  /** The same of the pairs across. */
  readonly across: number | null;
}

export function formCluster(run: FormOptions): Formed {
  const { n, options, startsMs, horizonMs, side, seed } = run;
  const lastMs = Math.max(...startsMs);
  const pairs = n * (n - 1);
  const views = viewsOf(n);
  let half: number | null = null;
  const whenHalf: Observer = {
    onFact(now) {
      if (half === null && views.count() >= pairs / 2) half = (millis(now) - lastMs) / 1000;
    },
  };
  const { end } = simulate({
    ...cassandraCluster(n, horizonMs, { ...options, members: 0 }),
    seed,
    faults: inOrder(startsMs.flatMap(lateStart)),
    stop: () => views.count() === pairs,
    observers: [views, whenHalf],
  });
  return {
    half_s: half,
    all_s: views.count() === pairs ? (millis(end) - lastMs) / 1000 : null,
    met: views.count() / pairs,
    across: side === undefined ? null : views.across(side),
  };
}

const lateStart = (atMs: number, node: NodeId): Fault[] => [
  { atMs: 0, node, kind: 'absent' },
  { atMs, node, kind: 'restart' },
];

/** Who sees whom UP. */
function viewsOf(n: number) {
  const up = new Uint8Array(n * n);
  let count = 0;
  const set = (pair: number, value: 0 | 1) => {
    count += value - up[pair];
    up[pair] = value;
  };
  const observer: Observer = {
    onFact(_now, fact, node, about) {
      if (fact === TRUSTED) set(node * n + about, 1);
      else if (fact === SUSPECTED || fact === FORGOTTEN) set(node * n + about, 0);
    },
    onFault(_now, node, kind) {
      if (kind !== 'restart') return;
      for (let about = 0; about < n; about++) set(node * n + about, 0);
    },
  };
  return {
    ...observer,
    count: () => count,
    sees: (node: NodeId, about: NodeId) => up[node * n + about] === 1,
    across(side: (node: NodeId) => number) {
      let met = 0;
      let all = 0;
      for (let node = 0; node < n; node++) {
        for (let about = 0; about < n; about++) {
          if (side(node) === side(about)) continue;
          all++;
          met += up[node * n + about];
        }
      }
      return met / all;
    },
  };
}

// ---- all seeds are down ----

/**
 * Who starts: a node with an empty disk; one that was a member; with an empty disk a seed by its own list alone, or by the
 * lists of all.
 */
export type Starter = 'new' | 'known' | 'own seed' | 'seed of all';

export interface LonelyOptions {
  readonly n: number;
  readonly seeds: number;
  readonly starter: Starter;
  readonly version: CassandraOptions['version'];
  readonly seed: string;
}

/** s since its start. */
export interface Lonely {
  /** Its gossip starts. */
  readonly gossip_s: number | null;
  readonly syns: number;
  readonly last_syn_s: number | null;
  /** Share of the nodes that are up that it sees UP before a seed comes back. */
  readonly met_before: number;
  /** From the return of a seed until it sees all UP that are. */
  readonly healed_s: number | null;
}

const STARTS_MS = 20_000;
const RETURNS_MS = 120_000;
const ENDS_MS = 180_000;

/** The last node starts while all seeds, the nodes before it, are down; one of them comes back. */
export function startWithoutSeeds({ n, seeds, starter, version, seed }: LonelyOptions): Lonely {
  const node = n - 1;
  const down = Array.from({ length: seeds }, (_, i) => n - 2 - i);
  const lists = (of: NodeId) =>
    starter === 'seed of all' || (starter === 'own seed' && of === node) ? [node, ...down] : down;
  const isUp = (other: NodeId) => other < n - 1 - seeds;
  const views = viewsOf(n);
  const seen = (also: readonly NodeId[]) => {
    const up = firstNodes(n).filter((other) => isUp(other) || also.includes(other));
    return up.filter((other) => views.sees(node, other)).length / up.length;
  };
  let gossip: number | null = null;
  let syns = 0;
  let lastSyn: number | null = null;
  let before = Number.NaN;
  let healed: number | null = null;
  const since = (now: number) => (millis(now) - STARTS_MS) / 1000;
  const observer: Observer<CassandraMessage> = {
    onTimer(now, at, tag) {
      if (at === node && tag === ROUND && since(now) > 0)
        gossip ??= since(now) - INTERVAL_MS / 1000;
    },
    onSend(now, from, _to, { kind }) {
      if (from !== node || kind !== SYN || since(now) < 0 || gossip !== null) return;
      syns++;
      lastSyn = since(now);
    },
    onFault(now) {
      if (millis(now) === RETURNS_MS) before = seen([]);
    },
    onFact(now) {
      if (millis(now) > RETURNS_MS && healed === null && seen([down[0]]) === 1) {
        healed = (millis(now) - RETURNS_MS) / 1000;
      }
    },
  };
  const wasMember = starter === 'known';
  const faults: Fault[] = [
    ...(wasMember ? [] : [{ atMs: 0, node, kind: 'absent' } as const]),
    ...down.map((other): Fault => ({ atMs: 10_000, node: other, kind: 'crash' })),
    ...(wasMember ? [{ atMs: 10_000, node, kind: 'crash' } as const] : []),
    { atMs: STARTS_MS, node, kind: 'restart' },
    { atMs: RETURNS_MS, node: down[0], kind: 'restart' },
  ];
  simulate({
    ...cassandraCluster(n, ENDS_MS, {
      ...{ version, seeds: lists, members: wasMember ? n : n - 1, shortRun: true },
    }),
    seed,
    faults,
    stop: () => healed !== null,
    observers: [views, observer],
  });
  return {
    ...{ gossip_s: gossip, syns, last_syn_s: lastSyn },
    ...{ met_before: before, healed_s: healed },
  };
}
