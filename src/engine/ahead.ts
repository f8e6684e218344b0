/**
 * Looks at memory ahead of time. When the queue has sorted the next few hundred events, the counts of the nodes that will
 * act are read in one loop: no read waits for another, so the processor has many under way at once. Each in the midst of
 * its event, they would be waited for one by one. It changes nothing but the caches.
 */
import { KIND_BITS } from './agenda.ts';
import { ROUND, TIMER } from './events.ts';
import { FIRST, type Records, WORD } from './records.ts';
import { SHIFT } from './streams.ts';

/** [kind] all bits if its node will act of itself, and so send; else none. Of other events it is not known. */
const ACTS = new Int32Array(1 << KIND_BITS);
ACTS[ROUND] = ACTS[TIMER] = -1;

/** Of use to nobody, but the reads must lead to something. */
export const seen = new Int32Array(1);

export function lookAhead(counts: Int32Array, { words }: Records, count: number): void {
  let all = 0;
  for (let i = 0; i < count; i++) {
    const what = words[WORD * i + FIRST];
    const node = (what >> KIND_BITS) & ACTS[what & (ACTS.length - 1)];
    all ^= counts[node << SHIFT];
  }
  seen[0] ^= all;
}
