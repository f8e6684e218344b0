/** News in a Cassandra cluster: a new schema that one node publishes, and when the others have it. */
import { wholeNumber } from '../base/errors.ts';
import type { Link, Observer } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { type Coverage, coverage } from '../metrics/coverage.ts';
import { type CassandraMessage, SYN } from '../protocols/cassandra/messages.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';
import { cassandraCluster } from './cassandra-cluster.ts';

export interface NewsOptions {
  readonly n: number;
  /** So many pieces of news, each by another node; at most n. */
  readonly news: number;
  readonly options: CassandraOptions;
  readonly link: Link;
  readonly seed: string;
}

export interface News {
  /** Delays of the news, by number. */
  readonly spread: Coverage;
  /** Over the whole run, per node. */
  readonly synsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Of a SYN, with its header. */
  readonly synBytes: number;
}

const FIRST_MS = 10_000;
const APART_MS = 8_000;
/** The last one has more than the ring delay to be everywhere. */
const REST_MS = 32_000;

/** Not at whole seconds of the clock: publishers are at any place in their round, since phases are uniform. */
export function spreadNews({ n, news, options, link, seed }: NewsOptions): News {
  wholeNumber('news', 'news', news, 1, n);
  const spread = coverage({ n, rumours: news });
  const bill = billOf();
  const horizonMs = FIRST_MS + APART_MS * news + REST_MS;
  simulate({
    ...cassandraCluster(n, horizonMs, options, link),
    seed,
    workload: Array.from({ length: news }, (_, input) => ({
      atMs: FIRST_MS + APART_MS * input,
      node: n - 1 - (input % n),
      input,
    })),
    observers: [spread, bill],
  });
  const nodeSeconds = (n * horizonMs) / 1000;
  return {
    spread,
    synsPerSecond: bill.syns / nodeSeconds,
    bytesPerSecond: bill.bytes / nodeSeconds,
    synBytes: bill.synBytes / bill.syns,
  };
}

function billOf() {
  const bill = { syns: 0, synBytes: 0, bytes: 0 };
  const observer: Observer<CassandraMessage> = {
    onSend(_now, _from, _to, { kind }, bytes) {
      bill.bytes += bytes;
      if (kind !== SYN) return;
      bill.syns++;
      bill.synBytes += bytes;
    },
  };
  return Object.assign(bill, observer);
}
