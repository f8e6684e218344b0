/**
 * A cluster of memberlist in which nobody dies, but packets are lost, or some members are blocked again and again: what is
 * suspected, refuted and declared dead all the same.
 */
import { type Micros, micros } from '../base/time.ts';
import { DIED, type NodeId, type Observer, SUSPECTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { stalls } from '../network/stalls.ts';
import { CONNECT, type MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistOptions, MemberlistWatch } from '../protocols/memberlist/options.ts';
import { clusterLink, clusterScenario, type MemberlistCluster } from './memberlist-setup.ts';

export interface UnwellOptions {
  readonly options: Pick<MemberlistOptions, 'awareness' | 'dynamicSuspicion' | 'streamPing'>;
  readonly loss: number;
  /** Nodes 0 .. blocked-1 are blocked for so long, open for `openS`, and so on. */
  readonly blocked: number;
  readonly blockedS: number;
  /** Default 1. */
  readonly openS?: number;
  readonly warmUpS: number;
  readonly countedS: number;
}

const SAMPLE = micros(500); // of scores

/** What was suspected, refuted and declared dead in one run. */
export interface Unwell {
  pingTimeouts: number;
  /** Probes that failed; of members that were never blocked by such that were, and by others; and those of blocked members. */
  accusations: number;
  bySlow: number;
  byHealthy: number;
  ofSlow: number;
  suspicions: number;
  expiries: number;
  refutations: number;
  /** Probes that would have failed but for the ping on a connection. */
  saved: number;
  falseDeaths: number;
  slowDeaths: number;
  packets: number;
  /** Mean score over the time, of the blocked members or else of all; and if it is sampled every half second. */
  health: number;
  /** As sampled just before what happens at that moment, and just after. */
  healthBefore: number;
  healthAfter: number;
  /** Mean score over the time of those that are never blocked, if any is. */
  healthOfOthers: number;
}

const nothing = (): Unwell => ({
  ...{ pingTimeouts: 0, accusations: 0, bySlow: 0, byHealthy: 0, ofSlow: 0 },
  ...{ suspicions: 0, expiries: 0, saved: 0, healthOfOthers: 0 },
  ...{ refutations: 0, falseDeaths: 0, slowDeaths: 0, packets: 0 },
  ...{ health: 0, healthBefore: 0, healthAfter: 0 },
});

/** Runs such a cluster once. */
export function memberlistUnwell(cluster: MemberlistCluster, given: UnwellOptions): Unwell {
  const { blocked, blockedS, openS = 1, warmUpS, countedS, loss } = given;
  const endMs = (warmUpS + countedS) * 1000;
  const nodes = Array.from({ length: blocked }, (_, node) => node);
  const openAt = stalls({
    ...{ nodes, startMs: warmUpS * 1000, blockedMs: blockedS * 1000 },
    ...{ openMs: openS * 1000, endMs },
  });
  const start = micros(warmUpS * 1000);
  const counts = nothing();
  const isSlow = (node: NodeId) => node < blocked;
  const watched = blocked === 0 ? cluster.n : blocked;
  const health = healthOf(0, watched, start, micros(endMs));
  const others = healthOf(watched, cluster.n, start, micros(endMs));
  const watch = watchOf(counts, start, isSlow, (node, score, now) => {
    if (node < watched) health.scored(node, score, now);
    else others.scored(node, score, now);
  });
  const observer: Observer<MemberlistMessage> = {
    onFact(now, fact, _node, about) {
      if (now < start) return;
      if (fact === SUSPECTED) counts.suspicions++;
      if (fact !== DIED) return;
      if (isSlow(about)) counts.slowDeaths++;
      else counts.falseDeaths++;
    },
    onSend(now, _from, _to, { kind }) {
      if (now >= start && kind < CONNECT) counts.packets++;
    },
  };
  simulate({
    ...clusterScenario(cluster, { ...given.options, watch, openAt }, observer),
    link: clusterLink(cluster.variant, loss, openAt, cluster.latencyMs),
    horizonMs: endMs,
  });
  const healthOfOthers = watched < cluster.n ? others.end().health : 0;
  return Object.assign(counts, health.end(), { healthOfOthers });
}

function watchOf(
  counts: Unwell,
  start: Micros,
  isSlow: (node: NodeId) => boolean,
  scored: NonNullable<MemberlistWatch['scored']>,
): MemberlistWatch {
  return {
    scored,
    pingTimedOut(_node, _target, now) {
      if (now >= start) counts.pingTimeouts++;
    },
    probeFailed(node, target, now) {
      if (now < start) return;
      counts.accusations++;
      if (isSlow(target)) counts.ofSlow++;
      else if (isSlow(node)) counts.bySlow++;
      else counts.byHealthy++;
    },
    savedByStream(_node, _target, now) {
      if (now >= start) counts.saved++;
    },
    expired(_node, _subject, _confirmations, now) {
      if (now >= start) counts.expiries++;
    },
    refuted(_node, _status, now) {
      if (now >= start) counts.refutations++;
    },
  };
}

/** The mean score of nodes first .. beyond-1. */
function healthOf(first: number, beyond: number, start: Micros, end: Micros) {
  const score = new Uint8Array(beyond - first);
  const samples = Math.floor((end - start) / SAMPLE);
  let sum = 0; // of the scores now
  let since = start;
  let area = 0;
  let [before, after, taken, takenAfter] = [0, 0, 0, 0];
  const until = (now: Micros) => {
    if (now > since) area += sum * (now - since);
    since = Math.max(since, now);
    for (; taken < samples && start + taken * SAMPLE <= now; taken++) before += sum;
    for (; takenAfter < samples && start + takenAfter * SAMPLE < now; takenAfter++) after += sum;
  };
  return {
    scored(node: NodeId, to: number, now: Micros) {
      until(now);
      sum += to - score[node - first];
      score[node - first] = to;
    },
    end() {
      until(end);
      return {
        health: area / (end - start) / (beyond - first),
        healthBefore: before / samples / (beyond - first),
        healthAfter: after / samples / (beyond - first),
      };
    },
  };
}
