/** What is counted of a storm in a cluster of memberlist: wrong views, queues, traffic. Times in us; nodes 0 .. sick-1 are sick. */
import { type Micros, micros, millis } from '../base/time.ts';
import {
  DIED,
  type Fact,
  JOINED,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { CONNECT, GOSSIP, type MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistLook } from '../protocols/memberlist/options.ts';

const SAMPLE = micros(500);
const SUSPECT = 1;
const DEAD = 2;
const HELD: Readonly<Record<Fact, number>> = {
  [SUSPECTED]: SUSPECT,
  [DIED]: DEAD,
  [TRUSTED]: 0,
  [JOINED]: 0,
};

/** Of healthy members by healthy ones: told of facts about these only. Calm is counted from `to` on. */
export function wrongViews(n: number, healthy: number, from: Micros, to: Micros) {
  const held = new Uint8Array(n * n); // [node * n + subject]
  const deadTo = new Int32Array(n); // [subject] healthy ones that hold it to be dead
  const wasVictim = new Uint8Array(n);
  let [suspicions, falseDeaths, wrong, calmSince] = [0, 0, 0, to];
  return {
    onFact(now: Micros, fact: Fact, node: NodeId, subject: NodeId) {
      const holds = HELD[fact];
      if (holds === undefined) return;
      if (now >= from && now < to) {
        suspicions += Number(holds === SUSPECT);
        falseDeaths += Number(holds === DEAD);
      }
      const pair = node * n + subject;
      deadTo[subject] += Number(holds === DEAD) - Number(held[pair] === DEAD);
      wrong += Number(holds > 0) - Number(held[pair] > 0);
      held[pair] = holds;
      if (now >= from && 2 * deadTo[subject] > healthy) wasVictim[subject] = 1;
      if (wrong === 0) calmSince = Math.max(now, to);
    },
    end: () => ({
      ...{ suspicions, falseDeaths },
      victims: wasVictim.reduce((sum, was) => sum + was, 0),
      calmS: wrong === 0 ? millis(calmSince - to) / 1000 : null,
    }),
  };
}

interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** The broadcast queues of healthy members, sampled twice a second. */
export function queuesOf({ n, sick, from, to }: Span & { n: number; sick: number }) {
  const healthy = n - sick;
  let look: MemberlistLook | undefined;
  let [samples, next, sum, most] = [0, from, 0, 0];
  return {
    begun(given: MemberlistLook) {
      look = given;
    },
    sampleUpTo(now: Micros) {
      for (; next <= now && next < to; next += SAMPLE) {
        let queued = 0;
        for (let node = sick; node < n; node++) queued += look!.queued(node);
        samples++;
        sum += queued / healthy;
        most = Math.max(most, queued / healthy);
      }
    },
    end: () => ({ queued: sum / samples, mostQueued: most }),
  };
}

/** What healthy members send; late: in the last tenth of the time after `to`. */
export function trafficOf({
  from,
  to,
  end,
  isHealthy,
}: Span & { end: Micros; isHealthy: (node: NodeId) => boolean }) {
  const late = end - (end - to) / 10;
  const counts = { gossips: 0, packets: 0, bytes: 0, latePackets: 0 };
  const onSend: Observer<MemberlistMessage>['onSend'] = (now, node, _to, { kind }, bytes) => {
    if (!isHealthy(node)) return;
    if (now >= late) counts.latePackets++;
    if (now < from || now >= to) return;
    counts.gossips += Number(kind === GOSSIP);
    counts.packets += Number(kind < CONNECT);
    counts.bytes += bytes;
  };
  return { counts, onSend };
}
