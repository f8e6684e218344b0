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
  /** Nodes 0 .. blocked-1 are blocked for so long, open for a second, and so on. */
  readonly blocked: number;
  readonly blockedS: number;
  readonly warmUpS: number;
  readonly countedS: number;
}

const OPEN_S = 1;
const SAMPLE = micros(500); // of scores

export interface Unwell {
  pingTimeouts: number;
  /** Probes that failed; those by blocked members, and those of blocked members. */
  accusations: number;
  bySlow: number;
  ofSlow: number;
  suspicions: number;
  expiries: number;
  refutations: number;
  falseDeaths: number;
  slowDeaths: number;
  packets: number;
  /** Mean score over the time, of the blocked members or else of all; and if it is sampled every half second. */
  health: number;
  /** As sampled just before what happens at that moment, and just after. */
  healthBefore: number;
  healthAfter: number;
}

const nothing = (): Unwell => ({
  ...{ pingTimeouts: 0, accusations: 0, bySlow: 0, ofSlow: 0, suspicions: 0, expiries: 0 },
  ...{ refutations: 0, falseDeaths: 0, slowDeaths: 0, packets: 0 },
  ...{ health: 0, healthBefore: 0, healthAfter: 0 },
});

export function memberlistUnwell(cluster: MemberlistCluster, given: UnwellOptions): Unwell {
  const { blocked, blockedS, warmUpS, countedS, loss } = given;
  const endMs = (warmUpS + countedS) * 1000;
  const nodes = Array.from({ length: blocked }, (_, node) => node);
  const openAt = stalls({
    ...{ nodes, startMs: warmUpS * 1000, blockedMs: blockedS * 1000 },
    ...{ openMs: OPEN_S * 1000, endMs },
  });
  const start = micros(warmUpS * 1000);
  const counts = nothing();
  const isSlow = (node: NodeId) => node < blocked;
  const health = healthOf(blocked === 0 ? cluster.n : blocked, start, micros(endMs));
  const watch = watchOf(counts, start, isSlow, health.scored);
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
    link: clusterLink(cluster.variant, loss, openAt),
    horizonMs: endMs,
  });
  return Object.assign(counts, health.end());
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
    },
    expired(_node, _subject, _confirmations, now) {
      if (now >= start) counts.expiries++;
    },
    refuted(_node, _status, now) {
      if (now >= start) counts.refutations++;
    },
  };
}

/** The mean score of nodes 0 .. watched-1. */
function healthOf(watched: number, start: Micros, end: Micros) {
  const score = new Uint8Array(watched);
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
      if (node >= watched) return;
      until(now);
      sum += to - score[node];
      score[node] = to;
    },
    end() {
      until(end);
      return {
        health: area / (end - start) / watched,
        healthBefore: before / samples / watched,
        healthAfter: after / samples / watched,
      };
    },
  };
}
