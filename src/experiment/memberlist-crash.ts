/** A member of memberlist crashes: who suspects it, and when each of the others holds it to be dead. Times in ms. */
import { quantile } from '../base/statistics.ts';
import { type Micros, millis } from '../base/time.ts';
import { DIED, type Observer, SUSPECTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { crash } from '../faults/crash.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistWatch } from '../protocols/memberlist/options.ts';
import {
  clusterScenario,
  type MemberlistCluster,
  START,
  START_MS,
  tenths,
} from './memberlist-setup.ts';

const LONGEST_MS = 600_000;
const SAMPLE_MS = 500; // of health scores, from the crash on

/** What became of one crash. */
export interface MemberlistCrash {
  /** Ascending: when each observer held it to be dead. */
  readonly times: readonly number[];
  readonly missed: number;
  /** The first direct ping of it that was given up. */
  readonly timeoutMs: number;
  readonly suspectMs: number;
  readonly halfSuspectMs: number;
  /** Members whose own probes failed before the first said dead. */
  readonly accusers: number;
  readonly suspicions: number;
  /** That the first declaration had. */
  readonly confirmations: number;
  /** Members whose own suspicion ran out. */
  readonly expiries: number;
  /** Of the scores as sampled: the highest, and the highest sum of all. */
  readonly maxScore: number;
  readonly peakScore: number;
  /** Deaths of others. */
  readonly falseDeaths: number;
  /** Every half second from the crash on, as long as somebody does not hold it to be dead. */
  readonly health: readonly HealthSample[];
}

export interface HealthSample {
  /** Members with a score above 0. */
  readonly unwell: number;
  readonly sum: number;
  readonly max: number;
}

/** Crashes a member of that cluster, and waits until all others hold it to be dead. */
export function memberlistCrash(cluster: MemberlistCluster): MemberlistCrash {
  const { n } = cluster;
  const victim = n - 1;
  const accusers = new Set<number>();
  const suspects: number[] = [];
  const deaths: number[] = [];
  let expiries = 0;
  let timeoutMs = Number.NaN;
  let confirmations = 0;
  let falseDeaths = 0;
  const scores = sampledScores(n);
  const watch: MemberlistWatch = {
    probeFailed(node, target) {
      if (target === victim && deaths.length === 0) accusers.add(node);
    },
    pingTimedOut(_node, target, now) {
      if (target === victim && Number.isNaN(timeoutMs)) timeoutMs = tenths(millis(now - START));
    },
    expired(_node, subject, confirmed) {
      expiries++;
      if (subject === victim && deaths.length === 0) confirmations = confirmed;
    },
    scored: scores.scored,
  };
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, _node, about) {
      if (about !== victim) falseDeaths += Number(fact === DIED);
      else if (fact === SUSPECTED) suspects.push(tenths(millis(now - START)));
      else if (fact === DIED) deaths.push(tenths(millis(now - START)));
    },
  };
  const { end } = simulate({
    ...clusterScenario(cluster, { watch }, observer),
    horizonMs: START_MS + LONGEST_MS,
    faults: crash({ nodes: [victim], atMs: START_MS }),
    stop: (count) => count[DIED] >= n - 1,
  });
  scores.until(end);
  return {
    times: deaths,
    missed: n - 1 - deaths.length,
    timeoutMs,
    suspectMs: suspects[0],
    halfSuspectMs: quantile(suspects, 0.5),
    accusers: accusers.size,
    suspicions: suspects.length,
    confirmations,
    expiries,
    ...scores.found,
    falseDeaths,
  };
}

/** Health scores, sampled every half second from the crash on. */
function sampledScores(n: number) {
  const score = new Uint8Array(n);
  const found = { maxScore: 0, peakScore: 0, health: [] as HealthSample[] };
  let next = START + SAMPLE_MS * 1000;
  const until = (now: Micros) => {
    for (; next <= now; next += SAMPLE_MS * 1000) {
      const sample = { unwell: 0, sum: 0, max: 0 };
      for (let node = 0; node < n; node++) {
        sample.sum += score[node];
        sample.unwell += Number(score[node] > 0);
        sample.max = Math.max(sample.max, score[node]);
      }
      found.health.push(sample);
      found.maxScore = Math.max(found.maxScore, sample.max);
      found.peakScore = Math.max(found.peakScore, sample.sum);
    }
  };
  return {
    found,
    until,
    scored(node: number, to: number, now: Micros) {
      until(now);
      score[node] = to;
    },
  };
}
