/**
 * When each subject was last heard, and by which number: what every detector keeps. 16 bytes per pair.
 */
import type { Micros } from '../base/time.ts';

/** What `hear` answers instead of an interval. */
export const FIRST = -1; // the first heartbeat of this life
export const STALE = -2; // not news: a duplicate, or older than what is known

export class News {
  static readonly bytesPerPair = 16;
  readonly last: Float64Array; // [pair] us, arrival of the newest heartbeat; NaN before the first
  readonly newest: Float64Array; // [pair] its number; -Infinity before the first

  constructor(pairs: number) {
    this.last = new Float64Array(pairs).fill(NaN);
    this.newest = new Float64Array(pairs).fill(-Infinity);
  }

  /** Takes note of a heartbeat. The interval since the last news in us, or FIRST, or STALE. */
  hear(pair: number, now: Micros, sequence: number): Micros {
    if (!(sequence > this.newest[pair])) return STALE;
    const interval = Math.max(0, now - this.last[pair]);
    this.newest[pair] = sequence;
    this.last[pair] = now;
    return Number.isNaN(interval) ? FIRST : interval;
  }

  isNew(pair: number, sequence: number): boolean {
    return sequence > this.newest[pair];
  }

  forget(pair: number): void {
    this.last[pair] = NaN;
    this.newest[pair] = -Infinity;
  }
}
