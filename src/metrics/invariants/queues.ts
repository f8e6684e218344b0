/** Jobs and writes: what is served was placed, what is applied was issued. */
import { APPLIED, ISSUED, PLACED, SERVED } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const queues: Invariant = {
  name: 'queues',
  about: 'a server serves what was placed in its queue, and tells how many are left',
  watch: ({ n }, tell) => watchQueues(n, tell),
};

function watchQueues(n: number, tell: Tell): Watch<unknown> {
  const length = new Int32Array(n); // [node]
  return {
    onFault(_now, node, kind) {
      if (kind === 'restart') length[node] = 0; // what was there, or was sent there meanwhile, is gone
    },
    onFact(now, fact, node, about) {
      if (fact === PLACED) length[node]++;
      if (fact === SERVED && --length[node] !== about)
        tell(
          now,
          `node ${node} has ${about} jobs left; ${length[node]} were placed and not served`,
        );
    },
  };
}

export const writes: Invariant = {
  name: 'writes',
  about: 'a write is issued once, and applied after that',
  watch: (_scenario, tell) => watchWrites(tell),
};

function watchWrites(tell: Tell): Watch<unknown> {
  const issued = new Set<number>();
  return {
    onFact(now, fact, node, about) {
      if (fact === APPLIED && !issued.has(about))
        tell(now, `node ${node} applies write ${about}, which was not issued`);
      if (fact !== ISSUED) return;
      if (issued.has(about)) tell(now, `write ${about} is issued twice`);
      issued.add(about);
    },
  };
}
