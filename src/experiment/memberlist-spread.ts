/** News in a cluster of memberlist: an update, a member that joins, one that leaves. Times in ms. */
import { millis } from '../base/time.ts';
import {
  DELIVERED,
  FORGOTTEN,
  JOINED,
  type NodeId,
  type Observer,
  REMOVED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import {
  clusterScenario,
  type MemberlistCluster,
  START,
  START_MS,
  tenths,
} from './memberlist-setup.ts';

/** When those who were reached knew of a piece of news. */
export interface Spread {
  /** Ascending: when each observer that was reached knew. */
  readonly times: readonly number[];
  readonly missed: number;
  /** Of a join: until the contacted member knows; of a leave: until the call returns. */
  readonly callMs: number | null;
}

const WITHIN_MS = 20_000;

/** Updates, joins or removes a member of that cluster, and watches the news spread. */
export function memberlistSpread(
  cluster: MemberlistCluster,
  kind: 'update' | 'join' | 'leave',
): Spread {
  const { n } = cluster;
  const subject = n - 1;
  const watch = watchOf(kind, subject);
  const isJoin = kind === 'join';
  simulate({
    ...clusterScenario(
      cluster,
      { members: isJoin ? n - 1 : n, commands: [kind === 'leave' ? 'leave' : 'update'] },
      watch.observer,
    ),
    horizonMs: START_MS + WITHIN_MS,
    workload: isJoin ? [] : [{ atMs: START_MS, node: subject, input: 0 }],
    faults: isJoin
      ? [
          { atMs: 0, node: subject, kind: 'absent' },
          { atMs: START_MS, node: subject, kind: 'restart' },
        ]
      : [],
  });
  const [first] = watch.times;
  // A join counts from when the member that was contacted knows, and not by it.
  const times = isJoin ? watch.times.slice(1).map((time) => time - first) : watch.times;
  const targets = isJoin ? n - 2 : n - 1;
  return {
    times: times.map(tenths),
    missed: targets - times.length,
    callMs: isJoin ? tenths(first) : watch.callMs(),
  };
}

function watchOf(kind: 'update' | 'join' | 'leave', subject: NodeId) {
  const knows = { update: DELIVERED, join: JOINED, leave: FORGOTTEN }[kind];
  const times: number[] = []; // in order
  let callMs: number | null = null;
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, node, about) {
      const ms = millis(now - START);
      if (fact === REMOVED) callMs = tenths(ms);
      if (fact !== knows || node === subject) return;
      if (kind === 'update' || about === subject) times.push(ms);
    },
  };
  return { observer, times, callMs: () => callMs };
}
