/**
 * A prototype of one side of a partition of memberlist, sharing no code with the protocol: how long its members remember the
 * other side. They probe along shuffled lists; a probe across fails after (score + 1) intervals; news spreads at once, but of
 * the transmissions that each piece has, those to the other side are wasted; push/pull fills gaps. Times in s.
 * Left out: how long news takes to spread, news that rides on pings, and that it is replaced by newer news.
 */
import { Stream } from '../base/stream.ts';
import type { Preset } from '../protocols/memberlist/presets.ts';
import { accuse, begun, confirms, type Suspected } from './memberlist-one-side-suspicion.ts';

/** One side of a partition, and how its members probe and suspect. */
export interface OneSide {
  /** Members of this side, and of the other. */
  readonly own: number;
  readonly other: number;
  readonly preset: Preset;
  readonly seed: string;
}

const DEATH = -1; // for an accuser

/** Subjects are numbered: 0 .. own-1 are of this side, the rest of the other. */
interface Member {
  list: number[];
  place: number;
  score: number;
  target: number; // of the probe across that is under way; -1: none
  probeAt: number;
  syncAt: number;
  readonly suspects: Map<number, Suspected>;
  readonly dead: Map<number, number>; // since when
}

/** How long it remembers the other side, in s. */
export interface Remembered {
  /** From the cut until nobody of the other side is alive to anybody of this one, and until all are dead to all. */
  readonly aliveS: number;
  readonly lastS: number;
}

/** Runs the prototype once. */
export function remembered(side: OneSide): Remembered {
  const run = new OneSideRun(side);
  while (run.left > 0) run.step();
  return { aliveS: run.aliveS, lastS: run.lastS };
}

class OneSideRun {
  aliveS = 0;
  lastS = 0;
  left: number; // pairs that are not dead
  readonly #side: OneSide;
  readonly #n: number;
  readonly #draws: Stream;
  readonly #members: Member[];
  readonly #limit: number;
  readonly #probeS: number;
  #nextEnd = Infinity; // no suspicion runs out before

  constructor(side: OneSide) {
    const { own, other, preset, seed } = side;
    this.#side = side;
    this.#n = own + other;
    this.left = own * other;
    this.#draws = new Stream(seed, 'one side', 1);
    this.#limit = preset.retransmitMult * Math.ceil(Math.log10(this.#n + 1));
    this.#probeS = preset.probeIntervalMs / 1000;
    this.#members = Array.from({ length: own }, () => this.#member());
  }

