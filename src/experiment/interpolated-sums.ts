/** A sum over a list of places of what is known at some of them, and taken to be linear in between. */
import { assert } from '../base/errors.ts';

/** [place in known] by how much it counts; ascending lists, `known` from the first to the last of `all`. */
export function interpolatedWeights(known: readonly number[], all: readonly number[]): number[] {
  assert(
    known[0] === all[0] && known[known.length - 1] === all[all.length - 1],
    'interpolation needs both ends',
  );
  const weights = known.map(() => 0);
  for (const x of all) {
    const above = known.findIndex((at) => at >= x);
    const share =
      known[above] === x ? 1 : (x - known[above - 1]) / (known[above] - known[above - 1]);
    weights[above] += share;
    if (share < 1) weights[above - 1] += 1 - share;
  }
  return weights;
}
