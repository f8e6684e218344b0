/**
 * A cluster of memberlist in which some members are sick for a while: how far does it spread? Sick is who is deaf (sends, and
 * hears nothing), or who is blocked again and again (Dadgar, Phillips, Currey 2018). Where members have a capacity they
 * handle packets one at a time. Counted is from `settleS` after the illness began to its end, and what comes after it.
 */
import { Stream } from '../base/stream.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import type { Link, NodeId, Observer } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { slow } from '../faults/slow.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';
import { partitioned } from '../network/partition.ts';
import { type OpenAt, stalled, stalls } from '../network/stalls.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistOptions, MemberlistWatch } from '../protocols/memberlist/options.ts';
import { START, START_MS } from './memberlist-setup.ts';
import { queuesOf, trafficOf, wrongViews } from './memberlist-storm-watch.ts';

/** A cluster, who is sick in it, how and for how long. */
export interface MemberlistStorm {
  readonly n: number;
  /** Nodes 0 .. sick-1. */
  readonly sick: number;
  readonly illness: 'deaf' | 'blocked';
  /** blocked: for so long, then open for so long, and so on; each in a phase of its own. */
  readonly blockedS: number;
  readonly openS: number;
  readonly options: Pick<
    MemberlistOptions,
    'preset' | 'awareness' | 'dynamicSuspicion' | 'streamPing'
  >;
  readonly latencyMs: number;
  /** Packets that a member can handle in a second; 0: any number. */
  readonly capacityPerS: number;
  readonly settleS: number;
  readonly sickS: number;
  readonly afterS: number;
  readonly seed: string;
}

/** What the storm was like, while members were sick and after. */
export interface Storm {
  /** Probes by sick members of healthy ones that failed; by healthy ones of healthy ones. */
  bySick: number;
  byHealthy: number;
  /** By healthy members: accusations that were news to them. */
  refutations: number;
  /** Times that a healthy member came to suspect a healthy one, and held it to be dead. */
  suspicions: number;
  falseDeaths: number;
  /** Healthy members that more than half of the healthy ones held to be dead, at some time. */
  victims: number;
  /** Of healthy members, in packets and bytes: gossip, and all. */
  gossips: number;
  packets: number;
  bytes: number;
  /** Mean length of the broadcast queue of healthy members, sampled twice a second; and the highest of their means. */
  queued: number;
  mostQueued: number;
  /** From the end of the illness until no healthy member holds another wrongly, s; null: not at the end of the run. */
  calmS: number | null;
  /** In the last tenth of the run: what a healthy member sends per second. */
  afterPacketsPerS: number;
}

/** Runs such a cluster once. */
export function memberlistStorm(given: MemberlistStorm): Storm {
  const { n, capacityPerS, sickS, afterS, options, seed } = given;
  const openAt = openingsOf(given);
  const counts = countsOf(given);
  const link = linkOf(given);
  simulate<MemberlistMessage>({
    ...{ n, seed, overlay: complete },
    link: openAt === undefined ? link : stalled(openAt, link),
    protocol: memberlist({
      ...options,
      version: '0.6.0',
      races: true,
      watch: counts.watch,
      ...(openAt !== undefined && { openAt }),
    }),
    ...(capacityPerS > 0 && { faults: slow({ serviceMs: 1000 / capacityPerS }) }),
    horizonMs: START_MS + (sickS + afterS) * 1000,
    observers: [counts.observer],
  });
  return counts.end();
}

function linkOf({ illness, sick, sickS, latencyMs }: MemberlistStorm): Link {
  const link = constant({ ms: latencyMs });
  if (illness !== 'deaf' || sick === 0) return link;
  const cut = { startMs: START_MS, endMs: START_MS + sickS * 1000, oneWay: true };
  return partitioned([{ from: () => true, to: (node) => node < sick, ...cut }], link);
}

function openingsOf(given: MemberlistStorm): OpenAt | undefined {
  const { illness, sick, blockedS, openS, sickS, seed } = given;
  if (illness !== 'blocked' || sick === 0) return undefined;
  const phases = new Stream(seed, 'blocked', sick);
  const each = Array.from({ length: sick }, (_, node) =>
    stalls({
      nodes: [node],
      startMs: START_MS + phases.draw(node) * (blockedS + openS) * 1000,
      blockedMs: blockedS * 1000,
      openMs: openS * 1000,
      endMs: START_MS + sickS * 1000,
    }),
  );
  return (node, now) => (node < sick ? each[node](node, now) : now);
}

function countsOf(given: MemberlistStorm) {
  const { n, sick, settleS, sickS, afterS } = given;
  const from = START + micros(settleS * 1000);
  const to = START + micros(sickS * 1000);
  const end = to + micros(afterS * 1000);
  const isHealthy = (node: NodeId) => node >= sick;
  const isCounted = (now: Micros) => now >= from && now < to;
  const probes = { bySick: 0, byHealthy: 0, refutations: 0 };
  const views = wrongViews(n, n - sick, from, to);
  const queues = queuesOf({ sick, n, from, to });
  const traffic = trafficOf({ from, to, end, isHealthy });
  const watch: MemberlistWatch = {
    begun: queues.begun,
    probeFailed(node, target, now) {
      if (!isCounted(now) || !isHealthy(target)) return;
      if (isHealthy(node)) probes.byHealthy++;
      else probes.bySick++;
    },
    refuted(node, _status, now) {
      probes.refutations += Number(isCounted(now) && isHealthy(node));
    },
  };
  const observer: Observer<MemberlistMessage> = {
    onTimer: queues.sampleUpTo,
    onSend: traffic.onSend,
    onFact(now, fact, node, about) {
      if (isHealthy(node) && isHealthy(about)) views.onFact(now, fact, node, about);
    },
  };
  return {
    ...{ watch, observer },
    end: (): Storm => ({
      ...{ ...probes, ...views.end(), ...queues.end(), ...traffic.counts },
      afterPacketsPerS: traffic.counts.latePackets / (n - sick) / (millis(end - to) / 10_000),
    }),
  };
}
