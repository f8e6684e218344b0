/**
 * Views: how much of what the nodes hold of each other is wrong, as averages over time. Of the pairs whose observer is
 * up, those are wrong in which it trusts a subject that is down, or doubts one that is up: suspects it or has dropped it,
 * be it by mistake or because it has not heard of its return yet. What is meant by suspicion is as in `qos-meter.ts`:
 * SUSPECTED or FORGOTTEN begin it, TRUSTED or JOINED end it, and every life of an observer begins with trust in all.
 * Nodes that are absent at the start are down, or with absent 'unknown' no subjects at all until they come.
 * A fact takes O(1), a fault O(n); memory: a bit per pair.
 */
import { numberIn, oneOf, UserError, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import {
  FORGOTTEN,
  JOINED,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { Bits } from './qos-bits.ts';

/** How many nodes, and from when to when, in ms. */
export interface ViewsOptions {
  readonly n: number;
  /** The window [startMs, endMs): what happens before is warm-up, which only sets the state; default 0. */
  readonly startMs?: number;
  readonly endMs: number;
  /** What nodes are that are not there at the start: default 'down'. */
  readonly absent?: 'down' | 'unknown';
}

/** Means over the time of the window. */
export interface View {
  readonly upNodes: number;
  readonly upPairs: number; // observer and subject up
  readonly downPairs: number; // observer up, subject down
  readonly trustedDownPairs: number; // of downPairs
  readonly doubtedUpPairs: number; // of upPairs
}

/** Asked after the run: shares of time in which views were wrong. */
export interface Views extends Observer {
  /** Asked after the run. */
  view(): View;
}

/** An observer of what nodes hold of each other. */
export function views({ n, startMs = 0, endMs, absent = 'down' }: ViewsOptions): Views {
  wholeNumber('views', 'n', n, 1);
  numberIn('views', 'startMs', startMs, 0);
  numberIn('views', 'endMs', endMs, 0);
  oneOf('views', 'absent', absent, ['down', 'unknown']);
  if (endMs <= startMs) {
    throw new UserError(`views: endMs must be above startMs = ${startMs}; got ${endMs}`);
  }
  const start = micros(startMs);
  const end = micros(endMs);
  const up = new Uint8Array(n).fill(1); // [node]
  const known = new Uint8Array(n).fill(1); // [node] 0: it has not come yet
  const doubts = new Bits(n); // of observers that are up
  let upNodes = n;
  let unknown = 0;
  let trustedDown = 0;
  let doubtedUp = 0;
  let last = start; // the sums are complete until here
  const sums = { upNodes: 0, upPairs: 0, downPairs: 0, trustedDownPairs: 0, doubtedUpPairs: 0 };

  /** Before any count changes. */
  function advance(now: Micros): void {
    const until = Math.min(now, end);
    if (until <= last) return;
    const passed = until - last;
    sums.upNodes += passed * upNodes;
    sums.upPairs += passed * upNodes * (upNodes - 1);
    sums.downPairs += passed * upNodes * (n - upNodes - unknown);
    sums.trustedDownPairs += passed * trustedDown;
    sums.doubtedUpPairs += passed * doubtedUp;
    last = until;
  }

  /** Counts what the others think of the node, and it of them, in or out. */
  function count(node: NodeId, sign: 1 | -1): void {
    for (let other = 0; other < n; other++) {
      if (other === node) continue;
      if (up[other] === 1) {
        if (doubts.has(other, node)) doubtedUp += sign;
        else trustedDown -= sign * known[node]; // of a node that is down
        if (doubts.has(node, other)) doubtedUp += sign;
      } else if (!doubts.has(node, other)) trustedDown += sign * known[other];
    }
    upNodes += sign;
  }

  function know(node: NodeId, is: 0 | 1): void {
    unknown += known[node] - is;
    known[node] = is;
  }

  return {
    onFault(now, node, kind) {
      const fall = (kind === 'crash' || kind === 'absent') && up[node] === 1;
      const rise = kind === 'restart' && up[node] === 0;
      if (!fall && !rise) return;
      advance(now);
      if (kind === 'absent' && absent === 'unknown') know(node, 0);
      count(node, rise ? 1 : -1);
      up[node] = rise ? 1 : 0;
      if (rise) know(node, 1);
      if (fall) doubts.clearRow(node);
    },
    skipsFirstNews: true,
    onFact(now, fact, observer, subject) {
      if (observer === subject || up[observer] === 0) return;
      const doubt = fact === SUSPECTED || fact === FORGOTTEN;
      if (!doubt && fact !== TRUSTED && fact !== JOINED) return;
      advance(now);
      if (!(doubt ? doubts.set(observer, subject) : doubts.clear(observer, subject))) return;
      if (up[subject] === 1) doubtedUp += doubt ? 1 : -1;
      else trustedDown += (doubt ? -1 : 1) * known[subject];
    },
    view() {
      advance(end);
      const length = end - start;
      return {
        upNodes: sums.upNodes / length,
        upPairs: sums.upPairs / length,
        downPairs: sums.downPairs / length,
        trustedDownPairs: sums.trustedDownPairs / length,
        doubtedUpPairs: sums.doubtedUpPairs / length,
      };
    },
  };
}
