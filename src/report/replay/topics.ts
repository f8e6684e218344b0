/** Who has heard of a rumour or a write, and when: a topic. In ordering there is the write that has come, and is applied later. */
import { APPLIED, DELIVERED, REMOVED } from '../../engine/model.ts';
import type { RunColumns, Topic } from './model.ts';

/** Infinity: never. */
export interface Spread {
  readonly heard: Float64Array; // [node] when it first heard it
  readonly applied: Float64Array; // [node] when it applied it
  readonly removed: Float64Array; // [node] when it stopped to spread it
  readonly hasApplied: boolean; // whether there is such a thing here
  readonly times: Float64Array; // [i] when the i-th node had heard it (applied, where there is such a thing), rising
}

export function spreadOf({ n, facts }: RunColumns, topic: number): Spread {
  const [heard, applied, removed] = [DELIVERED, APPLIED, REMOVED].map((kind) => {
    const first = new Float64Array(n).fill(Infinity);
    for (let i = 0; i < facts.at.length; i++) {
      if (facts.kind[i] !== kind || facts.about[i] !== topic) continue;
      first[facts.node[i]] = Math.min(first[facts.node[i]], facts.at[i]);
    }
    return first;
  });
  const hasApplied = facts.kind.includes(APPLIED);
  const times = (hasApplied ? applied : heard).filter((time) => time < Infinity).sort();
  return { heard, applied, removed, hasApplied, times };
}

/** How many of the rising times are not later. */
export function countUntil(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In the order of their numbers. Each begins with the node that has it first. */
export function topicsOf({ facts }: RunColumns): readonly Topic[] {
  const topics = new Map<number, Topic>();
  for (let i = 0; i < facts.at.length; i++) {
    const id = facts.about[i];
    if (facts.kind[i] !== DELIVERED || topics.has(id)) continue;
    topics.set(id, { id, at: facts.at[i], node: facts.node[i] });
  }
  return [...topics.values()].sort((a, b) => a.id - b.id);
}
