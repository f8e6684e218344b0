/** A node hears a rumour for the first time once in each of its lives, and only such as were handed in. */
import { DELIVERED, DUPLICATE } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const rumours: Invariant = {
  name: 'rumours',
  about:
    'no rumour is heard before it was told to somebody, nor for the first time twice in a life',
  watch: ({ n, workload = [] }, tell) => watch(n, workload.length > 0, tell),
};

function watch(n: number, hasInputs: boolean, tell: Tell): Watch<unknown> {
  const told = new Set<number>(); // rumours that were handed in
  const ever: Set<number>[] = Array.from({ length: n }, () => new Set()); // [node] a database may survive
  const heard: Set<number>[] = Array.from({ length: n }, () => new Set()); // [node] in its life
  return {
    onInput: (_now, _node, input) => void told.add(input),
    onFact(now, fact, node, about) {
      if (fact === DELIVERED) {
        if (hasInputs && !told.has(about))
          tell(now, `node ${node} hears rumour ${about}, which nobody was told`);
        if (heard[node].has(about))
          tell(now, `node ${node} hears rumour ${about} for the first time twice`);
        heard[node].add(about);
        ever[node].add(about);
      } else if (fact === DUPLICATE && !ever[node].has(about)) {
        tell(now, `node ${node} hears rumour ${about} again, but never did before`);
      }
    },
    onFault(_now, node, kind) {
      if (kind === 'restart') heard[node].clear();
    },
  };
}
