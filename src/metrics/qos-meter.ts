/**
 * The state behind `qos`: for every pair, what the observer says and what is true, and which times that counts for.
 *
 * The output for a pair is trust or suspicion. An S-transition is SUSPECTED, or FORGOTTEN while trusted: who drops a
 * member holds it for down. A T-transition is TRUSTED, or JOINED while suspected. Repetitions change nothing, nor does
 * what a node says while it is down. Trust is what every pair begins with, in each life of the observer.
 * A pair is exposed while both are up and the observer knows the subject. A paused or slow node is up: to suspect it
 * is a mistake. So is a suspicion that comes after a restart, be it about the life before.
 * A suspicion older than its subject's restart is none: the pair is exposed again when it is taken back (that delay is
 * measured by `convergence.ts`).
 * A mistake still open when its subject crashes is cut off there; kept up, it is then a detection with T_D = 0.
 *
 * Memory: an entry of 33 to 67 bytes per pair that was ever suspected (`qos-pairs.ts`), 8 bytes per observer of a
 * subject that is down, a bit per pair with members 'joined', 75 KiB of histograms; nothing per transition. A fault
 * takes O(n).
 */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import {
  type Fact,
  type FaultKind,
  FORGOTTEN,
  JOINED,
  type NodeId,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { Bits } from './qos-bits.ts';
import { type CrashDetection, detectionOf, Episode } from './qos-detection.ts';
import { GHOST, PairTable, STALE, SUSPECTS } from './qos-pairs.ts';
import { type Quality, qualityOf } from './qos-quality.ts';
import { Sums } from './qos-sums.ts';

export class Meter {
  readonly #n: number;
  readonly #end: Micros;
  readonly #sums: Sums;
  readonly #up: Uint8Array; // [node] 1 while it is up
  readonly #watches: Uint8Array; // [node] 1 while it is up and knows somebody
  readonly #known: Bits | undefined; // set: the observer knows the subject; undefined: every node knows all
  readonly #pairs = new PairTable();
  readonly #episodes: (Episode | undefined)[]; // [node] while it is down after a crash in the window
  readonly #crashes: CrashDetection[] = [];
  #quality: Quality | undefined;

  constructor(n: number, start: Micros, end: Micros, all: boolean) {
    this.#n = n;
    this.#end = end;
    this.#sums = new Sums(start);
    this.#up = new Uint8Array(n).fill(1);
    this.#watches = new Uint8Array(n).fill(all ? 1 : 0);
    this.#known = all ? undefined : new Bits(n);
    this.#episodes = new Array(n).fill(undefined);
    this.#sums.exposedNow = all ? n * (n - 1) : 0;
    this.#sums.watchingNow = all ? n : 0;
  }

  /** First news is of interest only where it begins that the observer knows the subject. */
  get skipsFirstNews(): boolean {
    return this.#known === undefined;
  }

  onFact(now: Micros, fact: Fact, observer: NodeId, subject: NodeId): void {
    if (fact < SUSPECTED || fact > FORGOTTEN || now >= this.#end) return;
    if (observer === subject || this.#up[observer] === 0) return;
    if (this.#known?.set(observer, subject)) this.#learn(now, observer, subject);
    if (fact === SUSPECTED || fact === FORGOTTEN) this.#suspect(now, observer, subject);
    else if (fact === TRUSTED || fact === JOINED) this.#trust(now, observer, subject);
  }

  onFault(now: Micros, node: NodeId, kind: FaultKind): void {
    if (now >= this.#end) return;
    const up = this.#up[node] === 1;
    if (kind === 'restart' && !up) this.#restart(now, node);
    if ((kind === 'crash' || kind === 'absent') && up) this.#fall(now, node, kind === 'crash');
  }

  quality(end: Micros = this.#end): Quality {
    this.#quality ??= this.#close(Math.max(this.#sums.start, Math.min(end, this.#end)));
    return this.#quality;
  }

  // ---- what an observer says ----

  #suspect(now: Micros, observer: NodeId, subject: NodeId): void {
    const pairs = this.#pairs;
    const slot = pairs.insert(observer, subject);
    if ((pairs.flags[slot] & SUSPECTS) !== 0) return;
    pairs.flags[slot] |= SUSPECTS;
    if (this.#up[subject] === 1) {
      this.#sums.mistakeBegins(now, pairs.since[slot], pairs.suspectedAt[slot]);
      pairs.suspectedAt[slot] = now;
    }
    pairs.since[slot] = now;
  }

  #trust(now: Micros, observer: NodeId, subject: NodeId): void {
    const pairs = this.#pairs;
    const slot = pairs.find(observer, subject);
    if (slot < 0 || (pairs.flags[slot] & SUSPECTS) === 0) return;
    const stale = (pairs.flags[slot] & STALE) !== 0;
    pairs.flags[slot] &= ~(SUSPECTS | STALE);
    if (stale) {
      this.#sums.advance(now);
      this.#sums.exposedNow++;
    } else if (this.#up[subject] === 1) this.#sums.mistakeEnds(now, pairs.since[slot]);
    pairs.since[slot] = now;
  }

  /** The observer hears of the subject for the first time in its life. */
  #learn(now: Micros, observer: NodeId, subject: NodeId): void {
    this.#sums.advance(now);
    if (this.#watches[observer] === 0) {
      this.#watches[observer] = 1;
      this.#sums.watchingNow++;
    }
    if (this.#up[subject] === 1) this.#sums.exposedNow++;
    else this.#pairs.flags[this.#pairs.insert(observer, subject)] |= GHOST;
  }

  // ---- what is true ----

  #fall(now: Micros, node: NodeId, crashed: boolean): void {
    this.#sums.advance(now);
    this.#up[node] = 0;
    for (let other = 0; other < this.#n; other++) {
      if (other === node) continue;
      if (this.#observes(other, node)) this.#subjectFalls(other, node);
      if (this.#knows(node, other)) this.#observerFalls(node, other);
    }
    if (crashed && now >= this.#sums.start) this.#episodes[node] = new Episode(node, now);
    this.#known?.clearRow(node);
    this.#sums.watchingNow -= this.#watches[node];
    this.#watches[node] = 0;
  }

  #subjectFalls(observer: NodeId, subject: NodeId): void {
    const slot = this.#pairs.find(observer, subject);
    if (this.#hide(slot)) this.#sums.cutBySubject++;
    if (slot >= 0) this.#pairs.flags[slot] &= ~STALE;
  }

  #observerFalls(observer: NodeId, subject: NodeId): void {
    const slot = this.#pairs.find(observer, subject);
    if (this.#up[subject] === 0) this.#settle(observer, subject, true);
    else if (this.#hide(slot)) this.#sums.cutByObserver++;
    if (slot >= 0) this.#pairs.blank(slot);
  }

  /** The pair is not exposed any more, if it was; whether that cuts off a mistake of the window. */
  #hide(slot: number): boolean {
    const flags = slot < 0 ? 0 : this.#pairs.flags[slot];
    if ((flags & STALE) !== 0) return false;
    this.#sums.exposedNow--;
    if ((flags & SUSPECTS) === 0) return false;
    this.#sums.mistakenNow--;
    return this.#pairs.since[slot] >= this.#sums.start;
  }

  #restart(now: Micros, node: NodeId): void {
    this.#sums.advance(now);
    for (let observer = 0; observer < this.#n; observer++) {
      if (observer !== node && this.#observes(observer, node)) this.#subjectReturns(observer, node);
    }
    this.#endEpisode(node);
    this.#up[node] = 1;
    if (this.#known !== undefined) return;
    for (let subject = 0; subject < this.#n; subject++) {
      if (subject !== node) this.#learn(now, node, subject);
    }
  }

  /** Periods do not reach from one life of the subject into the next. */
  #subjectReturns(observer: NodeId, subject: NodeId): void {
    this.#settle(observer, subject, false);
    const pairs = this.#pairs;
    const slot = pairs.find(observer, subject);
    if (slot >= 0 && (pairs.flags[slot] & SUSPECTS) !== 0) {
      pairs.flags[slot] = SUSPECTS | STALE;
      pairs.suspectedAt[slot] = NaN;
      return;
    }
    this.#sums.exposedNow++;
    if (slot >= 0) pairs.blank(slot);
  }

  /** What the observer says now is its last word on this crash. */
  #settle(observer: NodeId, subject: NodeId, observerCrashed: boolean): void {
    const episode = this.#episodes[subject];
    if (episode === undefined) return;
    const slot = this.#pairs.find(observer, subject);
    const flags = slot < 0 ? 0 : this.#pairs.flags[slot];
    if ((flags & GHOST) !== 0) return; // it was no observer of this crash
    if ((flags & SUSPECTS) !== 0) episode.detected(this.#pairs.since[slot]);
    else if (observerCrashed) episode.cutOff();
    else episode.undetected();
  }

  #endEpisode(subject: NodeId): void {
    const episode = this.#episodes[subject];
    if (episode === undefined) return;
    this.#crashes.push(episode.summary());
    this.#episodes[subject] = undefined;
  }

  #knows(observer: NodeId, subject: NodeId): boolean {
    return this.#known === undefined || this.#known.has(observer, subject);
  }

  #observes(observer: NodeId, subject: NodeId): boolean {
    return this.#up[observer] === 1 && this.#knows(observer, subject);
  }

  // ---- the end of the window ----

  #close(end: Micros): Quality {
    assert(end >= this.#sums.now, `qos: the window ends at ${end} us, before what happened last`);
    this.#sums.advance(end);
    for (let subject = 0; subject < this.#n; subject++) {
      if (this.#episodes[subject] === undefined) continue;
      for (let observer = 0; observer < this.#n; observer++) {
        if (observer === subject || !this.#observes(observer, subject)) continue;
        this.#settle(observer, subject, false);
      }
      this.#endEpisode(subject);
    }
    return qualityOf(this.#sums, detectionOf(this.#crashes), this.#pairs.bytes);
  }
}
