/** What is logged of a node's reports becomes samples of its arrival windows. */

import type { Micros } from '../../base/time.ts';
import type { Window } from '../../detectors/window.ts';
import type { NodeId } from '../../engine/model.ts';
import { MOST_LOGGED, type ReportLog } from './report-log.ts';
import type { Sums } from './sums.ts';

export interface CarriedInto {
  readonly last: Float64Array; // [pair] us, the last report; NaN = there is no window
  readonly samples: Window | Sums;
  readonly initial: Micros;
  readonly cap: Micros;
}

const run = new Float64Array(MOST_LOGGED); // us, the samples of one pair

/**
 * Pairs of one node, `row` of them. Few branches, and those foreseeable: a wrong guess costs more than the rest.
 * @returns the longest sample, if there is no cap.
 */
export function carryRow(log: ReportLog, node: NodeId, row: number, into: CarriedInto): Micros {
  const { bits, after } = log;
  const { last, samples, initial, cap } = into;
  const first = log.first[node];
  const instants = node * MOST_LOGGED;
  const shortCap = Math.min(cap, 2 ** 31 - 1);
  let longest = 0;
  for (let pair = node * row; pair < (node + 1) * row; pair++) {
    let left = bits[pair];
    if (left === 0) continue;
    let at = after[instants + lowest(left)];
    left &= left - 1;
    const since = first + at - last[pair];
    const isFirst = Number.isNaN(since);
    run[0] = isFirst ? initial : since;
    let count = isFirst || since <= cap ? 1 : 0;
    while (left !== 0) {
      const next = after[instants + lowest(left)];
      left &= left - 1;
      run[count] = next - at;
      count += 1 + ((shortCap - next + at) >> 31); // 1 more, if it is not above the cap
      at = next;
    }
    last[pair] = first + at;
    samples.addRun(pair, run, count);
    if (cap === Infinity) for (let i = 0; i < count; i++) longest = Math.max(longest, run[i]);
  }
  return longest;
}

/** The number of the lowest bit that is set. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
