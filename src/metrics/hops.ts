/**
 * Hops: over how many messages a rumour came to a node when it first heard it; 0 at its origin. A delivery belongs to
 * the message that the node is handling, so it must be reported there; reported elsewhere, the node counts as an origin.
 */
import { assert, wholeNumber } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { DELIVERED, NOBODY, type Observer } from '../engine/model.ts';

/** Asked after the run, over the nodes that heard the rumour (default 0), its origin included. */
export interface Hops extends Observer {
  /** [node] hops of the first delivery; -1: the node never heard it. */
  column(rumour?: number): Int32Array;
  mean(rumour?: number): number | null;
  max(rumour?: number): number | null;
}

/** An observer of the hops of rumours. */
export function hops({ n, rumours = 1 }: { n: number; rumours?: number }): Hops {
  wholeNumber('hops', 'n', n, 1);
  wholeNumber('hops', 'rumours', rumours, 1);
  const columns: (Int32Array | undefined)[] = new Array(rumours).fill(undefined); // [rumour][node]
  const column = (rumour = 0) => (columns[rumour] ??= begin(rumour));

  function begin(rumour: number): Int32Array {
    assert(rumour < rumours, `hops of ${rumours} rumours met rumour ${rumour}`);
    return new Int32Array(n).fill(-1);
  }

  // The message handled last: `from` NOBODY = none.
  let receiver = NOBODY;
  let sender = NOBODY;
  let time: Micros = 0;

  return {
    onInput() {
      sender = NOBODY;
    },
    onMessage(now, node, from) {
      time = now;
      receiver = node;
      sender = from;
    },
    skipsFirstNews: true,
    onFact(now, fact, node, rumour) {
      if (fact !== DELIVERED) return;
      const hop = column(rumour);
      if (hop[node] >= 0) return; // heard again by a node that forgot
      if (sender === NOBODY || receiver !== node || time !== now) {
        hop[node] = 0;
        return;
      }
      assert(hop[sender] >= 0, `node ${sender} passed on rumour ${rumour} unheard`);
      hop[node] = hop[sender] + 1;
    },
    column,
    mean(rumour) {
      let sum = 0;
      let heard = 0;
      for (const hop of column(rumour)) {
        if (hop < 0) continue;
        sum += hop;
        heard++;
      }
      return heard === 0 ? null : sum / heard;
    },
    max(rumour) {
      let max = -1;
      for (const hop of column(rumour)) if (hop > max) max = hop;
      return max < 0 ? null : max;
    },
  };
}
