/** All times at which something happens that can be seen: what one can step through. */
import type { Replay } from './run.ts';

export function momentsOf({ facts, faults, messages, cuts, end }: Replay): Float64Array {
  const { at, arrives } = messages;
  const healed = cuts.flatMap((cut) => [cut.start, cut.end]);
  const size = facts.at.length + faults.at.length + 2 * at.length + healed.length + 2;
  const all = new Float64Array(size);
  let offset = 0;
  for (const list of [facts.at, faults.at, at, arrives, healed, [0, end]]) {
    all.set(list, offset);
    offset += list.length;
  }
  all.sort();
  let kept = 0;
  for (const time of all) {
    if (time > end) break;
    if (kept === 0 || all[kept - 1] !== time) all[kept++] = time;
  }
  return all.slice(0, kept);
}

/** The next moment after `time`, or the last one before it; the ends of the run where there is none. */
export function neighbour(moments: Float64Array, time: number, direction: 1 | -1): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (direction === 1 ? moments[middle] <= time : moments[middle] < time) low = middle + 1;
    else high = middle;
  }
  return direction === 1
    ? moments[Math.min(low, moments.length - 1)]
    : moments[Math.max(0, low - 1)];
}