  #member(): Member {
    const list = Array.from({ length: this.#n }, (_, i) => i);
    this.#shuffle(list);
    return {
      ...{ list, place: this.#draws.below(0, this.#n), score: 0, target: -1 },
      probeAt: this.#draws.draw(0) * this.#probeS,
      syncAt: this.#draws.draw(0) * this.#syncS(),
      ...{ suspects: new Map(), dead: new Map() },
    };
  }

  /** The next thing that happens: a suspicion runs out, an exchange, or a probe. */
  step(): void {
    let [next, self, isProbe] = [Infinity, 0, true];
    this.#members.forEach(({ probeAt, syncAt }, i) => {
      if (Math.min(probeAt, syncAt) >= next) return;
      [next, self, isProbe] = [Math.min(probeAt, syncAt), i, probeAt < syncAt];
    });
    if (this.#nextEnd <= next) this.#expire();
    else if (isProbe) this.#probe(self, next);
    else this.#sync(self, next);
  }

  #expire(): void {
    const due = this.#nextEnd;
    this.#nextEnd = Infinity;
    this.#members.forEach(({ suspects }, self) => {
      for (const [subject, { end }] of suspects) {
        if (end <= due) this.#spread(self, subject, due, DEATH);
        else this.#nextEnd = Math.min(this.#nextEnd, end);
      }
    });
  }

  /** A probe across that began before has failed by now; and the next begins, with the tick that was kept. */
  #probe(self: number, now: number): void {
    const member = this.#members[self];
    if (member.target >= 0) {
      this.#worsen(self, member.target);
      this.#spread(self, member.target, now, self);
    }
    const target = this.#next(self, now);
    const isAcross = target >= this.#side.own;
    member.target = isAcross ? target : -1;
    if (target >= 0 && !isAcross) member.score = Math.max(0, member.score - 1);
    member.probeAt = now + this.#probeS * (isAcross ? member.score + 1 : 1);
  }

  /** Along the list, past itself and the dead; at its end those dead for long are dropped. */
  #next(self: number, now: number): number {
    const member = this.#members[self];
    const keepS = this.#side.preset.gossipToTheDeadMs / 1000;
    for (let checked = 0; checked < member.list.length; checked++) {
      if (member.place >= member.list.length) {
        member.list = member.list.filter((one) => now - (member.dead.get(one) ?? now) <= keepS);
        this.#shuffle(member.list);
        member.place = 0;
        continue;
      }
      const subject = member.list[member.place++];
      if (subject !== self && !member.dead.has(subject)) return subject;
    }
    return -1;
  }

  /** Its health: a point for each of those asked that does not say in time that the target is silent. */
  #worsen(self: number, target: number): void {
    const { preset, own } = this.#side;
    const asked = this.#alive(self)
      .filter((one) => one !== target)
      .slice(0, preset.indirectChecks);
    const member = this.#members[self];
    const isInTime = 2 * preset.probeTimeoutMs < preset.probeIntervalMs * (member.score + 1);
    const silent = asked.filter((one) => one >= own || !isInTime).length;
    const score = member.score + (asked.length > 0 ? silent : 1);
    member.score = Math.min(preset.awarenessMax - 1, score);
  }

  /** Whom it holds to be alive but itself, in a random order. */
  #alive(self: number): number[] {
    const { list, suspects, dead } = this.#members[self];
    const alive = list.filter((one) => one !== self && !suspects.has(one) && !dead.has(one));
    this.#shuffle(alive);
    return alive;
  }

  /** What the partner does not hold to be alive becomes a suspect of one's own. */
  #sync(self: number, now: number): void {
    const { own, preset } = this.#side;
    const [partner = -1] = this.#alive(self);
    this.#members[self].syncAt = now + this.#syncS();
    if (partner >= own) this.#members[self].syncAt += preset.tcpTimeoutMs / 1000;
    if (partner < 0 || partner >= own) return;
    const tables = [partner, self].map((one) => {
      const { suspects, dead, list } = this.#members[one];
      return list.filter((subject) => suspects.has(subject) || dead.has(subject));
    });
    for (const subject of tables[0]) this.#spread(self, subject, now, self);
    for (const subject of tables[1]) this.#spread(partner, subject, now, partner);
  }

  #syncS(): number {
    const { pushPullIntervalMs } = this.#side.preset;
    const doublings = this.#n <= 32 ? 0 : Math.ceil(Math.log2(this.#n / 32));
    return (pushPullIntervalMs / 1000) * (doublings + 1);
  }

  /** That somebody accuses the subject, or that it is dead: each that believes it sends it on as often as it may. */
  #spread(self: number, subject: number, now: number, accuser: number): void {
    const { own } = this.#side;
    if (!this.#hear(self, subject, now, accuser)) return;
    const holders = [self];
    for (const holder of holders) {
      for (let sent = 0; sent < this.#limit; sent++) {
        if (this.#draws.draw(0) * (this.#n - 1) >= own - 1) continue;
        const to = (holder + 1 + this.#draws.below(0, own - 1)) % own;
        if (this.#hear(to, subject, now, accuser)) holders.push(to);
      }
    }
  }

  /** Whether it is news. */
  #hear(self: number, subject: number, now: number, accuser: number): boolean {
    const { suspects, dead, list } = this.#members[self];
    if (dead.has(subject)) return false;
    if (accuser === DEATH) {
      if (!suspects.delete(subject)) this.aliveS = now;
      dead.set(subject, now);
      this.left--;
      this.lastS = now;
      return true;
    }
    const running = suspects.get(subject);
    const suspected = running ?? begun(this.#side.preset, list.length, now);
    if (running === undefined) {
      suspects.set(subject, suspected);
      this.aliveS = now;
    } else if (!confirms(running, accuser)) return false;
    accuse(suspected, accuser, now);
    this.#nextEnd = Math.min(this.#nextEnd, suspected.end);
    return true;
  }

  #shuffle(list: number[]): void {
    for (let left = list.length; left > 1; left--) {
      const other = this.#draws.below(0, left);
      [list[left - 1], list[other]] = [list[other], list[left - 1]];
    }
  }
}
