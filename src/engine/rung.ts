/** The rungs of the event queue's ladder: stretches of time in buckets. */
import { BEFORE, type Micros } from '../base/time.ts';

const PER_BUCKET = 32; // events that a rung aims for; anything from 16 to 64 is as fast
const ENOUGH_BUCKETS = 1024; // per rung: each is a place to write at, and more do not fit into the fastest caches
const MANY_PER_BUCKET = 1024; // events; rather than more, up to so many buckets:
const MOST_BUCKETS = 4096;

/** A stretch of time in buckets of equal width: bucket b is the list `lists + b`. */
export interface Rung {
  lists: number;
  buckets: number;
  current: number; // the first bucket that may hold events
  start: Micros;
  end: Micros; // from here on, events belong to the bucket above that is being worked off
  scale: number; // buckets per microsecond
}

/** How many buckets for so many events. */
export function bucketsFor(count: number): number {
  const few = Math.min(Math.ceil(count / PER_BUCKET), ENOUGH_BUCKETS);
  const many = Math.min(Math.ceil(count / MANY_PER_BUCKET), MOST_BUCKETS);
  return Math.max(2, few, many);
}

/**
 * The list of the bucket for a time. Monotone in time: so the buckets need no bounds, and one time is in one bucket. What is
 * before the rung, but above the bottom, goes to the first: it may be so far before that `|` would wrap around.
 */
export const bucketOf = (rung: Rung, time: Micros): number =>
  time < rung.start ? rung.lists : rung.lists + (((time - rung.start) * rung.scale) | 0);

/** The first time that is behind the current bucket, exactly, whatever is rounded on the way. */
export function endOfBucket(rung: Rung): Micros {
  const list = rung.lists + rung.current;
  let end = Math.min(Math.ceil(rung.start + (rung.current + 1) / rung.scale), rung.end);
  while (bucketOf(rung, end - 1) > list) end--;
  while (end < rung.end && bucketOf(rung, end) <= list) end++;
  return end;
}

export const newRung = (): Rung => ({
  lists: 0,
  buckets: 0,
  current: 0,
  start: BEFORE,
  end: BEFORE,
  scale: BEFORE,
});
