/**
 * Pairs of writes to registers of three replicas each: the first replica writes, the second one, which has seen that,
 * writes some time later, the third only reads its mail. Groups share nothing, so that each pair is an independent trial.
 */
import { Stream } from '../base/stream.ts';
import { clocks, normalSkew } from '../faults/index.ts';
import { constant, type Edge, edgeList } from '../network/index.ts';
import {
  infectAndDie,
  type Operation,
  type OperationKind,
  type OrderingOptions,
  workload,
} from '../protocols/index.ts';
import type { Measures } from './model.ts';
import { orderedRun } from './ordered-run.ts';

/** How many pairs, how far apart, and under which stamps and clocks. */
export interface Pairs {
  readonly seed: string;
  /** How many: a multiple of 100. */
  readonly pairs: number;
  readonly gapMs: number;
  readonly latencyMs: number;
  readonly skewMs: number;
  /** Kinds of the two; default: updates. */
  readonly kinds?: readonly [OperationKind, OperationKind];
  readonly layer: OrderingOptions;
}

const REPLICAS = 3;
const SPREAD_MS = 1000; // first writes are uniform over it: clocks show any fraction of a millisecond
const AT_ONCE = 100; // groups of a run: its time and memory grow with the square of its nodes

/** Runs them, and counts which write of each pair wins. */
export function lwwPairs({ seed, pairs, ...given }: Pairs): Measures {
  const sums = { overwrites: 0, shadowed: 0, lost: 0, unordered: 0 };
  for (let done = 0; done < pairs; done += AT_ONCE) {
    const run = runOf(`${seed}/${done}`, AT_ONCE, given);
    for (const name of ['overwrites', 'shadowed', 'lost', 'unordered'] as const) {
      sums[name] += run[name];
    }
  }
  return {
    writes: sums.overwrites,
    shadowed_frac: sums.shadowed / sums.overwrites,
    lost_frac: sums.lost / REPLICAS / sums.overwrites,
    unordered_frac: sums.unordered / REPLICAS / sums.overwrites,
  };
}

/** What was lost is summed over nodes. */
function runOf(seed: string, groups: number, given: Omit<Pairs, 'seed' | 'pairs'>) {
  const { gapMs, latencyMs, skewMs, layer } = given;
  const n = REPLICAS * groups;
  const operations = workload({ n, keys: groups, clients: n, list: pairsOf(seed, groups, given) });
  const { fates } = orderedRun({
    ...{ seed, operations, layer },
    broadcast: infectAndDie({ fanout: REPLICAS - 1 }),
    overlay: edgeList(triangles(groups)),
    link: constant({ ms: latencyMs }),
    faults: clocks({ skewMs: normalSkew(skewMs) }),
    horizonMs: SPREAD_MS + gapMs + 10 * latencyMs,
  });
  const { lost, unordered } = fates.losses();
  return { ...fates.counts, lost: Math.round(lost * n), unordered: Math.round(unordered * n) };
}

function pairsOf(seed: string, groups: number, { gapMs, kinds }: Pick<Pairs, 'gapMs' | 'kinds'>) {
  const [earlier, later] = kinds ?? ['update', 'update'];
  const starts = new Stream(seed, 'pairs', 1);
  const list: Operation[] = [];
  for (let key = 0; key < groups; key++) {
    const atMs = starts.draw(0) * SPREAD_MS;
    const node = REPLICAS * key;
    list.push({ atMs, node, key, kind: earlier, thinkMs: 0, client: node });
    const second = node + 1;
    list.push({ atMs: atMs + gapMs, node: second, key, kind: later, thinkMs: 0, client: second });
  }
  return list.sort((a, b) => a.atMs - b.atMs);
}

const triangles = (groups: number): Edge[] =>
  Array.from({ length: groups }, (_, group) => REPLICAS * group).flatMap((first): Edge[] => [
    [first, first + 1],
    [first, first + 2],
    [first + 1, first + 2],
  ]);
