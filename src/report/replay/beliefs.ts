/**
 * What every node believes of every other, through time. What begins and ends a doubt is as in metrics/views.ts: SUSPECTED and
 * FORGOTTEN begin it (and here DIED, which says more), TRUSTED and JOINED end it, every life of an observer begins with trust,
 * and a doubt that is older than its subject's restart is old news. Beyond that: whoever an observer reports as JOINED first of
 * all, it did not know before; nor does anybody know a node that has not come yet.
 */
import { DIED, type Fact, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../engine/model.ts';
import { faultName } from './lives.ts';
import { type Log, LogWriter } from './log.ts';
import type { RunColumns } from './model.ts';

/** Of [observer * n + subject]. */
export const TRUSTS = 0;
export const SUSPECTS = 1;
export const HOLDS_DEAD = 2;
export const DROPPED = 3;
export const UNKNOWN = 4;
/** Added to a doubt that is about an earlier life. */
export const OLD_NEWS = 8;

export const BELIEFS: readonly string[] = [
  ...['trusts it', 'suspects it', 'holds it to be dead', 'has dropped it', 'does not know it'],
];

export const isDoubt = (belief: number): boolean => (belief & 7) >= SUSPECTS && belief !== UNKNOWN;

/** -1: the fact says nothing of it. */
export function beliefOf(fact: Fact): number {
  if (fact === SUSPECTED) return SUSPECTS;
  if (fact === DIED) return HOLDS_DEAD;
  if (fact === FORGOTTEN) return DROPPED;
  return fact === TRUSTED || fact === JOINED ? TRUSTS : -1;
}

export function beliefsLog(run: RunColumns): Log {
  const { n, facts, faults } = run;
  const strangers = strangersOf(run);
  const isTold = strangers.some((lives) => lives.some((list) => list.length > 0));
  const log = new LogWriter(() => new Uint8Array(n * n));
  const { value } = log;
  const life = new Int32Array(n); // [node]
  const down = new Uint8Array(n); // [node]
  const begin = (at: number, node: number) => {
    for (const subject of strangers[node][life[node]] ?? [])
      log.set(at, node * n + subject, UNKNOWN);
  };
  for (let node = 0; node < n; node++) begin(0, node);

  function come(at: number, node: number): void {
    for (let observer = 0; observer < n; observer++) {
      const pair = observer * n + node;
      if (isDoubt(value[pair])) log.set(at, pair, value[pair] | OLD_NEWS);
      else if (!isTold) log.set(at, pair, TRUSTS);
    }
    down[node] = 0;
    life[node]++;
    begin(at, node);
  }

  function go(at: number, node: number, isAbsent: boolean): void {
    down[node] = 1;
    for (let other = 0; other < n; other++) {
      log.set(at, node * n + other, TRUSTS);
      if (isAbsent && other !== node) log.set(at, other * n + node, UNKNOWN);
    }
  }

  inOrder(
    run,
    (i) => {
      const [at, node, fault] = [faults.at[i], faults.node[i], faultName(run, i)];
      if (fault === 'restart' && down[node] === 1) come(at, node);
      else if ((fault === 'crash' || fault === 'absent') && down[node] === 0)
        go(at, node, fault === 'absent');
    },
    (i) => {
      const [observer, subject] = [facts.node[i], facts.about[i]];
      const belief = beliefOf(facts.kind[i]);
      if (belief < 0 || observer === subject || down[observer] === 1) return;
      log.set(facts.at[i], observer * n + subject, belief);
    },
  );
  return log.close();
}

/** [node][life] of whom it hears for the first time when it says JOINED. */
function strangersOf(run: RunColumns): readonly (readonly number[])[][] {
  const { n, facts, faults } = run;
  const lists: number[][][] = Array.from({ length: n }, () => [[]]);
  if (!facts.kind.includes(JOINED)) return lists;
  const met = new Uint8Array(n * n); // [pair] 1: the observer has said something of it in this life
  const born = new Float64Array(n).fill(-1); // [node] when its life began
  inOrder(
    run,
    (i) => {
      if (faultName(run, i) !== 'restart') return;
      const node = faults.node[i];
      born[node] = faults.at[i];
      met.fill(0, node * n, (node + 1) * n);
      lists[node].push([]);
    },
    (i) => {
      const [observer, subject] = [facts.node[i], facts.about[i]];
      if (beliefOf(facts.kind[i]) < 0) return;
      const pair = observer * n + subject;
      const isNewLife = born[subject] > born[observer]; // then it may have known the old one
      if (met[pair] === 0 && facts.kind[i] === JOINED && !isNewLife)
        lists[observer].at(-1)!.push(subject);
      met[pair] = 1;
    },
  );
  return lists;
}

/** Faults and facts as they happened; of one instant, faults first (docs/mechanisms.md). */
function inOrder(run: RunColumns, onFault: (i: number) => void, onFact: (i: number) => void): void {
  const { facts, faults } = run;
  let next = 0;
  for (let i = 0; i < facts.at.length; i++) {
    while (next < faults.at.length && faults.at[next] <= facts.at[i]) onFault(next++);
    onFact(i);
  }
  while (next < faults.at.length) onFault(next++);
}
