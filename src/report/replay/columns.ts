/** A chronicle -> the columns of a replay. */
import { LOST as NEVER } from '../../engine/model.ts';
import * as written from '../../metrics/chronicle/index.ts';
import type { Family } from '../../protocols/registry-entry.ts';
import {
  FAULT_NAMES,
  type FactColumns,
  type FaultColumns,
  HEARD,
  LOST,
  type MessageColumns,
  MISSED,
  type RunColumns,
  UNDER_WAY,
} from './model.ts';
import type { Thinned } from './thin.ts';

type Chronicle = written.Chronicle;

/** @param quickAgain `NODE TIME` of those changes of a slow node that end it. */
export function columnsOf(
  chronicle: Chronicle,
  family: Family,
  quickAgain: ReadonlySet<string>,
  thinned: Thinned,
): RunColumns {
  return {
    ...{ n: chronicle.n, end: chronicle.end, family },
    facts: factsOf(chronicle),
    faults: faultsOf(chronicle, quickAgain),
    messages: messagesOf(chronicle, thinned),
  };
}

/** The happenings of a kind. */
function all({ length, what }: Chronicle, kind: number): Int32Array {
  let count = 0;
  for (let i = 0; i < length; i++) if (what[i] === kind) count++;
  const found = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < length; i++) if (what[i] === kind) found[next++] = i;
  return found;
}

function factsOf(chronicle: Chronicle): FactColumns {
  const found = all(chronicle, written.FACT);
  return {
    at: Float64Array.from(found, (i) => chronicle.at[i]),
    kind: Uint8Array.from(found, (i) => chronicle.word[i]),
    node: found.map((i) => chronicle.node[i]),
    about: found.map((i) => chronicle.other[i]),
  };
}

function faultsOf(chronicle: Chronicle, quickAgain: ReadonlySet<string>): FaultColumns {
  const found = all(chronicle, written.FAULT);
  const nameOf = (i: number) => {
    const name = written.FAULTS[chronicle.word[i]];
    const isEnd = name === 'slow' && quickAgain.has(`${chronicle.node[i]} ${chronicle.at[i]}`);
    return isEnd ? 'quick' : name;
  };
  return {
    at: Float64Array.from(found, (i) => chronicle.at[i]),
    kind: Uint8Array.from(found, (i) => FAULT_NAMES.indexOf(nameOf(i))),
    node: found.map((i) => chronicle.node[i]),
  };
}

function messagesOf(chronicle: Chronicle, { kept, news }: Thinned): MessageColumns {
  const { length, what, at, arrives, node, other, word, cause } = chronicle;
  const end = new Int32Array(length); // [happening that sends] when it was heard or missed, as a happening; 0: never
  for (let i = 0; i < length; i++) {
    if (what[i] === written.HEARD || what[i] === written.MISSED) end[cause[i]] = i;
  }
  const fateOf = (i: number) => {
    if (arrives[i] === NEVER) return LOST;
    if (end[i] === 0) return UNDER_WAY;
    return what[end[i]] === written.HEARD ? HEARD : MISSED;
  };
  return {
    at: Float64Array.from(kept, (i) => at[i]),
    arrives: Float64Array.from(kept, (i) => arrives[i]),
    done: Float64Array.from(kept, (i) => (end[i] === 0 ? Infinity : at[end[i]])),
    from: kept.map((i) => node[i]),
    to: kept.map((i) => other[i]),
    word: kept.map((i) => word[i]),
    fate: Uint8Array.from(kept, fateOf),
    news: Uint8Array.from(kept, (i) => news[i]),
  };
}
