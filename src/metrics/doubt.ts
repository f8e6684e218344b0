/** What begins a doubt and what ends it, for who counts pairs of nodes: the rule of `views.ts`, and DIED, which says more. */
import { DIED, type Fact, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../engine/model.ts';

/** Whether who reports the fact doubts its subject from then on; undefined: the fact says nothing of that. */
export function doubts(fact: Fact): boolean | undefined {
  if (fact === SUSPECTED || fact === DIED || fact === FORGOTTEN) return true;
  return fact === TRUSTED || fact === JOINED ? false : undefined;
}
