/**
 * What is added up over the observation window: how many pairs and nodes there are of each kind now, the integrals of
 * these counts over time, and the complete periods. What happens before the window's start changes counts only.
 */
import type { Micros } from '../base/time.ts';
import { Durations } from './qos-durations.ts';

export class Sums {
  exposedNow = 0; // pairs: both up, the observer knows the subject
  mistakenNow = 0; // of these, pairs in which it suspects it
  watchingNow = 0; // nodes that are up and know somebody
  exposure: Micros = 0; // pair-time
  mistaken: Micros = 0; // pair-time
  watching: Micros = 0; // node-time
  mistakes = 0; // S-transitions of exposed pairs
  cutBySubject = 0; // mistakes ended by the subject's crash
  cutByObserver = 0; // mistakes ended by the observer's crash
  readonly mistakeDurations = new Durations(); // T_M
  readonly recurrences = new Durations(); // T_MR
  readonly goodPeriods = new Durations(); // T_G
  readonly start: Micros;
  #now: Micros; // the integrals are complete until here

  constructor(start: Micros) {
    this.start = start;
    this.#now = start;
  }

  /** The integrals are complete until here; not before the window's start. */
  get now(): Micros {
    return this.#now;
  }

  /** Carries the integrals on until `now`: before any count changes. */
  advance(now: Micros): void {
    if (now <= this.#now) return;
    const passed = now - this.#now;
    this.exposure += this.exposedNow * passed;
    this.mistaken += this.mistakenNow * passed;
    this.watching += this.watchingNow * passed;
    this.#now = now;
  }

  /** An S-transition at `now`; `trustedSince` and `suspectedLast` are NaN where there was none before. */
  mistakeBegins(now: Micros, trustedSince: Micros, suspectedLast: Micros): void {
    this.advance(now);
    this.mistakenNow++;
    if (now >= this.start) this.mistakes++;
    if (trustedSince >= this.start) this.goodPeriods.add(now - trustedSince);
    if (suspectedLast >= this.start) this.recurrences.add(now - suspectedLast);
  }

  /** The T-transition that ends it. */
  mistakeEnds(now: Micros, began: Micros): void {
    this.advance(now);
    this.mistakenNow--;
    if (began >= this.start) this.mistakeDurations.add(now - began);
  }
}
