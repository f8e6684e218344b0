/** A node that is down does nothing and says nothing; one that is paused holds no rounds and handles nothing. */
import type { Micros } from '../../base/time.ts';
import { FACT_NAMES, type FaultKind, type NodeId, PLACED } from '../../engine/model.ts';
import type { Invariant, Tell, Watch } from './model.ts';

export const silence: Invariant = {
  name: 'silence',
  about: 'who is down or paused neither acts, nor sends, nor reports',
  watch: ({ n }, tell) => watch(n, tell),
};

type Condition = 'up' | 'down' | 'paused';

/** What a node is after a fault, and what it must have been before. */
const STEPS: Readonly<
  Partial<Record<FaultKind, readonly [before: Condition[], after: Condition]>>
> = {
  absent: [['up', 'down'], 'down'],
  crash: [['up', 'paused'], 'down'],
  restart: [['down'], 'up'],
  pause: [['up'], 'paused'],
  resume: [['paused'], 'up'],
};

function watch(n: number, tell: Tell): Watch<unknown> {
  const is: Condition[] = new Array(n).fill('up'); // [node]
  const does = (what: string) => (now: Micros, node: NodeId) => {
    if (is[node] !== 'up') tell(now, `node ${node} is ${is[node]}, and ${what}`);
  };
  const reports = FACT_NAMES.map((name) => does(`reports ${name}`));
  return {
    onInput: does('takes an input'),
    onRound: does('holds a round'),
    onTimer: does('is told of a timer'),
    onSend: does('sends a message'),
    onMessage: does('handles a message'),
    onFact(now, fact, node) {
      if (fact !== PLACED) reports[fact](now, node); // that is said by who has sent the job
    },
    onDead(now, node) {
      if (is[node] !== 'down') tell(now, `a message is dead at node ${node}, which is ${is[node]}`);
    },
    onFault(now, node, kind) {
      const [before, after] = STEPS[kind] ?? [];
      if (before === undefined || after === undefined) return;
      if (!before.includes(is[node])) tell(now, `${kind} of node ${node}, which is ${is[node]}`);
      is[node] = after;
    },
  };
}
