/**
 * Nobody hears of lives that were not: JOINED comes once for each life of its subject, at most. A node that is absent at
 * the start may have been a member before the run.
 */
import { FORGOTTEN, JOINED } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const newcomers: Invariant = {
  name: 'newcomers',
  about: 'JOINED comes at most once per life of its subject, unless that was forgotten',
  watch: ({ n }, tell) => watch(n, tell),
};

function watch(n: number, tell: Tell): Watch<unknown> {
  const lives = new Int32Array(n).fill(1); // [node] begun so far
  const heard: Map<number, number>[] = Array.from({ length: n }, () => new Map()); // [node] subject -> lives
  return {
    onFault(_now, node, kind) {
      if (kind !== 'restart') return;
      lives[node]++;
      heard[node].clear();
    },
    onFact(now, fact, node, about) {
      if (fact === FORGOTTEN) heard[node].delete(about);
      if (fact !== JOINED) return;
      const times = (heard[node].get(about) ?? 0) + 1;
      heard[node].set(about, times);
      if (times > lives[about])
        tell(
          now,
          `node ${node} hears of ${times} lives of node ${about}, which has had ${lives[about]}`,
        );
    },
  };
}
