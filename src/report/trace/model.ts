/** What a trace is: a chronicle, how much of it is shown, and a name for it. */
import { type Micros, micros } from '../../base/time.ts';
import { LOST } from '../../engine/model.ts';
import { type Chronicle, FACT, FAULT, HEARD, MISSED, SENT } from '../../metrics/chronicle/index.ts';
import { isAboutNode } from './words.ts';

/** What may be shown alone. Rounds, timers, inputs and starts are none of these. */
export const MATTERS = ['facts', 'messages', 'faults'] as const;
/** Something that may be shown alone. */
export type Matter = (typeof MATTERS)[number];

/** What of a chronicle is shown; default: all. */
export interface TraceOptions {
  /** What viewers call it: the scenario and its seed. Default: hearsay. */
  readonly title?: string;
  /** Only what happens from then on; ms. */
  readonly fromMs?: number;
  /** Only what happens up to then; ms. */
  readonly untilMs?: number;
  /** Only what concerns these: what they do, what is sent to them, what is said of them. */
  readonly nodes?: ReadonlySet<number>;
  /** Only such. */
  readonly only?: ReadonlySet<Matter>;
}

export interface Trace {
  readonly chronicle: Chronicle;
  readonly title: string;
  readonly from: Micros;
  readonly until: Micros;
  readonly nodes: ReadonlySet<number> | undefined;
  /** Happenings that are shown, in order. */
  readonly shown: Int32Array;
}

export function traceOf(chronicle: Chronicle, options: TraceOptions = {}): Trace {
  const { title = 'hearsay', fromMs = 0, untilMs = Infinity, nodes, only } = options;
  const from = micros(fromMs);
  const until = Math.min(micros(untilMs), chronicle.end);
  const shown = new Int32Array(chronicle.length);
  let count = 0;
  for (let i = 0; i < chronicle.length; i++) {
    const at = chronicle.at[i];
    if (at < from || at > until) continue;
    if (nodes !== undefined && !concerns(chronicle, i, nodes)) continue;
    if (only !== undefined && !only.has(matterOf(chronicle.what[i])!)) continue;
    shown[count++] = i;
  }
  return { chronicle, title, from, until, nodes, shown: shown.subarray(0, count) };
}

const matterOf = (what: number): Matter | undefined => {
  if (what === FACT) return 'facts';
  if (what === FAULT) return 'faults';
  return what === SENT || what === HEARD || what === MISSED ? 'messages' : undefined;
};

function concerns({ what, node, other, word }: Chronicle, i: number, nodes: ReadonlySet<number>) {
  if (nodes.has(node[i])) return true;
  const isNode = what[i] !== FACT || isAboutNode(word[i]);
  return isNode && nodes.has(other[i]);
}

export const isLost = ({ arrives }: Chronicle, i: number): boolean => arrives[i] === LOST;

/** Nodes that have a part in what is shown; all of them unless some were chosen. */
export function nodesIn({ chronicle, nodes, shown }: Trace): readonly number[] {
  if (nodes === undefined) return Array.from({ length: chronicle.n }, (_, node) => node);
  const seen = new Set(nodes);
  for (const i of shown) seen.add(chronicle.node[i]);
  return [...seen].sort((a, b) => a - b);
}
