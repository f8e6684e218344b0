/**
 * What the others made of nodes that paused: an observer of a run with pauses. Observers that paused themselves at about
 * the same time do not count, as they were not there to judge.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import {
  type Fact,
  type FaultKind,
  type NodeId,
  type Observer,
  SUSPECTED,
} from '../engine/model.ts';

/** How many nodes, and which pauses are judged. */
export interface PauseVerdictsOptions {
  readonly n: number;
  /** Suspicions from then on, and before `endMs`, count. */
  readonly startMs: number;
  readonly endMs: number;
  /** A suspicion is still due to a pause that ended so long ago: news of the node may be on its way. */
  readonly settleMs: number;
  /** For so long after its own pause a node's suspicions are counted apart. */
  readonly guardMs: number;
}

/** What observers made of pauses, counted. */
export interface PauseJudgements {
  readonly pauses: number;
  /** Share of the observers awake that suspected a paused node, mean over the pauses; null if there was none. */
  readonly sharePerPause: number | null;
  /** Share of the pauses that somebody suspected. */
  readonly spoilt: number | null;
  /** Suspicions by a node that had just paused itself. */
  readonly byPaused: number;
  /** Suspicions of nodes that had not paused. */
  readonly bystanders: number;
}

/** An observer of verdicts, asked after the run. */
export interface PauseVerdicts extends Observer {
  onFault(now: Micros, node: NodeId, kind: FaultKind): void;
  onFact(now: Micros, fact: Fact, node: NodeId, about: NodeId): void;
  /** Asked after the run. */
  judgements(): PauseJudgements;
}

interface Stop {
  readonly node: NodeId;
  readonly from: Micros;
  until: Micros;
}

interface Verdict {
  readonly at: Micros;
  readonly node: NodeId;
  readonly about: NodeId;
}

/** An observer of verdicts on nodes that paused. */
export function pauseVerdicts(options: PauseVerdictsOptions): PauseVerdicts {
  const { n, startMs, endMs, settleMs, guardMs } = options;
  wholeNumber('pauseVerdicts', 'n', n, 2);
  numberIn('pauseVerdicts', 'startMs', startMs, 0);
  numberIn('pauseVerdicts', 'endMs', endMs, startMs);
  numberIn('pauseVerdicts', 'settleMs', settleMs, 0);
  numberIn('pauseVerdicts', 'guardMs', guardMs, 0);
  const stops: Stop[] = [];
  const verdicts: Verdict[] = [];
  return {
    onFault(now, node, kind) {
      if (kind === 'pause') stops.push({ node, from: now, until: Infinity });
      if (kind !== 'resume') return;
      const stop = stops.findLast((one) => one.node === node);
      if (stop !== undefined) stop.until = now;
    },
    onFact(now, fact, node, about) {
      if (fact !== SUSPECTED || now < micros(startMs) || now >= micros(endMs)) return;
      verdicts.push({ at: now, node, about });
    },
    judgements: () => judged(stops, verdicts, n, micros(settleMs), micros(guardMs)),
  };
}

function judged(
  stops: readonly Stop[],
  verdicts: readonly Verdict[],
  n: number,
  settle: Micros,
  guard: Micros,
): PauseJudgements {
  const meet = (a: Stop, b: Stop) => a.from < b.until + settle && b.from < a.until + settle;
  const hits = stops.map(() => 0);
  const asleep = stops.map(
    (stop) =>
      new Set(stops.filter((own) => own !== stop && meet(own, stop)).map(({ node }) => node)),
  );
  let [byPaused, bystanders] = [0, 0];
  for (const { at, node, about } of verdicts) {
    const index = stops.findIndex(
      (stop) => stop.node === about && at >= stop.from && at < stop.until + settle,
    );
    if (index < 0) bystanders++;
    else if (!asleep[index].has(node)) hits[index]++;
    if (stops.some((own) => own.node === node && at >= own.until && at < own.until + guard)) {
      byPaused++;
    }
  }
  const shares = hits
    .map((count, i) => count / (n - 1 - asleep[i].size))
    .filter((share) => Number.isFinite(share)); // else nobody was awake
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
  return {
    pauses: stops.length,
    sharePerPause: mean(shares),
    spoilt: mean(shares.map((share) => (share > 0 ? 1 : 0))),
    byPaused,
    bystanders,
  };
}
