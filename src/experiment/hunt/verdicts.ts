/** What nodes should not say of each other: that one that is up has failed. A node that is paused or slow is up. */
import { type Fact, type NodeId, SUSPECTED } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from '../../metrics/invariants/index.ts';
import { DEATHS } from '../scenario/meters-deaths.ts';

export const falseSuspicion: Invariant = {
  name: 'false-suspicion',
  about: 'a live node is suspected',
  watch: ({ n }, tell) => watch(n, tell, SUSPECTED, 'suspects'),
};

export const falseDeath = (protocol: string): Invariant => ({
  name: 'false-death',
  about: 'a live node is declared dead, or suspected where a protocol says no more',
  watch: ({ n }, tell) => watch(n, tell, DEATHS[protocol] ?? SUSPECTED, 'declares dead'),
});

function watch(n: number, tell: Tell, of: Fact, says: string): Watch<unknown> {
  const down = new Set<NodeId>();
  return {
    onFault(_now, node, kind) {
      if (kind === 'crash' || kind === 'absent') down.add(node);
      else if (kind === 'restart') down.delete(node);
    },
    onFact(now, fact, node, about) {
      const isWrong = fact === of && about !== node && about < n && !down.has(about);
      if (isWrong) tell(now, `node ${node} ${says} node ${about}, which is up`);
    },
  };
}
