/**
 * How a cluster forms, on a page: who knows of whom, and nothing else; messages take no time. It shares no code with the
 * protocol.
 *
 * Start: a node asks its seeds at 0, 5, 10 ... s, and its gossip begins once one that gossips answers, or when all have
 * said that they are starting, too; a lone seed begins at once. Its first round is 1 s later. A round calls a random known
 * one, and a seed if it knows nobody, or else with probability S/L where that was no seed. A call is a push: who is called
 * learns of all that the caller knows; the caller learns nothing, for it is told of those alone whom it has named.
 */
import type { NodeId } from '../engine/model.ts';

export interface FormationOptions {
  readonly n: number;
  /** Nodes 0 .. seeds-1, in the list of every node. */
  readonly seeds: number;
  /** [node] s */
  readonly starts: readonly number[];
  /** Uniform in (0, 1). */
  readonly draw: () => number;
}

const RETRY_S = 5;

/** The time at which all know all, s. */
export function idealFormation(options: FormationOptions): number {
  const { n } = options;
  const begun = beginnings(options);
  const known = begun.map((_, node) => new Set([node]));
  const order = begun.map((time, node) => ({ node, first: time + 1 }));
  const phase = (first: number) => first - Math.floor(first);
  order.sort((a, b) => phase(a.first) - phase(b.first));
  let last = 0;
  for (let second = 0; known.some(({ size }) => size < n); second++) {
    for (const { node, first } of order) {
      const now = second + phase(first);
      if (now < first) continue;
      for (const target of targets(options, node, known[node])) {
        const before = known[target].size;
        for (const about of known[node]) known[target].add(about);
        if (known[target].size > before) last = now;
      }
    }
  }
  return last;
}

/** [node] its gossip begins. */
function beginnings({ n, seeds, starts }: FormationOptions): number[] {
  const begun = new Array<number>(n).fill(Infinity);
  const starting = starts.map(() => new Set<NodeId>()); // [node] the seeds that have said so
  const asks = starts.map((time, node) => ({ time, node }));
  while (asks.length > 0) {
    asks.sort((a, b) => b.time - a.time);
    const { time, node } = asks.pop()!;
    let isAnswered = false;
    let others = 0;
    for (let seed = 0; seed < seeds; seed++) {
      if (seed === node) continue;
      others++;
      if (begun[seed] <= time) isAnswered = true;
      else if (starts[seed] <= time) starting[node].add(seed);
    }
    if (isAnswered || starting[node].size === others) begun[node] = time;
    else asks.push({ time: time + RETRY_S, node });
  }
  return begun;
}

function targets(
  { seeds, draw }: FormationOptions,
  node: NodeId,
  known: ReadonlySet<NodeId>,
): NodeId[] {
  const list = Array.from({ length: seeds }, (_, seed) => seed).filter((seed) => seed !== node);
  const live = [...known].filter((other) => other !== node);
  const anyOf = (from: readonly NodeId[]) => from[Math.floor(draw() * from.length)];
  if (live.length === 0) return list.length === 0 ? [] : [anyOf(list)];
  const first = anyOf(live);
  if (list.length === 0 || (list.includes(first) && live.length >= list.length)) return [first];
  return draw() <= list.length / live.length ? [first, anyOf(list)] : [first];
}
