/**
 * Of each pair, suspicion and trust alternate. The first of either is free: a protocol may begin with neither, as
 * Cassandra does with who has not answered yet. So it is after the subject was forgotten, or heard of again.
 */
import { DIED, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const suspicions: Invariant = {
  name: 'suspicions',
  about: 'SUSPECTED and TRUSTED alternate for each observer and subject, and nobody doubts itself',
  watch: ({ n }, tell) => watch(n, tell),
};

const ABOUT_NODES = [SUSPECTED, TRUSTED, JOINED, FORGOTTEN, DIED];

function watch(n: number, tell: Tell): Watch<unknown> {
  const trusts: Map<number, boolean>[] = Array.from({ length: n }, () => new Map()); // [node] whom
  return {
    onFact(now, fact, node, about) {
      if (!ABOUT_NODES.includes(fact)) return;
      if (!(about >= 0 && about < n)) tell(now, `node ${node} judges node ${about} of ${n}`);
      if (fact === JOINED || fact === FORGOTTEN) {
        trusts[node].delete(about);
        return;
      }
      const before = trusts[node].get(about);
      trusts[node].set(about, fact === TRUSTED);
      if (fact === SUSPECTED && about === node) tell(now, `node ${node} suspects itself`);
      if (fact === SUSPECTED && before === false)
        tell(now, `node ${node} suspects node ${about}, which it suspects already`);
      if (fact === TRUSTED && before === true)
        tell(now, `node ${node} trusts node ${about} again, which it did not suspect`);
    },
    onFault(_now, node, kind) {
      if (kind === 'restart') trusts[node].clear();
    },
  };
}
