/** Who wrongly suspects whom at present: pairs in which a live observer suspects a live subject, or has dropped it. */
import {
  FORGOTTEN,
  JOINED,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';

/** Asked during the run: how many pairs are wrong at present. */
export interface WrongPairs extends Observer {
  /** How many there are. */
  readonly count: number;
}

/** For nodes that do not restart. Memory: an entry of a set per suspicion that is not taken back. */
export function wrongPairs(n: number): WrongPairs {
  const down = new Set<NodeId>();
  const suspected = new Set<number>(); // observer * n + subject, both up
  return {
    get count() {
      return suspected.size;
    },
    skipsFirstNews: true,
    onFact(_now, fact, observer, subject) {
      if (down.has(observer) || down.has(subject)) return;
      const pair = observer * n + subject;
      if (fact === SUSPECTED || fact === FORGOTTEN) suspected.add(pair);
      else if (fact === TRUSTED || fact === JOINED) suspected.delete(pair);
    },
    onFault(_now, node, kind) {
      if (kind !== 'crash' && kind !== 'absent') return;
      down.add(node);
      for (const pair of suspected) {
        if (Math.floor(pair / n) === node || pair % n === node) suspected.delete(pair);
      }
    },
  };
}
