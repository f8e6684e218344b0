/**
 * Decisions of a short vector: a write has come to a node that lacks a write which happened before it. Was it applied at
 * once, wrongly, and with what probability should it have been?
 * A decision is the first about a missing write at a node if nothing that came after it has come to that node before. Later
 * ones are no fair sample: after a right decision the write that waits is missing, too, so that decisions with one missing
 * write follow wrong ones.
 */
import { assert } from '../base/errors.ts';
import { APPLIED, ISSUED, type NodeId, type Observer } from '../engine/model.ts';
import type { HappenedBefore } from '../metrics/index.ts';
import type { Operations } from '../protocols/index.ts';
import { errorOfOrigins, publishedError, type ShortVector } from './short-vector-theory.ts';

/** Of first decisions about one missing write: */
interface FirstDecisions {
  count: number;
  wrong: number;
  /** Sums over them: writes applied here that the origin had not seen, and their different origins, */
  unseen: number;
  origins: number;
  /** the probability by the published formula with the former, with the latter, and exactly. */
  published: number;
  publishedOfOrigins: number;
  exact: number;
}

export interface ShortVectorWatch extends Observer {
  readonly first: Readonly<FirstDecisions>;
  /** With one missing write, and with one or more. */
  readonly one: { readonly count: number; readonly wrong: number };
  readonly any: { readonly count: number; readonly wrong: number };
  /** For the run's `onArrival`. */
  readonly onArrival: (node: NodeId, write: number, truth: HappenedBefore) => void;
}

/** @param reach writes of the list before and after a write among which all are that are concurrent with it */
export function shortVectorWatch(
  { n, list }: Operations,
  vector: ShortVector,
  reach: number,
): ShortVectorWatch {
  const writes = list.length;
  const met = new Uint8Array(n * writes); // [node * writes + missing write] 1 once a decision was about it
  const first = {
    ...{ count: 0, wrong: 0, unseen: 0, origins: 0 },
    ...{ published: 0, publishedOfOrigins: 0, exact: 0 },
  };
  const one = { count: 0, wrong: 0 };
  const any = { count: 0, wrong: 0 };
  const pending = { node: -1, write: -1, isOne: false, isFirst: false };
  const stamp = new Int32Array(n).fill(-1); // [origin] the last decision in which it was among the unseen
  const exact = Float64Array.from({ length: n + 1 }, (_, origins) =>
    errorOfOrigins(vector, origins),
  );

  /** Marks what is missing as met; true if none of it had been. */
  function meet(node: NodeId, write: number, truth: HappenedBefore, missing: number): boolean {
    let left = missing;
    let isNew = true;
    for (let other = write - 1; left > 0; other--) {
      assert(other >= 0, `short vectors: ${left} writes missing before write ${write} not found`);
      if (!truth.before(other, write) || truth.hasApplied(node, other)) continue;
      left--;
      if (met[node * writes + other] === 1) isNew = false;
      met[node * writes + other] = 1;
    }
    return isNew;
  }

  function judge(node: NodeId, write: number, truth: HappenedBefore) {
    let unseen = 0;
    let origins = 0;
    const last = Math.min(writes - 1, write + reach);
    for (let other = Math.max(0, write - reach); other <= last; other++) {
      if (other === write || !truth.hasApplied(node, other) || truth.before(other, write)) continue;
      unseen++;
      const { node: origin } = list[other];
      if (stamp[origin] === any.count) continue;
      stamp[origin] = any.count;
      origins++;
    }
    assert(unseen === truth.unseen(node, write), `short vectors: ${reach} writes reach too short`);
    first.count++;
    first.unseen += unseen;
    first.origins += origins;
    first.published += publishedError(vector, unseen);
    first.publishedOfOrigins += publishedError(vector, origins);
    first.exact += exact[origins];
  }

  return {
    ...{ first, one, any },
    onArrival(node, write, truth) {
      pending.node = -1;
      const missing = truth.missing(node, write);
      if (missing === 0) return;
      any.count++;
      pending.node = node;
      pending.write = write;
      pending.isOne = missing === 1;
      if (pending.isOne) one.count++;
      pending.isFirst = meet(node, write, truth, missing) && pending.isOne;
      if (pending.isFirst) judge(node, write, truth);
    },
    onFact(_now, fact, node, write) {
      if (fact === ISSUED) pending.node = -1;
      if (fact !== APPLIED || pending.node < 0) return;
      // Applied at once, it is the next that is applied.
      if (pending.node === node && pending.write === write) {
        any.wrong++;
        if (pending.isOne) one.wrong++;
        if (pending.isFirst) first.wrong++;
      }
      pending.node = -1;
    },
  };
}
