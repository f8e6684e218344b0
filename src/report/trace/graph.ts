/**
 * Who told whom: a graph of what a trace shows. An edge for each pair of which one has sent to the other, with how often;
 * `told` counts what the other first heard from it, so that the edges with told > 0 are the tree (or, of many rumours, the
 * trees) by which news spread.
 */
import type { Micros } from '../../base/time.ts';
import { DELIVERED, DIED, LOST, SUSPECTED } from '../../engine/model.ts';
import {
  type Chronicle,
  FACT,
  FAULT,
  FAULTS,
  NO_CAUSE,
  SENT,
} from '../../metrics/chronicle/index.ts';
import { isLost, nodesIn, type Trace } from './model.ts';

/** Of a node: when it first heard a rumour, crashed, was suspected by anybody, was held to be dead by anybody. */
export const NODE_TIMES = ['informed', 'crashed', 'suspected', 'died'] as const;
export const EDGE_COUNTS = ['messages', 'lost', 'bytes', 'told'] as const;

type Times = Readonly<Record<(typeof NODE_TIMES)[number], Micros | undefined>>;
type Counts = Readonly<Record<(typeof EDGE_COUNTS)[number], number>>;

/** Ends included. */
export type Interval = readonly [from: Micros, to: Micros];

export interface GraphNode extends Times {
  readonly node: number;
  /** When it was up. */
  readonly up: readonly Interval[];
}

export interface GraphEdge extends Counts {
  readonly from: number;
  readonly to: number;
  /** When messages were under way; those that are lost for no time. */
  readonly underWay: readonly Interval[];
}

export function graphNodes(trace: Trace): readonly GraphNode[] {
  const { chronicle, shown } = trace;
  const { what, word, node, other, at } = chronicle;
  const first = { informed: [], crashed: [], suspected: [], died: [] } as Record<string, number[]>;
  const note = (times: number[], subject: number, i: number) => (times[subject] ??= at[i]);
  for (const i of shown) {
    if (what[i] === FAULT && FAULTS[word[i]] === 'crash') note(first.crashed, node[i], i);
    if (what[i] !== FACT) continue;
    if (word[i] === DELIVERED) note(first.informed, node[i], i);
    else if (word[i] === SUSPECTED) note(first.suspected, other[i], i);
    else if (word[i] === DIED) note(first.died, other[i], i);
  }
  const up = timesUp(chronicle);
  return nodesOf(trace).map((node) => ({
    ...{ node, up: up[node], informed: first.informed[node], crashed: first.crashed[node] },
    ...{ suspected: first.suspected[node], died: first.died[node] },
  }));
}

/** Those that have a part in it, and whom they send to. */
function nodesOf(trace: Trace): readonly number[] {
  const { what, other } = trace.chronicle;
  const all = new Set(nodesIn(trace));
  for (const i of trace.shown) if (what[i] === SENT) all.add(other[i]);
  return [...all].sort((a, b) => a - b);
}

function timesUp({ n, length, what, word, node, at, end }: Chronicle): readonly Interval[][] {
  const since = new Float64Array(n); // [node] Infinity: it is down
  const up = Array.from({ length: n }, (): Interval[] => []);
  for (let i = 0; i < length; i++) {
    if (what[i] !== FAULT) continue;
    const fault = FAULTS[word[i]];
    if (fault === 'restart') since[node[i]] = at[i];
    if (fault !== 'crash' && fault !== 'absent') continue;
    if (fault === 'crash') up[node[i]].push([since[node[i]], at[i]]);
    since[node[i]] = Infinity;
  }
  for (const [each, times] of up.entries()) if (since[each] <= end) times.push([since[each], end]);
  return up;
}

/** By sender, then by receiver. */
export function* graphEdges({ chronicle, shown }: Trace): Iterable<GraphEdge> {
  const { what, node, other } = chronicle;
  const sent = shown.filter((i) => what[i] === SENT);
  sent.sort((a, b) => node[a] - node[b] || other[a] - other[b] || a - b);
  const told = toldBy(chronicle, shown);
  for (let first = 0; first < sent.length; ) {
    const [from, to] = [node[sent[first]], other[sent[first]]];
    let next = first;
    while (next < sent.length && node[sent[next]] === from && other[sent[next]] === to) next++;
    yield edgeOf(chronicle, sent.subarray(first, next), told);
    first = next;
  }
}

function edgeOf(
  chronicle: Chronicle,
  sent: Int32Array,
  told: ReadonlyMap<number, number>,
): GraphEdge {
  const { node, other, at, arrives, bytes, end } = chronicle;
  const underWay: [number, number][] = [];
  let [lost, sum, news] = [0, 0, 0];
  for (const i of sent) {
    if (isLost(chronicle, i)) lost++;
    sum += bytes[i];
    news += told.get(i) ?? 0;
    const until = arrives[i] === LOST ? at[i] : Math.min(arrives[i], end);
    const last = underWay.at(-1);
    if (last !== undefined && at[i] <= last[1]) last[1] = Math.max(last[1], until);
    else underWay.push([at[i], until]); // Gephi takes no intervals that overlap
  }
  const [from, to] = [node[sent[0]], other[sent[0]]];
  return { ...{ from, to, messages: sent.length, lost, bytes: sum, told: news }, underWay };
}

/** Message sent -> how many rumours were first heard of it. */
function toldBy({ what, word, cause }: Chronicle, shown: Int32Array): ReadonlyMap<number, number> {
  const told = new Map<number, number>();
  for (const i of shown) {
    if (what[i] !== FACT || word[i] !== DELIVERED || cause[i] === NO_CAUSE) continue;
    const sent = cause[cause[i]]; // it came of a message heard, and that of a message sent
    if (sent !== NO_CAUSE && what[sent] === SENT) told.set(sent, (told.get(sent) ?? 0) + 1);
  }
  return told;
}
