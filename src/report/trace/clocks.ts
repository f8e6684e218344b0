/**
 * Vector clocks of what a trace shows (Fidge 1988, Mattern 1989): the clock of a node counts what is shown of it. A clock
 * takes in that of a message heard, and of whatever else at another node something came of. Of two happenings that are
 * shown the clock of one is before the other's just if it happened before in the whole run, through what is not shown too.
 * A message that reaches a node that is down tells it nothing.
 */
import { UserError } from '../../base/errors.ts';
import { type Chronicle, MISSED, NO_CAUSE } from '../../metrics/chronicle/index.ts';
import { nodesIn, type Trace } from './model.ts';

/** [k] how many of the happenings shown of nodes[k] came before, this one included. Valid until the next one. */
export type Clock = Int32Array;

export interface Clocks {
  /** Whom the clocks count. */
  readonly nodes: readonly number[];
  /** Each happening that is shown with its clock, in order. */
  readonly each: Iterable<readonly [happening: number, clock: Clock]>;
}

const MOST_ENTRIES = 25_000_000; // 100 MB

export function clocksOf(trace: Trace): Clocks {
  const { n } = trace.chronicle;
  const nodes = nodesIn(trace);
  if (n * nodes.length > MOST_ENTRIES) {
    throw new UserError(
      `shiviz: clocks of ${n} nodes that count ${nodes.length} of them are too large; choose a few nodes, or a short time`,
    );
  }
  return { nodes, each: ticking(trace, nodes) };
}

function* ticking({ chronicle, shown }: Trace, nodes: readonly number[]) {
  const { n, node } = chronicle;
  const place = new Int32Array(n).fill(-1); // [node] where clocks count it
  for (const [k, counted] of nodes.entries()) place[counted] = k;
  const clocks = Array.from({ length: n }, () => new Int32Array(nodes.length));
  const left = tellings(chronicle); // [i] how often it is still told to another node
  const told = new Map<number, Clock>(); // happening -> clock, as long as it is still to be told
  let next = 0;
  for (let i = 0; i < chronicle.length && next < shown.length; i++) {
    const clock = clocks[node[i]];
    const from = tellerOf(chronicle, i);
    if (from !== NO_CAUSE) {
      join(clock, told.get(from)!);
      if (--left[from] === 0) told.delete(from);
    }
    const isShown = shown[next] === i;
    if (isShown) clock[place[node[i]]]++;
    if (left[i] > 0) told.set(i, clock.slice());
    if (!isShown) continue;
    yield [i, clock] as const;
    next++;
  }
}

/** The happening at another node that i came of; NO_CAUSE if there is none. */
export function tellerOf({ what, node, cause }: Chronicle, i: number): number {
  const from = cause[i];
  const isTold = from !== NO_CAUSE && what[i] !== MISSED && node[from] !== node[i];
  return isTold ? from : NO_CAUSE;
}

/** [i] how often it is told: a message once, what else came of it at other nodes maybe more often. */
function tellings(chronicle: Chronicle): Int32Array {
  const count = new Int32Array(chronicle.length);
  for (let i = 0; i < chronicle.length; i++) {
    const from = tellerOf(chronicle, i);
    if (from !== NO_CAUSE) count[from]++;
  }
  return count;
}

function join(clock: Clock, other: Clock): void {
  for (let k = 0; k < clock.length; k++) if (other[k] > clock[k]) clock[k] = other[k];
}
