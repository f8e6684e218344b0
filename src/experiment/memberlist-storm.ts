/**
 * A cluster of memberlist in which some members are sick for a while: how far does it spread? Sick is who is deaf (sends, and
 * hears nothing), or who is blocked again and again (Dadgar, Phillips, Currey 2018). Where members have a capacity they
 * handle packets one at a time. Counted is from `settleS` after the illness began to its end, and what comes after it.
 */
import { Stream } from '../base/stream.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { DIED, type Link, type NodeId, type Observer, SUSPECTED, TRUSTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { slow } from '../faults/slow.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';
import { partitioned } from '../network/partition.ts';
import { type OpenAt, stalled, stalls } from '../network/stalls.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import { CONNECT, GOSSIP, type MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type {
  MemberlistLook,
  MemberlistOptions,
  MemberlistWatch,
} from '../protocols/memberlist/options.ts';
import { START, START_MS } from './memberlist-setup.ts';

export interface MemberlistStorm {
  readonly n: number;
  /** Nodes 0 .. sick-1. */
  readonly sick: number;
  readonly illness: 'deaf' | 'blocked';
  /** blocked: for so long, then open for so long, and so on; each in a phase of its own. */
  readonly blockedS: number;
  readonly openS: number;
  readonly options: Pick<MemberlistOptions, 'preset' | 'awareness' | 'dynamicSuspicion' | 'streamPing'>;
  readonly latencyMs: number;
  /** Packets that a member can handle in a second; 0: any number. */
  readonly capacityPerS: number;
  readonly settleS: number;
  readonly sickS: number;
  readonly afterS: number;
  readonly seed: string;
}

export interface Storm {
  /** Probes by sick members of healthy ones that failed; by healthy ones of healthy ones. */
  bySick: number;
  byHealthy: number;
  /** Times that a healthy member came to suspect a healthy one, and held it to be dead. */
  suspicions: number;
  falseDeaths: number;
  /** Healthy members that more than half of the healthy ones held to be dead, at some time. */
  victims: number;
  /** Of healthy members, in packets and bytes: gossip, and all. */
  gossips: number;
  packets: number;
  bytes: number;
  /** Mean length of the broadcast queue of healthy members, sampled twice a second; the highest mean; and share of empty ones. */
  queued: number;
  mostQueued: number;
  empty: number;
  /** From the end of the illness until no healthy member holds another wrongly, s; null: not at the end of the run. */
  calmS: number | null;
  /** In the last tenth of the run: what a healthy member sends per second. */
  afterPacketsPerS: number;
}

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

const SAMPLE = micros(500);

function countsOf({ n, sick, settleS, sickS, afterS }: MemberlistStorm) {
  const from = START + micros(settleS * 1000);
  const to = START + micros(sickS * 1000);
  const end = to + micros(afterS * 1000);
  const late = end - (end - to) / 10;
  const healthy = n - sick;
  const isHealthy = (node: NodeId) => node >= sick;
  const counts = {
    ...{ bySick: 0, byHealthy: 0, suspicions: 0, falseDeaths: 0, victims: 0 },
    ...{ gossips: 0, packets: 0, bytes: 0, queued: 0, mostQueued: 0, empty: 0 },
  };
  const wrong = new Uint8Array(n * n); // [node * n + subject] 1 suspect, 2 dead, of healthy ones
  const deadTo = new Int32Array(n); // [subject] healthy ones that hold it to be dead
  const wasVictim = new Uint8Array(n);
  let wrongPairs = 0;
  let calmSince = to;
  let latePackets = 0;
  let look: MemberlistLook | undefined;
  let [samples, nextSample] = [0, from];
  const sample = () => {
    let [sum, empty] = [0, 0];
    for (let node = sick; node < n; node++) {
      const queued = look!.queued(node);
      sum += queued;
      empty += Number(queued === 0);
    }
    samples++;
    counts.queued += sum / healthy;
    counts.empty += empty / healthy;
    counts.mostQueued = Math.max(counts.mostQueued, sum / healthy);
  };
  const hold = (node: NodeId, subject: NodeId, status: number, now: Micros) => {
    const pair = node * n + subject;
    deadTo[subject] += Number(status === 2) - Number(wrong[pair] === 2);
    wrongPairs += Number(status > 0) - Number(wrong[pair] > 0);
    wrong[pair] = status;
    if (status === 2 && 2 * deadTo[subject] > healthy && now >= from) wasVictim[subject] = 1;
    if (wrongPairs === 0) calmSince = Math.max(now, to);
  };
  const watch: MemberlistWatch = {
    begun(given) {
      look = given;
    },
    probeFailed(node, target, now) {
      if (now < from || now >= to || !isHealthy(target)) return;
      if (isHealthy(node)) counts.byHealthy++;
      else counts.bySick++;
    },
  };
  const observer: Observer<MemberlistMessage> = {
    onTimer(now) {
      for (; nextSample <= now && nextSample < to; nextSample += SAMPLE) sample();
    },
    onFact(now, fact, node, about) {
      if (!isHealthy(node) || !isHealthy(about)) return;
      if (now >= from && now < to) {
        counts.suspicions += Number(fact === SUSPECTED);
        counts.falseDeaths += Number(fact === DIED);
      }
      if (fact === SUSPECTED) hold(node, about, 1, now);
      else if (fact === DIED) hold(node, about, 2, now);
      else if (fact === TRUSTED) hold(node, about, 0, now);
    },
    onSend(now, node, _to, { kind }, bytes) {
      if (!isHealthy(node)) return;
      if (now >= late) latePackets++;
      if (now < from || now >= to) return;
      counts.gossips += Number(kind === GOSSIP);
      counts.packets += Number(kind < CONNECT);
      counts.bytes += bytes;
    },
  };
  return {
    ...{ watch, observer },
    end(): Storm {
      return {
        ...counts,
        queued: counts.queued / samples,
        empty: counts.empty / samples,
        victims: wasVictim.reduce((sum, was) => sum + was, 0),
        calmS: wrongPairs === 0 ? millis(calmSince - to) / 1000 : null,
        afterPacketsPerS: latePackets / healthy / (millis(end - late) / 1000),
      };
    },
  };
}
