/**
 * How many of the n (n - 1) pairs have heard of each other, and when the last one had: of first news (JOINED), less what
 * was dropped (FORGOTTEN). It asks for facts in bulk, so that large tables can be replayed.
 */
import { wholeNumber } from '../base/errors.ts';
import { type Micros, millis } from '../base/time.ts';
import { FORGOTTEN, JOINED, type Observer } from '../engine/model.ts';

/** Asked after the run: how many pairs know each other. */
export interface Acquaintance extends Observer {
  /** Pairs that have heard of each other at the end. */
  pairs(): number;
  /** When all had for the first time, in ms; null: never. New lives are joined again: for runs without restarts. */
  completeMs(): number | null;
}

/** An observer of first news among n nodes. */
export function acquaintance({ n }: { n: number }): Acquaintance {
  wholeNumber('acquaintance', 'n', n, 1);
  const all = n * (n - 1);
  let pairs = 0;
  let complete: Micros | undefined = all === 0 ? 0 : undefined;
  return {
    onFacts(time, fact, _node, count) {
      if (fact === JOINED) pairs += count;
      else if (fact === FORGOTTEN) pairs -= count;
      if (pairs === all) complete ??= time;
    },
    pairs: () => pairs,
    completeMs: () => (complete === undefined ? null : millis(complete)),
  };
}
